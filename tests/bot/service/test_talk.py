"""Talk that is no legal question."""

from datetime import timedelta

import pytest

from bot.domain.decision import Talk
from tests.bot.service.cast import Town

SOON = timedelta(seconds=20)


@pytest.fixture
def talking(town: Town) -> Town:
    town.finder.sure = 0.001
    town.finder.talk = Talk.OFF_TOPIC
    return town


def test_who_asks_something_else_hears_what_the_bot_is_for_and_the_way_to_a_person(talking: Town) -> None:
    reply = talking.tells("今年种什么菜最赚钱？")
    assert "法律问题" in reply
    assert "如果您问的是法律上的事，请多说两句，或者回复“找律师”" in reply
    assert talking.cases() == []


def test_chatter_in_a_private_chat_gets_help(talking: Town) -> None:
    talking.finder.talk = Talk.CHATTER
    assert "直接把事情说给我听" in talking.tells("你今天吃了什么好吃的东西啊？")
    assert talking.cases() == []


def test_danger_and_a_wish_for_a_person_are_heard_through_any_talk(talking: Town) -> None:
    assert talking.tells("哈哈他拿着刀追我呢").startswith("⚠️")
    assert talking.tells("找律师", user="lisi").startswith("好的，已转给")


def test_a_follow_up_is_not_lost_for_sounding_like_talk(talking: Town) -> None:
    talking.finder.knows = {"借给": ("loan", 0.99)}
    talking.tells("借给邻居三万他不还怎么办")
    assert "三年之内要提出来" in talking.tells("那要多久？", after=SOON)
    assert "已转给" in talking.tells("那他不认呢？", after=SOON)


def test_something_else_is_not_put_before_who_has_the_case(talking: Town) -> None:
    talking.finder.talk = None
    talking.tells("村里的事我想问一问到底该怎么办")
    talking.finder.talk = Talk.OFF_TOPIC
    talking.tells("今年种什么菜最赚钱？", after=SOON)
    (case,) = talking.cases()
    assert case.events == ()
