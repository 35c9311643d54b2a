"""Facts asked for after a sure answer."""

from datetime import timedelta

import pytest

from bot.domain.dialogue import MEMORY
from knowledge.entry import Choice, Fact
from tests.bot.service.cast import Town

LOAN = "借给邻居三万他不还怎么办"
NOTE = Fact(
    ask="有没有借条？",
    choices=(
        Choice(reply="有借条", said=("打了借条", "有借条")),
        Choice(reply="没有借条", said=("没写借条", "没打借条"), say="没有借条，就靠转账记录和聊天记录。"),
        Choice(reply="是工钱", said=("工钱",), entry="wage"),
    ),
)
DATE = Fact(
    ask="说好哪天还了吗？",
    choices=(
        Choice(reply="说好了", said=("说好",), say="从说好的那天起算三年。"),
        Choice(reply="没说", said=("没说哪天",)),
    ),
)
SOON = timedelta(minutes=1)


@pytest.fixture
def asking(town: Town) -> Town:
    topic, loan = town.book.held["loan"]
    town.book.held["loan"] = topic, loan.model_copy(update={"facts": (NOTE, DATE)})
    town.finder.sure = 0.001
    town.finder.knows = {"他不还": ("loan", 0.99), "老板": ("wage", 0.99)}
    return town


def test_the_answer_comes_at_once_and_one_fact_is_asked_for_after_it(asking: Town) -> None:
    reply = asking.tells(LOAN)
    assert reply.index("可以要回来") < reply.index("不是律师意见") < reply.index("有没有借条？")
    assert "1. 有借条\n2. 没有借条\n3. 是工钱\n回复数字就行，不知道就回复“不知道”。" in reply
    assert "说好哪天还" not in reply


def test_a_number_says_what_it_changes_with_the_basis_and_the_next_fact_is_asked_for(asking: Town) -> None:
    asking.tells(LOAN)
    second = asking.tells("2", after=SOON)
    assert second.startswith("没有借条，就靠转账记录和聊天记录。\n【依据】《民法典》第六百七十五条")
    assert "1. 说好了\n2. 没说" in second
    third = asking.tells("1", after=SOON)
    assert third.startswith("从说好的那天起算三年。")
    assert "再问您一句" not in third
    assert "没有可以选的" in asking.tells("1", after=SOON)
    with asking.store.begin() as unit:
        assert unit.inquiries.counts(villages=None, since=asking.clock() - MEMORY)["answer"] == 1


@pytest.mark.parametrize("words", ["没有借条", "没写借条", "没打借条，都是熟人"])
def test_words_pick_a_choice_as_well(asking: Town, words: str) -> None:
    asking.tells(LOAN)
    assert asking.tells(words, after=SOON).startswith("没有借条，就靠转账记录")
    assert asking.cases() == []


def test_a_choice_that_changes_nothing_says_that_the_answer_fits(asking: Town) -> None:
    asking.tells(LOAN)
    reply = asking.tells("有借条", after=SOON)
    assert "就是您这种情况" in reply
    assert "说好哪天还了吗？" in reply


def test_a_choice_may_lead_to_the_answer_of_another_entry(asking: Town) -> None:
    asking.tells(LOAN)
    assert "去劳动监察" in asking.tells("3", after=SOON)
    assert "去劳动监察" in asking.tells(f"{LOAN}，是工钱")


def test_a_choice_whose_entry_may_not_be_said_goes_to_a_person_or_is_not_followed(asking: Town) -> None:
    del asking.book.held["wage"]
    assert "可以要回来" in asking.tells(f"{LOAN}，是工钱")
    asking.tells(LOAN, after=SOON)
    assert "已转给" in asking.tells("3", after=SOON)
    (case,) = asking.cases()
    assert case.question == f"{LOAN}\n3"


def test_what_a_fact_changes_is_not_said_without_its_basis(asking: Town) -> None:
    asking.tells(LOAN)
    asking.book.checkable = False
    assert "靠转账记录" not in asking.tells("没写借条", after=SOON)


def test_facts_told_by_the_question_are_said_first_and_not_asked_for(asking: Town) -> None:
    reply = asking.tells(f"{LOAN}，没写借条")
    assert reply.index("没有借条，就靠转账记录") < reply.index("可以要回来")
    assert "有没有借条？" not in reply
    assert "说好哪天还了吗？" in reply
    assert "再问您一句" not in asking.tells(f"{LOAN}，没写借条，说好过年还的", after=SOON)


def test_in_a_group_what_was_told_is_said_and_nothing_is_asked(asking: Town) -> None:
    reply = asking.tells(f"{LOAN}，没写借条", group="g-hegang")
    assert reply.startswith("@李婶 没有借条，就靠转账记录")
    assert "再问您一句" not in reply


def test_not_knowing_ends_the_asking_kindly(asking: Town) -> None:
    asking.tells(LOAN)
    reply = asking.tells("记不清了", after=SOON)
    assert "没关系" in reply
    assert "找律师" in reply
    assert "没有可以选的" in asking.tells("1", after=SOON)
    assert asking.cases() == []


def test_a_new_full_question_ends_the_asking(asking: Town) -> None:
    asking.tells(LOAN)
    assert "去劳动监察" in asking.tells("老板说没写借条就不认欠我的工资怎么办", after=SOON)
    assert "没有可以选的" in asking.tells("2", after=SOON)


def test_danger_and_a_wish_for_a_person_are_no_replies(asking: Town) -> None:
    asking.tells(LOAN)
    assert asking.tells("没写借条，他拿着刀来了", after=SOON).startswith("⚠️")
    asking.tells(LOAN, after=SOON, user="lisi")
    assert asking.tells("找律师", after=SOON, user="lisi").startswith("好的，已转给")


def test_a_part_of_the_answer_may_be_asked_for_in_between(asking: Town) -> None:
    asking.tells(LOAN)
    assert "三年之内要提出来" in asking.tells("那要多久", after=SOON)
    assert asking.tells("2", after=SOON).startswith("没有借条，就靠转账记录")


def test_after_half_an_hour_a_number_picks_nothing(asking: Town) -> None:
    asking.tells(LOAN)
    assert "没有可以选的" in asking.tells("2", after=MEMORY)


def test_who_is_in_danger_is_asked_for_no_facts(asking: Town) -> None:
    reply = asking.tells("网上转账被骗了两万块钱他不还")
    assert reply.startswith("⚠️")
    assert "再问您一句" not in reply


def test_what_is_neither_a_reply_nor_a_question_is_asked_for_once_more(asking: Town) -> None:
    asking.tells(LOAN)
    assert asking.tells("是我堂弟", after=SOON).startswith("再问您一句，好说得更准：有没有借条？")
    assert asking.tells("2", after=SOON).startswith("没有借条，就靠转账记录")
