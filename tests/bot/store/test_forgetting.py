from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import make_url, select

from bot.domain.case import CaseState
from bot.domain.dialogue import Dialogue
from bot.domain.message import Address, Reply
from bot.ports import Store, Unit
from bot.store.base import Base
from bot.store.engine import SqlStore, make_engine
from tests.bot.store.cast import (
    ASKER,
    IN_GROUP,
    MINUTE,
    NAME,
    NEIGHBOUR,
    NOW,
    QUESTION,
    Cast,
    ask,
    message,
    open_case,
)

ADVISER = Address("wecom", "chen.jing")
PRIVATE = (QUESTION, NAME, ASKER.user)


def leave_traces(unit: Unit, cast: Cast) -> int:
    """Words, name and id of the resident in every table that may hold them; an open case."""
    for sender in (ASKER, IN_GROUP):
        accepted = message(f"{sender.group}-{sender.user}-1763948400", sender=sender)
        unit.inbox.accept(accepted, QUESTION, now=NOW)
        unit.inbox.settle(accepted.key, Reply(f"@{NAME} 您问：{QUESTION}", ask(unit, cast, sender=sender)), now=NOW)
        held = Dialogue(rest=QUESTION, asked=QUESTION, unanswered=(f"我是{NAME}",), said_at=NOW)
        unit.dialogues.remember(sender, held, expires=NOW + MINUTE)
        unit.outbox.queue(sender, f"您问：{QUESTION}", key=f"recovered-{sender}", case=None, now=NOW)
    unit.inbox.accept(message("waiting"), QUESTION, now=NOW)
    case = open_case(unit, cast)
    unit.cases.note(case, by=cast.chen, what="备注", now=NOW, text=f"{NAME}来过电话：{QUESTION}")
    unit.cases.add(case, text=QUESTION, urgency=None, due=NOW, now=NOW)
    unit.outbox.queue(ADVISER, f"新的转办单：{QUESTION}", key="alert-1", case=case, now=NOW)
    first = next(delivery for delivery in unit.outbox.due(now=NOW, limit=9) if delivery.to == ASKER)
    unit.outbox.hold(first.id, reason=f"cannot reach {ASKER.user}")
    return case


def forget(store: Store, cast: Cast) -> int:
    with store.begin() as unit:
        case = leave_traces(unit, cast)
    with store.begin() as unit:
        unit.people.forget_resident(cast.resident)
    return case


def everything_stored(url: str) -> str:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = [repr(row) for table in Base.metadata.sorted_tables for row in connection.execute(select(table))]
    engine.dispose()
    return "\n".join(found)


def test_no_word_name_or_id_of_the_resident_is_left_in_any_table(store: Store, url: str, cast: Cast) -> None:
    with store.begin() as unit:
        leave_traces(unit, cast)
    for private in PRIVATE:
        assert private in everything_stored(url)
    with store.begin() as unit:
        unit.people.forget_resident(cast.resident)
    for private in PRIVATE:
        assert private not in everything_stored(url)


def test_no_word_is_left_in_the_bytes_of_an_sqlite_file(store: Store, url: str, cast: Cast) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("PostgreSQL keeps old row versions until it vacuums: that is the operator's")
    forget(store, cast)
    assert isinstance(store, SqlStore)
    store.close()
    file = Path(make_url(url).database or "")
    for private in PRIVATE:
        assert private.encode() not in file.read_bytes()


def test_an_open_case_is_closed_with_a_note_and_keeps_what_staff_did(store: Store, cast: Cast) -> None:
    case = forget(store, cast)
    with store.begin() as unit:
        found = unit.cases.get(case)
        assert found is not None
        assert (found.state, found.question, found.asker_name) == (CaseState.CLOSED, "", "")
        assert found.asker.user != ASKER.user
        assert [(event.staff, event.what) for event in found.events] == [
            ("陈静", "备注"),
            ("", "咨询人补充"),
            ("", "办结"),
        ]
        assert "删除" in found.events[-1].text


def test_nothing_more_is_sent_to_them_or_said_to_an_adviser_about_them(store: Store, cast: Cast) -> None:
    forget(store, cast)
    with store.begin() as unit:
        assert unit.outbox.due(now=NOW + 999 * MINUTE, limit=99) == []
        assert unit.outbox.held_for_channel(ASKER.channel, limit=99) == []
        assert unit.inbox.unsettled(before=NOW + 999 * MINUTE, limit=99) == []


def test_the_figures_stay(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        leave_traces(unit, cast)
        before = unit.inquiries.counts(villages=None, since=NOW)
        unit.people.forget_resident(cast.resident)
        assert unit.inquiries.counts(villages=None, since=NOW) == before


def test_whoever_is_forgotten_is_a_stranger_when_they_write_again(store: Store, cast: Cast) -> None:
    forget(store, cast)
    with store.begin() as unit:
        again = unit.people.resident(ASKER, now=NOW)
        assert again.id != cast.resident
        assert again.village is None
        assert unit.inquiries.last(ASKER, since=NOW) is None
        assert unit.dialogues.recall(ASKER, now=NOW) == Dialogue()


def test_a_neighbour_loses_nothing(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        neighbour = unit.people.resident(NEIGHBOUR, now=NOW)
        inquiry = ask(unit, cast, sender=NEIGHBOUR, resident=neighbour.id)
        case = open_case(unit, cast, inquiry=inquiry)
        unit.outbox.queue(NEIGHBOUR, QUESTION, key="other", case=case, now=NOW)
        unit.inbox.accept(message("other", sender=NEIGHBOUR), QUESTION, now=NOW)
        before = unit.cases.get(case), unit.inbox.unsettled(before=NOW + MINUTE, limit=9)
    forget(store, cast)
    with store.begin() as unit:
        assert (unit.cases.get(case), unit.inbox.unsettled(before=NOW + MINUTE, limit=9)) == before
        assert [delivery.text for delivery in unit.outbox.due(now=NOW, limit=9)] == [QUESTION]


@pytest.mark.parametrize("key", ["m-1", f"{ASKER.user}-1763948400"], ids=["plain", "holding the user id"])
def test_the_message_that_asked_for_it_still_gets_its_answer(store: Store, url: str, cast: Cast, key: str) -> None:
    asked = message(key)
    with store.begin() as unit:
        unit.inbox.accept(asked, QUESTION, now=NOW)
        unit.inbox.settle(asked.key, Reply(None), now=NOW)
        unit.people.forget_resident(cast.resident)
        unit.inbox.amend(asked.key, Reply("已经删除"))
    assert "已经删除" in everything_stored(url)
    assert ASKER.user not in everything_stored(url)


def test_forgetting_nobody_does_nothing(store: Store, url: str, cast: Cast) -> None:
    before = everything_stored(url)
    with store.begin() as unit:
        unit.people.forget_resident(10_000)
    assert everything_stored(url) == before


def test_a_message_being_answered_meanwhile_is_forgotten_too(store: Store, url: str, cast: Cast) -> None:
    with store.begin() as unit:
        unit.inbox.accept(message(), QUESTION, now=NOW)

    def forget_them() -> None:
        with store.begin() as unit:
            unit.people.forget_resident(cast.resident)

    forgetting = Thread(target=forget_them)
    with store.begin() as unit:
        unit.inbox.settle(message().key, Reply(None), now=NOW)
        forgetting.start()
        forgetting.join(0.3)
        assert forgetting.is_alive(), "it waits for this transaction"
        unit.people.place_resident(cast.resident, "hongqiao")
        unit.outbox.release(ASKER, now=NOW)
        unit.inbox.amend(message().key, Reply(f"您问：{QUESTION}", ask(unit, cast)))
    forgetting.join()
    for private in PRIVATE:
        assert private not in everything_stored(url)
