"""Importing laws: nothing changes before the confirmation; then the law, and exactly the entries that rest on it."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from bot.domain.message import Address, Incoming, MessageKey
from knowledge.entry import EntryStatus
from tests.bot.console.world import Browser, World
from tests.knowledge.importing.building import markdown, word

LIMITATION = "第一百八十八条"


def upload(browser: Browser, content: bytes, name: str = "民法典.md") -> TestResponse:
    return browser.upload("/console/laws/preview", content, name)


def token_of(answer: TestResponse) -> str:
    return answer.text.split('name="token" value="')[1].split('"')[0]


def civil_code(world: World, *, years: str = "五年", note: str = "（2026年6月1日修正）") -> bytes:
    """The civil code with another limitation period."""
    articles = [
        f"{one.number}　{one.text.replace('三年', years) if one.number == LIMITATION else one.text}"
        for one in world.publishing.base().laws.articles_of("民法典")
    ]
    return markdown(["中华人民共和国民法典", note, *"\n".join(articles).split("\n")])


def status(world: World) -> EntryStatus:
    return world.publishing.base().entries["loan-limitation"][1].status


def test_a_preview_shows_what_would_happen_and_changes_nothing(world: World) -> None:
    preview = upload(world.browser("li"), civil_code(world))
    for words in (
        "导入预览：民法典",
        "共 1260 条，第一条到第一千二百六十条",
        "新增 0 条，修改 1 条，废止 0 条，只改条号 0 条",
        "<del>三</del><ins>五</ins>",
        "1 条知识条目引用了改动的条文",
        "借出去的钱多久不要就过期了",
        'name="version" value="2026-06-01"',
    ):
        assert words in preview.text
    assert (status(world), world.law_importing.history()) == (EntryStatus.REVIEWED, [])
    assert [what for _, what, _ in world.audit()] == ["登录"]


def test_the_confirmation_imports_the_law_and_takes_the_entry_out(world: World) -> None:
    browser = world.browser("li")
    token = token_of(upload(browser, civil_code(world)))
    done = browser.post("/console/laws/confirm", token=token, version="2026-06-01", in_force="2026-07-01")
    assert done.location == "/console/laws/"
    page = browser.get("/console/laws/").text
    for words in ("1 条知识条目已停用", "等着重新审核的条目（1）", "正在使用", "2026-06-01 版，1260 条"):
        assert words in page
    assert status(world) is EntryStatus.NEEDS_REVIEW
    assert (
        "依据已经修改或废止：《民法典》第一百八十八条（2026-06-01 版）"
        in browser.get("/console/knowledge/loan-limitation").text
    )
    assert "五年" in world.publishing.base().laws.find("民法典", LIMITATION).text
    assert ("李所长", "导入法规", "《民法典》2026-06-01 版，1260 条") in world.audit()
    assert "导入的法规还没有发布：民法典" in browser.get("/console/publish/").text
    again = browser.post("/console/laws/confirm", token=token, version="2026-06-01", in_force="2026-07-01")
    assert again.status_code == 409
    assert "已经导入过或过期了" in again.text
    assert len(world.law_importing.history()) == 1


def test_what_was_answered_with_the_entry_is_told(world: World) -> None:
    message = Incoming(MessageKey("demo", "1"), Address("demo", "a"), "问", world.clock())
    with world.store.begin() as unit:
        unit.inquiries.add(
            message,
            text="问",
            resident=unit.people.resident(message.sender, now=world.clock()).id,
            village=None,
            outcome="answer",
            reason="sure",
            entry="loan-limitation",
            confidence=1,
            reply="答",
            now=world.clock(),
        )
    preview = upload(world.browser("li"), civil_code(world))
    assert "回答过 1 次，最近一次是 2026-11-24 12:00" in preview.text


def test_a_law_that_takes_effect_later_says_so_and_waits(world: World) -> None:
    browser = world.browser("li")
    token = token_of(upload(browser, civil_code(world)))
    browser.post("/console/laws/confirm", token=token, version="2026-06-01", in_force="2027-01-01")
    page = browser.get("/console/laws/").text
    assert "新条文从 2027-01-01 起使用" in page
    assert "2027-01-01 起使用</span>" in page
    assert "三年" in world.publishing.base().laws.find("民法典", LIMITATION).text


@pytest.mark.parametrize(
    ("version", "in_force", "words"),
    [
        ("2026-06-01", "", "请填写施行日期"),
        ("", "2026-06-01", "请填写版本日期"),
        ("2026-06-01", "昨天", "请填写施行日期"),
        ("2026-06-01", "2026-05-31", "施行日期不能早于版本日期"),
        ("2019-06-01", "2026-06-01", "已经有更新的版本（2020-05-28）"),
    ],
)
def test_wrong_dates_are_named_and_nothing_is_imported(world: World, version: str, in_force: str, words: str) -> None:
    browser = world.browser("li")
    token = token_of(upload(browser, civil_code(world)))
    answer = browser.post("/console/laws/confirm", token=token, version=version, in_force=in_force)
    assert answer.status_code == 422
    assert words in answer.text
    assert world.law_importing.history() == []
    assert token_of(answer) == token


def test_a_law_that_is_there_word_for_word_is_not_offered_for_import(world: World) -> None:
    preview = upload(world.browser("li"), civil_code(world, years="三年", note="（2020年5月28日通过）"))
    assert "一字不差" in preview.text
    assert "确认导入" not in preview.text


def test_a_word_file_is_read_too_and_a_new_law_is_all_added(world: World) -> None:
    lines = ["示例条例", "（2026年1月1日公布）", "第一章　总则", "第一条　甲。", "第二条　本条例自2026年3月1日起施行。"]
    preview = upload(world.browser("li"), word(lines), "示例条例_20260101.docx")
    for words in ("还没有这部法规", "第一章 总则", 'name="in_force" value="2026-03-01"', "确认导入 2 条"):
        assert words in preview.text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "法.md", "请先选一个文件"),
        (b"%PDF-1.7", "法.docx", "这是 PDF 文件"),
        (b"x", "法.exe", "只能导入 Word"),
        ("# 示例条例\n第一条 甲。\n第三条 乙。\n".encode(), "法.md", "第 3 行：第一条之后直接是第三条，中间缺条"),
        (word([]), "法.docx", "没有文字"),
        ("甲".encode() * 800_000, "法.txt", "不要超过 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_place_and_reason(
    world: World, content: bytes, name: str, words: str
) -> None:
    answer = upload(world.browser("li"), content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert list(world.folder.glob("uploads/*")) == []


def test_an_excerpt_is_shown_but_not_offered_for_import(world: World) -> None:
    preview = upload(world.browser("li"), markdown(["示例条例", "第五条　甲。", "第六条　乙。"]))
    assert "这是节选" in preview.text
    assert "确认导入" not in preview.text


def test_words_of_a_file_are_never_markup(world: World) -> None:
    lines = ["示例条例", "（2026年1月1日公布）", "第一条　<script>alert(1)</script>甲。"]
    preview = upload(world.browser("li"), "\n".join(lines).encode(), "<b>法</b>.txt")
    assert "<script>alert" not in preview.text
    assert "&lt;script&gt;" in preview.text


def test_an_import_can_be_taken_back(world: World) -> None:
    browser = world.browser("li")
    token = token_of(upload(browser, civil_code(world)))
    browser.post("/console/laws/confirm", token=token, version="2026-06-01", in_force="2026-07-01")
    [held] = world.law_importing.history()
    assert browser.post(f"/console/laws/withdraw/{held.number}").location == "/console/laws/"
    assert "已撤回" in browser.get("/console/laws/").text
    assert "三年" in world.publishing.base().laws.find("民法典", LIMITATION).text
    browser.post(f"/console/laws/withdraw/{held.number}")
    assert "已经撤回" in browser.get("/console/laws/").text


def test_for_advisers_the_pages_are_not_there(world: World) -> None:
    browser = world.browser("chen")
    assert browser.get("/console/laws/").status_code == 404
    assert upload(browser, civil_code(world)).status_code == 404
    assert browser.post("/console/laws/confirm", token="x" * 43).status_code == 404
    assert browser.post("/console/laws/withdraw/1").status_code == 404
