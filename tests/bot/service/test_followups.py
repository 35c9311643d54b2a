from datetime import timedelta

import pytest

from bot.domain.case import CaseState
from bot.domain.dialogue import MEMORY
from tests.bot.service.cast import Town

LOAN = "借给邻居三万他不还怎么办"
LATER = timedelta(minutes=5)


@pytest.fixture
def asked(town: Town) -> Town:
    """Somebody was answered about a loan; of nothing else the bot is sure."""
    town.finder.sure = 0.001
    town.finder.knows = {LOAN: ("loan", 0.99)}
    assert "可以要回来" in town.tells(LOAN)
    return town


def test_a_part_of_the_last_answer_is_said_with_its_basis_and_nothing_else(asked: Town) -> None:
    reply = asked.tells("那要多久？", after=LATER)
    assert "三年之内要提出来" in reply
    assert "《民法典》第六百七十五条" in reply
    assert "借钱不还怎么办" in reply
    assert "可以要回来" not in reply
    assert "村人民调解委员会" in asked.tells("去哪里办", after=LATER)
    assert asked.cases() == []


def test_a_part_that_is_not_in_the_entry_is_a_persons(asked: Town) -> None:
    reply = asked.tells("要带什么材料", after=LATER)
    assert "已转给" in reply
    (case,) = asked.cases()
    assert case.question == f"{LOAN}\n要带什么材料"
    assert asked.finder.sought == [f"{LOAN} 要带什么材料"]
    assert "可以要回来" in case.suggestion


def test_a_part_of_an_answer_whose_basis_no_longer_stands_is_not_said(asked: Town) -> None:
    asked.book.checkable = False
    assert "三年之内" not in asked.tells("那要多久？", after=LATER)
    assert len(asked.cases()) == 1


def test_a_follow_up_is_read_with_the_last_question_if_that_gives_another_sure_answer(asked: Town) -> None:
    asked.finder.knows = {f"{LOAN} 那他说": ("wage", 0.99), LOAN: ("loan", 0.99)}
    assert "去劳动监察" in asked.tells("那他说是工钱呢", after=LATER)
    assert asked.cases() == []


def test_the_same_answer_once_more_is_none_and_a_person_gets_both(asked: Town) -> None:
    reply = asked.tells("没写借条呢", after=LATER)
    assert "可以要回来" not in reply
    assert [case.question for case in asked.cases()] == [f"{LOAN}\n没写借条呢"]
    assert asked.finder.sought == [f"{LOAN} 没写借条呢"]


def test_what_was_said_in_between_goes_to_the_person_as_well(asked: Town) -> None:
    asked.tells("就给了两千", after=LATER)
    asked.tells("合理吗", after=timedelta(seconds=20))
    assert [case.question for case in asked.cases()] == [f"{LOAN}\n就给了两千\n合理吗"]


def test_a_question_sure_by_itself_wins_however_it_begins(asked: Town) -> None:
    asked.finder.knows = {LOAN: ("loan", 0.99), "工资": ("wage", 0.99)}
    assert "去劳动监察" in asked.tells("那工资呢", after=LATER)


def test_a_short_question_of_its_own_keeps_its_options(asked: Town) -> None:
    asked.finder.knows["狗咬"] = ("wage", 0.6)
    assert "1. 欠薪怎么办" in asked.tells("被狗咬了怎么办", after=LATER)


def test_a_follow_up_leans_on_what_was_chosen_by_number(town: Town) -> None:
    town.finder.sure = 0.5
    town.tells("欠我的钱不给怎么要回来")
    assert "可以要回来" in town.tells("1", after=LATER)
    assert "三年之内要提出来" in town.tells("那要多久", after=LATER)


@pytest.mark.parametrize("text", ["那要多久？", "去哪里办", "那呢"])
def test_without_a_last_question_it_is_asked_what_it_is_about(town: Town, text: str) -> None:
    town.finder.sure = 0.001
    reply = town.tells(text)
    assert "您问的是哪件事" in reply
    assert town.cases() == []


def test_after_half_an_hour_and_for_anybody_else_there_is_no_last_question(asked: Town) -> None:
    assert "您问的是哪件事" in asked.tells("那要多久？", user="lisi")
    assert "您问的是哪件事" in asked.tells("那要多久？", after=MEMORY)


def test_a_wish_for_a_person_brings_what_it_is_about(asked: Town) -> None:
    assert asked.tells("找律师", after=LATER).startswith("好的，已转给")
    (case,) = asked.cases()
    assert case.question == f"{LOAN}\n找律师"
    assert asked.finder.sought == [LOAN]  # And not what the law says of lawyers.


def test_danger_told_of_in_a_follow_up_comes_first(asked: Town) -> None:
    assert asked.tells("但他现在拿着刀", after=LATER).startswith("⚠️")
    assert [case.urgency for case in asked.cases()] == ["violence"]


def test_thanks_and_a_nod_after_an_answer_ask_nothing(asked: Town) -> None:
    assert "不客气" in asked.tells("好的，知道了", after=LATER)
    assert "三年之内要提出来" in asked.tells("那要多久", after=LATER)


def test_in_a_group_only_who_asks_the_bot_by_name_is_understood_so(town: Town) -> None:
    town.finder.sure = 0.001
    town.finder.knows = {LOAN: ("loan", 0.99)}
    town.tells(LOAN, group="g-hegang")
    assert town.tells("那要多久", group="g-hegang", after=LATER) == ""
    reply = town.tells("@法润助手 那要多久", group="g-hegang", mentioned=True)
    assert reply.startswith("@李婶 关于“借钱不还怎么办”")


def test_of_a_sensitive_matter_a_group_hears_no_part(town: Town) -> None:
    topic, loan = town.book.held["loan"]
    town.book.held["loan"] = topic, loan.model_copy(update={"sensitive": True})
    town.tells(LOAN, group="g-hegang")
    town.finder.sure = 0.001
    reply = town.tells("@法润助手 那要多久", group="g-hegang", mentioned=True)
    assert "请私聊我" in reply
    assert "三年" not in reply


def test_a_follow_up_to_what_a_person_has_goes_to_that_case(town: Town) -> None:
    town.finder.sure = 0.001
    town.tells("村里的事我想问一问到底该怎么办")
    assert "一起答复您" in town.tells("那他们不肯怎么办", after=LATER)
    (case,) = town.cases()
    assert [(event.what, event.text) for event in case.events] == [("咨询人补充", "那他们不肯怎么办")]
    town.casework.answer(town.staff("li"), case.id, "去问村委会。")
    assert "已转给" in town.tells("那他们还是不肯呢", after=LATER)
    states = [held.state for held in town.casework.done(town.staff("wang"))]
    assert states == [CaseState.ANSWERED]
    assert len(town.cases()) == 1
