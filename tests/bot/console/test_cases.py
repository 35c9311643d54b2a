"""Cases over the pages: 陈 answers for 沪港村, 赵 is her colleague, 孙 of another village sees nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.domain.question import Urgency
from tests.bot.console.world import World

STEPS = ["claim", "answer", "hand-over", "give-back", "close", "reopen"]


def _order(text: str, *parts: str) -> list[str]:
    return sorted((part for part in parts if part in text), key=text.index)


def test_urgent_cases_stand_first_then_what_is_due_first(world: World) -> None:
    world.case("树长到我家院子里了")
    world.clock.pass_by(hours=1)
    world.case("宅基地能不能翻建")
    world.case("我老公又打我", urgency=Urgency.VIOLENCE)
    text = world.browser("chen").get("/console/cases/").text
    assert _order(text, "我老公又打我", "树长到我家院子里了", "宅基地能不能翻建") == [
        "我老公又打我",
        "树长到我家院子里了",
        "宅基地能不能翻建",
    ]
    assert "紧急：有人挨打" in text


def test_due_times_are_said_in_china_and_late_ones_marked(world: World) -> None:
    world.case()
    browser = world.browser("chen")
    assert "11月25日（周三）12:00" in browser.get("/console/cases/").text
    world.clock.pass_by(hours=24)
    browser.log_in("chen")
    assert "已超过时限" in browser.get("/console/cases/").text


def test_who_was_asked_to_answer_sees_that_at_once(world: World) -> None:
    world.case()
    assert "请您答复" in world.browser("chen").get("/console/cases/").text
    assert "请您答复" not in world.browser("zhao").get("/console/cases/").text


def test_each_case_stands_in_the_list_of_its_state(world: World) -> None:
    waiting, mine, others, done = (world.case(f"第{name}件，借钱不还") for name in "甲乙丙丁")
    world.casework.claim(world.staff(world.chen), mine)
    world.casework.claim(world.staff(world.zhao), others)
    world.casework.answer(world.staff(world.chen), done, "可以起诉。")
    browser = world.browser("chen")
    for tab, case in {"waiting": waiting, "mine": mine, "others": others, "done": done}.items():
        text = browser.get(f"/console/cases/?tab={tab}").text
        assert [number for number in (waiting, mine, others, done) if f'href="/console/cases/{number}"' in text] == [
            case
        ]


def test_a_case_shows_what_is_needed_to_answer_it(world: World) -> None:
    case = world.case("借给邻居三万块不还怎么办", suggestion="没写借条，这笔钱也可以要。")
    text = world.browser("chen").get(f"/console/cases/{case}").text
    for part in (
        "借给邻居三万块不还怎么办",
        "沪港村，王大爷（演示页，私聊）",
        "机器人没有把握",
        "没写借条，这笔钱也可以要。",
        "向人民法院请求保护民事权利的诉讼时效期间为三年",
        "现在已经没有这一条了",
    ):
        assert part in text


def test_what_a_resident_wrote_is_never_markup(world: World) -> None:
    case = world.case("<script>alert(1)</script>借钱")
    browser = world.browser("chen")
    assert "<script>alert" not in browser.get(f"/console/cases/{case}").text
    assert "<script>alert" not in browser.get("/console/cases/").text


@pytest.mark.parametrize("step", STEPS)
def test_an_adviser_of_another_village_gets_404_for_every_step(world: World, step: str) -> None:
    case = world.case()
    browser = world.browser("sun")
    fields = {"text": "可以起诉。", "to": world.zhao}
    assert browser.post(f"/console/cases/{case}/{step}", **fields).status_code == 404
    assert world.casework.see(world.staff(world.chen), case).events == ()
    assert world.outgoing() == []


def test_an_adviser_of_another_village_sees_neither_case_nor_its_being_there(world: World) -> None:
    case = world.case()
    browser = world.browser("sun")
    theirs, none = browser.get(f"/console/cases/{case}"), browser.get("/console/cases/999999")
    assert theirs.status_code == none.status_code == 404
    assert "借给邻居" not in theirs.text
    for tab in ("waiting", "mine", "others", "done"):
        assert f"/console/cases/{case}" not in browser.get(f"/console/cases/?tab={tab}").text
    assert browser.get("/console/cases/waiting.json").json == {"waiting": 0, "newest": 0}
    assert ("孙丽", "访问被拒绝", f"/console/cases/{case}") in world.audit()


def test_a_case_of_no_known_village_is_not_shown_to_advisers(world: World) -> None:
    case = world.case(village=None)
    assert world.browser("chen").get(f"/console/cases/{case}").status_code == 404
    assert world.browser("li").get(f"/console/cases/{case}").status_code == 200


def test_of_two_advisers_claiming_at_once_one_gets_it_and_the_other_is_told_who(world: World) -> None:
    case = world.case()
    browsers = [world.browser("chen"), world.browser("zhao")]
    start = Barrier(2)

    def claim(number: int) -> tuple[int, str]:
        start.wait()
        answer = browsers[number].post(f"/console/cases/{case}/claim")
        return answer.status_code, answer.text

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(claim, range(2)))
    assert sorted(code for code, _ in answers) == [302, 409]
    holder = world.casework.see(world.staff(world.li), case).holder_name
    [refused] = [text for code, text in answers if code == 409]
    assert f"这张转办单现在是“受理中”，由{holder}受理" in refused


def test_an_answer_goes_out_once_and_is_kept_in_the_history(world: World) -> None:
    case, browser = world.case(), world.browser("chen")
    browser.get(f"/console/cases/{case}")
    assert browser.post(f"/console/cases/{case}/answer", text="可以要，先发微信催他。").status_code == 302
    page = browser.get(f"/console/cases/{case}").text
    assert "已答复" in page
    assert "可以要，先发微信催他。" in page
    [said] = world.outgoing()
    assert "【村法律顾问陈敏答复】" in said
    assert "可以要，先发微信催他。" in said


def test_sending_the_same_form_again_sends_nothing_and_says_so(world: World) -> None:
    case, browser = world.case(), world.browser("chen")
    browser.post(f"/console/cases/{case}/answer", text="可以起诉。")
    again = browser.post(f"/console/cases/{case}/answer", text="可以起诉。")
    assert again.status_code == 409
    assert "现在是“已答复”" in again.text
    assert "没有发出" in again.text
    assert len(world.outgoing()) == 1


def test_a_refused_answer_stays_on_the_page(world: World) -> None:
    case = world.case()
    world.casework.claim(world.staff(world.zhao), case)
    refused = world.browser("chen").post(f"/console/cases/{case}/answer", text="写了半个小时的答复")
    assert refused.status_code == 409
    assert "由赵强受理" in refused.text
    assert "写了半个小时的答复" in refused.text
    assert world.outgoing() == []


@pytest.mark.parametrize(
    ("text", "words"), [("", "答复不能是空的"), ("  \n ", "答复不能是空的"), ("长" * 4001, "最多 4000 字")]
)
def test_an_answer_nobody_can_read_is_refused(world: World, text: str, words: str) -> None:
    case = world.case()
    refused = world.browser("chen").post(f"/console/cases/{case}/answer", text=text)
    assert refused.status_code == 422
    assert words in refused.text
    assert world.outgoing() == []


def test_a_case_is_handed_over_claimed_by_the_colleague_and_closed(world: World) -> None:
    case, chen, zhao = world.case(), world.browser("chen"), world.browser("zhao")
    chen.post(f"/console/cases/{case}/claim")
    assert chen.post(f"/console/cases/{case}/hand-over", to=world.zhao, note="您熟悉这家").status_code == 302
    assert "您熟悉这家" in zhao.get(f"/console/cases/{case}").text
    assert zhao.post(f"/console/cases/{case}/claim").status_code == 302
    assert zhao.post(f"/console/cases/{case}/close", note="已电话答复").status_code == 302
    assert "已办结" in chen.get(f"/console/cases/{case}").text


def test_a_case_can_be_handed_to_nobody_who_may_not_see_it(world: World) -> None:
    case, browser = world.case(), world.browser("chen")
    page = browser.get(f"/console/cases/{case}").text
    assert "赵强" in page
    assert "孙丽" not in page
    assert browser.post(f"/console/cases/{case}/hand-over", to=world.sun).status_code == 422
    assert world.casework.see(world.staff(world.chen), case).assigned == world.chen


def test_a_case_is_given_back_answered_and_opened_again(world: World) -> None:
    case, browser = world.case(), world.browser("chen")
    for step, state in [
        ("claim", "受理中"),
        ("give-back", "待受理"),
        ("claim", "受理中"),
        ("close", "已办结"),
        ("reopen", "待受理"),
    ]:
        assert browser.post(f"/console/cases/{case}/{step}").status_code == 302
        assert f">{state}</span>" in browser.get(f"/console/cases/{case}").text


def test_only_the_holder_or_an_admin_gives_a_case_back(world: World) -> None:
    case = world.case()
    world.casework.claim(world.staff(world.chen), case)
    assert world.browser("zhao").post(f"/console/cases/{case}/give-back").status_code == 409
    assert world.browser("li").post(f"/console/cases/{case}/give-back").status_code == 302


def test_claiming_twice_is_claiming_once(world: World) -> None:
    case, browser = world.case(), world.browser("chen")
    assert [browser.post(f"/console/cases/{case}/claim").status_code for _ in range(2)] == [302, 302]
    assert len(world.casework.see(world.staff(world.chen), case).events) == 1


def test_reloading_after_a_refused_step_leads_to_the_case(world: World) -> None:
    case = world.case()
    assert world.browser("chen").get(f"/console/cases/{case}/answer").location == f"/console/cases/{case}"


def test_whoever_answers_in_a_group_is_warned_that_all_can_read_it(world: World) -> None:
    case = world.case(group="group-1")
    assert "会发到群里" in world.browser("chen").get(f"/console/cases/{case}").text
