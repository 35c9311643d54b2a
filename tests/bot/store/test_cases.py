from collections.abc import Callable

import pytest

from bot.domain.case import Case, CaseEvent, CaseState
from bot.domain.question import Urgency
from bot.ports import Store, Unit
from tests.bot.store.cast import ASKER, CANDIDATE, MINUTE, NAME, NOW, QUESTION, Cast, open_case
from tests.bot.store.races import in_threads

ALL = list(CaseState)


def claim(unit: Unit, case: int, staff: int) -> bool:
    return unit.cases.move(
        case, to=CaseState.CLAIMED, expected=CaseState.WAITING, by=staff, holder=staff, now=NOW, what="受理"
    )


def got(unit: Unit, case: int) -> Case:
    found = unit.cases.get(case)
    assert found is not None
    return found


def test_a_new_case_waits_with_all_the_adviser_needs(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast, urgency=Urgency.ONGOING_FRAUD)
    with store.begin() as unit:
        assert unit.cases.get(case) == Case(
            id=case,
            village="hongqiao",
            question=QUESTION,
            asker=ASKER,
            asker_name=NAME,
            state=CaseState.WAITING,
            reason="unsure",
            urgency=Urgency.ONGOING_FRAUD,
            asked_at=NOW,
            due_at=NOW + 60 * MINUTE,
            assigned=cast.chen,
            holder=None,
            holder_name="",
            suggestion="可以起诉",
            candidates=(CANDIDATE,),
        )
        assert unit.cases.get(case + 1) is None


def test_every_step_is_in_the_history_with_the_name_of_who_did_it(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
        assert claim(unit, case, cast.chen)
        unit.cases.note(case, by=None, what="暂时送不到", now=NOW + MINUTE, text="稍后送达")
        unit.cases.assign(case, cast.zhao, by=cast.chen, now=NOW + 2 * MINUTE, text="休假")
    with store.begin() as unit:
        found = got(unit, case)
    assert (found.state, found.holder, found.holder_name) == (CaseState.CLAIMED, cast.chen, "陈静")
    assert found.assigned == cast.zhao
    assert found.events == (
        CaseEvent(NOW, "陈静", "受理"),
        CaseEvent(NOW + MINUTE, "", "暂时送不到", "稍后送达"),
        CaseEvent(NOW + 2 * MINUTE, "陈静", "转交给赵敏", "休假"),
    )


def test_a_case_moves_only_from_the_state_and_holder_expected_and_notes_nothing_otherwise(
    store: Store, cast: Cast
) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
        assert claim(unit, case, cast.chen)
        before = got(unit, case)
        assert not claim(unit, case, cast.zhao)
        assert not claim(unit, case + 1, cast.zhao)
        for only, moved in ((cast.zhao, False), (cast.chen, True)):
            assert got(unit, case) == before
            assert moved is unit.cases.move(
                case,
                to=CaseState.WAITING,
                expected=CaseState.CLAIMED,
                by=only,
                holder=None,
                now=NOW,
                what="退回待受理",
                only_holder=only,
            )
        assert (got(unit, case).state, got(unit, case).holder) == (CaseState.WAITING, None)


def test_more_words_of_the_asker_are_noted_while_somebody_has_the_case_before_them(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
        inquiry = unit.cases.add(case, text="是去年的事", urgency=None, due=NOW, now=NOW)
        assert inquiry is not None
        before = got(unit, case)
        assert before.events == (CaseEvent(NOW, "", "咨询人补充", "是去年的事"),)
        assert (before.urgency, before.due_at) == (None, NOW + 60 * MINUTE)
        assert claim(unit, case, cast.chen)
        assert unit.cases.add(case, text="在河边", urgency=None, due=NOW, now=NOW) == inquiry
        assert (got(unit, case).state, got(unit, case).holder) == (CaseState.CLAIMED, cast.chen)


@pytest.mark.parametrize("state", [CaseState.ANSWERED, CaseState.CLOSED])
def test_nothing_is_added_to_a_case_that_is_done(store: Store, cast: Cast, state: CaseState) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
        assert claim(unit, case, cast.chen)
        unit.cases.move(case, to=state, expected=CaseState.CLAIMED, by=cast.chen, holder=None, now=NOW, what="完")
        before = got(unit, case)
        assert unit.cases.add(case, text="还有", urgency=Urgency.VIOLENCE, due=NOW, now=NOW) is None
        assert unit.cases.add(case + 1, text="还有", urgency=None, due=NOW, now=NOW) is None
        assert got(unit, case) == before


@pytest.mark.parametrize(("due", "expected"), [(5, 5), (90, 60)])
def test_danger_makes_a_case_urgent_and_due_no_later_than_it_was(
    store: Store, cast: Cast, due: int, expected: int
) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
        unit.cases.add(case, text="他来了", urgency=Urgency.VIOLENCE, due=NOW + due * MINUTE, now=NOW)
        assert got(unit, case).urgency is Urgency.VIOLENCE
        assert got(unit, case).due_at == NOW + expected * MINUTE
        unit.cases.add(case, text="明天到期", urgency=Urgency.DEADLINE, due=NOW + 99 * MINUTE, now=NOW)
        assert got(unit, case).urgency is Urgency.VIOLENCE


def test_many_claim_at_once_and_one_wins(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
    staff = [cast.chen, cast.zhao] * 3

    def claiming(who: int) -> Callable[[Unit], bool]:
        return lambda unit: claim(unit, case, who)

    won = in_threads(store, [claiming(who) for who in staff])
    assert won.count(True) == 1
    with store.begin() as unit:
        found = got(unit, case)
        assert (found.holder, len(found.events)) == (staff[won.index(True)], 1)


def test_who_was_too_slow_sees_in_the_same_transaction_who_was_faster(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast)
    with store.begin() as slow:
        assert got(slow, case).state is CaseState.WAITING
        with store.begin() as fast:
            assert claim(fast, case, cast.chen)
        assert not claim(slow, case, cast.zhao)
        assert (got(slow, case).state, got(slow, case).holder_name) == (CaseState.CLAIMED, "陈静")


def test_cases_are_listed_urgent_first_and_then_by_due_time(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        late = open_case(unit, cast, due=NOW + 9 * MINUTE)
        soon = open_case(unit, cast, due=NOW + 1 * MINUTE)
        urgent = open_case(unit, cast, due=NOW + 8 * MINUTE, urgency=Urgency.VIOLENCE)
        most_urgent = open_case(unit, cast, due=NOW + 2 * MINUTE, urgency=Urgency.DEADLINE)
        found = unit.cases.listed(villages=None, unplaced=False, states=ALL)
        assert [case.id for case in found] == [most_urgent, urgent, soon, late]
        assert [case.id for case in unit.cases.listed(villages=None, unplaced=False, states=ALL, limit=1)] == [
            most_urgent
        ]


@pytest.mark.parametrize(
    ("villages", "unplaced", "seen"),
    [
        (None, False, {"hongqiao", "xinyuan", None}),
        (frozenset({"hongqiao"}), False, {"hongqiao"}),
        (frozenset({"hongqiao"}), True, {"hongqiao", None}),
        (frozenset(), True, {None}),
        (frozenset(), False, set()),
    ],
)
def test_cases_are_listed_for_the_villages_asked_for(
    store: Store, cast: Cast, villages: frozenset[str] | None, unplaced: bool, seen: set[str | None]
) -> None:
    with store.begin() as unit:
        for village in ("hongqiao", "xinyuan", None):
            open_case(unit, cast, village=village)
        found = unit.cases.listed(villages=villages, unplaced=unplaced, states=ALL)
        assert {case.village for case in found} == seen


def test_cases_are_listed_by_state_without_history(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        waiting, claimed = open_case(unit, cast), open_case(unit, cast)
        claim(unit, claimed, cast.chen)
        listed = unit.cases.listed
        assert [case.id for case in listed(villages=None, unplaced=True, states=[CaseState.WAITING])] == [waiting]
        found = listed(villages=None, unplaced=True, states=[CaseState.CLAIMED, CaseState.CLOSED])
        assert [(case.id, case.holder_name, case.events) for case in found] == [(claimed, "陈静", ())]
        assert listed(villages=None, unplaced=True, states=[]) == []


def test_a_case_is_overdue_past_its_time_until_the_bot_has_passed_it_on(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast, due=NOW)
        assert unit.cases.overdue(now=NOW, again_before=NOW) == []
        assert [late.id for late in unit.cases.overdue(now=NOW + MINUTE, again_before=NOW)] == [case]
        unit.cases.assign(case, cast.zhao, by=cast.chen, now=NOW + MINUTE)
        assert [late.assigned for late in unit.cases.overdue(now=NOW + MINUTE, again_before=NOW)] == [cast.zhao]
        unit.cases.assign(case, cast.sun, by=None, now=NOW + MINUTE)
        assert unit.cases.overdue(now=NOW + 2 * MINUTE, again_before=NOW + MINUTE) == []
        again = unit.cases.overdue(now=NOW + 3 * MINUTE, again_before=NOW + 2 * MINUTE)
        assert [late.id for late in again] == [case]
        assert got(unit, case).events[-1].staff == ""


def test_passing_a_case_on_before_it_is_due_does_not_count_for_later(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        case = open_case(unit, cast, due=NOW)
        unit.cases.assign(case, cast.zhao, by=None, now=NOW - MINUTE)
        assert [late.id for late in unit.cases.overdue(now=NOW + MINUTE, again_before=NOW)] == [case]


def test_only_cases_that_nobody_has_answered_are_overdue(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        waiting, claimed, answered = (open_case(unit, cast, due=NOW) for _ in range(3))
        for case in (claimed, answered):
            claim(unit, case, cast.chen)
        unit.cases.move(
            answered,
            to=CaseState.ANSWERED,
            expected=CaseState.CLAIMED,
            by=cast.chen,
            holder=cast.chen,
            now=NOW,
            what="答复",
        )
        assert [case.id for case in unit.cases.overdue(now=NOW + MINUTE, again_before=NOW)] == [waiting, claimed]


def test_answers_of_people_are_found_by_the_law_they_name(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        first, second = open_case(unit, cast), open_case(unit, cast)
        unit.cases.note(first, by=cast.chen, what="答复", now=NOW, text="看《民法典》第六百七十五条。")
        unit.cases.note(second, by=cast.chen, what="答复", now=NOW, text="民法典第188条，100%能要。")
        unit.cases.note(second, by=cast.chen, what="备注", now=NOW, text="民法典")
        assert [case for case, _ in unit.cases.answers_naming("民法典")] == [second, first]
        assert unit.cases.answers_naming("刑法") == unit.cases.answers_naming("%典") == []
