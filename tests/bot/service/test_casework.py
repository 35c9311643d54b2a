from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.domain.case import CaseState
from bot.domain.errors import CaseConflict, DeliveryFailed, NotAllowed
from tests.bot.service.cast import Town

QUESTION = "村里的事我想问一问到底该怎么办"


@pytest.fixture
def case(town: Town) -> int:
    town.finder.sure = 0.001
    town.conversation.receive(town.said(QUESTION, scene="hegang"))
    (opened,) = town.casework.waiting(town.staff("chen"))
    return opened.id


def test_the_adviser_and_the_deputy_see_it_an_adviser_of_another_village_does_not(town: Town, case: int) -> None:
    assert town.casework.see(town.staff("chen"), case).question == QUESTION
    assert town.casework.see(town.staff("zhao"), case).id == case
    sun = town.staff("sun")
    assert town.casework.waiting(sun) == []
    for step in (
        lambda: town.casework.see(sun, case),
        lambda: town.casework.claim(sun, case),
        lambda: town.casework.answer(sun, case, "答"),
        lambda: town.casework.close(sun, case),
        lambda: town.casework.reopen(sun, case),
        lambda: town.casework.give_back(sun, case),
        lambda: town.casework.hand_over(sun, case, town.ids["chen"]),
        lambda: town.casework.colleagues(sun, case),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(town: Town, case: int) -> None:
    def claim(login: str) -> str:
        try:
            town.casework.claim(town.staff(login), case)
        except CaseConflict as conflict:
            return str(conflict)
        return "won"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(claim, ("chen", "zhao")))
    assert sorted(outcome == "won" for outcome in outcomes) == [False, True]
    (told,) = [outcome for outcome in outcomes if outcome != "won"]
    holder = town.casework.see(town.staff("chen"), case).holder_name
    assert "受理中" in told
    assert holder in told


def test_an_answer_goes_back_to_where_the_question_came_from(town: Town, case: int) -> None:
    town.casework.answer(town.staff("chen"), case, "可以这样办。")
    assert town.casework.see(town.staff("chen"), case).state is CaseState.ANSWERED
    town.sending.send_due()
    ((address, text),) = town.post.sent
    assert (address.channel, address.user, address.group) == ("wechat/gh", "wanghua", None)
    assert "村法律顾问陈敏答复" in text
    assert "可以这样办。" in text
    assert town.sending.send_due() == 0


def test_an_answer_that_cannot_be_pushed_comes_with_the_residents_next_message_once(town: Town, case: int) -> None:
    town.post.failure = DeliveryFailed("45015", permanent=True)
    town.casework.answer(town.staff("chen"), case, "可以这样办。")
    town.sending.send_due()
    town.finder.sure = 0.99
    first = town.conversation.receive(town.said("谢谢", key="later"))
    again = town.conversation.receive(town.said("谢谢", key="later"))
    second = town.conversation.receive(town.said("谢谢", key="later still"))
    assert first.text is not None
    assert "可以这样办。" in first.text
    assert again == first
    assert second.text is not None
    assert "可以这样办。" not in second.text


def test_a_passing_failure_is_tried_again(town: Town, case: int) -> None:
    town.post.failure = DeliveryFailed("busy", permanent=False)
    town.casework.answer(town.staff("chen"), case, "可以这样办。")
    assert town.sending.send_due() == 0
    town.post.failure = None
    assert town.sending.send_due() == 0
    town.clock.pass_by(timedelta(seconds=5))
    assert town.sending.send_due() == 1


def test_only_the_holder_answers_a_claimed_case(town: Town, case: int) -> None:
    town.casework.claim(town.staff("chen"), case)
    with pytest.raises(CaseConflict):
        town.casework.answer(town.staff("zhao"), case, "我来答")
    with pytest.raises(CaseConflict):
        town.casework.close(town.staff("zhao"), case)
    with pytest.raises(ValueError, match="空"):
        town.casework.answer(town.staff("chen"), case, "  ")


def test_a_case_is_handed_only_to_somebody_who_may_see_it(town: Town, case: int) -> None:
    chen = town.staff("chen")
    town.casework.claim(chen, case)
    assert {colleague.name for colleague in town.casework.colleagues(chen, case)} == {"赵磊", "李所长", "王芳"}
    with pytest.raises(NotAllowed):
        town.casework.hand_over(chen, case, town.ids["sun"])
    town.casework.hand_over(chen, case, town.ids["zhao"], "请你看")
    handed = town.casework.see(chen, case)
    assert (handed.state, handed.assigned) == (CaseState.WAITING, town.ids["zhao"])


def test_answered_then_closed_then_opened_again(town: Town, case: int) -> None:
    chen = town.staff("chen")
    town.casework.answer(chen, case, "答")
    town.casework.close(chen, case)
    with pytest.raises(CaseConflict):
        town.casework.close(chen, case)
    town.casework.reopen(chen, case, "又来问了")
    history = [event.what for event in town.casework.see(chen, case).events]
    assert history[-4:] == ["受理", "答复", "办结", "重新打开"]


def test_an_overdue_case_is_passed_to_the_next_in_the_chain_and_not_beyond(town: Town, case: int) -> None:
    assert town.casework.pass_on_overdue() == 0
    order = []
    for _ in range(4):
        town.clock.pass_by(timedelta(hours=25))
        town.casework.pass_on_overdue()
        order.append(town.casework.see(town.staff("wang"), case).assigned)
    assert order == [town.ids["zhao"], town.ids["li"], town.ids["li"], town.ids["li"]]
