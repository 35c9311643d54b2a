"""The gate on small files against the real law package, and on what the project ships."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge.__main__ import main
from knowledge.gate import Report, inspect
from knowledge.laws import LawSource
from tests.knowledge.test_check import GOOD, TODAY

OTHER = """\
topic: 拖欠工资
contacts: [公证处, 法律援助中心]
entries:
  - id: wage-limitation
    question: 工资拖了几年还能要吗
    variants: [工资好几年了还能要吗, 欠薪五年了有没有用, 工钱拖了多少年作废, 老工钱能不能告]
    short: 一般三年内要主张权利，催过一次可以重新算。
    answer: 向法院请求保护民事权利的期间一般是三年，从知道权利受到损害和义务人是谁那天起算。中间催要过的，可以重新算。
    steps: [先书面催要一次，留下记录]
    where: [村人民调解委员会, 法律援助热线 12348]
    citations: [{law: 民法典, article: 第188条}, {law: 民法典, article: 第一百九十五条}]
    reviewed_on: 2026-11-24
    reviewed_by: editor
"""


FACT = """\
    facts:
      - ask: 老板写了欠条吗？
        choices:
          - {reply: 写了, said: [写了欠条]}
          - reply: 没写
            say: 没写的，先请他补写一张，写明欠多少钱。
"""

ASKING = OTHER.replace("    reviewed_on", FACT + "    reviewed_on")


@pytest.fixture(scope="module")
def laws() -> LawSource:
    return LawSource(TODAY)


def report_of(root: Path, laws: LawSource, other: str = OTHER, *, on: date = TODAY) -> Report:
    (root / "entries").mkdir()
    (root / "entries" / "good.yaml").write_text(GOOD, "utf-8")
    (root / "entries" / "other.yaml").write_text(other, "utf-8")
    return inspect(on, root=root, laws=laws)


def test_two_good_files_pass(tmp_path: Path, laws: LawSource) -> None:
    report = report_of(tmp_path, laws)
    assert report.faults == report.notices == []
    assert report.counts["entries"] == report.counts["topics"] == 2


@pytest.mark.parametrize(
    ("good", "bad", "line", "entry", "message"),
    [
        (
            "欠薪五年了有没有用",
            "借条五年有没有用？",
            6,
            "wage-limitation",
            "is asked by loan-limitation: 借条五年了有没有用",
        ),
        (
            "欠薪五年了有没有用",
            "我的借条五年了有没有用",
            6,
            "wage-limitation",
            "nearly (0.88) asked by loan-limitation",
        ),
        ("工资拖了几年还能要吗", "借钱多久不要就过期了", 5, "wage-limitation", "is asked by loan-limitation"),
        ("那天起算。中间", "那天起算，" + "中" * 30, 8, "wage-limitation", "at most 60"),
        ("[公证处, 法律援助中心]", "[公证处]", 2, "", "no contact that is free of charge"),
        ("    steps:", "    short: 一般三年内要主张，不然就晚了。\n    steps:", 9, "", "the key short stands twice"),
        ("    short: ", "    shorter: ", 4, "wage-limitation", "entries.0.short: Field required"),
        ("reviewed_on: 2026-11-24", "reviewed_on: 2025-11-23", 12, "wage-limitation", "good until 2026-11-23"),
    ],
)
def test_a_fault_is_named_with_its_line_and_entry(
    tmp_path: Path, laws: LawSource, good: str, bad: str, line: int, entry: str, message: str
) -> None:
    assert good in OTHER
    faults = report_of(tmp_path, laws, OTHER.replace(good, bad)).faults
    found = [(fault.file, fault.line, fault.entry) for fault in faults if message in fault.message]
    assert found == [("entries/other.yaml", line, entry)]


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("没写的，先", "没写的，九天内先", 17, "9日 stands in no cited article"),
        ("没写的，先", "没写的，保证胜诉，先", 17, "a promise nobody can make"),
        ("没写的，先", "没写的，" + "先" * 60, 17, "at most 60"),
        ("老板写了欠条吗？", "老板九天内写了欠条吗？", 13, "9日 stands in no cited article"),
        ("say: 没写的，先请他补写一张，写明欠多少钱。", "entry: loan-lost", 17, "which does not exist"),
        ("say: 没写的，先请他补写一张，写明欠多少钱。", "entry: wage-limitation", 17, "which is this entry"),
    ],
)
def test_what_is_asked_and_added_is_held_to_the_same_rules(
    tmp_path: Path, laws: LawSource, good: str, bad: str, line: int, message: str
) -> None:
    assert good in ASKING
    [fault] = report_of(tmp_path, laws, ASKING.replace(good, bad)).faults
    assert (fault.file, fault.line, fault.entry) == ("entries/other.yaml", line, "wage-limitation")
    assert message in fault.message


def test_a_choice_may_lead_to_an_entry_of_another_file(tmp_path: Path, laws: LawSource) -> None:
    leading = ASKING.replace("say: 没写的，先请他补写一张，写明欠多少钱。", "entry: loan-limitation")
    assert report_of(tmp_path, laws, leading).faults == []


def test_a_review_that_ends_within_a_month_is_a_notice_and_closes_nothing(tmp_path: Path, laws: LawSource) -> None:
    report = report_of(tmp_path, laws, OTHER.replace("reviewed_on: 2026-11-24", "reviewed_on: 2025-12-01"))
    assert report.faults == []
    assert [(notice.line, notice.entry) for notice in report.notices] == [(12, "wage-limitation")]


@pytest.mark.parametrize("status", ["retired", "needs_review"])
def test_an_entry_that_is_not_said_cannot_be_overdue(tmp_path: Path, laws: LawSource, status: str) -> None:
    old = OTHER.replace("reviewed_on: 2026-11-24", f"status: {status}\n    reviewed_on: 2024-01-01")
    assert report_of(tmp_path, laws, old).faults == []


def test_a_retired_entry_may_be_like_its_successor(tmp_path: Path, laws: LawSource) -> None:
    retired = OTHER.replace("欠薪五年了有没有用", "借条五年了有没有用") + "    status: retired\n"
    assert report_of(tmp_path, laws, retired).faults == []


def test_the_report_as_json_names_file_line_entry_and_message(tmp_path: Path, laws: LawSource) -> None:
    report = report_of(tmp_path, laws, OTHER.replace("[公证处, 法律援助中心]", "[公证处]")).as_json()
    assert report["faults"] == [
        {"file": "entries/other.yaml", "line": 2, "entry": "", "message": "no contact that is free of charge"}
    ]
    assert report["counts"]["faults"] == 1


def test_what_the_project_ships_passes_the_gate() -> None:
    assert [str(fault) for fault in inspect(TODAY).faults] == []


def test_the_command_prints_one_json_line_and_exits_with_0_on_a_good_base() -> None:
    result = CliRunner().invoke(main, ["check", "--json"])
    assert json.loads(result.output)["counts"]["entries"] > 100
    assert result.exit_code == (1 if json.loads(result.output)["faults"] else 0)


def test_an_example_of_talk_that_an_entry_asks_or_that_tells_of_danger_is_a_fault(
    tmp_path: Path, laws: LawSource
) -> None:
    (tmp_path / "smalltalk").mkdir()
    (tmp_path / "smalltalk" / "a.yaml").write_text(
        "chatter:\n  - 早上好\n  - 工资拖了几年还能要吗\noff_topic:\n  - 他在砸门\n", "utf-8"
    )
    (tmp_path / "dangers").mkdir()
    (tmp_path / "dangers" / "violence.yaml").write_text("kind: violence\nurgent:\n  - 他在砸门\n", "utf-8")
    report = report_of(tmp_path, laws)
    assert [str(fault) for fault in report.faults] == [
        "smalltalk/a.yaml:3: is in wage-limitation, too",
        "smalltalk/a.yaml:5: is in the examples of danger, too",
    ]
    assert report.counts["talk"] == 3
