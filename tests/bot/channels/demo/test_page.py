"""The page itself, in a browser, as on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.channels.demo.examples import CHATTER, QUESTIONS
from bot.domain.delivery import DeliveryState
from bot.domain.message import Address
from tests.bot.channels.demo.cast import Listener, answered, app_of
from tests.bot.channels.gateway.cast import MemoryOutbox, served

INJECTED = '<img src=x onerror="document.title=1"><script>document.title=2</script>&lt;b&gt;'


@dataclass
class Opened:
    """The page as one visitor has it, and everything it complained of or asked other places for."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def part(self, name: str) -> Locator:
        """A part of the page, brought to the front on a phone."""
        tab = self.page.locator(f"[data-shows={name}]")
        if tab.is_visible():
            tab.click()
        return self.page.locator(f"[data-part={name}]")

    def say(self, text: str, part: str = "group") -> None:
        box = self.part(part).locator("textarea")
        box.fill(text)
        box.press("Enter")

    def last(self, part: str = "group") -> Locator:
        return self.page.locator(f"#{part} .log li").last

    def look(self) -> None:
        """What a visitor does who comes back to the tab: it asks at once instead of within seconds."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.fixture(params=[(390, 844), (1280, 800)], ids=["phone", "desk"])
def opened(
    request: pytest.FixtureRequest, browser: Browser, listener: Listener, outbox: MemoryOutbox
) -> Iterator[Opened]:
    width, height = request.param
    with served(app_of(listener.receive, outbox)) as url:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        visitor = Opened(context.new_page(), url)
        visitor.page.on("console", lambda message: visitor.faults.append(message.text))
        visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
        visitor.page.on("request", lambda asked: visitor.faults.extend([asked.url] * (not asked.url.startswith(url))))
        visitor.page.goto(url)
        yield visitor
        context.close()


@pytest.fixture
def visitor(opened: Opened) -> Iterator[Opened]:
    """A visitor whose page must neither complain nor ask any other server."""
    yield opened
    assert opened.faults == []


def test_an_example_is_asked_with_one_tap_and_answered_in_lines(visitor: Opened, listener: Listener) -> None:
    visitor.part("group").get_by_role("button", name=QUESTIONS[0]).click()
    expect(visitor.last().locator(".bubble")).to_have_text(f"您问：@法润助手 {QUESTIONS[0]}\n【依据】第1问")
    assert visitor.last().locator(".bubble").evaluate("bubble => getComputedStyle(bubble).whiteSpace") == "pre-wrap"
    asked = visitor.page.locator("#group .said").first
    expect(asked.locator(".name")).to_have_text("王大爷")
    expect(visitor.page.locator("#group-examples")).to_be_hidden()
    assert listener.heard[0].sender.group == "demo-hegang"


def test_text_of_people_and_bot_is_shown_as_text(visitor: Opened) -> None:
    visitor.say(INJECTED, "private")
    bubbles = visitor.page.locator("#private .bubble")
    expect(bubbles).to_have_count(2)
    expect(bubbles.first).to_have_text(INJECTED)
    expect(bubbles.last).to_contain_text(INJECTED)
    assert visitor.page.locator(".log img, .log script, .log b").count() == 0
    expect(visitor.page).to_have_title("试一试 · 法润助手")


def test_idle_talk_is_met_with_silence_and_can_be_asked_again_by_name(visitor: Opened, listener: Listener) -> None:
    visitor.part("group").get_by_role("button", name=CHATTER).click()
    expect(visitor.last()).to_contain_text("法润助手没有插话")
    visitor.last().get_by_role("button").click()
    expect(visitor.last()).to_contain_text(f"您问：@法润助手 {CHATTER}")
    assert [heard.mentioned for heard in listener.heard] == [False, True]


def test_the_adviser_speaks_to_people_and_a_residents_at_sign_comes_back(visitor: Opened, listener: Listener) -> None:
    group = visitor.part("group")
    group.get_by_text("张律师").click()
    visitor.say("先别签字")
    expect(visitor.last()).to_contain_text("没有插话")
    group.get_by_text("李婶", exact=True).click()
    visitor.say("签了怎么办")
    expect(visitor.last()).to_contain_text("第2问")
    assert [(heard.sender_name, heard.mentioned) for heard in listener.heard] == [("张律师", False), ("李婶", True)]


def test_enter_that_picks_characters_sends_nothing(visitor: Opened, listener: Listener) -> None:
    box = visitor.part("group").locator("textarea")
    box.fill("jietiao")
    box.evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))")
    box.press("Shift+Enter")
    expect(box).to_have_value("jietiao\n")
    assert listener.heard == []


def test_what_was_said_is_still_there_after_reloading(visitor: Opened) -> None:
    visitor.say("借条丢了怎么办")
    expect(visitor.last()).to_contain_text("第1问")
    visitor.page.reload()
    expect(visitor.page.locator("#group .said")).to_have_count(2)
    visitor.part("about").get_by_role("button", name="清空").click()
    expect(visitor.page.locator("#group .said")).to_have_count(0)


def test_a_page_left_while_sending_sends_the_same_message_again(visitor: Opened, listener: Listener) -> None:
    listener.open.clear()
    visitor.say("借条丢了怎么办")
    assert _comes_true(visitor.page, lambda: len(listener.heard) == 1)
    expect(visitor.last()).to_contain_text("发送中")
    visitor.page.reload()
    listener.open.set()
    expect(visitor.last()).to_contain_text("第1问")
    expect(visitor.page.locator("#group .said")).to_have_count(2)
    assert [heard.key for heard in listener.heard] == [listener.heard[0].key] * 2


def test_what_did_not_go_out_is_sent_again_under_the_same_id(opened: Opened, listener: Listener) -> None:
    opened.page.route("**/demo/messages", lambda route: route.abort())
    opened.say("借条丢了怎么办")
    expect(opened.last()).to_contain_text("没有发出：网络不通")
    number = opened.last().get_attribute("data-id")
    opened.page.unroute("**/demo/messages")
    opened.last().get_by_role("button", name="重发").click()
    expect(opened.last()).to_contain_text("第1问")
    assert [heard.key.id for heard in listener.heard] == [number]


def test_too_long_a_text_is_refused_in_words_and_comes_back_to_be_shortened(opened: Opened, listener: Listener) -> None:
    opened.say("长" * 2_001, "private")
    expect(opened.last("private")).to_contain_text("没有发出：太长了：一条最多 2000 字")
    expect(opened.page.locator("#private textarea")).to_have_value("长" * 2_001)
    assert listener.heard == []


def test_an_advisers_answer_appears_and_is_acknowledged(
    visitor: Opened, listener: Listener, outbox: MemoryOutbox
) -> None:
    visitor.say("借条丢了怎么办")
    expect(visitor.last()).to_contain_text("第1问")
    number = answered(outbox, listener.heard[0].sender)
    visitor.look()
    expect(visitor.last()).to_contain_text("@王大爷 【村法律顾问陈敏答复】先别签字。")
    expect(visitor.page.locator("#group .said")).to_have_count(3)
    assert _comes_true(visitor.page, lambda: outbox.deliveries[number].state is DeliveryState.SENT)


def test_an_answer_for_another_place_is_announced_and_one_tap_away(
    visitor: Opened, listener: Listener, outbox: MemoryOutbox
) -> None:
    visitor.say("借条丢了怎么办", "private")
    expect(visitor.last("private")).to_contain_text("第1问")
    first = listener.heard[0].sender
    visitor.page.get_by_label("村（社区）").select_option("liuzhuang")
    visitor.part("group")
    answered(outbox, Address("demo", first.user.replace("wang", "li")))
    visitor.look()
    news = visitor.page.get_by_role("status")
    expect(news).to_contain_text("河港村李婶的私聊里有新答复。")
    news.get_by_role("button", name="去看").click()
    expect(visitor.last("private")).to_contain_text("先别签字")
    expect(visitor.last("private")).to_be_visible()


def test_nothing_is_wider_than_the_screen_and_everything_has_a_name(visitor: Opened) -> None:
    visitor.say("字" * 300)
    expect(visitor.last()).to_contain_text("第1问")
    for part in ("group", "private", "about"):
        visitor.part(part)
        assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    nameless = "[...document.querySelectorAll('input, select, textarea')].filter(one => one.labels.length === 0).length"
    assert visitor.page.evaluate(nameless) == 0
    for log in visitor.page.get_by_role("log").all():
        expect(log).to_have_attribute("aria-live", "polite")


def _comes_true(page: Page, condition: Callable[[], bool]) -> bool:
    """Within five seconds; the page goes on meanwhile."""
    for _ in range(250):
        if condition():
            return True
        page.wait_for_timeout(20)
    return False
