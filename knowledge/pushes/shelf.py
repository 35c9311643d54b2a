"""All pushes, read and checked: what stands on the shelf may be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.check import KnowledgeBase
from knowledge.entry import EntryStatus
from knowledge.errors import EntryFault
from knowledge.files import ROOT, read_form
from knowledge.pushes.form import Push, PushFile
from knowledge.rules.basis import unfounded
from knowledge.rules.fault import Fault
from knowledge.rules.promises import promises
from knowledge.rules.review import is_overdue, last_day
from knowledge.rules.sentences import long_sentences


@dataclass(frozen=True, slots=True)
class Shelf:
    """`pushes` are those without a fault: id -> (theme, push). `faults` name file and line."""

    pushes: dict[str, tuple[str, Push]]
    faults: list[EntryFault]

    def for_day(self, day: date) -> list[tuple[str, Push]]:
        """(theme, push) of what is reviewed and suits the day, in the order of the files."""
        held = self.pushes.values()
        return [(theme, push) for theme, push in held if push.status is EntryStatus.REVIEWED and push.suits(day)]


def read_shelf(base: KnowledgeBase, root: Path = ROOT) -> Shelf:
    """Every file under `root`, checked against the law and the digests of `base` on its day."""
    shelf = Shelf({}, [])
    seen: set[str] = set()
    for path in sorted((root / "pushes").glob("*.yaml")):
        file, located, faults = read_form(path, PushFile, root=root)
        shelf.faults.extend(faults)
        for position, push in enumerate(file.pushes if file is not None else ()):
            found = list(_faults(push, base, taken=push.id in seen))
            seen.add(push.id)
            if not found and file is not None:
                shelf.pushes[push.id] = (file.theme, push)
            for message, place in found:
                shelf.faults.append(
                    EntryFault(located.name, located.line("pushes", position, *place), message, push.id)
                )
    return shelf


def _faults(push: Push, base: KnowledgeBase, *, taken: bool) -> Iterator[Fault]:
    if taken:
        yield "this id is taken", ("id",)
    if push.reviewed_on > base.laws.on:
        yield "reviewed in the future", ("reviewed_on",)
    if push.status is EntryStatus.REVIEWED and is_overdue(push.reviewed_on, base.laws.on):
        yield f"its review was good until {last_day(push.reviewed_on)}", ("reviewed_on",)
    yield from promises(push.spoken())
    yield from long_sentences(push.spoken())
    yield from unfounded(push.spoken(), push.citations, push.number_sources, lambda cited: base.resolve(cited).text)
