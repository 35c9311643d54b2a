"""What stands before every page, and on every answer."""

import logging
import re

import pytest
from flask import Flask

from bot.console import register
from bot.console.protection import PUBLIC
from bot.headers import HEADERS
from knowledge.check import KnowledgeBase
from tests.bot.console.world import World

PAGES = [
    "/console/cases/",
    "/console/cases/?tab=done",
    "/console/knowledge/",
    "/console/knowledge/new",
    "/console/knowledge/loan-limitation",
    "/console/knowledge/loan-limitation/edit",
    "/console/import/",
    "/console/laws/",
    "/console/publish/",
    "/console/publish/try",
    "/console/people/",
    "/console/people/audit",
    "/console/people/villages/new",
    "/console/people/villages/hugang",
    "/console/staff/new",
    "/console/figures/",
    "/console/password",
]
FOR_ADMINS = [
    "/console/knowledge/new",
    "/console/import/",
    "/console/laws/",
    "/console/publish/",
    "/console/people/",
    "/console/staff/new",
]


def _every_rule(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, a path) of everything the console answers."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console."):
            path = re.sub(r"<[^>]*(case|person|number)>", "1", rule.rule)
            path = re.sub(r"<[^>]+>", "x", path)
            found += [(rule.endpoint, method, path) for method in (rule.methods or set()) & {"GET", "POST"}]
    return found


def test_every_page_but_the_public_ones_asks_visitors_to_log_in(world: World) -> None:
    browser = world.visitor()
    for endpoint, method, path in _every_rule(world.app):
        answer = browser.get(path) if method == "GET" else browser.post(path)
        asks = answer.status_code == 302 and answer.location.startswith("/console/login")
        assert asks is (endpoint not in PUBLIC), (endpoint, method, answer.status_code)


def test_every_post_without_a_csrf_token_is_refused(world: World) -> None:
    browser = world.browser("li")
    for endpoint, method, path in _every_rule(world.app):
        if method == "POST":
            answer = browser.client.post(path, data={"password": "x"})
            assert answer.status_code == 400, endpoint
            assert "页面放得太久了" in answer.text


def test_a_token_of_another_session_is_refused(world: World) -> None:
    case, other = world.case(), world.browser("zhao")
    browser = world.browser("chen")
    answer = browser.client.post(f"/console/cases/{case}/claim", data={"csrf_token": other.token})
    assert answer.status_code == 400


def test_the_token_may_come_in_a_header_as_scripts_send_it(world: World) -> None:
    browser = world.browser("li")
    answer = browser.client.post("/console/knowledge/check", headers={"X-CSRFToken": browser.token})
    assert answer.status_code == 200


def test_a_form_posted_after_the_session_ended_leads_back_to_its_page(world: World) -> None:
    case = world.case()
    browser = world.visitor()
    answer = browser.client.post(
        f"/console/cases/{case}/answer", headers={"Referer": f"http://localhost/console/cases/{case}"}
    )
    assert answer.location == f"/console/login?next=/console/cases/{case}"
    elsewhere = browser.client.post("/console/logout", headers={"Referer": "http://evil.example/console/x"})
    assert elsewhere.location == "/console/login"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_chinese_carries_the_headers_and_runs_no_inline_code(world: World, path: str) -> None:
    answer = world.browser("li").get(path)
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in answer.text
    assert {key: answer.headers[key] for key in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|https?://(?!localhost|www\.w3)", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label_and_every_button_and_link_words(world: World, path: str) -> None:
    text = world.browser("li").get(path).text
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
    ids = [re.search(r'\bid="([^"]+)"', field) for field in fields if 'type="hidden"' not in field]
    assert all(ids), [field for field in fields if "id=" not in field]
    labels = set(re.findall(r'<label[^>]*for="([^"]+)"', text))
    assert {found[1] for found in ids if found} <= labels
    every_id = re.findall(r'\bid="([^"]+)"', text)
    assert len(every_id) == len(set(every_id))
    for words in re.findall(r"<(?:button|a)\b[^>]*>(.*?)</(?:button|a)>", text, re.DOTALL):
        assert re.sub(r"<[^>]+>", "", words).strip()


@pytest.mark.parametrize("path", FOR_ADMINS)
def test_pages_for_admins_are_not_there_for_advisers(world: World, path: str) -> None:
    browser = world.browser("chen")
    assert browser.get(path).status_code == 404
    assert path not in browser.get("/console/knowledge/").text


def test_cookies_are_for_this_site_only_and_secure_unless_it_is_a_demonstration(
    world: World, tmp_path_factory: pytest.TempPathFactory, base: KnowledgeBase
) -> None:
    demo = world.visitor().get("/console/login").headers["Set-Cookie"]
    assert demo.startswith("farun=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(demo.split("; "))
    real = World(tmp_path_factory.mktemp("real"), base, secure_cookies=True)
    answer = real.app.test_client().get("/console/login", base_url="https://localhost")
    assert answer.headers["Set-Cookie"].startswith("__Host-farun=")
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    assert "Strict-Transport-Security" in answer.headers
    real.store.close()


def test_the_console_does_not_start_without_a_key_to_sign_sessions(world: World) -> None:
    with pytest.raises(ValueError, match="secret_key"):
        register(Flask("no key"), world.services)


def test_the_console_leaves_other_endpoints_their_own_rules(world: World) -> None:
    app = Flask("with a callback")
    app.secret_key = world.app.secret_key
    register(app, world.services)
    app.add_url_rule("/callback", view_func=lambda: "success", methods=["POST"])
    answer = app.test_client().post("/callback")
    assert answer.text == "success"
    assert "Content-Security-Policy" not in answer.headers
    assert "法润助手" not in app.test_client().get("/elsewhere").text


def test_a_page_that_is_not_there_says_so_with_an_id(world: World) -> None:
    answer = world.browser("chen").get("/console/nowhere/at-all")
    assert answer.status_code == 404
    assert "找不到这个页面" in answer.text
    assert re.search(r"编号 [0-9a-f]{8}（404）", answer.text)


def test_too_much_text_is_refused_with_413(world: World) -> None:
    case = world.case()
    answer = world.browser("chen").post(f"/console/cases/{case}/answer", text="长" * 300_000)
    assert answer.status_code == 413
    assert "文件或内容太大" in answer.text


def test_a_broken_page_gives_an_id_that_the_log_has_and_nobodys_words(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "我家的私事不要告诉别人"
    case = world.case(words)

    def broken(*_: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(world.casework, "see", broken)
    browser = world.browser("chen")
    with caplog.at_level(logging.DEBUG):
        answer = browser.get(f"/console/cases/{case}")
    assert answer.status_code == 500
    error_id = re.search(r"编号 ([0-9a-f]{8})（500）", answer.text)
    assert error_id is not None
    assert f"id={error_id[1]}" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "私事" not in caplog.text + answer.text


def test_the_error_page_needs_no_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = world.browser("chen")

    def broken() -> None:
        raise OSError

    monkeypatch.setattr(world.store, "begin", broken)
    answer = browser.get("/console/cases/")
    assert answer.status_code == 500
    assert "系统出了问题" in answer.text


def test_what_advisers_and_residents_write_never_reaches_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    case, browser = world.case("我家的私事"), world.browser("chen")
    with caplog.at_level(logging.DEBUG):
        browser.get(f"/console/cases/{case}")
        browser.post(f"/console/cases/{case}/answer", text="悄悄告诉您")
        browser.post(f"/console/cases/{case}/answer", text="悄悄告诉您")
        browser.post(f"/console/cases/{case}/answer", text="")
    assert "私事" not in caplog.text
    assert "悄悄" not in caplog.text
