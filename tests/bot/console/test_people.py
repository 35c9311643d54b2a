"""Villages, chains, groups and staff; the figures; the ledger."""

import re
from io import BytesIO

from openpyxl import load_workbook

from bot.console import first_start_link
from bot.domain.people import Rank, Role
from bot.domain.question import Urgency
from tests.bot.console.world import World

NEW = "a-password-of-my-own"


def test_a_village_is_added_once_and_its_code_is_for_good(world: World) -> None:
    browser = world.browser("li")
    fields = {"code": "donghai", "name": "东海村", "street": "掘港街道"}
    assert browser.post("/console/people/villages/new", **fields).location == "/console/people/villages/donghai"
    again = browser.post("/console/people/villages/new", **{**fields, "name": "别的村"})
    assert again.status_code == 422
    assert "这个代码已经有了" in again.text
    browser.post("/console/people/villages/donghai", name="东海社区", street="掘港街道", code="other")
    text = browser.get("/console/people/").text
    assert "东海社区" in text
    assert "还没有人答复这个村" in text


def test_a_code_that_does_not_fit_a_qr_code_is_refused(world: World) -> None:
    fields = {"code": "东海 1", "name": "东海村", "street": "掘港街道"}
    answer = world.browser("li").post("/console/people/villages/new", **fields)
    assert answer.status_code == 422
    assert "代码只用小写字母、数字和短横" in answer.text


def test_the_chain_says_who_is_asked_first_and_who_sees_the_cases(world: World) -> None:
    case, browser = world.case(), world.browser("li")
    browser.post("/console/people/villages/hugang/chain", adviser=world.sun, deputy=world.chen, judicial_office=0)
    with world.store.begin() as unit:
        assert [(rank, person.id) for rank, person in unit.people.chain("hugang")] == [
            (Rank.ADVISER, world.sun),
            (Rank.DEPUTY, world.chen),
        ]
    assert world.browser("sun").get(f"/console/cases/{case}").status_code == 200
    assert world.browser("zhao").get(f"/console/cases/{case}").status_code == 404


def test_nobody_stands_twice_in_a_chain_nor_who_is_switched_off(world: World) -> None:
    browser = world.browser("li")
    browser.post("/console/people/villages/hugang/chain", adviser=world.sun, deputy=world.sun)
    assert "同一个人不能选两次" in browser.get("/console/people/").text
    with world.store.begin() as unit:
        unit.accounts.set_active(world.sun, False)
    browser.post("/console/people/villages/hugang/chain", adviser=world.sun)
    assert "选中的人已停用" in browser.get("/console/people/").text
    with world.store.begin() as unit:
        assert [person.id for _, person in unit.people.chain("hugang")] == [world.chen, world.zhao]


def test_an_adviser_of_more_than_five_villages_is_pointed_out(world: World) -> None:
    browser = world.browser("li")
    for number in range(5):
        fields = {"code": f"village-{number}", "name": f"第{number}村", "street": "掘港街道"}
        browser.post("/console/people/villages/new", **fields)
        browser.post(f"/console/people/villages/village-{number}/chain", adviser=world.chen)
    assert "陈敏负责的村超过了 5 个" in browser.get("/console/people/").text


def test_a_group_is_tied_to_its_village(world: World) -> None:
    browser = world.browser("li")
    browser.post("/console/people/villages/hugang/groups", channel="gateway/rudong", group="g-1", name="沪港村群")
    with world.store.begin() as unit:
        assert unit.people.village_of_group("gateway/rudong", "g-1") == "hugang"
    assert "沪港村群" in browser.get("/console/people/villages/hugang").text
    refused = browser.post("/console/people/villages/hugang/groups", channel="", group="g-1", name="")
    assert refused.status_code == 422


def test_pages_of_a_village_that_is_not_there_are_not_there(world: World) -> None:
    browser = world.browser("li")
    assert browser.get("/console/people/villages/nowhere").status_code == 404
    for step in ("", "/chain", "/groups"):
        fields = {"name": "x", "street": "x", "channel": "x", "group": "x"}
        assert browser.post(f"/console/people/villages/nowhere{step}", **fields).status_code == 404


def test_a_new_person_sets_their_own_password_with_the_link_shown_once(world: World) -> None:
    browser = world.browser("li")
    page = browser.post("/console/staff/new", name="周明", login="zhoum", role="adviser").text
    link = re.search(r"http://localhost(/setup/[\w-]{43})", page)
    assert link is not None
    assert link[1] not in browser.get("/console/people/").text
    newcomer = world.visitor()
    newcomer.get(link[1])
    assert newcomer.post(link[1], password=NEW, again=NEW).status_code == 302
    assert world.visitor().log_in("zhoum", NEW).status_code == 302


def test_a_login_name_is_given_once(world: World) -> None:
    answer = world.browser("li").post("/console/staff/new", name="陈小明", login="chen", role="adviser")
    assert answer.status_code == 422
    assert "这个登录名已经有人用了" in answer.text


def test_a_role_that_does_not_exist_is_refused(world: World) -> None:
    assert world.browser("li").post("/console/staff/new", name="x", login="x", role="king").status_code == 422


def test_a_forgotten_password_is_replaced_through_a_new_link(world: World) -> None:
    page = world.browser("li").post(f"/console/staff/{world.chen}/link").text
    link = re.search(r"http://localhost(/setup/[\w-]{43})", page)
    assert link is not None
    chen = world.visitor()
    chen.get(link[1])
    chen.post(link[1], password=NEW, again=NEW)
    assert world.visitor().log_in("chen", NEW).status_code == 302


def test_switching_somebody_off_names_the_cases_in_their_hands(world: World) -> None:
    case, chen, browser = world.case(), world.browser("chen"), world.browser("li")
    chen.post(f"/console/cases/{case}/claim")
    browser.post(f"/console/staff/{world.chen}/active", active=0)
    assert "还有 1 张受理中的转办单" in browser.get("/console/people/").text
    assert chen.get("/console/cases/").status_code == 302
    assert browser.post(f"/console/staff/{world.chen}/link").status_code == 404
    browser.post(f"/console/staff/{world.chen}/active", active=1)
    assert world.visitor().log_in("chen").status_code == 302


def test_an_admin_cannot_switch_themselves_off(world: World) -> None:
    browser = world.browser("li")
    browser.post(f"/console/staff/{world.li}/active", active=0)
    assert "不能停用自己" in browser.get("/console/people/").text
    assert browser.post("/console/staff/999/active", active=0).status_code == 404


def test_the_first_admin_gets_a_link_at_every_start_until_it_was_used(empty: World) -> None:
    links = [first_start_link(empty.services) for _ in range(2)]
    assert links[0] is not None
    assert links[1] is not None
    assert links[0] != links[1]
    path = links[1].removeprefix("http://localhost")
    browser = empty.visitor()
    browser.get(path)
    assert browser.post(path, password=NEW, again=NEW).status_code == 302
    assert browser.get("/console/people/").status_code == 200
    assert first_start_link(empty.services) is None


def test_figures_are_of_the_villages_a_person_may_see(world: World) -> None:
    world.case()
    world.case("被打了怎么办", urgency=Urgency.VIOLENCE)
    world.clock.pass_by(hours=2)
    text = world.browser("chen").get("/console/figures/").text
    assert "沪港村" in text
    assert "新林村" not in text
    assert re.findall(r'class="number">(\d+)', text) == ["2", "0", "1", "0", "0", "2"]
    elsewhere = world.browser("sun").get("/console/figures/?days=7").text
    assert set(re.findall(r'class="number">(\d+)', elsewhere)) == {"0"}


def test_the_ledger_holds_the_persons_own_cases_as_text(world: World) -> None:
    world.case('=HYPERLINK("http://evil.example")借钱')
    world.case("新林村的事", village="xinlin")
    browser = world.browser("chen")
    sheet = load_workbook(BytesIO(browser.client.get("/console/figures/ledger.xlsx").data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 2
    assert rows[1][1:6] == [
        "沪港村",
        "2026-11-24 12:00",
        "演示页（私聊）",
        '=HYPERLINK("http://evil.example")借钱',
        "机器人没有把握",
    ]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert ("陈敏", "导出台账", "1 条") in world.audit()


def test_what_admins_did_is_shown_to_admins(world: World) -> None:
    browser = world.browser("li")
    browser.post("/console/staff/new", name="周明", login="zhoum", role=Role.ADVISER)
    assert "添加人员" in browser.get("/console/people/audit").text
    assert world.browser("chen").get("/console/people/audit").status_code == 404
