"""The gate on small knowledge files against the real law package: each fault is found, and on its line."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.check import KnowledgeBase, load
from knowledge.entry import Citation
from knowledge.errors import UnknownArticle
from knowledge.laws import LawSource

TODAY = date(2026, 11, 24)

GOOD = """\
topic: 民间借贷
contacts: [村人民调解委员会]
entries:
  - id: loan-limitation
    question: 借钱多久不要就过期了
    variants: [别人欠我钱好几年了还能要吗, 借条五年了有没有用, 欠钱多少年作废, 老账还能不能告]
    short: 一般三年内要主张权利，催过一次可以重新算。
    answer: 向法院请求保护民事权利的期间一般是三年，从知道权利受到损害和义务人是谁那天起算。中间催要过的，可以重新算。
    steps: [先书面催要一次，留下记录]
    where: [村人民调解委员会, 法律援助热线 12348]
    citations:
      - {law: 民法典, article: 第188条}
      - {law: 民法典, article: 第一百九十五条}
    reviewed_on: 2026-11-24
    reviewed_by: editor
"""

DIGEST = """\
instrument: 某司法解释
title: 最高人民法院关于某事的解释
version: 2024-01-17
in_force: 2024-02-01
digests:
  - {article: 第五条, title: 某事, rule: 超过十五天没有处理的可以再次申请。}
"""


@pytest.fixture(scope="module")
def laws() -> LawSource:
    return LawSource(TODAY)


def base_of(root: Path, laws: LawSource, entries: str = GOOD, digests: str = "") -> KnowledgeBase:
    for folder, text in (("entries", entries), ("digests", digests)):
        (root / folder).mkdir()
        if text:
            (root / folder / "file.yaml").write_text(text, "utf-8")
    return load(laws.on, root=root, laws=laws)


def test_a_good_file_passes_and_its_citations_are_brought_to_the_printed_form(tmp_path: Path, laws: LawSource) -> None:
    base = base_of(tmp_path, laws)
    assert base.faults == []
    (topic, entry), *_ = base.answerable()
    assert topic == "民间借贷"
    assert str(entry.citations[0]) == "《民法典》第一百八十八条"


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("第188条", "第一千九百条", 12, "no article of this number"),
        ("law: 民法典, article: 第188条", "law: 婚姻法, article: 第一条", 12, "no law of this name"),
        ("law: 民法典, article: 第188条", "law: 医疗保障法, article: 第一条", 12, "not in force"),
        ("一般是三年", "一般是两年", 8, "2年 stands in no cited article"),
        ("reviewed_on: 2026-11-24", "reviewed_on: 2026-11-25", 14, "reviewed in the future"),
        ("可以重新算。\n    steps", "可以重新算，肯定赢。\n    steps", 8, "a promise nobody can make"),
        ("老账还能不能告", "欠钱多少年作废", 6, "a variant stands twice"),
        ("老账还能不能告", "1. 老账还能不能告", 6, "begins with a list mark"),
        (", 老账还能不能告", "", 6, "at least 4 items"),
        ("reviewed_on: 2026-11-24", "reviewed_on: 2026-02-30", 14, "valid date"),
        ("reviewed_by: editor", "reviewed_by: 张三", 15, "Input should be"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, laws: LawSource, good: str, bad: str, line: int, message: str
) -> None:
    assert good in GOOD
    faults = base_of(tmp_path, laws, GOOD.replace(good, bad)).faults
    assert [(fault.file, fault.line) for fault in faults] == [("entries/file.yaml", line)]
    assert message in faults[0].message


def test_a_file_that_is_no_yaml_is_a_fault_and_the_others_are_still_read(tmp_path: Path, laws: LawSource) -> None:
    base = base_of(tmp_path, laws, digests="instrument: [")
    assert [fault.file for fault in base.faults] == ["digests/file.yaml"]
    assert list(base.entries) == ["loan-limitation"]


def test_a_number_may_rest_on_a_cited_digest(tmp_path: Path, laws: LawSource) -> None:
    text = GOOD.replace("一般是三年", "一般是三年，十五日可以再申请")
    cited = text.replace("      - {law: 民法典, article: 第一百九十五条}", "      - {law: 某司法解释, article: 第五条}")
    assert base_of(tmp_path, laws, cited, DIGEST).faults == []


def test_an_article_without_a_digest_does_not_resolve(tmp_path: Path, laws: LawSource) -> None:
    base = base_of(tmp_path, laws, digests=DIGEST)
    assert not base.resolve(Citation(law="某司法解释", article="第五条")).verbatim
    with pytest.raises(UnknownArticle):
        base.resolve(Citation(law="某司法解释", article="第六条"))


def test_an_id_taken_twice_is_a_fault(tmp_path: Path, laws: LawSource) -> None:
    twice = GOOD + GOOD[GOOD.index("  - id") :]
    assert ["this id is taken" in fault.message for fault in base_of(tmp_path, laws, twice).faults] == [True]


def test_what_the_project_ships_passes() -> None:
    assert [str(fault) for fault in load(TODAY).faults] == []
