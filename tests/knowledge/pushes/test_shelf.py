"""Push files against the real law package: each fault is found, on its line, and what has one is not sent."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.check import load
from knowledge.laws import LawSource
from knowledge.pushes.shelf import Shelf, read_shelf
from tests.knowledge.test_check import TODAY

GOOD = """\
theme: 宪法宣传周
pushes:
  - id: loan
    title: 借钱记住三件事
    days: [12-04]
    text: |-
      向法院请求保护的期间一般是三年，催要过一次就重新计算，所以催要的短信和微信要留好，不要删掉。
      不明白的问村法律顾问，也可以打 12348，不收钱。
    citations: [{law: 民法典, article: 第188条}, {law: 民法典, article: 第一百九十五条}]
    reviewed_on: 2026-11-24
    reviewed_by: editor
"""


@pytest.fixture(scope="module")
def laws() -> LawSource:
    return LawSource(TODAY)


def shelf_of(root: Path, laws: LawSource, text: str = GOOD) -> Shelf:
    (root / "pushes").mkdir()
    (root / "pushes" / "file.yaml").write_text(text, "utf-8")
    return read_shelf(load(TODAY, root=root, laws=laws), root)


def test_a_good_push_is_on_the_shelf_with_its_theme(tmp_path: Path, laws: LawSource) -> None:
    shelf = shelf_of(tmp_path, laws)
    assert shelf.faults == []
    assert [(theme, push.id) for theme, push in shelf.for_day(date(2026, 12, 4))] == [("宪法宣传周", "loan")]
    assert shelf.for_day(date(2026, 12, 5)) == []


def test_a_push_under_review_is_not_sent(tmp_path: Path, laws: LawSource) -> None:
    shelf = shelf_of(tmp_path, laws, GOOD + "    status: needs_review\n")
    assert shelf.faults == []
    assert shelf.for_day(date(2026, 12, 4)) == []


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("三年", "两年", 6, "2年 stands in no cited article"),
        ("第188条", "第一千九百条", 9, "no article of this number"),
        ("不明白的", "打官司包赢，不明白的", 6, "a promise nobody can make"),
        ("[12-04]", "[12-32]", 5, "day"),
        ("不收钱。", "不收钱。" + "长" * 300, 6, "at most 300 characters"),
        ("重新计算，", "重新计算" + "长" * 60, 6, "at most 60"),
        ("2026-11-24", "2026-11-25", 10, "reviewed in the future"),
        ("2026-11-24", "2025-11-23", 10, "its review was good until 2026-11-23"),
    ],
)
def test_a_push_with_a_fault_is_named_with_its_line_and_not_sent(
    tmp_path: Path, laws: LawSource, good: str, bad: str, line: int, message: str
) -> None:
    assert good in GOOD
    shelf = shelf_of(tmp_path, laws, GOOD.replace(good, bad))
    assert [(fault.file, fault.line, fault.entry) for fault in shelf.faults] == [("pushes/file.yaml", line, "loan")]
    assert message in shelf.faults[0].message
    assert shelf.pushes == {}


def test_an_id_taken_twice_is_a_fault_of_the_later_one(tmp_path: Path, laws: LawSource) -> None:
    shelf = shelf_of(tmp_path, laws, GOOD + GOOD[GOOD.index("  - id") :])
    assert [(fault.line, fault.message) for fault in shelf.faults] == [(12, "this id is taken")]
    assert list(shelf.pushes) == ["loan"]


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 3, 8),
        date(2027, 3, 15),
        date(2027, 4, 15),
        date(2027, 5, 20),
        date(2027, 6, 26),
        date(2026, 10, 18),
        date(2026, 12, 2),
        date(2026, 12, 4),
        date(2027, 1, 20),
    ],
)
def test_every_theme_day_has_a_shipped_text(laws: LawSource, day: date) -> None:
    shelf = read_shelf(load(TODAY, laws=laws))
    assert shelf.faults == []
    assert len(shelf.pushes) >= 24
    assert shelf.for_day(day) != []
