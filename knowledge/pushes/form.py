"""A push and the days of the year it suits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from knowledge.entry import Citation, EntryStatus, Line, Strict
from knowledge.rules.fault import Spoken

TEXT_LIMIT = 300
"""Characters of a text: more is not read in a group."""

_LEAP_YEAR = 2024


def span(days: str) -> str:
    """`12-04` or `12-01..12-07`, as it is; the first day may be the later one: `12-15..01-31` is over the new year.

    >>> span("12-01..12-07")
    '12-01..12-07'

    Raises ValueError for days no year has.
    """
    for day in days.split(".."):
        date(_LEAP_YEAR, int(day[:2]), int(day[3:]))
    return days


Span = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d(\.\.\d\d-\d\d)?$"), AfterValidator(span)]


class Push(Strict):
    """One text. `days` of the year, in China; where its feast moves with the moon, all days it may fall on."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=24)]
    days: Annotated[tuple[Span, ...], Field(min_length=1)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=60, max_length=TEXT_LIMIT)]
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    number_sources: tuple[Line, ...] = ()
    reviewed_on: date
    reviewed_by: Literal["editor", "adviser", "judicial_office"]
    status: EntryStatus = EntryStatus.REVIEWED
    notes: str = ""

    def suits(self, day: date) -> bool:
        """Whether it is said on this day of the year; both ends of a span count."""
        return any(_within(f"{day:%m-%d}", days) for days in self.days)

    def spoken(self) -> Iterator[Spoken]:
        yield ("title",), self.title
        yield ("text",), self.text


class PushFile(Strict):
    """One theme a file, under `knowledge/pushes/`."""

    theme: Line
    pushes: Annotated[tuple[Push, ...], Field(min_length=1)]


def _within(day: str, days: str) -> bool:
    first, _, last = days.partition("..")
    if not last:
        return day == first
    return first <= day <= last if first <= last else day >= first or day <= last
