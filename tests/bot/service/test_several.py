"""Several questions in one message."""

from datetime import timedelta

import pytest

from tests.bot.service.cast import Town

BOTH = "借给邻居三万他一直不还怎么办？老板拖欠我半年工资该找谁要？"


@pytest.fixture
def knowing(town: Town) -> Town:
    """The bot is sure of loans and of wages, each by itself, and has an idea about trees."""
    town.finder.sure = 0.001
    town.finder.knows = {
        "借给 工资": ("loan", 0.5),
        "借给": ("loan", 0.99),
        "工资": ("wage", 0.99),
    }
    return town


def test_each_is_answered_with_its_basis_in_one_reply(knowing: Town) -> None:
    reply = knowing.tells(BOTH)
    assert "您问了2件事" in reply
    assert reply.index("【问题1】借给邻居") < reply.index("留好转账记录") < reply.index("【问题2】老板拖欠")
    assert reply.index("【问题2】") < reply.index("去劳动监察")
    assert reply.count("【依据】") == 2
    assert reply.count("不是律师意见") == 1
    assert knowing.cases() == []
    with knowing.store.begin() as unit:
        assert unit.inquiries.counts(villages=None, since=knowing.clock())["answer"] == 2


def test_what_no_entry_answers_goes_to_a_person_in_one_case_that_holds_just_this(knowing: Town) -> None:
    reply = knowing.tells(f"{BOTH}邻居家的树枝伸到我家院子里来了能不能砍？")
    assert "您问了3件事" in reply
    assert "【问题3】邻居家的树枝伸到我家院子里来了能不能砍?\n这个我没有把握" in reply
    assert [case.question for case in knowing.cases()] == ["邻居家的树枝伸到我家院子里来了能不能砍?"]


def test_more_than_three_go_to_a_person_too(knowing: Town) -> None:
    fourth = "老板拖欠我一年工资该找谁要?"
    reply = knowing.tells(f"{BOTH}树枝伸到我家院子里来了我能不能砍？{fourth}")
    assert f"【问题4】{fourth}\n这个我没有把握" in reply
    assert [case.question for case in knowing.cases()] == [f"树枝伸到我家院子里来了我能不能砍?\n{fourth}"]


def test_a_story_with_two_questions_about_one_matter_stays_whole(knowing: Town) -> None:
    reply = knowing.tells("借给邻居三万他一直不还怎么办？借给他的时候没写借条要得回来吗？")
    assert "件事" not in reply


def test_an_entry_whose_basis_does_not_stand_leaves_the_message_whole(knowing: Town) -> None:
    knowing.book.checkable = False
    knowing.finder.knows["借给 工资"] = ("loan", 0.001)
    assert "可以要回来" not in knowing.tells(BOTH)
    assert [case.question for case in knowing.cases()] == [BOTH]


def test_danger_in_one_of_them_comes_first_and_is_not_cut_up(knowing: Town) -> None:
    reply = knowing.tells(f"{BOTH}老公天天打我我该怎么办？")
    assert reply.startswith("⚠️")
    (case,) = knowing.cases()
    assert case.urgency is not None


def test_a_wish_for_a_person_is_not_cut_up(knowing: Town) -> None:
    assert "已转给" in knowing.tells(f"{BOTH}帮我找个律师")
    assert len(knowing.cases()) == 1


def test_in_a_group_the_short_forms_are_said_and_only_to_who_asks_the_bot(knowing: Town) -> None:
    assert knowing.tells(BOTH, group="g-hegang") == ""
    reply = knowing.tells(f"@法润助手 {BOTH}", group="g-hegang", mentioned=True)
    assert reply.startswith("@李婶 您问了2件事")
    assert "留好转账记录" not in reply


def test_a_follow_up_on_several_does_not_guess_which(knowing: Town) -> None:
    knowing.tells(BOTH)
    assert "已转给" in knowing.tells("那要多久？", after=timedelta(minutes=5))
