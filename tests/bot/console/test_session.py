"""Logging in: who gets in, who is kept out, and when a session ends."""

import re

import pytest

from bot.console import first_start_link, invitations
from tests.bot.console.world import PASSWORD, World

NEW, OTHER, SHORT = "another-good-one-42", "yet-another-one-9", "short"


def test_the_right_password_leads_to_the_cases_and_is_noted(world: World) -> None:
    browser = world.visitor()
    answer = browser.log_in("chen")
    assert answer.location == "/console/cases/"
    assert ("陈敏", "登录", "chen") in world.audit()


def test_a_wrong_password_an_unknown_name_and_somebody_switched_off_look_the_same(world: World) -> None:
    with world.store.begin() as unit:
        unit.accounts.set_active(world.zhao, False)
    answers = [
        world.visitor().log_in("chen", "wrong-password"),
        world.visitor().log_in("nobody"),
        world.visitor().log_in("zhao"),
    ]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert all("登录名或密码不对" in answer.text for answer in answers)


def test_after_five_failures_even_the_right_password_waits_fifteen_minutes(world: World) -> None:
    browser = world.visitor()
    for _ in range(5):
        assert browser.log_in("chen", "wrong-password").status_code == 401
    answer = browser.log_in("chen")
    assert answer.status_code == 429
    assert "已暂时锁定" in answer.text
    assert ("陈敏", "登录被锁定", "连续输错密码") in world.audit()
    world.clock.pass_by(minutes=15, seconds=1)
    assert browser.log_in("chen").status_code == 302


def test_four_failures_do_not_lock(world: World) -> None:
    browser = world.visitor()
    for _ in range(4):
        browser.log_in("chen", "wrong-password")
    assert browser.log_in("chen").status_code == 302


def test_a_name_nobody_has_is_locked_like_any_other(world: World) -> None:
    browser = world.visitor()
    answers = [browser.log_in("nobody", "wrong-password").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_guessing_fast_from_one_address_is_stopped_whatever_the_names(world: World) -> None:
    browser = world.visitor()
    answers = [browser.log_in(f"name-{number}").status_code for number in range(21)]
    assert answers == [401] * 20 + [429]


def test_logging_in_makes_a_new_session(world: World) -> None:
    browser = world.visitor()
    with browser.client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
    browser.log_in("chen")
    with browser.client.session_transaction() as held:
        assert "planted" not in held


def test_a_visitor_comes_back_to_the_page_they_asked_for(world: World) -> None:
    browser = world.visitor()
    asked = browser.get("/console/cases/?tab=mine")
    assert asked.status_code == 302
    form = browser.get(asked.location)
    target = re.search(r'name="next" value="([^"]+)"', form.text)
    assert target is not None
    assert browser.log_in("chen", next=target[1]).location == "/console/cases/?tab=mine"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/console/",
        "//evil.example/console/",
        "/\\evil.example",
        "/console/\\..\\x",
        "javascript:1",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_a_login(world: World, elsewhere: str) -> None:
    assert world.visitor().log_in("chen", next=elsewhere).location == "/console/cases/"


def test_logging_out_ends_the_session(world: World) -> None:
    browser = world.browser("chen")
    browser.post("/console/logout")
    assert browser.get("/console/cases/").location.startswith("/console/login")


def test_a_session_ends_when_the_person_is_switched_off(world: World) -> None:
    browser = world.browser("chen")
    assert browser.get("/console/cases/").status_code == 200
    with world.store.begin() as unit:
        unit.accounts.set_active(world.chen, False)
    assert browser.get("/console/cases/").status_code == 302


def test_changing_the_password_ends_other_sessions_but_not_this_one(world: World) -> None:
    here, there = world.browser("chen"), world.browser("chen")
    answer = here.post("/console/password", current=PASSWORD, password=NEW, again=NEW)
    assert answer.status_code == 302
    assert here.get("/console/cases/").status_code == 200
    assert there.get("/console/cases/").status_code == 302
    assert world.visitor().log_in("chen", NEW).status_code == 302
    assert world.visitor().log_in("chen").status_code == 401


def test_a_password_is_not_changed_without_the_present_one(world: World) -> None:
    answer = world.browser("chen").post("/console/password", current="wrong-password", password=NEW, again=NEW)
    assert answer.status_code == 422
    assert "现在的密码不对" in answer.text
    assert world.visitor().log_in("chen").status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short-one", "short-one", "密码至少 10 位"),
        ("1234567890a", "1234567890a", "太容易被猜到"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "太容易被猜到"),
        ("my-name-is-chen", "my-name-is-chen", "不要包含登录名"),
        (NEW, NEW + "x", "两遍输入的密码不一样"),
        ("x" * 100 + "abc" * 20, "x" * 100 + "abc" * 20, "密码最多 128 位"),
    ],
)
def test_a_poor_password_is_refused_with_its_reason(world: World, password: str, again: str, words: str) -> None:
    answer = world.browser("chen").post("/console/password", current=PASSWORD, password=password, again=again)
    assert answer.status_code == 422
    assert words in answer.text


def _invited(world: World) -> str:
    with world.store.begin() as unit:
        return "/setup/" + invitations.invite(unit, world.zhao, now=world.clock())


def test_a_setup_link_sets_the_password_once(world: World) -> None:
    path, browser = _invited(world), world.visitor()
    assert browser.get(path).status_code == 200
    assert browser.post(path, password=NEW, again=NEW).location == "/console/cases/"
    assert "您的登录名是 zhao" in browser.get("/console/cases/").text
    again = world.visitor()
    again.get(path)
    assert again.post(path, password=OTHER, again=OTHER).status_code == 410
    assert world.visitor().log_in("zhao", NEW).status_code == 302


def test_looking_at_a_setup_link_does_not_use_it_up(world: World) -> None:
    path = _invited(world)
    for _ in range(3):
        world.visitor().get(path)
    browser = world.visitor()
    browser.get(path)
    assert browser.post(path, password=NEW, again=NEW).status_code == 302


def test_a_refused_password_does_not_use_the_link_up(world: World) -> None:
    path, browser = _invited(world), world.visitor()
    browser.get(path)
    assert browser.post(path, password=SHORT, again=SHORT).status_code == 422
    assert browser.post(path, password=NEW, again=NEW).status_code == 302


def test_a_setup_link_expires(world: World) -> None:
    path, browser = _invited(world), world.visitor()
    browser.get(path)
    world.clock.pass_by(hours=48, seconds=1)
    assert browser.post(path, password=NEW, again=NEW).status_code == 410


def test_a_made_up_setup_link_says_no_more_than_a_used_one(world: World) -> None:
    browser = world.visitor()
    browser.get("/setup/made-up")
    assert browser.post("/setup/made-up", password=NEW, again=NEW).status_code == 410


def test_using_a_setup_link_ends_the_sessions_before_it(world: World) -> None:
    old, path = world.browser("zhao"), _invited(world)
    browser = world.visitor()
    browser.get(path)
    browser.post(path, password=NEW, again=NEW)
    assert old.get("/console/cases/").status_code == 302


def test_there_is_no_first_start_link_while_an_admin_is_there(world: World) -> None:
    assert first_start_link(world.services) is None
