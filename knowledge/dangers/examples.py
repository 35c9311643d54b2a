"""Messages that say somebody is in danger, and messages in the same words that do not: what the alarm learns from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from knowledge.entry import Strict
from knowledge.errors import EntryFault
from knowledge.files import ROOT, read_form

Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]


class Danger(StrEnum):
    """What may be happening to somebody. `bot.domain.question.Urgency` has the same."""

    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    CHILD_IN_DANGER = "child_in_danger"
    ONGOING_FRAUD = "ongoing_fraud"
    DETENTION = "detention"
    DEADLINE = "deadline"
    GROUP_CONFLICT = "group_conflict"


class ExampleFile(Strict):
    """One danger a file: messages that are urgent, and calm ones about the same. An ordinary file has only these."""

    kind: Danger | Literal["ordinary"]
    urgent: tuple[Message, ...] = ()
    calm: tuple[Message, ...] = ()

    @property
    def danger(self) -> Danger | None:
        return None if self.kind == "ordinary" else self.kind

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.danger is None and self.urgent:
            raise ValueError("an ordinary file has no urgent messages")
        return self


@dataclass(frozen=True, slots=True)
class Example:
    """A message and the danger it tells of, if any."""

    text: str
    danger: Danger | None


def read_examples(root: Path = ROOT) -> tuple[list[Example], list[EntryFault]]:
    """All examples under `dangers/`, in the order of files, and every fault found. A message stands once."""
    found: list[Example] = []
    faults: list[EntryFault] = []
    seen: dict[str, str] = {}
    for path in sorted((root / "dangers").glob("*.yaml")):
        file, located, wrong = read_form(path, ExampleFile, root=root)
        faults += wrong
        if file is None:
            continue
        for place, messages, danger in (("urgent", file.urgent, file.danger), ("calm", file.calm, None)):
            for position, text in enumerate(messages):
                if text in seen:
                    faults.append(
                        EntryFault(located.name, located.line(place, position), f"stands in {seen[text]}, too")
                    )
                seen[text] = located.name
                found.append(Example(text, danger))
    return found, faults
