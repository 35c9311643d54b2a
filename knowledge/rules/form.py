"""What the form of an entry cannot say by itself."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from knowledge.entry import Entry
from knowledge.rules.fault import Fault


def malformed(entry: Entry, taken: Container[str], on: date) -> Iterator[Fault]:
    """An id that is taken, a review in the future of `on`, a question asked twice."""
    if entry.id in taken:
        yield "this id is taken", ("id",)
    if entry.reviewed_on > on:
        yield "reviewed in the future", ("reviewed_on",)
    asked = (entry.question, *entry.variants)
    if len(set(asked)) < len(asked):
        yield "a variant stands twice", ("variants",)
