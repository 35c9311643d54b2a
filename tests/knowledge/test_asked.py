"""How people ask about articles: the shipped questions, and that a fault names file and line."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from evaluation.labelled import labelled
from indexer.text import bare
from knowledge.asked.questions import read_asked
from knowledge.laws import LawSource

LAWS = cast(
    LawSource,
    SimpleNamespace(
        articles=lambda: iter([SimpleNamespace(law="民法典", key=("民法典", f"第{at}条")) for at in "一二三"])
    ),
)


def write(root: Path, text: str, name: str = "a.yaml") -> Path:
    (root / "asked").mkdir(exist_ok=True)
    (root / "asked" / name).write_text(text, "utf-8")
    return root


def test_the_shipped_questions_are_many_and_none_is_measured_with(tmp_path: Path) -> None:
    found, faults = read_asked(LawSource(date(2026, 11, 30)))
    assert faults == []
    texts = [text for asked in found.values() for text in asked]
    assert len(texts) > 25_000
    assert len(found) > 7_000
    measured = {bare(question.text) for question in labelled(tmp_path)}
    assert not measured & set(map(bare, texts))


def test_questions_of_an_article_in_two_files_are_put_together(tmp_path: Path) -> None:
    write(tmp_path, "民法典:\n  第二条:\n  - 欠条丢了咋办\n")
    write(tmp_path, "民法典:\n  第二条:\n  - 没写借条算不算数\n", "b.yaml")
    assert read_asked(LAWS, tmp_path) == ({("民法典", "第二条"): ["欠条丢了咋办", "没写借条算不算数"]}, [])


def test_a_law_that_is_not_at_hand_may_be_asked_about(tmp_path: Path) -> None:
    found, faults = read_asked(LAWS, write(tmp_path, "物业管理条例:\n  第七条:\n  - 业主要做些什么\n"))
    assert (list(found), faults) == ([("物业管理条例", "第七条")], [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("民法典:\n  第一条:\n  - 甲\n  第九条:\n  - 乙\n", 5, "the law has no such article"),
        ("民法典:\n  第一条:\n  - 甲\n  第二条:\n  - 乙\n  - 甲\n", 6, "stands in asked/a.yaml, too"),
        ("民法典:\n  第一条:\n  - 甲\n  一百条:\n  - 乙\n", 4, "pattern"),
        ("民法典:\n  第一条: 甲\n", 2, "valid tuple"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    (fault, *_) = read_asked(LAWS, write(tmp_path, text))[1]
    assert (fault.file, fault.line) == ("asked/a.yaml", line)
    assert message in fault.message


def test_an_installation_on_another_day_reads_them_too() -> None:
    found, faults = read_asked(LawSource(date(2027, 6, 1)))
    assert faults == []
    assert found
