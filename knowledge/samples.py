"""Reading files of sample texts, each text under what it stands for. A text stands once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, StringConstraints

from knowledge.errors import EntryFault
from knowledge.files import Located, read_form
from knowledge.rules.fault import Place

Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Form = TypeVar("Form", bound=BaseModel)
Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class Sample(Generic[Label]):
    """A text, what it stands for, and where it stands: in `file`, as number `position` of the list at `part`."""

    text: str
    label: Label
    file: Located
    part: Place
    position: int

    def fault(self, message: str) -> EntryFault:
        return EntryFault(self.file.name, self.file.line(*self.part, self.position), message)


def read_samples(
    folder: Path,
    root: Path,
    form: type[Form],
    parts: Callable[[Form], Iterable[tuple[Place, Sequence[str], Label]]],
) -> tuple[list[Sample[Label]], list[EntryFault]]:
    """All texts of the files in `folder`, in the order of files, and every fault found.

    `parts` gives the lists of a file: their place in it, their texts, and what these stand for.
    """
    found: list[Sample[Label]] = []
    faults: list[EntryFault] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        file, located, wrong = read_form(path, form, root=root)
        faults += wrong
        for part, texts, label in parts(file) if file is not None else ():
            for position, text in enumerate(texts):
                sample = Sample(text, label, located, part, position)
                if text in seen:
                    faults.append(sample.fault(f"stands in {seen[text]}, too"))
                seen[text] = located.name
                found.append(sample)
    return found, faults
