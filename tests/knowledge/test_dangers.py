"""Examples of danger: their files, and that every danger the bot knows has some."""

from collections import Counter
from pathlib import Path

import pytest

from bot.domain.question import Urgency
from knowledge.dangers.examples import Danger, Example, read_examples


def write(root: Path, name: str, text: str) -> None:
    (root / "dangers").mkdir(exist_ok=True)
    (root / "dangers" / name).write_text(text, "utf-8")


def test_the_shipped_examples_cover_every_danger_without_a_fault() -> None:
    found, faults = read_examples()
    assert faults == []
    counted = Counter(example.danger for example in found)
    assert min(counted[danger] for danger in Danger) >= 65
    assert counted[None] >= 500


def test_the_bot_knows_the_same_dangers() -> None:
    assert [danger.value for danger in Danger] == [urgency.value for urgency in Urgency]


def test_urgent_and_calm_messages_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "violence.yaml", "kind: violence\nurgent:\n  - 他在砸门\ncalm:\n  - 门坏了谁修\n")
    write(tmp_path, "ordinary.yaml", "kind: ordinary\ncalm:\n  - 明天开会\n")
    assert read_examples(tmp_path) == (
        [Example("明天开会", None), Example("他在砸门", Danger.VIOLENCE), Example("门坏了谁修", None)],
        [],
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("kind: violence\nurgent:\n  - 他在砸门\ncalm:\n  - 他在砸门\n", 5, "stands in dangers/a.yaml, too"),
        ("kind: ordinary\nurgent:\n  - 他在砸门\n", 1, "an ordinary file has no urgent messages"),
        ("kind: noise\ncalm:\n  - 太吵了\n", 1, "kind"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    write(tmp_path, "a.yaml", text)
    (fault, *_) = read_examples(tmp_path)[1]
    assert (fault.file, fault.line) == ("dangers/a.yaml", line)
    assert message in fault.message
