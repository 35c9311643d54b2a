from contextlib import suppress
from dataclasses import replace

from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.message import Address
from bot.ports import Store, Unit
from tests.bot.store.cast import ASKER, IN_GROUP, MINUTE, NEIGHBOUR, NOW, Cast, open_case
from tests.bot.store.races import in_processes, in_threads


def queue(unit: Unit, *keys: str, to: Address = ASKER) -> None:
    for key in keys:
        unit.outbox.queue(to, f"答复 {key}", key=key, case=None, now=NOW)


def due(unit: Unit, minutes: int = 0) -> list[str]:
    return [delivery.key for delivery in unit.outbox.due(now=NOW + minutes * MINUTE, limit=99)]


def one(unit: Unit, key: str) -> int:
    return next(found.id for found in unit.outbox.due(now=NOW, limit=99) if found.key == key)


def take(unit: Unit, delivery: int, minutes: int = 0) -> bool:
    return unit.outbox.take(delivery, now=NOW + minutes * MINUTE, until=NOW + (minutes + 2) * MINUTE)


def test_a_text_is_queued_once_whatever_is_said_the_second_time(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
        unit.outbox.queue(IN_GROUP, "可以起诉", key="case-1", case=case, now=NOW)
    with store.begin() as unit:
        unit.outbox.queue(ASKER, "别的话", key="case-1", case=None, now=NOW - MINUTE)
        (found,) = unit.outbox.due(now=NOW, limit=9)
        assert found == Delivery(found.id, "case-1", IN_GROUP, "可以起诉", case, 0, DeliveryState.PENDING)


def test_a_text_is_due_from_its_queueing_in_the_order_of_queueing(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "c", "a")
        queue(unit, "b", to=NEIGHBOUR)
        assert due(unit, -1) == []
        assert due(unit) == ["c", "a", "b"]
        assert [found.key for found in unit.outbox.due(now=NOW, limit=2)] == ["c", "a"]


def test_a_claim_keeps_others_away_until_it_lapses_and_counts_as_a_try(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        first = one(unit, "a")
        assert take(unit, first)
    with store.begin() as unit:
        assert not take(unit, first, 1)
        assert due(unit, 1) == []
        assert due(unit, 2) == ["a"]
        assert unit.outbox.due(now=NOW + 2 * MINUTE, limit=1)[0].tries == 1
        assert take(unit, first, 2)


def test_what_is_sent_is_over(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        first = one(unit, "a")
        take(unit, first)
        unit.outbox.sent(first, now=NOW)
        assert due(unit, 99) == []
        assert not take(unit, first, 99)


def test_a_failure_that_comes_after_another_process_sent_it_changes_nothing(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        first = one(unit, "a")
        unit.outbox.sent(first, now=NOW)
        unit.outbox.retry(first, at=NOW, reason="timeout")
        unit.outbox.hold(first, reason="timeout")
        assert due(unit, 99) == []
        assert unit.outbox.release(ASKER, now=NOW) == []


def test_a_text_is_tried_again_at_its_time_and_not_before(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        first = one(unit, "a")
        take(unit, first)
        unit.outbox.retry(first, at=NOW + 5 * MINUTE, reason="errcode 45009")
        assert not take(unit, first, 4)
        assert due(unit, 4) == []
        assert due(unit, 5) == ["a"]
        assert take(unit, first, 5)


def test_a_later_text_never_overtakes_an_earlier_one_to_the_same_address(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a", "b")
        queue(unit, "group", to=IN_GROUP)
        first, second, other = one(unit, "a"), one(unit, "b"), one(unit, "group")
        assert not take(unit, second)
        assert take(unit, first)
        assert not take(unit, second)
        unit.outbox.retry(first, at=NOW + 5 * MINUTE, reason="timeout")
        assert due(unit) == ["group"]
        assert not take(unit, second)
        assert take(unit, other)
        unit.outbox.sent(first, now=NOW)
        assert due(unit) == ["b"]
        assert take(unit, second)


def test_what_is_held_does_not_stand_in_the_way_and_goes_out_with_the_next_message(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a", "b", "c")
        queue(unit, "group", to=IN_GROUP)
        for key in ("b", "a", "group"):
            unit.outbox.hold(one(unit, key), reason="48 hours over")
        assert due(unit) == ["c"]
    with store.begin() as unit:
        released = unit.outbox.release(ASKER, now=NOW)
        assert [(found.key, found.state) for found in released] == [
            ("a", DeliveryState.SENT),
            ("b", DeliveryState.SENT),
        ]
        assert unit.outbox.release(ASKER, now=NOW) == []
        assert [found.key for found in unit.outbox.release(IN_GROUP, now=NOW)] == ["group"]


def test_a_release_that_fails_holds_on_to_the_text(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        unit.outbox.hold(one(unit, "a"), reason="48 hours over")
    with suppress(ZeroDivisionError), store.begin() as unit:
        unit.outbox.release(ASKER, now=NOW)
        raise ZeroDivisionError
    with store.begin() as unit:
        assert [found.key for found in unit.outbox.release(ASKER, now=NOW)] == ["a"]


def test_a_poll_sees_what_is_held_for_anybody_of_its_channel(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        queue(unit, "b", to=NEIGHBOUR)
        queue(unit, "c", to=replace(ASKER, channel="gateway/other"))
        for key in ("b", "c", "a"):
            unit.outbox.hold(one(unit, key), reason="polled")
        queue(unit, "pending")
        assert [found.key for found in unit.outbox.held_for_channel("wechat/gh_1", limit=9)] == ["a", "b"]
        assert [found.key for found in unit.outbox.held_for_channel("wechat/gh_1", limit=1)] == ["a"]


def test_many_take_a_text_at_once_and_one_has_it(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        first = one(unit, "a")
    assert in_threads(store, [lambda unit: take(unit, first)] * 6).count(True) == 1


def test_many_release_at_once_and_one_says_it(store: Store) -> None:
    with store.begin() as unit:
        queue(unit, "a")
        unit.outbox.hold(one(unit, "a"), reason="48 hours over")
    released = in_threads(store, [lambda unit: unit.outbox.release(ASKER, now=NOW)] * 6)
    assert sorted(len(found) for found in released) == [0, 0, 0, 0, 0, 1]


def send_all(store: Store) -> list[str]:
    """What a worker does, without the sending."""
    sent = []
    with store.begin() as unit:
        found = unit.outbox.due(now=NOW, limit=99)
    for delivery in found:
        with store.begin() as unit:
            taken = take(unit, delivery.id)
        if taken:
            sent.append(delivery.key)
            with store.begin() as unit:
                unit.outbox.sent(delivery.id, now=NOW)
    return sent


def test_two_workers_send_each_text_once(store: Store, url: str) -> None:
    with store.begin() as unit:
        for number in range(40):
            queue(unit, f"a-{number}", to=replace(ASKER, user=f"user-{number}"))
    first, second = in_processes(url, send_all)
    assert sorted(first + second) == sorted(f"a-{number}" for number in range(40))
