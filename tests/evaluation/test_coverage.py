"""Which questions have an entry that fits; and the command, which finds its work by name."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.domain.decision import Match, Policy
from evaluation.coverage import Coverage, Standing, cover
from knowledge.__main__ import main
from knowledge.questions import AskedQuestion
from tests.evaluation.entries import PairEncoder

POLICY = Policy(answer_at=0.8, clarify_at=0.4)
SURE, HALF, LOST = 0.95, 0.5, 0.05
FOUND = {
    "老板不发工资": Match("wages", "工资", "工资", SURE),
    "工资拖了半年": Match("wages", "工资", "工资", HALF),
    "船上货损了": Match("wages", "工资", "工资", LOST),
    "船上货损了吗": Match("dogs", "狗咬人", "相邻", LOST),
}


def find(text: str) -> Sequence[Match]:
    return [FOUND[text]] if text in FOUND else []


def covered(*questions: AskedQuestion) -> Coverage:
    return cover(questions, find, PairEncoder().queries, {"工资", "相邻"}, POLICY)


@pytest.mark.parametrize(
    ("text", "topic", "standing"),
    [
        ("老板不发工资", "", Standing.FITS),
        ("老板不发工资", "工资", Standing.FITS),
        ("老板不发工资", "劳动纠纷", Standing.FITS),  # No topic of ours says nothing about the entry.
        ("老板不发工资", "相邻", Standing.NEAR),
        ("工资拖了半年", "工资", Standing.NEAR),
        ("船上货损了", "", Standing.NONE),
        ("无人知道的事", "", Standing.NONE),
    ],
)
def test_an_entry_fits_by_its_probability_and_its_topic(text: str, topic: str, standing: Standing) -> None:
    assert [row.standing for row in covered(AskedQuestion("1", text, topic)).rows] == [standing]


def test_what_has_no_entry_is_put_together_and_what_fits_is_left_out() -> None:
    found = covered(*(AskedQuestion(text, text) for text in (*FOUND, "专利怎么申请", "出国签证被拒")))
    assert found.gaps[0].size == 2
    assert set(found.gaps[0].questions) == {"船上货损了", "船上货损了吗"}
    assert "老板不发工资" not in {key for gap in found.gaps for key in gap.questions}
    assert found.as_json()["standing"] == {"fits": 1, "near": 1, "none": 4}
    assert found.lines(gaps=1)[0].startswith("6 questions: fits 1 (17%), near 1 (17%), none 4 (67%)")


def test_a_file_whose_questions_all_fit_has_no_gap() -> None:
    assert covered(AskedQuestion("1", "老板不发工资")).gaps == []


def test_the_command_names_the_line_of_a_wrong_file(tmp_path: Path) -> None:
    path = tmp_path / "asked.jsonl"
    path.write_text('{"answer": 1}', "utf-8")
    result = CliRunner().invoke(main, ["coverage", "--questions", str(path)])
    assert result.exit_code == 1
    assert "asked.jsonl:1" in result.output


def test_the_command_says_when_no_snapshot_is_published(tmp_path: Path) -> None:
    path = tmp_path / "asked.txt"
    path.write_text("老板不发工资", "utf-8")
    result = CliRunner(env={"FARUN_DATA": str(tmp_path)}).invoke(main, ["coverage", "--questions", str(path)])
    assert result.exit_code == 1
    assert "no snapshot is published" in result.output


def test_the_knowledge_commands_load_neither_index_nor_bot() -> None:
    code = "import sys, json, knowledge.__main__; print(json.dumps([name.split('.')[0] for name in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  ours
    assert not {"indexer", "bot", "evaluation", "faiss"} & set(json.loads(run.stdout))
