"""The pages in a real browser at the width of a phone: scripts run, the policy holds, nothing sticks out."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

from tests.bot.console.world import PASSWORD, World

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE: ViewportSize = {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium: apt-get install chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def origin(world: World) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, origin: str) -> Iterator[Page]:
    """A phone. Whatever the browser complains of (a script error, a breach of the policy) fails the test."""
    complaints: list[str] = []
    context = chromium.new_context(base_url=origin, viewport=PHONE, has_touch=True, locale="zh-CN")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def _log_in(page: Page, login: str, path: str = "/console/cases/") -> None:
    page.goto(path)
    _fill_in(page, login)


def _fill_in(page: Page, login: str) -> None:
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").tap()
    page.wait_for_url(lambda url: "/console/login" not in url)


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_an_adviser_claims_and_answers_on_a_phone(world: World, page: Page) -> None:
    world.case("借给邻居三万块，只有微信转账记录，他不还怎么办", suggestion="没写借条，这笔钱也可以要。")
    _log_in(page, "chen")
    assert _fits(page)
    page.get_by_role("link", name="借给邻居三万块").tap()
    page.get_by_role("button", name="受理", exact=True).tap()
    expect(page.get_by_role("status")).to_contain_text("已受理")
    assert _fits(page)
    page.get_by_role("button", name="放进答复框").tap()
    answer = page.get_by_label("答复内容")
    expect(answer).to_have_value("没写借条，这笔钱也可以要。")
    answer.fill("没写借条，这笔钱也可以要。先在微信上问他哪天还。")
    page.get_by_role("button", name="发送答复").tap()
    expect(page.get_by_role("status")).to_contain_text("答复已保存")
    expect(page.get_by_role("heading", name="经过").locator("..")).to_contain_text("先在微信上问他哪天还")
    [said] = world.outgoing()
    assert "先在微信上问他哪天还" in said


def test_an_impatient_thumb_sends_an_answer_once(world: World, page: Page) -> None:
    case = world.case()
    _log_in(page, "chen", f"/console/cases/{case}")
    page.get_by_label("答复内容").fill("可以起诉。")
    page.get_by_role("button", name="发送答复").dblclick()
    expect(page.get_by_role("status")).to_contain_text("答复已保存")
    assert len(world.outgoing()) == 1


def test_what_is_being_written_survives_a_reload_and_the_end_of_the_session(world: World, page: Page) -> None:
    case = world.case()
    path = f"/console/cases/{case}"
    _log_in(page, "chen", path)
    page.get_by_label("答复内容").fill("写了半个小时的答复")
    page.reload()
    expect(page.get_by_label("答复内容")).to_have_value("写了半个小时的答复")
    page.context.clear_cookies()
    page.get_by_role("button", name="发送答复").tap()
    page.wait_for_url("**/console/login**")
    _fill_in(page, "chen")
    assert page.url.endswith(path)
    expect(page.get_by_label("答复内容")).to_have_value("写了半个小时的答复")


def test_the_check_follows_what_is_typed(world: World, page: Page) -> None:
    _log_in(page, "li", "/console/knowledge/loan-limitation/edit")
    result = page.locator("#check-result")
    expect(result).to_contain_text("检查通过")
    page.get_by_label("依据", exact=True).fill("民法典 第九千条\n民法典 第六百七十五条")
    expect(result).to_contain_text("《民法典》没有第九千条")
    page.get_by_text("《民法典》第六百七十五条").tap()
    expect(page.locator("#check-basis")).to_contain_text("借款人应当按照约定的期限返还借款")
    assert _fits(page)


def test_publishing_is_followed_to_its_end(world: World, page: Page) -> None:
    go_on = Event()
    world.indexing.hold = lambda done, total: None if done == 0 else _wait(go_on)
    _log_in(page, "li", "/console/publish/")
    page.get_by_role("button", name="发布", exact=True).tap()
    expect(page.locator("#progress-words")).to_contain_text("1 / 2")
    go_on.set()
    expect(page.get_by_text("上次发布已完成")).to_be_visible()
    expect(page.get_by_text("正在使用")).to_be_visible()


def test_the_keyboard_reaches_the_skip_link_first(world: World, page: Page) -> None:
    _log_in(page, "chen")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()


@pytest.mark.parametrize(
    "path",
    [
        "knowledge/",
        "knowledge/loan-limitation",
        "knowledge/new",
        "import/",
        "laws/",
        "publish/try",
        "people/",
        "people/villages/hugang",
        "people/audit",
        "staff/new",
        "figures/",
        "password",
    ],
)
def test_every_page_fits_a_phone(world: World, page: Page, path: str) -> None:
    world.case()
    _log_in(page, "li")
    page.goto(f"/console/{path}")
    assert _fits(page)


def _wait(event: Event) -> None:
    assert event.wait(10)


def test_a_law_is_imported_on_a_phone(world: World, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "示例条例_20260101.md"
    lines = [f"第{number}条 当事人应当按照约定履行自己的义务，不得擅自变更或者解除合同。" for number in range(1, 40)]
    file.write_text("# 示例条例\n\n（2026年1月1日公布）\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    _log_in(page, "li", "/console/laws/")
    page.get_by_label("法规全文").set_input_files(file)
    page.get_by_role("button", name="上传并预览").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例条例")
    assert _fits(page)
    page.get_by_label("施行日期", exact=True).fill("2026-03-01")
    page.get_by_role("button", name="确认导入 39 条").tap()
    expect(page.get_by_role("status")).to_contain_text("已导入")
    assert _fits(page)
