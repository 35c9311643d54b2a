from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.case import CaseState
from bot.domain.dialogue import MEMORY
from bot.domain.message import Form
from tests.bot.service.cast import Town

QUESTION = "借给邻居三万他不还怎么办"


def waiting(town: Town) -> list[str]:
    return [case.question for case in town.casework.waiting(town.staff("wang"))]


def test_a_sure_question_is_answered_with_its_basis(town: Town) -> None:
    reply = town.conversation.receive(town.said(QUESTION))
    assert reply.text is not None
    assert "可以要回来" in reply.text
    assert "《民法典》第六百七十五条" in reply.text
    assert waiting(town) == []


def test_the_same_message_again_gets_the_same_words_and_opens_no_second_case(town: Town) -> None:
    town.finder.sure = 0.001
    replies = [town.conversation.receive(town.said(QUESTION)) for _ in range(3)]
    assert len(set(replies)) == 1
    assert waiting(town) == [QUESTION]
    assert len(town.finder.asked) == 1


def test_delivered_three_times_at_once_it_is_answered_once(town: Town) -> None:
    town.finder.sure = 0.001
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: town.conversation.receive(town.said(QUESTION)), range(3)))
    assert len(set(replies)) == 1
    assert waiting(town) == [QUESTION]


def test_what_was_accepted_but_never_answered_is_answered_by_the_worker(town: Town) -> None:
    town.conversation.accept(town.said(QUESTION))
    assert town.conversation.recover() == 0
    town.clock.pass_by(timedelta(minutes=1))
    assert town.conversation.recover() == 1
    town.sending.send_due()
    ((address, text),) = town.post.sent
    assert address.user == "wanghua"
    assert "可以要回来" in text
    assert town.conversation.recover() == 0
    assert town.conversation.receive(town.said(QUESTION)).text is None


def test_what_it_is_not_sure_of_goes_to_the_villages_adviser_by_name_and_time(town: Town) -> None:
    town.finder.sure = 0.001
    reply = town.conversation.receive(town.said(QUESTION, scene="hegang"))
    assert reply.text is not None
    assert "河港村的村法律顾问陈敏" in reply.text
    assert "11月25日（周三）10:00" in reply.text
    (case,) = town.casework.waiting(town.staff("chen"))
    assert case.assigned == town.ids["chen"]
    assert case.candidates[0].title == "《民法典》第六百七十五条"


def test_a_resident_of_no_known_village_is_the_judicial_offices(town: Town) -> None:
    town.finder.sure = 0.001
    town.conversation.receive(town.said(QUESTION))
    assert [case.question for case in town.casework.waiting(town.staff("li"))] == [QUESTION]
    assert town.casework.waiting(town.staff("chen")) == []


def test_an_answer_whose_basis_cannot_be_checked_is_not_said(town: Town) -> None:
    town.book.checkable = False
    reply = town.conversation.receive(town.said(QUESTION))
    assert reply.text is not None
    assert "可以要回来" not in reply.text
    assert waiting(town) == [QUESTION]


def test_without_an_index_the_question_goes_to_a_person_in_neutral_words(town: Town) -> None:
    town.finder.broken = True
    reply = town.conversation.receive(town.said(QUESTION))
    assert reply.text is not None
    assert "index" not in reply.text
    assert waiting(town) == [QUESTION]


def test_danger_gets_the_hotline_first_and_alerts_the_adviser(town: Town) -> None:
    reply = town.conversation.receive(town.said("老公打我，我该找谁", scene="hegang"))
    assert reply.text is not None
    assert reply.text.startswith("⚠️")
    assert reply.text.index("110") < reply.text.index("可以要回来")
    (case,) = town.casework.waiting(town.staff("chen"))
    assert case.urgency is not None
    assert case.due_at - town.clock() == timedelta(hours=1)


def test_a_bare_number_chooses_what_was_offered_and_only_for_a_while(town: Town) -> None:
    town.finder.sure = 0.5
    offered = town.conversation.receive(town.said(QUESTION, key="1"))
    assert offered.text is not None
    assert "1. 借钱不还怎么办\n2. 欠薪怎么办" in offered.text
    chosen = town.conversation.receive(town.said("2", key="2"))
    assert chosen.text is not None
    assert "可以要回来" in chosen.text
    nothing = town.conversation.receive(town.said("3", key="3"))
    assert nothing.text is not None
    assert "没有可以选的" in nothing.text
    town.clock.pass_by(MEMORY)
    late = town.conversation.receive(town.said("1", key="4"))
    assert late.text is not None
    assert "没有可以选的" in late.text


@pytest.mark.parametrize("chatter", ["今晚打牌三缺一", "[红包]", "谢谢张律师", "大家早上好", "1"])
def test_in_a_group_chatter_gets_silence(town: Town, chatter: str) -> None:
    assert town.conversation.receive(town.said(chatter, group="g-hegang")).text is None
    assert waiting(town) == []


def test_in_a_group_the_asker_is_named_and_hears_the_short_form_and_the_rest_on_wish(town: Town) -> None:
    reply = town.conversation.receive(town.said(QUESTION, key="1", group="g-hegang"))
    assert reply.text is not None
    assert reply.text.startswith("@李婶 可以要，先留好证据")
    more = town.conversation.receive(town.said("@法润助手 详细", key="2", group="g-hegang", mentioned=True))
    assert more.text is not None
    assert "留好转账记录" in more.text


def test_in_a_group_the_bot_cools_down_unless_it_is_asked_by_name(town: Town) -> None:
    assert town.conversation.receive(town.said(QUESTION, key="1", group="g-hegang")).text is not None
    assert town.conversation.receive(town.said(QUESTION, key="2", group="g-hegang")).text is None
    asked = town.conversation.receive(town.said(f"@法润助手 {QUESTION}", key="3", group="g-hegang", mentioned=True))
    assert asked.text is not None
    town.clock.pass_by(timedelta(minutes=2))
    assert town.conversation.receive(town.said(QUESTION, key="4", group="g-hegang")).text is not None


def test_while_an_adviser_is_talking_in_the_group_the_bot_is_silent(town: Town) -> None:
    with town.store.begin() as unit:
        unit.groups.bind_adviser("gateway/b", "chen-wx", town.ids["chen"])
    assert town.conversation.receive(town.said("我来说两句", key="1", user="chen-wx", group="g-hegang")).text is None
    assert town.conversation.receive(town.said(QUESTION, key="2", group="g-hegang")).text is None
    town.clock.pass_by(timedelta(minutes=15))
    assert town.conversation.receive(town.said(QUESTION, key="3", group="g-hegang")).text is not None


def test_a_wish_for_a_person_is_granted(town: Town) -> None:
    reply = town.conversation.receive(town.said("我要找律师", scene="hegang"))
    assert reply.text is not None
    assert reply.text.startswith("好的，已转给河港村的村法律顾问陈敏")


def test_pictures_are_answered_politely_and_voice_is_a_question(town: Town) -> None:
    picture = replace(town.said("", key="1"), form=Form.OTHER)
    text = town.conversation.receive(picture).text
    assert text is not None
    assert "文字" in text
    voice = replace(town.said(QUESTION, key="2"), form=Form.VOICE)
    answer = town.conversation.receive(voice).text
    assert answer is not None
    assert "可以要回来" in answer


def test_a_scanned_code_ties_the_resident_to_the_village(town: Town) -> None:
    follow = replace(town.said("", key="1", scene="hegang"), form=Form.FOLLOW)
    welcome = town.conversation.receive(follow).text
    assert welcome is not None
    assert "陈敏" in welcome
    town.finder.sure = 0.001
    town.conversation.receive(town.said(QUESTION, key="2"))
    assert [case.village for case in town.casework.waiting(town.staff("chen"))] == ["hegang"]


def test_numbers_that_identify_people_never_reach_the_database(town: Town) -> None:
    town.finder.sure = 0.001
    town.conversation.receive(town.said("他电话13812345678，身份证320623199001011234，欠我钱不还怎么办"))
    assert waiting(town) == ["他电话[手机号]，身份证[身份证号]，欠我钱不还怎么办"]


def test_a_resident_can_have_their_words_deleted(town: Town) -> None:
    town.finder.sure = 0.001
    town.conversation.receive(town.said(QUESTION, key="1"))
    reply = town.conversation.receive(town.said("请删除我的信息", key="2"))
    assert reply.text is not None
    assert "已经删除" in reply.text
    cases = [*town.casework.waiting(town.staff("wang")), *town.casework.done(town.staff("wang"))]
    assert all(QUESTION not in case.question for case in cases)
    assert all(case.state is CaseState.CLOSED for case in cases)
