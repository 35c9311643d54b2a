"""Files of questions: both kinds, and what is wrong with a line."""

from pathlib import Path

import pytest

from knowledge.errors import UnreadableQuestions
from knowledge.questions import AskedQuestion, read_questions


def questions_of(folder: Path, text: str) -> list[AskedQuestion]:
    path = folder / "asked.jsonl"
    path.write_text(text, "utf-8")
    return read_questions(path)


def test_json_lines_and_plain_lines_are_read(tmp_path: Path) -> None:
    text = '{"id": "a", "text": "老板不发工资", "topic": "工资"}\n\n{"question": "离婚怎么离", "topic": null}\n  借条丢了  \n'
    assert questions_of(tmp_path, text) == [
        AskedQuestion("a", "老板不发工资", "工资"),
        AskedQuestion("3", "离婚怎么离"),
        AskedQuestion("4", "借条丢了"),
    ]


def test_a_byte_order_mark_is_no_part_of_a_question(tmp_path: Path) -> None:
    assert questions_of(tmp_path, "\ufeff离婚怎么离")[0].text == "离婚怎么离"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('离婚怎么离\n{"text": ', "asked.jsonl:2:"),
        ('{"answer": "三年"}', "asked.jsonl:1: neither"),
        ('{"text": 3}', "asked.jsonl:1: neither"),
        ("\n \n", "no question"),
        ("", "no question"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableQuestions, match=message):
        questions_of(tmp_path, text)


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "asked.txt"
    path.write_bytes("离婚怎么离".encode("gb18030"))
    with pytest.raises(UnreadableQuestions, match="not UTF-8"):
        read_questions(path)
