from datetime import timedelta

from bot.domain.question import Urgency
from tests.bot.service.cast import Town

ENGLISH = "My boss has not paid me since May"


def test_another_language_goes_to_a_person_and_is_said_in_english_too(town: Town) -> None:
    reply = town.tells(ENGLISH)
    assert reply.startswith("我只看得懂中文")
    assert "I can only read Chinese" in reply
    assert "12348" in reply
    (case,) = town.cases()
    assert (case.question, case.reason, case.urgency) == (ENGLISH, "other_language", None)


def test_more_of_it_goes_to_the_same_case(town: Town) -> None:
    town.tells(ENGLISH)
    assert "I can only read Chinese" in town.tells("He owes me a lot", after=timedelta(seconds=30))
    assert len(town.cases()) == 1


def test_danger_in_english_gets_the_hotline(town: Town) -> None:
    assert town.tells("help me, he has a gun").startswith("⚠️")
    (case,) = town.cases()
    assert case.urgency is Urgency.VIOLENCE


def test_in_a_group_only_what_is_said_to_the_bot_is_taken_up(town: Town) -> None:
    town.finder.sure = 0.001
    assert town.tells(ENGLISH, group="g-hegang") == ""
    assert "I can only read Chinese" in town.tells(f"@法润助手 {ENGLISH}", group="g-hegang", mentioned=True)
    assert len(town.cases()) == 1
