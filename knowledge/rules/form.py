"""What the form of an entry cannot say by itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date

from knowledge.entry import Entry
from knowledge.rules.fault import Fault

_LIST_MARK = re.compile(r"[-*•·]\s|\d{1,2}[.、)]\s*\D")


def malformed(entry: Entry, taken: Container[str], on: date) -> Iterator[Fault]:
    """An id that is taken, a review in the future of `on`, a question asked twice, a list mark that would be spoken."""
    if entry.id in taken:
        yield "this id is taken", ("id",)
    if entry.reviewed_on > on:
        yield "reviewed in the future", ("reviewed_on",)
    if len(set(entry.asked)) < len(entry.asked):
        yield "a variant stands twice", ("variants",)
    for place, text in (*((("variants", at), text) for at, text in enumerate(entry.variants)), *entry.spoken()):
        if _LIST_MARK.match(text):
            yield "begins with a list mark", place
