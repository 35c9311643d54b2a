"""The gate (`python -m knowledge check`): what may be said, and that it is kept fit to be searched and read.

An entry that is overdue for review, too like another, or leads to one that is out of use is a fault here and not in
`knowledge.check`: an installation must be able to publish an answer that was put right on a day on which a hundred
others fall due, and an entry does not leave the answers because one of its choices leads nowhere any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.check import KnowledgeBase, load
from knowledge.entry import Entry, EntryStatus
from knowledge.errors import EntryFault
from knowledge.files import ROOT, Located
from knowledge.laws import LawSource
from knowledge.lexicon.friends import lexicon_faults
from knowledge.lexicon.rows import row_files
from knowledge.pushes.shelf import read_shelf
from knowledge.rules.contacts import has_free_way
from knowledge.rules.facts import misled, told_already
from knowledge.rules.fault import Fault, Place
from knowledge.rules.review import is_due_soon, is_overdue, last_day
from knowledge.rules.sentences import long_sentences
from knowledge.rules.similar import Asked, similar


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate found: `faults` close it, `notices` will become faults within a month."""

    faults: list[EntryFault]
    notices: list[EntryFault]
    counts: dict[str, int]

    def summary(self) -> str:
        """One line: how much there is, and what is wrong with it."""
        held = self.counts
        return (
            f"{held['entries']} entries in {held['topics']} topics ({held['reviewed']} reviewed), "
            f"{held['digests']} digests, {held['words']} words, {held['pushes']} pushes, "
            f"{held['dangers']} examples of danger, {held['talk']} of talk, {held['asked']} questions about articles, "
            f"{len(self.faults)} faults, {len(self.notices)} notices"
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "faults": [_row(fault) for fault in self.faults],
            "notices": [_row(notice) for notice in self.notices],
            "counts": {**self.counts, "faults": len(self.faults), "notices": len(self.notices)},
        }


def inspect(on: date, *, root: Path = ROOT, laws: LawSource | None = None) -> Report:
    """Read and check everything under `root` as of `on`, a date in China."""
    base = load(on, root=root, laws=laws)
    faults, notices = list(base.faults), list[EntryFault]()
    for placed in _placed(base):
        faults.extend(placed.faults(_unfit(placed.entry, on)))
        faults.extend(placed.faults(misled(placed.entry, base.entries)))
        notices.extend(placed.faults(_due(placed.entry, on)))
    faults.extend(_asked_twice(base))
    faults.extend(_without_a_free_way(base))
    faults.extend(_said_elsewhere(base))
    faults.extend(lexicon_faults(base, root))
    shelf = read_shelf(base, root)
    faults.extend(shelf.faults)
    counts = {**_counts(base, root), "pushes": len(shelf.pushes)}
    return Report(sorted(faults, key=_in_file), sorted(notices, key=_in_file), counts)


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: Entry
    located: Located
    position: int

    def fault(self, message: str, place: Place) -> EntryFault:
        line = self.located.line("entries", self.position, *place)
        return EntryFault(self.located.name, line, message, self.entry.id)

    def faults(self, found: Iterator[Fault]) -> Iterator[EntryFault]:
        return (self.fault(message, place) for message, place in found)


def _placed(base: KnowledgeBase) -> Iterator[_Placed]:
    for file, located in base.files:
        for position, entry in enumerate(file.entries):
            if entry.status is not EntryStatus.RETIRED:
                yield _Placed(entry, located, position)


def _unfit(entry: Entry, on: date) -> Iterator[Fault]:
    told = {"short", "answer", "facts"}
    yield from long_sentences((place, text) for place, text in entry.spoken() if place[0] in told)
    yield from told_already(entry)
    if entry.status is EntryStatus.REVIEWED and is_overdue(entry.reviewed_on, on):
        yield f"its review was good until {last_day(entry.reviewed_on)}", ("reviewed_on",)


def _due(entry: Entry, on: date) -> Iterator[Fault]:
    if entry.status is EntryStatus.REVIEWED and is_due_soon(entry.reviewed_on, on):
        yield f"its review is good until {last_day(entry.reviewed_on)}", ("reviewed_on",)


def _asked_twice(base: KnowledgeBase) -> Iterator[EntryFault]:
    placed = {one.entry.id: one for one in reversed(list(_placed(base)))}
    asked = [
        Asked(one.entry.id, position, text)
        for one in reversed(placed.values())
        for position, text in enumerate(one.entry.asked)
    ]
    for later, earlier, alike in similar(asked):
        place: Place = ("variants", later.position - 1) if later.position else ("question",)
        how = "asked by" if alike == 1 else f"nearly ({alike:.2f}) asked by"
        yield placed[later.entry].fault(f"{later.text} is {how} {earlier.entry}: {earlier.text}", place)


def _said_elsewhere(base: KnowledgeBase) -> Iterator[EntryFault]:
    """Examples of talk that are also asked by an entry or tell of danger: one of the two would be learned wrongly."""
    asked = {text: entry.id for _, entry in base.entries.values() for text in entry.asked}
    known = asked | {example.text: "the examples of danger" for example in base.dangers}
    return (sample.fault(f"is in {known[sample.text]}, too") for sample in base.talk if sample.text in known)


def _without_a_free_way(base: KnowledgeBase) -> Iterator[EntryFault]:
    for file, located in base.files:
        if not has_free_way(file.contacts):
            yield EntryFault(located.name, located.line("contacts"), "no contact that is free of charge")


def _counts(base: KnowledgeBase, root: Path) -> dict[str, int]:
    entries = [entry for _, entry in base.entries.values()]
    states = Counter(entry.status.value for entry in entries)
    topics = len({topic for topic, _ in base.entries.values()})
    return {
        "entries": len(entries),
        **{status.value: states[status.value] for status in EntryStatus},
        "topics": topics,
        "digests": len(base.digests),
        "dangers": len(base.dangers),
        "talk": len(base.talk),
        "asked": sum(map(len, base.asked.values())),
        "words": sum(len(file.rows) for file, _, _ in row_files(root) if file is not None),
    }


def _in_file(fault: EntryFault) -> tuple[str, int, str]:
    return fault.file, fault.line, fault.message


def _row(fault: EntryFault) -> dict[str, str | int]:
    return {"file": fault.file, "line": fault.line, "entry": fault.entry, "message": fault.message}
