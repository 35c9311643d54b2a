from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread

import pytest

from bot.domain.message import Form, Incoming, MessageKey, Reply
from bot.ports import Store, Unit
from tests.bot.store.cast import ASKER, CHINA, IN_GROUP, MINUTE, NOW, QUESTION, Cast, ask, message
from tests.bot.store.races import in_processes, in_threads

MASKED = "电话[手机号]，借了钱"
KEY = message().key


def accept(store: Store, *keys: str) -> None:
    with store.begin() as unit:
        for key in keys:
            unit.inbox.accept(message(key), MASKED, now=NOW)


def test_a_key_is_accepted_once(store: Store) -> None:
    with store.begin() as unit:
        assert unit.inbox.accept(message(), MASKED, now=NOW)
        assert not unit.inbox.accept(message(), "something else", now=NOW + MINUTE)
    with store.begin() as unit:
        assert not unit.inbox.accept(message(), MASKED, now=NOW + MINUTE)
        assert [left.text for left in unit.inbox.unsettled(before=NOW + MINUTE, limit=9)] == [MASKED]


def test_the_same_id_in_another_channel_is_another_message(store: Store) -> None:
    with store.begin() as unit:
        assert unit.inbox.accept(message(), MASKED, now=NOW)
        assert unit.inbox.accept(message(sender=replace(ASKER, channel="demo")), MASKED, now=NOW)


def test_a_message_has_no_reply_until_it_is_settled_and_then_keeps_it(store: Store, cast: Cast) -> None:
    accept(store, "m-1")
    with store.begin() as unit:
        assert unit.inbox.reply(KEY) is None
        inquiry = ask(unit, cast)
        assert unit.inbox.settle(KEY, Reply("可以起诉", inquiry), now=NOW)
    with store.begin() as unit:
        assert not unit.inbox.settle(KEY, Reply("别的话"), now=NOW)
        assert unit.inbox.reply(KEY) == Reply("可以起诉", inquiry)


def test_silence_is_a_reply_too(store: Store) -> None:
    accept(store, "m-1")
    with store.begin() as unit:
        assert unit.inbox.settle(KEY, Reply(None), now=NOW)
    with store.begin() as unit:
        assert unit.inbox.reply(KEY) == Reply(None)
        assert unit.inbox.unsettled(before=NOW + MINUTE, limit=9) == []


def test_what_was_never_accepted_has_no_reply_and_cannot_be_settled(store: Store) -> None:
    with store.begin() as unit:
        assert unit.inbox.reply(KEY) is None
        assert not unit.inbox.settle(KEY, Reply("?"), now=NOW)


def test_words_are_amended_in_the_transaction_that_settled_and_in_no_other(store: Store) -> None:
    accept(store, "m-1")
    with store.begin() as unit:
        unit.inbox.settle(KEY, Reply(None), now=NOW)
        unit.inbox.amend(KEY, Reply("最后的话"))
        assert unit.inbox.reply(KEY) == Reply("最后的话")
    with store.begin() as unit, pytest.raises(KeyError):
        unit.inbox.amend(KEY, Reply("迟到的话"))


@pytest.mark.parametrize(
    "accepted",
    [
        message(),
        replace(message(sender=IN_GROUP), form=Form.TEXT, mentioned=False),
        replace(message(), sender_name="", form=Form.SCAN, scene="hongqiao", mentioned=False),
        replace(message(), key=MessageKey("gateway/bridge", "m-1"), sent_at=NOW.astimezone(CHINA)),
    ],
)
def test_an_unsettled_message_comes_back_as_it_was_with_its_masked_text(store: Store, accepted: Incoming) -> None:
    with store.begin() as unit:
        unit.inbox.accept(accepted, MASKED, now=NOW)
    with store.begin() as unit:
        assert unit.inbox.unsettled(before=NOW + MINUTE, limit=9) == [replace(accepted, text=MASKED)]


def test_unsettled_messages_come_oldest_first_and_not_those_just_accepted(store: Store) -> None:
    def accepted(key: str, now: datetime) -> None:
        unit.inbox.accept(message(key), MASKED, now=now)

    with store.begin() as unit:
        accepted("third", NOW + 2 * MINUTE)
        accepted("first", NOW)
        accepted("second", NOW + MINUTE)
        accepted("settled", NOW)
        unit.inbox.settle(message("settled").key, Reply("好"), now=NOW)
    with store.begin() as unit:
        before = [left.key.id for left in unit.inbox.unsettled(before=NOW + 2 * MINUTE, limit=9)]
        assert before == ["first", "second"]
        assert [left.key.id for left in unit.inbox.unsettled(before=NOW + 3 * MINUTE, limit=2)] == ["first", "second"]


def test_what_a_database_cannot_hold_does_not_lose_the_message(store: Store) -> None:
    with store.begin() as unit:
        assert unit.inbox.accept(replace(message(), sender_name="李\ud83d"), "借\0钱\udc00不还😀", now=NOW)
        left = unit.inbox.unsettled(before=NOW + MINUTE, limit=1)[0]
        assert (left.text, left.sender_name) == ("借钱不还😀", "李")


def accept_fifty(store: Store) -> list[bool]:
    won = []
    for number in range(50):
        with store.begin() as unit:
            won.append(unit.inbox.accept(message(f"m-{number}"), QUESTION, now=NOW))
    return won


def test_of_two_processes_that_accept_the_same_messages_each_message_has_one(url: str) -> None:
    first, second = in_processes(url, accept_fifty)
    assert [one + other for one, other in zip(first, second, strict=True)] == [1] * 50


def test_many_settle_at_once_and_one_wins(store: Store) -> None:
    accept(store, "m-1")
    replies = [Reply(f"第{number}个") for number in range(6)]

    def settling(said: Reply) -> Callable[[Unit], bool]:
        return lambda unit: unit.inbox.settle(KEY, said, now=NOW)

    won = in_threads(store, [settling(said) for said in replies])
    assert won.count(True) == 1
    with store.begin() as unit:
        assert unit.inbox.reply(KEY) == replies[won.index(True)]


def test_who_comes_second_waits_and_then_reads_the_final_words_of_the_first(store: Store) -> None:
    accept(store, "m-1")
    settled = Event()
    seen: list[bool | Reply | None] = []

    def second() -> None:
        settled.wait()
        with store.begin() as unit:
            seen.append(unit.inbox.settle(KEY, Reply("第二个"), now=NOW))
            seen.append(unit.inbox.reply(KEY))

    thread = Thread(target=second)
    thread.start()
    with store.begin() as unit:
        unit.inbox.settle(KEY, Reply(None), now=NOW)
        settled.set()
        thread.join(0.3)
        assert seen == []
        unit.inbox.amend(KEY, Reply("第一个"))
    thread.join()
    assert seen == [False, Reply("第一个")]


def test_if_the_first_fails_the_second_settles(store: Store) -> None:
    accept(store, "m-1")
    with suppress(ZeroDivisionError), store.begin() as unit:
        unit.inbox.settle(KEY, Reply("第一个"), now=NOW)
        raise ZeroDivisionError
    with store.begin() as unit:
        assert unit.inbox.settle(KEY, Reply("第二个"), now=NOW)
