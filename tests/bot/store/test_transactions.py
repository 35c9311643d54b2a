"""What `Store.begin` promises, whatever happens in the middle."""

import multiprocessing.connection
import stat
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from bot.domain.dialogue import Dialogue
from bot.domain.message import Reply
from bot.domain.people import Resident
from bot.ports import Store, Unit
from bot.store.engine import SqlStore
from bot.store.errors import StoreFailed
from tests.bot.store.cast import ASKER, MINUTE, NAME, NEIGHBOUR, NOW, QUESTION, Cast, ask, message, open_case
from tests.bot.store.races import PROCESSES, in_threads

ACCEPTED = message("accepted before")


def answer_halfway(unit: Unit, cast: Cast) -> None:
    """All that answering a message writes."""
    unit.inbox.accept(message("m-1"), QUESTION, now=NOW)
    unit.inbox.settle(ACCEPTED.key, Reply(None), now=NOW)
    unit.people.place_resident(cast.resident, "xinyuan")
    case = open_case(unit, cast)
    unit.outbox.queue(ASKER, "答复", key="case-1", case=case, now=NOW)
    unit.dialogues.remember(ASKER, Dialogue(options=("loan",)), expires=NOW + MINUTE)


def assert_nothing_happened(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        assert unit.inbox.accept(message("m-1"), QUESTION, now=NOW)
        assert unit.inbox.reply(ACCEPTED.key) is None
        assert unit.people.resident(ASKER, now=NOW) == Resident(cast.resident, ASKER.channel, ASKER.user, None)
        assert unit.inquiries.last(ASKER, since=NOW) is None
        assert unit.cases.overdue(now=NOW + 999 * MINUTE, again_before=NOW) == []
        assert unit.outbox.due(now=NOW, limit=9) == []
        assert unit.dialogues.recall(ASKER, now=NOW) == Dialogue()


def test_a_transaction_that_raises_leaves_nothing(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.inbox.accept(ACCEPTED, QUESTION, now=NOW)
    with suppress(ZeroDivisionError), store.begin() as unit:
        answer_halfway(unit, cast)
        raise ZeroDivisionError
    assert_nothing_happened(store, cast)


def hang_halfway(url: str, cast: Cast, ready: multiprocessing.connection.Connection) -> None:
    with SqlStore(url).begin() as unit:
        answer_halfway(unit, cast)
        ready.send("in the middle")
        sleep(60)


def test_a_process_killed_in_the_middle_leaves_nothing_and_blocks_nobody(store: Store, url: str, cast: Cast) -> None:
    with store.begin() as unit:
        unit.inbox.accept(ACCEPTED, QUESTION, now=NOW)
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=hang_halfway, args=(url, cast, there))
    process.start()
    assert here.recv() == "in the middle"
    process.kill()
    process.join()
    started = monotonic()
    assert_nothing_happened(store, cast)
    assert monotonic() - started < 5


def test_others_see_a_transaction_only_when_it_is_done(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        answer_halfway(unit, cast)
        with store.begin() as other:
            assert other.outbox.due(now=NOW, limit=9) == []
    with store.begin() as unit:
        assert len(unit.outbox.due(now=NOW, limit=9)) == 1


def test_reading_never_waits_for_a_writer(store: Store, cast: Cast) -> None:
    writing, done = Event(), Event()

    def write() -> None:
        with store.begin() as unit:
            answer_halfway(unit, cast)
            writing.set()
            done.wait(30)

    writer = Thread(target=write)
    writer.start()
    writing.wait()
    started = monotonic()
    with store.begin() as unit:
        assert [person.name for _, person in unit.people.chain("hongqiao")] == ["陈静", "赵敏", "孙所长"]
    waited = monotonic() - started
    done.set()
    writer.join()
    assert waited < 5


def test_transactions_that_read_first_and_then_write_never_fail_for_each_other(store: Store, cast: Cast) -> None:
    def work(number: int) -> Callable[[Unit], int]:
        def read_and_write(unit: Unit) -> int:
            resident = unit.people.resident(NEIGHBOUR, now=NOW)
            unit.inquiries.counts(villages=None, since=NOW)
            sleep(0.01)  # Time for others to write, and for what was read to be old.
            unit.inbox.accept(message(f"m-{number}"), QUESTION, now=NOW)
            return ask(unit, cast, sender=NEIGHBOUR, resident=resident.id)

        return read_and_write

    inquiries = in_threads(store, [work(number) for number in range(12)])
    assert len(set(inquiries)) == 12


def test_a_failure_names_the_error_and_the_statement_but_no_word_of_a_resident(store: Store, cast: Cast) -> None:
    missing: str = None  # type: ignore[assignment]  # PostgreSQL would quote the whole row.
    with pytest.raises(StoreFailed, match=r"IntegrityError|NotNullViolation") as failed, store.begin() as unit:
        ask(unit, cast, outcome=missing)
    said = "".join(traceback.format_exception(failed.value))
    assert "INSERT INTO inquiries" in said
    for private in (QUESTION, NAME, ASKER.user):
        assert private not in said


@pytest.mark.parametrize("resident", [10_000])
def test_nothing_can_refer_to_what_is_not_there(store: Store, cast: Cast, resident: int) -> None:
    with pytest.raises(StoreFailed), store.begin() as unit:
        ask(unit, cast, resident=resident)


def test_a_time_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreFailed), store.begin() as unit:
        unit.inbox.accept(message(), QUESTION, now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize("url", ["sqlite://", "mysql://root:secret@localhost/farun"], ids=["memory", "mysql"])
def test_other_databases_are_refused_without_saying_the_password(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite file or PostgreSQL") as refused:
        SqlStore(url)
    assert "secret" not in str(refused.value)


def test_an_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    SqlStore(f"sqlite:///{tmp_path}/data/farun.db").close()
    assert stat.S_IMODE((tmp_path / "data" / "farun.db").stat().st_mode) == 0o600
