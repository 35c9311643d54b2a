"""Entries over the pages: found, added, checked while typing, changed, retired, restored."""

from html import unescape
from typing import Any

import pytest

from bot.console.entry_form import EntryForm, citations, lines
from bot.console.faults import entry_faults
from knowledge.entry import EntryStatus
from tests.bot.console.world import Browser, World

TYPED = {
    "topic": "民间借贷与担保",
    "question": "借条过期了还能要钱吗",
    "variants": "借条过了三年还有用吗\n老借条还能不能告\n欠条放了好多年\n借条什么时候作废",
    "short": "一般三年内要主张，催过一次可以重新算。",
    "answer": "一般三年内要主张权利，从您知道权利受到损害、也知道该找谁那天起算。中间催要过、对方答应过的，可以重新算。",
    "steps": "1. 先书面催一次\n2. 再找调委会",
    "where": "村人民调解委员会",
    "citations": "《民法典》第188条\n民法典 第一百九十五条",
    "scope": "village:hugang",
    "audience": "everyone",
    "reviewed_on": "2026-11-24",
    "reviewed_by": "judicial_office",
}


def _added(world: World, browser: Browser, **changes: str) -> str:
    answer = browser.post("/console/knowledge/new", **{**TYPED, **changes})
    assert answer.status_code == 302, answer.text
    return answer.location.rsplit("/", 1)[1]


def _check(browser: Browser, **changes: str) -> dict[str, Any]:
    answer = browser.post("/console/knowledge/check", **{**TYPED, **changes})
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def test_entries_are_found_by_all_the_words_and_the_topic(world: World) -> None:
    browser = world.browser("chen")
    assert "借出去的钱多久不要就过期了" in browser.get("/console/knowledge/?words=借条 五年").text
    assert "没有找到" in browser.get("/console/knowledge/?words=借条 十年").text
    assert "没有找到" in browser.get("/console/knowledge/?words=借条&topic=婚姻").text


def test_an_adviser_reads_an_entry_with_its_basis_but_cannot_change_it(world: World) -> None:
    browser = world.browser("chen")
    page = browser.get("/console/knowledge/loan-limitation").text
    assert "诉讼时效期间为三年" in page
    assert "修改" not in page
    for path in ("new", "loan-limitation/edit", "loan-limitation/retire", "loan-limitation/restore/1", "check"):
        assert browser.post(f"/console/knowledge/{path}", **TYPED).status_code == 404


def test_an_added_entry_is_stored_as_typed_with_an_id_nobody_thought_up(world: World) -> None:
    entry = _added(world, world.browser("li"))
    held = world.publishing.get(entry)
    assert entry.startswith("added-20261124-")
    assert held is not None
    assert held.entry.steps == ("先书面催一次", "再找调委会")
    assert [str(cited) for cited in held.entry.citations] == ["《民法典》第一百八十八条", "《民法典》第一百九十五条"]
    assert held.entry.scope == "village:hugang"


def test_a_faulty_entry_is_not_saved_and_what_was_typed_stays(world: World) -> None:
    browser = world.browser("li")
    answer = browser.post(
        "/console/knowledge/new", **{**TYPED, "citations": "民法典 第九千条\n看不懂", "short": "太短"}
    )
    assert answer.status_code == 422
    for words in ("依据：第 2 行看不懂", "群里的短答：太短，至少 10 个字", "借条过期了还能要钱吗"):
        assert words in answer.text
    assert len(world.publishing.listed()) == 1


def test_sending_the_form_for_a_new_entry_twice_adds_one(world: World) -> None:
    browser = world.browser("li")
    _added(world, browser)
    again = browser.post("/console/knowledge/new", **TYPED)
    assert again.status_code == 422
    assert "已经有一条同样的问题" in again.text
    assert len(world.publishing.listed()) == 2


def test_the_check_beside_the_form_says_what_saving_would_say_and_changes_nothing(world: World) -> None:
    browser = world.browser("li")
    good = _check(browser)
    assert good["faults"] == []
    assert [text["title"] for text in good["basis"]] == ["《民法典》第一百八十八条", "《民法典》第一百九十五条"]
    bad = _check(browser, answer=TYPED["answer"].replace("三年", "五年"), short="五年内要主张，催过一次可以重新算。")
    assert bad["faults"] == [
        {"field": "answer", "words": "完整答复：“5年”在所引条文里找不到，请核对数字，或在“数字出处”写明来源"}
    ]
    assert len(world.publishing.listed()) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"citations": "没有的法 第一条"}, "依据：法律库里没有《没有的法》，请核对名称"),
        ({"citations": "民法典 第九千条"}, "依据：《民法典》没有第九千条"),
        ({"citations": "民法典一百条"}, "依据：第 1 行看不懂，请写成：民法典 第六百七十五条"),
        ({"citations": ""}, "依据：太少，至少 1 条"),
        ({"variants": "只有一种"}, "其他问法：太少，至少 4 条"),
        ({"variants": "\n".join("一二三四五六七八九十甲乙丙")}, "其他问法：太多，最多 12 条"),
        ({"variants": "甲\n乙\n丙\n丙"}, "其他问法：有两条问法一模一样，或与问题相同"),
        ({"short": "短" * 91}, "群里的短答：太长，最多 90 个字"),
        ({"answer": "太短"}, "完整答复：太短，至少 40 个字"),
        ({"question": ""}, "问题：没有填写"),
        ({"topic": " "}, "主题：请选择或填写主题"),
        ({"reviewed_on": "2026-11-25"}, "审核日期：审核日期不能晚于今天"),
        ({"reviewed_on": "昨天"}, "审核日期：不是日期，请写成 2026-11-24 这样"),
        ({"steps": "起诉吧，保证胜诉"}, "完整答复：“保证胜诉”是不能作的承诺，请改掉"),
        ({"audience": "martians"}, "主要对象：不是可选的值"),
        ({"scope": "moon"}, "适用地区：写法不对"),
    ],
)
def test_each_fault_is_said_in_chinese_with_its_field(world: World, changes: dict[str, str], words: str) -> None:
    assert words in [fault["words"] for fault in _check(world.browser("li"), **changes)["faults"]]


def test_no_message_of_the_knowledge_check_reaches_the_page_untranslated(world: World) -> None:
    form = EntryForm(data={**TYPED, "reviewed_on": None})
    body, _ = form.body("loan-limitation")
    body |= {
        "reviewed_on": "2027-01-01",
        "variants": ["甲", "甲", "乙", "丙"],
        "answer": "保证胜诉，九年零三个月，百分之八十，三分之一，" + "很长" * 20,
        "citations": [{"law": "民法典", "article": "第九千条"}, {"law": "没有的法", "article": "第一条"}],
    }
    faults = [str(fault) for fault in entry_faults(world.publishing, "", body)]
    body["citations"] = [{"law": "民法典", "article": "第一百八十八条"}, {"law": "商标法", "article": "第一条"}]
    faults += [str(fault) for fault in entry_faults(world.publishing, "", body)]
    assert len(faults) > 6
    assert not [fault for fault in faults if any("a" <= letter <= "z" for letter in fault.lower())]


def test_editing_shows_the_entry_and_saving_makes_a_version(world: World) -> None:
    browser = world.browser("li")
    page = browser.get("/console/knowledge/loan-limitation/edit").text
    assert "民法典 第一百八十八条\n民法典 第一百九十五条" in page.replace("\r\n", "\n")
    fields = {**TYPED, "question": "借出去的钱多久不要就过期了", "notes": "改过短答"}
    assert browser.post("/console/knowledge/loan-limitation/edit", **fields).status_code == 302
    assert [version.author for version in world.publishing.versions("loan-limitation")] == ["李所长"]
    assert "本地添加或修改" in browser.get("/console/knowledge/loan-limitation").text


def test_a_retired_entry_stays_readable_and_editing_puts_it_to_use_again(world: World) -> None:
    browser = world.browser("li")
    for _ in range(2):
        assert browser.post("/console/knowledge/loan-limitation/retire").status_code == 302
    assert "已停用" in browser.get("/console/knowledge/loan-limitation").text
    assert len(world.publishing.versions("loan-limitation")) == 1
    browser.post("/console/knowledge/loan-limitation/edit", **TYPED)
    held = world.publishing.get("loan-limitation")
    assert held is not None
    assert held.entry.status is EntryStatus.REVIEWED


def test_an_earlier_version_is_restored_as_a_new_one(world: World) -> None:
    browser = world.browser("li")
    entry = _added(world, browser)
    browser.post(f"/console/knowledge/{entry}/edit", **{**TYPED, "short": "第二版的短答，三年内要主张。"})
    assert browser.post(f"/console/knowledge/{entry}/restore/1").status_code == 302
    held = world.publishing.get(entry)
    assert held is not None
    assert held.entry.short == TYPED["short"]
    assert [version.number for version in world.publishing.versions(entry)] == [3, 2, 1]


def test_what_is_not_there_cannot_be_read_changed_or_restored(world: World) -> None:
    browser = world.browser("li")
    assert browser.get("/console/knowledge/nothing").status_code == 404
    assert browser.get("/console/knowledge/nothing/edit").status_code == 404
    assert browser.post("/console/knowledge/nothing/retire").status_code == 404
    assert browser.post("/console/knowledge/loan-limitation/restore/9").status_code == 404


def test_an_answered_case_becomes_a_draft_of_an_entry(world: World) -> None:
    case = world.case("老借条还能不能要钱")
    world.casework.answer(world.staff(world.chen), case, "可以要，先发微信催他。")
    browser = world.browser("li")
    assert f"/console/knowledge/new?case={case}" in browser.get(f"/console/cases/{case}").text
    page = browser.get(f"/console/knowledge/new?case={case}").text
    assert "老借条还能不能要钱" in page
    assert "可以要，先发微信催他。" in page


FACTS = """\
- ask: 中间催要过吗？
  choices:
  - reply: 催过
    said: [催过他, 催过好几次]
    say: 催过的，从催要那天起重新算三年。
  - {reply: 没催过, entry: loan-limitation}
"""


def test_what_an_entry_asks_is_typed_shown_and_kept_when_the_entry_is_saved_again(world: World) -> None:
    browser = world.browser("li")
    entry = _added(world, browser, facts=FACTS.replace("\n", "\r\n"))
    held = world.publishing.get(entry)
    assert held is not None
    [fact] = held.entry.facts
    assert [choice.entry for choice in fact.choices] == [None, "loan-limitation"]
    assert fact.choices[0].said == ("催过他", "催过好几次")
    page = browser.get(f"/console/knowledge/{entry}").text
    for words in ("再问：中间催要过吗？", "催过：催过的，从催要那天起", "问题里有这些就不再问：催过他、催过好几次"):
        assert words in page
    assert '<a href="/console/knowledge/loan-limitation">' in page
    shown = browser.get(f"/console/knowledge/{entry}/edit").text
    typed = unescape(shown.split("<textarea", 1)[1].split('name="facts"')[1].split(">", 1)[1].split("</textarea>")[0])
    browser.post(f"/console/knowledge/{entry}/edit", **{**TYPED, "facts": typed})
    saved = world.publishing.get(entry)
    assert saved is not None
    assert saved.entry == held.entry


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        (FACTS, "问：催要过吗？", "看不懂，请照例子写，每一项前面加短横线。"),
        ("choices:", "choices：", "第 3 行不是 YAML：看看缩进、冒号后的空格和引号。"),
        ("reply: 催过", "reply: 催过\n    reply: 催", "第 4 行的 reply 写了两遍，只留一个。"),
        ("吗？", "吗", "第 1 问的 ask 要以“？”结尾"),
        ("say: 催过的，从催要那天起重新算三年。", "say: 算", "第 1 问的第 1 个选项的 say 太短，至少 10 个字"),
        ("催过好几次", "催", "第 1 问的第 1 个选项的 said 的第 2 个词太短，至少 2 个字"),
        ("催过好几次", "催过他", "第 1 问里，said 有一个词写了两遍"),
        ("entry: loan-limitation", "entry: loan-lost", "没有编号是 loan-lost 的条目"),
        (
            "entry: loan-limitation",
            "entry: loan-limitation, say: 没催过的，要抓紧催一次。",
            "第 2 个选项里，say 和 entry 只能写一个",
        ),
        ("entry: loan-limitation", "answer: 没催过", "第 1 问的第 2 个选项的 answer 没有这一项"),
        ("没催过", "催过", "有两个选项的 reply 一样"),
        ("起重新算三年", "起重新算五年", "“5年”在所引条文里找不到"),
    ],
)
def test_a_fault_in_what_is_asked_is_said_with_its_place(world: World, good: str, bad: str, words: str) -> None:
    assert good in FACTS
    [fault] = _check(world.browser("li"), facts=FACTS.replace(good, bad))["faults"]
    assert words in fault["words"]


def test_a_choice_cannot_lead_to_an_entry_that_is_out_of_use(world: World) -> None:
    browser = world.browser("li")
    browser.post("/console/knowledge/loan-limitation/retire")
    [fault] = _check(browser, facts=FACTS)["faults"]
    assert "loan-limitation 这一条停用了或还没审核" in fault["words"]


def test_items_are_read_one_a_line() -> None:
    assert lines("一、不是编号\n（1）也不是\n2、第二\n3) 第三\n\n  • 第四 ") == [
        "一、不是编号",
        "（1）也不是",
        "第二",
        "第三",
        "第四",
    ]
    assert lines("12348 热线\n110 报警") == ["12348 热线", "110 报警"]


def test_citations_are_read_in_the_ways_people_write_them() -> None:
    text = "民法典 第六百七十五条\n《中华人民共和国刑法》第133条之一\n最高人民法院关于适用婚姻家庭编的解释（一）第五条"
    read, faults = citations(text)
    assert faults == []
    assert [(cited["law"], cited["article"]) for cited in read] == [
        ("民法典", "第六百七十五条"),
        ("中华人民共和国刑法", "第133条之一"),
        ("最高人民法院关于适用婚姻家庭编的解释（一）", "第五条"),
    ]
