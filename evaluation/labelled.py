"""The labelled questions of `evaluation/questions/`: what people ask, and what a careful adviser would have said.

One JSON object a line: `id`, `text`, `kind`, `entries` (best first, at most three), and `urgency` of an urgent one. A
row without `text` labels a real question of the evaluation data, which is no part of the project: it is left out where
that data is not at hand. None is a variant of an entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.domain.question import Urgency
from evaluation.files import rows

FOLDER = Path(__file__).with_name("questions")
REAL_PART = "lay"
"""The file whose rows have no text: their questions are real ones."""

REAL = ("lay_questions.jsonl", "lay_questions_more.jsonl")


class Kind(StrEnum):
    """What is right to do: answer with an entry, leave to a person, alert, do as if nothing had happened, or nothing.

    CALM has the words of danger without any; CHATTER asks nothing; OTHER is no matter of law.
    """

    ENTRY = "entry"
    NONE = "none"
    URGENT = "urgent"
    CALM = "calm"
    CHATTER = "chatter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its label. `part` is the file it stands in."""

    id: str
    part: str
    text: str
    kind: Kind
    entries: tuple[str, ...]
    urgency: Urgency | None


def labelled(real: Path, folder: Path = FOLDER) -> list[Labelled]:
    """All labelled questions; `real` is the folder of the evaluation data. Raises ValueError naming file and line."""
    texts = {row["id"]: row["text"] for name in REAL if (real / name).is_file() for row in rows(real / name)}
    found: list[Labelled] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in enumerate(rows(path), start=1):
            try:
                text = row["text"] if "text" in row else texts.get(row["id"])
                urgency = Urgency(row["urgency"]) if "urgency" in row else None
                one = Labelled(row["id"], path.stem, text or "", Kind(row["kind"]), tuple(row["entries"]), urgency)
            except (KeyError, ValueError) as fault:
                raise ValueError(f"{path.name}:{number}: {fault!r}") from fault
            if text is not None:
                found.append(one)
    return found
