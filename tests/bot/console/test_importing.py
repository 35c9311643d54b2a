"""Importing FAQs: what is wrong is said by row, nothing changes before the confirmation, and then all or nothing."""

import os
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from bot.console import comma_separated
from bot.console.entry_yaml import write_entries
from bot.console.faults import FIELDS
from bot.console.import_rows import COLUMNS
from bot.console.import_template import EXAMPLE
from bot.console.workbook import write_table
from tests.bot.console.world import Browser, World

GOOD = {**EXAMPLE, "question": "借条过期了还能要钱吗", "scope": "沪港村", "sensitive": "是"}


def _sheet(*rows: dict[str, str]) -> bytes:
    return write_table(
        "条目", [FIELDS[field] for field in COLUMNS], [[row[field] for field in COLUMNS] for row in rows]
    )


def _csv(*rows: dict[str, str]) -> bytes:
    return comma_separated.write_table(
        [FIELDS[field] for field in COLUMNS], [[row[field] for field in COLUMNS] for row in rows]
    )


def _upload(browser: Browser, content: bytes, name: str = "faq.xlsx") -> TestResponse:
    return browser.upload("/console/import/preview", content, name)


def _token(answer: TestResponse) -> str:
    return answer.text.split('name="token" value="')[1].split('"')[0]


def test_a_preview_changes_nothing_and_the_confirmation_imports_what_it_showed(world: World) -> None:
    browser = world.browser("li")
    preview = _upload(browser, _sheet(GOOD, {**GOOD, "question": "欠条和借条有什么不一样"}))
    assert "新增 2" in preview.text
    assert len(world.publishing.listed()) == 1
    assert browser.post("/console/import/confirm", token=_token(preview)).location == "/console/knowledge/"
    imported = world.publishing.listed("借条过期了")[0].entry
    assert (imported.scope, imported.sensitive) == ("village:hugang", True)
    assert imported.steps == tuple(GOOD["steps"].split("\n"))
    assert len(world.publishing.listed()) == 3


def test_one_wrong_row_keeps_every_row_out(world: World) -> None:
    browser = world.browser("li")
    wrong = {**GOOD, "question": "坏的一行", "short": "太短", "citations": "民法典第九千条"}
    preview = _upload(browser, _sheet(GOOD, wrong))
    for words in ("有错 1", "第 3 行", "群里的短答：太短，至少 10 个字", "《民法典》没有第九千条", "什么也不会导入"):
        assert words in preview.text
    assert "确认导入" not in preview.text
    assert list(world.folder.glob("uploads/*")) == []
    assert len(world.publishing.listed()) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"citations": "民法典第九千条"}, "依据：《民法典》没有第九千条"),
        ({"scope": "月球"}, "适用地区：请填“全国”“江苏省”“南通市”或村名"),
        ({"sensitive": "也许"}, "涉及隐私：请填“是”或“否”"),
        ({"audience": "外星人"}, "主要对象：不是可选的值"),
        ({"reviewed_on": "昨天"}, "审核日期：不是日期"),
        ({"topic": ""}, "主题：请选择或填写主题"),
        ({"question": ""}, "问题：没有填写"),
    ],
)
def test_each_fault_names_its_column(world: World, changes: dict[str, str], words: str) -> None:
    assert words in _upload(world.browser("li"), _sheet({**GOOD, **changes})).text


def test_the_same_question_twice_in_one_sheet_is_a_fault(world: World) -> None:
    assert "与第 2 行重复" in _upload(world.browser("li"), _sheet(GOOD, GOOD)).text


def test_importing_the_same_sheet_again_changes_nothing(world: World) -> None:
    browser = world.browser("li")
    browser.post("/console/import/confirm", token=_token(_upload(browser, _sheet(GOOD))))
    again = _upload(browser, _sheet(GOOD))
    assert "没有变化 1" in again.text
    browser.post("/console/import/confirm", token=_token(again))
    [held] = world.publishing.listed("借条过期了")
    assert len(world.publishing.versions(held.entry.id)) == 1


def test_a_row_with_a_question_already_there_changes_that_entry(world: World) -> None:
    browser = world.browser("li")
    preview = _upload(browser, _sheet({**GOOD, "question": "借出去的钱多久不要就过期了"}))
    assert "修改 1" in preview.text
    browser.post("/console/import/confirm", token=_token(preview))
    assert [version.number for version in world.publishing.versions("loan-limitation")] == [1]


def test_confirming_twice_imports_once(world: World) -> None:
    browser = world.browser("li")
    token = _token(_upload(browser, _sheet(GOOD)))
    browser.post("/console/import/confirm", token=token)
    again = browser.post("/console/import/confirm", token=token)
    assert again.status_code == 409
    assert "已经导入过或过期了" in again.text
    assert len(world.publishing.listed()) == 2


def test_the_confirmation_checks_again(world: World) -> None:
    browser = world.browser("li")
    token = _token(_upload(browser, _sheet(GOOD)))
    [file] = world.folder.glob("uploads/*.faq")
    file.write_bytes(b"faq.xlsx\n" + _sheet({**GOOD, "citations": "民法典第九千条"}))
    refused = browser.post("/console/import/confirm", token=token)
    assert refused.status_code == 409
    assert "《民法典》没有第九千条" in refused.text
    assert len(world.publishing.listed()) == 1


@pytest.mark.parametrize("token", ["", "../../farun", "x" * 43])
def test_a_made_up_token_finds_nothing(world: World, token: str) -> None:
    assert world.browser("li").post("/console/import/confirm", token=token).status_code == 409


def test_an_upload_is_its_uploaders_alone_and_is_forgotten_after_an_hour(world: World) -> None:
    browser = world.browser("li")
    token = _token(_upload(browser, _sheet(GOOD)))
    with world.store.begin() as unit:
        other = unit.accounts.add_staff(name="周", login="zhou", role=world.staff(world.li).role)
        hashed = unit.accounts.by_login("li")
        assert hashed is not None
        unit.accounts.set_password(other, hashed[1] or "")
    assert world.browser("zhou").post("/console/import/confirm", token=token).status_code == 409
    [file] = world.folder.glob("uploads/*.faq")
    stored = world.clock.at.timestamp()
    os.utime(file, (stored, stored))
    world.clock.pass_by(hours=1, seconds=1)
    browser.log_in("li")
    assert browser.post("/console/import/confirm", token=token).status_code == 409
    _upload(browser, _sheet(GOOD))
    assert file not in list(world.folder.glob("uploads/*.faq"))


def _zipped(**members: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return held.getvalue()


def _headed(*headings: str) -> bytes:
    return write_table("条目", headings, [["x"] * len(headings)])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "请先选一个"),
        (b"topic,question\n", "这不是 Excel 的 .xlsx 文件"),
        (_zipped(readme_xml=b"x"), "这不是 Excel 的 .xlsx 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 500, "旧版 .xls 或加了密码"),
        (_zipped(xl__workbook_xml=b"x", xl__vbaProject_bin=b"x"), "带有宏"),
        (_zipped(xl__workbook_xml=b"x"), "打不开"),
        (_zipped(xl__workbook_xml=b" " * (41 * 1024 * 1024)), "展开后太大"),
        (b"PK" + b"x" * (2 * 1024 * 1024), "不要超过 2 MB"),
        (_headed("甲", "乙"), "第 1 行缺少这些列：主题、问题"),
        (_sheet(), "表里没有内容"),
        (_sheet(*[{**GOOD, "question": str(number)} for number in range(501)]), "一次最多导入 500 行"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_with_its_reason(world: World, content: bytes, words: str) -> None:
    answer = _upload(world.browser("li"), content)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_file_of_more_than_three_megabytes_is_not_even_read(world: World) -> None:
    assert _upload(world.browser("li"), b"x" * (4 * 1024 * 1024)).status_code == 413


def test_formulas_are_not_evaluated_but_named(world: World) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([FIELDS[field] for field in COLUMNS])
    sheet.append([{**GOOD, "answer": '=HYPERLINK("http://evil.example","答复")'}[field] for field in COLUMNS])
    held = BytesIO()
    book.save(held)
    assert "完整答复：是公式，请改成文字" in _upload(world.browser("li"), held.getvalue()).text


def test_the_template_passes_its_own_check_and_its_example_is_skipped(world: World) -> None:
    browser = world.browser("li")
    template = browser.client.get("/console/import/template.xlsx")
    assert "表里没有内容" in _upload(browser, template.data).text
    assert "新增 1" in _upload(browser, _sheet({**EXAMPLE, "question": "不再是示例的问题"})).text
    sheet = load_workbook(BytesIO(template.data)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [FIELDS[field] for field in COLUMNS]


YAML = """\
topic: 民间借贷与担保
entries:
  - question: 借条过期了还能要钱吗
    variants: [别人欠我钱好几年了还能要吗, 借条五年了有没有用, 欠钱多少年作废, 老账还能不能告]
    short: 一般三年内要主张权利，催过一次可以重新算。
    answer: |-
      向法院请求保护民事权利的期间一般是三年，从您知道权利受到损害、也知道该找谁那天起算。
      中间书面催要过、对方答应过还，都可以重新算。
    steps: [先书面催要一次，留下记录]
    where: [村人民调解委员会]
    citations:
      - 民法典 第一百八十八条
      - {law: 民法典, article: 第195条}
    scope: 沪港村
    audience: 所有人
    sensitive: true
"""


def test_a_csv_file_of_excel_is_imported_like_a_workbook(world: World) -> None:
    browser = world.browser("li")
    preview = _upload(browser, _csv(GOOD), "faq.csv")
    assert "新增 1" in preview.text
    browser.post("/console/import/confirm", token=_token(preview))
    imported = world.publishing.listed("借条过期了")[0].entry
    assert (imported.scope, imported.sensitive) == ("village:hugang", True)
    assert imported.steps == tuple(GOOD["steps"].split("\n"))
    assert "没有变化 1" in _upload(browser, _sheet(GOOD)).text


def _reencoded(encoding: str, delimiter: str = ",") -> bytes:
    text = _csv(GOOD).decode("utf-8-sig")
    return text.replace(",", delimiter).encode(encoding) if delimiter != "," else text.encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        _reencoded("utf-8"),
        _reencoded("gb18030"),
        _reencoded("utf-8-sig", ";"),
        _reencoded("utf-16", "\t"),
    ],
)
def test_a_csv_file_is_read_as_office_programs_write_it(world: World, content: bytes) -> None:
    assert "新增 1" in _upload(world.browser("li"), content, "FAQ.CSV").text


def test_a_yaml_file_is_imported_with_names_of_ours_or_of_the_page(world: World) -> None:
    browser = world.browser("li")
    preview = _upload(browser, YAML.encode(), "faq.yaml")
    assert "新增 1" in preview.text
    assert len(world.publishing.listed()) == 1
    browser.post("/console/import/confirm", token=_token(preview))
    imported = world.publishing.listed("借条过期了")[0].entry
    assert (imported.scope, imported.audience, imported.sensitive) == ("village:hugang", "everyone", True)
    assert [str(cited) for cited in imported.citations] == ["《民法典》第一百八十八条", "《民法典》第一百九十五条"]
    codes = YAML.replace("沪港村", "village:hugang").replace("所有人", "everyone")
    assert "没有变化 1" in _upload(browser, codes.encode(), "faq.yml").text


FACTS = """\
    facts:
      - ask: 中间催要过吗？
        choices:
          - {reply: 催过, said: [催过他], say: 催过的，从催要那天起重新算三年。}
          - {reply: 没催过}
"""


def _with_facts(world: World) -> Browser:
    """Somebody who has imported an entry that asks for a fact."""
    browser = world.browser("li")
    browser.post("/console/import/confirm", token=_token(_upload(browser, (YAML + FACTS).encode(), "faq.yaml")))
    assert world.publishing.listed("借条过期了")[0].entry.facts
    return browser


def test_what_an_entry_asks_is_imported_and_exported_and_imported_again(world: World) -> None:
    browser = _with_facts(world)
    [fact] = world.publishing.listed("借条过期了")[0].entry.facts
    assert (fact.choices[0].reply, fact.choices[0].said) == ("催过", ("催过他",))
    [(topic, [body])] = world.publishing.exported().items()
    exported = write_entries(topic, body, "")
    assert "没有变化 1" in _upload(browser, exported, "faq.yaml").text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (_sheet({**GOOD, "short": "一般三年内要主张，催一次重新算。"}), "faq.xlsx"),
        (YAML.replace("催过一次可以重新算", "催一次重新算").encode(), "faq.yaml"),
    ],
)
def test_a_file_that_does_not_say_what_an_entry_asks_leaves_it_as_it_is(
    world: World, content: bytes, name: str
) -> None:
    browser = _with_facts(world)
    before = world.publishing.listed("借条过期了")[0].entry
    browser.post("/console/import/confirm", token=_token(_upload(browser, content, name)))
    after = world.publishing.listed("借条过期了")[0].entry
    assert after.short != before.short
    assert after.facts == before.facts


def test_a_file_may_say_that_an_entry_asks_nothing_any_more(world: World) -> None:
    browser = _with_facts(world)
    nothing = (YAML + "    facts: []\n").encode()
    browser.post("/console/import/confirm", token=_token(_upload(browser, nothing, "faq.yaml")))
    assert world.publishing.listed("借条过期了")[0].entry.facts == ()


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ("第一百八十八条", "第九千条", "《民法典》没有第九千条"),
        ("民法典 第一百八十八条", "看法律", "第 1 行看不懂"),
        ("steps: [先书面催要一次，留下记录]", "step: [先书面催要]", "step：没有这一项"),
        ("steps: [先书面催要一次，留下记录]", "evidence: [借条]", "下一步怎么做：没有填写"),
        ("short: 一般三年内要主张权利，催过一次可以重新算。", "short: 123", "群里的短答：写法不对"),
        ("sensitive: true", "sensitive: 也许", "涉及隐私：请填“是”或“否”"),
        ("scope: 沪港村", "scope: 月球", "适用地区：请填"),
        ("scope: 沪港村", "scope: [全国]", "适用地区：请填"),
        ("audience: 所有人", "audience: 外星人", "主要对象：不是可选的值"),
        ("sensitive: true", "reviewed_on: 2026-02-30", "审核日期：不是日期"),
        ("sensitive: true", "where: [司法所]", "去哪里办：写了两遍"),
        ("topic: 民间借贷与担保", "topic: [甲]", "主题：请选择或填写主题"),
        ("    citations:", "    citations: 民法典\n    notes:", "依据：请一行一条"),
    ],
)
def test_a_fault_of_a_yaml_entry_names_the_line_it_begins_on(world: World, good: str, bad: str, words: str) -> None:
    assert good in YAML
    answer = _upload(world.browser("li"), YAML.replace(good, bad).encode(), "faq.yaml")
    assert "<strong>第 3 行</strong>" in answer.text
    assert words in answer.text
    assert "确认导入" not in answer.text
    assert len(world.publishing.listed()) == 1


def test_the_same_question_twice_in_a_yaml_file_is_a_fault(world: World) -> None:
    twice = YAML + YAML[YAML.index("  - question") :]
    assert "与第 3 行重复" in _upload(world.browser("li"), twice.encode(), "faq.yaml").text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("faq.csv", b"a,b\n1,2\n", "第 1 行缺少这些列：主题、问题"),
        ("faq.csv", b"\x00\x01\x02\xff\xfe", "这不是 .csv 文字文件"),
        ("faq.csv", _csv(GOOD) + '民间借贷,"借条'.encode(), "第 3 行读不出来"),
        (
            "faq.csv",
            _csv(GOOD).replace(b"\r\n", b",x\r\n", 2).replace(b",x\r\n", b"\r\n", 1),
            "第 2 行的格子比第一行多",
        ),
        ("faq.csv", _csv(), "表里没有内容"),
        ("faq.csv", _csv(*[{**GOOD, "question": str(number)} for number in range(501)]), "一次最多导入 500 行"),
        ("faq.csv", b"x" * (2 * 1024 * 1024 + 1), "不要超过 2 MB"),
        ("faq.yaml", b"topic: x\nentries:\n  - question: [", "行不是 YAML"),
        ("faq.yaml", b"topic: x\n", "文件里没有条目"),
        ("faq.yaml", b"[1, 2]", "文件里没有条目"),
        ("faq.yaml", b"topic: x\nentries:\n- just a text", "第 3 行起的这一条看不懂"),
        ("faq.yaml", b"topic: x\nentries:\n- 5: x", "第 3 行起的这一条看不懂"),
        ("faq.yaml", b"a: &a [x]\nentries: [*a]", "第 2 行用了引用"),
        ("faq.yaml", b"entries: " + b"[" * 100_000, "缩进的层数太多"),
        ("faq.yaml", b"entries: [" + b"9" * 10_000 + b"]", "这不是 YAML 文字"),
        ("faq.yaml", b"entries: !!python/object/apply:os.system [ls]", "第 1 行不是 YAML"),
        ("faq.yaml", "topic: 借贷".encode("gb18030"), "要存成 UTF-8"),
        ("faq.yaml", b"entries:\n" + b"- {}\n" * 501, "一次最多导入 500 条"),
        ("faq.docx", b"x", "只能导入 .xlsx、.csv 或 .yaml"),
        ("faq", b"x", "只能导入 .xlsx、.csv 或 .yaml"),
    ],
)
def test_a_text_file_that_cannot_be_imported_is_refused_with_its_reason(
    world: World, name: str, content: bytes, words: str
) -> None:
    answer = _upload(world.browser("li"), content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert len(world.publishing.listed()) == 1


def test_a_formula_in_a_csv_file_is_named(world: World) -> None:
    answer = _upload(world.browser("li"), _csv({**GOOD, "answer": "=1+1"}), "faq.csv")
    assert "完整答复：是公式，请改成文字" in answer.text


def test_the_text_templates_pass_their_own_check_and_their_example_is_skipped(world: World) -> None:
    browser = world.browser("li")
    table = browser.client.get("/console/import/template.csv").data
    assert "表里没有内容" in _upload(browser, table, "faq.csv").text
    written = browser.client.get("/console/import/template.yaml").data
    assert "只有模板的示例" in _upload(browser, written, "faq.yaml").text
    filled = written.decode().replace(EXAMPLE["question"], "不再是示例的问题").encode()
    assert "新增 1" in _upload(browser, filled, "faq.yaml").text
