"""Files of questions as people ask them: JSON lines with a field `text` or `question`, or plain text, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import UnreadableQuestions


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """`id` is the row's own or the number of its line; `topic` is "" where the row names none."""

    id: str
    text: str
    topic: str = ""


def read_questions(path: Path) -> list[AskedQuestion]:
    """All questions of a file, without empty lines. Raises UnreadableQuestions with the line and the reason."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise UnreadableQuestions(f"{path.name}: not UTF-8") from fault
    found = list(_questions(path.name, lines))
    if not found:
        raise UnreadableQuestions(f"{path.name}: no question in it")
    return found


def _questions(name: str, lines: list[str]) -> Iterator[AskedQuestion]:
    for number, line in enumerate(map(str.strip, lines), start=1):
        if line.startswith("{"):
            try:
                yield _from_row(json.loads(line), number)
            except ValueError as fault:
                raise UnreadableQuestions(f"{name}:{number}: {fault}") from fault
        elif line:
            yield AskedQuestion(str(number), line)


def _from_row(row: dict[str, Any], number: int) -> AskedQuestion:
    """Raises ValueError for a row without a question."""
    text = row.get("text", row.get("question"))
    if not isinstance(text, str) or not text.strip():
        raise ValueError("neither `text` nor `question` is a text")
    return AskedQuestion(str(row.get("id", number)), text.strip(), str(row.get("topic") or ""))
