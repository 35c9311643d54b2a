"""Messages that say somebody is in danger, and messages in the same words that do not: what the alarm learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from knowledge.entry import Strict
from knowledge.errors import EntryFault
from knowledge.files import ROOT
from knowledge.rules.fault import Place
from knowledge.samples import Message, read_samples


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

    def parts(self) -> Iterator[tuple[Place, tuple[Message, ...], Danger | None]]:
        yield ("urgent",), self.urgent, self.danger
        yield ("calm",), self.calm, None

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
    found, faults = read_samples(root / "dangers", root, ExampleFile, ExampleFile.parts)
    return [Example(sample.text, sample.label) for sample in found], faults
