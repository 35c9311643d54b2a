"""One thing said in several messages."""

from datetime import timedelta

import pytest

from bot.domain.dialogue import IN_A_ROW, MEMORY
from bot.domain.question import Urgency
from tests.bot.service.cast import Town

SOON = timedelta(seconds=20)
LATER = timedelta(minutes=5)
STORY = "村里的事我想问一问到底该怎么办"


@pytest.fixture
def unsure(town: Town) -> Town:
    town.finder.sure = 0.001
    return town


def test_pieces_that_make_a_sure_question_together_are_answered(unsure: Town) -> None:
    unsure.finder.knows = {"借给邻居 打了借条 不还": ("loan", 0.99)}
    unsure.tells("借给邻居三万")
    unsure.tells("打了借条", after=SOON)
    assert "可以要回来" in unsure.tells("他就是不还", after=SOON)


def test_pieces_too_far_apart_are_not_joined(unsure: Town) -> None:
    unsure.finder.knows = {"借给邻居 不还": ("loan", 0.99)}
    unsure.tells("以前过年的时候借给邻居三万")
    reply = unsure.tells("到现在过了很久很久他就是不还", after=IN_A_ROW + SOON)
    assert "可以要回来" not in reply


def test_pieces_of_different_people_are_not_joined(unsure: Town) -> None:
    unsure.finder.knows = {"借给邻居 不还": ("loan", 0.99)}
    unsure.tells("借给邻居三万", user="wanghua")
    assert "可以要回来" not in unsure.tells("他就是不还", user="lisi", after=SOON)


def test_what_was_answered_is_not_joined_to_what_comes_next(unsure: Town) -> None:
    unsure.finder.knows = {"工资 邻居": ("loan", 0.99), "工资": ("wage", 0.99)}
    unsure.tells("老板不发工资")
    assert "可以要回来" not in unsure.tells("邻居家的狗天天晚上叫得人睡不着觉", after=SOON)


def test_a_question_sure_by_itself_is_not_read_with_what_came_before(unsure: Town) -> None:
    unsure.finder.knows = {"彩礼 工资": ("loan", 0.99), "工资": ("wage", 0.99)}
    unsure.tells("彩礼")
    assert "去劳动监察" in unsure.tells("老板不发工资怎么办", after=SOON)


def test_what_is_said_in_a_row_goes_to_the_case_that_is_open(unsure: Town) -> None:
    first = unsure.tells(STORY)
    second = unsure.tells("是去年冬天的事", after=SOON)
    assert "一起答复您" in second
    assert "11月25日" in second
    assert len(second) < len(first)
    (case,) = unsure.cases()
    assert case.question == STORY
    assert [event.text for event in case.events] == ["是去年冬天的事"]


def test_what_says_it_goes_with_it_is_added_within_half_an_hour(unsure: Town) -> None:
    unsure.tells(STORY)
    assert "一起答复您" in unsure.tells("我还有个情况，那块地我家种了二十年了", after=LATER)
    assert "一起答复您" not in unsure.tells("我还有个情况，那块地我家种了二十年了", after=MEMORY)
    assert len(unsure.cases()) == 2


def test_another_question_later_gets_its_own_case(unsure: Town) -> None:
    unsure.tells(STORY)
    unsure.tells("我家孩子在学校里跟人打架赔了不少钱，这钱学校要不要出一点", after=LATER)
    assert len(unsure.cases()) == 2


def test_a_case_that_was_claimed_is_added_to_and_its_holder_named(unsure: Town) -> None:
    unsure.conversation.receive(unsure.said(STORY, scene="hegang"))
    (case,) = unsure.cases()
    unsure.casework.claim(unsure.staff("zhao"), case.id)
    assert "村法律顾问赵磊" in unsure.tells("是去年冬天的事", after=SOON)
    assert unsure.casework.see(unsure.staff("zhao"), case.id).events[-1].text == "是去年冬天的事"


def test_an_answered_case_is_not_added_to(unsure: Town) -> None:
    unsure.tells(STORY)
    (case,) = unsure.cases()
    unsure.casework.answer(unsure.staff("li"), case.id, "去问村委会。")
    unsure.tells("可是村委会也不管我们这些人怎么办", after=SOON)
    (new,) = unsure.cases()
    assert new.id != case.id
    assert new.question == f"{STORY}\n可是村委会也不管我们这些人怎么办"


def test_an_answer_in_a_row_is_shown_to_who_has_the_rest(unsure: Town) -> None:
    unsure.finder.knows = {"工资": ("wage", 0.99)}
    unsure.tells(STORY)
    assert "去劳动监察" in unsure.tells("还有老板不发工资怎么办", after=SOON)
    (case,) = unsure.cases()
    assert "还有老板不发工资怎么办" in case.events[-1].text
    assert "欠薪怎么办" in case.events[-1].text


def test_danger_makes_the_open_case_urgent_and_gets_the_hotline(unsure: Town) -> None:
    unsure.tells(STORY)
    reply = unsure.tells("他拿着刀到我家门口来了", after=LATER)
    assert reply.startswith("⚠️")
    assert "一起答复您" in reply
    (case,) = unsure.cases()
    assert case.urgency is Urgency.VIOLENCE
    assert case.due_at == unsure.clock() + timedelta(hours=1)


def test_danger_that_only_all_of_it_tells_of_is_heard_and_said_once(unsure: Town) -> None:
    unsure.finder.dangerous = {"躲在屋里 门": Urgency.VIOLENCE}
    unsure.tells("我现在躲在屋里")
    assert unsure.tells("门快撑不住了", after=SOON).startswith("⚠️")
    again = unsure.tells("外面有三个人", after=SOON)
    assert "⚠️" not in again
    assert "一起答复您" in again
    (case,) = unsure.cases()
    assert case.urgency is Urgency.VIOLENCE
    assert unsure.tells("他们拿着刀进来了", after=SOON).startswith("⚠️")
    assert len(unsure.cases()) == 1


def test_a_sure_question_that_completes_a_cry_for_help_gets_the_hotline_first(unsure: Town) -> None:
    unsure.finder.dangerous = {"躲在屋里 欠他": Urgency.VIOLENCE}
    unsure.finder.knows = {"欠他的钱": ("loan", 0.99)}
    unsure.tells("我现在躲在屋里")
    reply = unsure.tells("欠他的钱怎么办", after=SOON)
    assert reply.startswith("⚠️")
    assert "可以要回来" in reply
    assert [case.urgency for case in unsure.cases()] == [Urgency.VIOLENCE]
    assert "⚠️" not in unsure.tells("欠他的钱怎么办", after=SOON)


def test_what_alarms_again_without_naming_its_danger_is_about_the_one_known(unsure: Town) -> None:
    unsure.finder.dangerous = {"躲在厕所": Urgency.SELF_HARM}
    unsure.tells("他拿着刀在门口")
    assert "12338" in unsure.tells("我躲在厕所", after=SOON)
    (case,) = unsure.cases()
    assert case.urgency is Urgency.VIOLENCE


def test_who_goes_on_telling_instead_of_choosing_is_not_asked_again_and_again(town: Town) -> None:
    town.finder.sure = 0.5
    assert "回复数字" in town.tells("老板不给我发工资")
    assert "回复数字" in town.tells("三个月了", after=SOON)
    assert "已转给" in town.tells("没签合同", after=SOON)
    (case,) = town.cases()
    assert case.question == "老板不给我发工资\n三个月了\n没签合同"
    assert "可以要回来" in town.tells("1", after=SOON)


def test_a_danger_answered_at_once_goes_to_the_open_case_as_well(unsure: Town) -> None:
    unsure.finder.knows = {"转账": ("loan", 0.99)}
    unsure.tells(STORY)
    reply = unsure.tells("网上刷单被骗了我刚转账两万块钱", after=SOON)
    assert reply.startswith("⚠️")
    assert "可以要回来" in reply
    (case,) = unsure.cases()
    assert case.urgency is Urgency.ONGOING_FRAUD


def test_a_nod_is_not_put_before_a_person(unsure: Town) -> None:
    unsure.tells(STORY)
    assert "不客气" in unsure.tells("好的", after=SOON)
    (case,) = unsure.cases()
    assert case.events == ()


def test_just_saying_that_one_has_a_question_opens_no_case(unsure: Town) -> None:
    assert "直接把事情说给我听" in unsure.tells("你好，我想咨询个问题")
    assert unsure.cases() == []


def test_in_a_group_pieces_are_joined_once_the_bot_is_asked_by_name(unsure: Town) -> None:
    unsure.finder.knows = {"借给 不还": ("loan", 0.99)}
    assert unsure.tells("去年我借给他三万", group="g-hegang") == ""
    assert unsure.tells("他不还", group="g-hegang", after=SOON) == ""
    assert unsure.tells("@法润助手 帮我看看", group="g-hegang", mentioned=True, after=SOON).startswith("@李婶 可以要")


def test_a_message_delivered_again_changes_nothing_of_what_is_remembered(unsure: Town) -> None:
    message = unsure.said(STORY)
    for _ in range(3):
        unsure.conversation.receive(message)
    unsure.tells("是去年冬天的事", after=SOON)
    (case,) = unsure.cases()
    assert len(case.events) == 1


def test_what_the_worker_answers_is_read_with_what_came_before(unsure: Town) -> None:
    unsure.finder.knows = {"借给邻居 不还": ("loan", 0.99)}
    unsure.tells("借给邻居三万")
    unsure.clock.pass_by(SOON)
    unsure.conversation.accept(unsure.said("他就是不还"))
    unsure.clock.pass_by(LATER)
    assert unsure.conversation.recover() == 1
    unsure.sending.send_due()
    assert "可以要回来" in unsure.post.sent[-1][1]


def test_numbers_that_identify_people_are_masked_in_what_is_remembered_and_added(unsure: Town) -> None:
    unsure.tells(STORY)
    unsure.tells("他电话13812345678", after=SOON)
    (case,) = unsure.cases()
    assert case.events[-1].text == "他电话[手机号]"
    message = unsure.said("")
    with unsure.store.begin() as unit:
        held = unit.dialogues.recall(message.sender, now=unsure.clock())
    assert held.unanswered == (STORY, "他电话[手机号]")


def test_whoever_asks_to_be_forgotten_is_remembered_no_more(unsure: Town) -> None:
    unsure.tells(STORY)
    unsure.tells("请删除我的信息", after=SOON)
    assert "您问的是哪件事" in unsure.tells("那要多久", after=SOON)
    assert unsure.cases() == []


def test_two_pieces_worked_out_at_the_same_time_open_one_case(unsure: Town) -> None:
    pieces = [unsure.said(STORY, key="1"), unsure.said("是去年冬天的事情我记得很清楚", key="2")]
    outcomes = [unsure.conversation.consider(piece) for piece in pieces]
    for piece, outcome in zip(pieces, outcomes, strict=True):
        unsure.conversation.accept(piece)
        unsure.conversation.say(piece, outcome)
    (case,) = unsure.cases()
    assert [event.text for event in case.events] == ["是去年冬天的事情我记得很清楚"]
