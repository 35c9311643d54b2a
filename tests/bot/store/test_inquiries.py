from bot.ports import Store
from tests.bot.store.cast import ASKER, IN_GROUP, MINUTE, NEIGHBOUR, NOW, QUESTION, Cast, ask, message


def test_the_latest_inquiry_is_that_of_the_same_address_and_not_too_old(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        ask(unit, cast)
        latest = ask(unit, cast, now=NOW + MINUTE)
        in_group = ask(unit, cast, sender=IN_GROUP, now=NOW + 2 * MINUTE)
        assert unit.inquiries.last(ASKER, since=NOW) == latest
        assert unit.inquiries.last(ASKER, since=NOW + MINUTE) == latest
        assert unit.inquiries.last(ASKER, since=NOW + 2 * MINUTE) is None
        assert unit.inquiries.last(IN_GROUP, since=NOW) == in_group
        assert unit.inquiries.last(NEIGHBOUR, since=NOW) is None


def test_a_rating_can_be_changed(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        inquiry = ask(unit, cast)
        unit.inquiries.rate(inquiry, True)
        unit.inquiries.rate(inquiry, False)


def test_outcomes_are_counted_by_village_and_time(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        ask(unit, cast, outcome="answer")
        ask(unit, cast, outcome="answer", now=NOW + MINUTE)
        ask(unit, cast, outcome="escalate", village="xinyuan")
        ask(unit, cast, outcome="clarify", village=None)
        counts = unit.inquiries.counts
        assert counts(villages=None, since=NOW) == {"answer": 2, "clarify": 1, "escalate": 1}
        assert counts(villages=None, since=NOW + MINUTE) == {"answer": 1, "clarify": 0, "escalate": 0}
        assert counts(villages=frozenset({"hongqiao"}), since=NOW) == {"answer": 2, "clarify": 0, "escalate": 0}
        assert counts(villages=frozenset(), since=NOW) == {"answer": 0, "clarify": 0, "escalate": 0}


def test_answers_of_entries_are_counted_with_the_time_of_the_last(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        for minutes, entry, outcome in ((0, "loan", "answer"), (1, "loan", "answer"), (2, "loan", "escalate")):
            unit.inquiries.add(
                message(),
                text=QUESTION,
                resident=cast.resident,
                village=None,
                outcome=outcome,
                reason="sure",
                entry=entry,
                confidence=0.9,
                reply="",
                now=NOW + minutes * MINUTE,
            )
        assert unit.inquiries.answered_with(["loan", "wages"]) == {"loan": (2, NOW + MINUTE)}
        assert unit.inquiries.answered_with([]) == {}
