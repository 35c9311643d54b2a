"""The gate on lexicon files: each fault is found, and on its line."""

from pathlib import Path

import pytest

from knowledge.check import load
from knowledge.files import ROOT
from knowledge.laws import LawSource
from knowledge.lexicon.friends import lexicon_faults
from knowledge.lexicon.rows import row_files
from tests.knowledge.test_check import TODAY

WORDS = """\
kind: colloquial
rows:
  - {said: 老婆, means: [夫妻]}
  - {said: 租地, means: [土地经营权], not_in: [出租地]}
"""
SLIPS = """\
kind: misspelling
rows:
  - {said: 离昏, means: [离婚]}
  - {said: 公正处, means: [公证], not_in: [公正处理, 公正处置]}
"""


@pytest.fixture(scope="module")
def laws() -> LawSource:
    return LawSource(TODAY)


def faults_of(root: Path, laws: LawSource, words: str = WORDS, slips: str = SLIPS) -> list[tuple[str, int, str]]:
    (root / "lexicon").mkdir()
    (root / "lexicon" / "slips.yaml").write_text(slips, "utf-8")
    (root / "lexicon" / "words.yaml").write_text(words, "utf-8")
    faults = lexicon_faults(load(TODAY, root=root, laws=laws), root)
    return [(fault.file, fault.line, fault.message) for fault in faults]


def test_two_good_files_pass(tmp_path: Path, laws: LawSource) -> None:
    assert faults_of(tmp_path, laws) == []


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("said: 租地", "said: 老婆", 4, "老婆 does not stand inside 出租地"),
        ("{said: 租地, means: [土地经营权], not_in: [出租地]}", "{said: 老婆, means: [配偶]}", 4, "老婆 stands in"),
        ("[夫妻]", "[屋里头的那个人]", 3, "屋里头的那个人 stands in no law"),
        ("[夫妻]", "[老婆]", 3, "老婆 means itself"),
        ("[夫妻]", "[]", 3, "at least 1 item"),
        ("kind: colloquial", "kind: slang", 1, "Input should be"),
    ],
)
def test_a_fault_of_a_row_is_named_with_its_line(
    tmp_path: Path, laws: LawSource, good: str, bad: str, line: int, message: str
) -> None:
    assert good in WORDS
    found = [
        fault
        for fault in faults_of(tmp_path, laws, WORDS.replace(good, bad))
        if fault[:2] == ("lexicon/words.yaml", line)
    ]
    assert len(found) == 1
    assert message in found[0][2]


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        (", not_in: [公正处理, 公正处置]", "", 4, "公正处 is no misspelling in"),
        ("[离婚]", "[离婚, 分居]", 3, "a misspelling means one word: 离昏"),
    ],
)
def test_a_misspelling_that_is_a_good_word_in_a_law_is_a_fault(
    tmp_path: Path, laws: LawSource, good: str, bad: str, line: int, message: str
) -> None:
    assert good in SLIPS
    file, at, said = faults_of(tmp_path, laws, slips=SLIPS.replace(good, bad))[0]
    assert (file, at) == ("lexicon/slips.yaml", line)
    assert message in said


def test_at_least_300_rows_are_shipped() -> None:
    assert sum(len(file.rows) for file, _, _ in row_files(ROOT) if file is not None) >= 300
