"""A choice that hands over to another entry must lead to one that is said, and a fact must not be told by everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.entry import Entry, EntryStatus
from knowledge.rules.fault import Fault


def misled(entry: Entry, entries: Mapping[str, tuple[str, Entry]]) -> Iterator[Fault]:
    """Choices that lead to no entry, to one that is not answerable, or back to the entry itself.

    `entries` are (topic, entry) by id.
    """
    for place, target in entry.leads_to():
        if why := _unreachable(target, entry, entries):
            yield f"a choice leads to {target}, {why}", place


def told_already(entry: Entry) -> Iterator[Fault]:
    """Facts that the entry's own question tells: nobody who asks it so would ever be asked."""
    for number, fact in enumerate(entry.facts):
        if (choice := fact.told(entry.question)) is not None:
            yield f"the question itself tells {choice.reply}", ("facts", number)


def _unreachable(target: str, entry: Entry, entries: Mapping[str, tuple[str, Entry]]) -> str:
    if target == entry.id:
        return "which is this entry"
    if target not in entries:
        return "which does not exist"
    if entries[target][1].status is not EntryStatus.REVIEWED:
        return "which is not in use"
    return ""
