"""Examples of what is no matter of law: their files, and that none stands anywhere else."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge.samples import Sample
from knowledge.smalltalk.examples import Talk, read_talk


def write(root: Path, name: str, text: str) -> None:
    (root / "smalltalk").mkdir(exist_ok=True)
    (root / "smalltalk" / name).write_text(text, "utf-8")


def told(found: list[Sample[Talk]]) -> list[tuple[str, Talk]]:
    return [(sample.text, sample.label) for sample in found]


def test_the_shipped_examples_are_many_of_each_kind_without_a_fault() -> None:
    found, faults = read_talk()
    assert faults == []
    counted = Counter(sample.label for sample in found)
    assert min(counted[talk] for talk in (Talk.OFF_TOPIC, Talk.CHATTER)) >= 500
    assert counted[Talk.LAW] >= 300


def test_a_file_may_have_any_of_the_three_kinds(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "off_topic:\n  - 明天下雨吗\nlaw:\n  - 天热有高温费吗\n")
    write(tmp_path, "b.yaml", "chatter:\n  - 嗯\n  - '111'\n")
    found, faults = read_talk(tmp_path)
    assert faults == []
    assert told(found) == [
        ("明天下雨吗", Talk.OFF_TOPIC),
        ("天热有高温费吗", Talk.LAW),
        ("嗯", Talk.CHATTER),
        ("111", Talk.CHATTER),
    ]


def test_without_examples_there_is_nothing_to_fault(tmp_path: Path) -> None:
    assert read_talk(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("chatter:\n  - 早上好\noff_topic:\n  - 几点了\n  - 早上好\n", 2, "stands in smalltalk/a.yaml, too"),
        ("chatter:\n  - 早上好\n  - ''\n", 3, "at least 1 character"),
        ("gossip:\n  - 早上好\n", 1, "gossip"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    write(tmp_path, "a.yaml", text)
    (fault,) = read_talk(tmp_path)[1]
    assert (fault.file, fault.line) == ("smalltalk/a.yaml", line)
    assert message in fault.message


def test_a_text_that_stands_in_two_files_is_named_in_the_second(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "chatter:\n  - 早上好\n")
    write(tmp_path, "b.yaml", "law:\n  - 离婚\n  - 早上好\n")
    (fault,) = read_talk(tmp_path)[1]
    assert str(fault).startswith("smalltalk/b.yaml:3")
