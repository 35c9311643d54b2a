"""A law to be imported and what it changes, as the preview shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.impact import Change, Impact, Part
from knowledge.importing import Instrument

CONTEXT = 24
"""Characters shown on either side of a change; what lies between is left out."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One changed article: its numbers, and the difference with long unchanged stretches left out."""

    title: str
    parts: tuple[Part, ...]


def chapters(instrument: Instrument) -> list[str]:
    """Headings in the order of the text, each once, without those of sections.

    The first word of a heading says what it is; unnumbered ones are kept.
    """
    found = [heading for article in instrument.articles for heading in article.headings]
    return [heading for heading in dict.fromkeys(found) if "节 " not in heading]


def revisions(found: Impact) -> list[Revision]:
    """Every changed article."""
    return [Revision(_title(change), shortened(change.parts)) for change in found.comparison.changed]


def shortened(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The difference without the middle of long unchanged stretches.

    >>> shortened([("same", "甲" * 100), ("gone", "三"), ("new", "五"), ("same", "年。")])[0][1]
    '……甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲'
    """
    shown: list[Part] = []
    for at, (kind, text) in enumerate(parts):
        first, last = at == 0, at == len(parts) - 1
        if kind != "same" or len(text) <= 2 * CONTEXT + 2:
            shown.append((kind, text))
        elif first:
            shown.append((kind, f"……{text[-CONTEXT:]}"))
        else:
            shown.append((kind, f"{text[:CONTEXT]}……" + ("" if last else text[-CONTEXT:])))
    return tuple(shown)


def _title(change: Change) -> str:
    return f"{change.old}（现为{change.new}）" if change.renumbered else change.old
