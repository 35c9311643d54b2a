"""Which article of a new version is which article of the old one, whatever their numbers. Pure: texts in, pairs out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

ALIKE = 0.5
"""Share of common character pairs from which two texts are versions of one article, whatever their numbers."""

SAME_PLACE = 0.25
"""The same where both stand at the same number: a thorough revision is still that article."""

_NOT_TEXT = re.compile(
    r"\n\s*(?:附件[一二三四五六七八九十]+\s*\n.*|第[一二三四五六七八九十]+(?:编|分编)[^\n。]*$)", re.DOTALL
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "〔": "[", "〕": "]", "○": "〇"})

Pairs = list[tuple[int, int]]
"""(position in the old version, position in the new one)."""


def bare(text: str) -> str:
    """The text as far as it says something: without blanks and ways of writing the same sign.

    Annexes and headings that the law package sticks to some last articles are left out.

    >>> bare("（一）有　关；") == bare("(一)有关;")
    True
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", _NOT_TEXT.sub("", text))).translate(_QUOTES)


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over pairs of neighbouring characters, 0 to 1.

    >>> likeness("三年", "三年"), likeness("三年", "五天"), likeness("", "")
    (1.0, 0.0, 1.0)
    """
    return 1.0 if one == other else _dice(_pairs(one), _pairs(other))


def align(old: Mapping[str, str], new: Mapping[str, str]) -> Pairs:
    """Pairs of articles, (number -> text) of both versions in their order; what is in no pair was repealed or added.

    First come equal texts, where there are several those that keep the order; then the most alike between them.
    """
    olds, news = [bare(text) for text in old.values()], [bare(text) for text in new.values()]
    numbers_old, numbers_new = list(old), list(new)
    pairs = _equal(numbers_old, olds, numbers_new, news)
    left_old = sorted(set(range(len(olds))) - {at for at, _ in pairs})
    left_new = sorted(set(range(len(news))) - {at for _, at in pairs})
    grams_old, grams_new = {at: _pairs(olds[at]) for at in left_old}, {at: _pairs(news[at]) for at in left_new}
    ranked = []
    for one in left_old:
        for other in left_new:
            alike = _dice(grams_old[one], grams_new[other])
            same_number = numbers_old[one] == numbers_new[other]
            if alike >= (SAME_PLACE if same_number else ALIKE):
                ranked.append((-alike, not same_number, abs(one - other), one, other))
    taken_old, taken_new = set[int](), set[int]()
    for *_, one, other in sorted(ranked):
        if one not in taken_old and other not in taken_new:
            taken_old.add(one)
            taken_new.add(other)
            pairs.append((one, other))
    return sorted(pairs)


def _equal(numbers_old: Sequence[str], olds: Sequence[str], numbers_new: Sequence[str], news: Sequence[str]) -> Pairs:
    """Articles of equal text. A text that stands several times is paired by number first, then in order."""
    places_old, places_new = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for places, texts in ((places_old, olds), (places_new, news)):
        for at, text in enumerate(texts):
            places[text].append(at)
    pairs: Pairs = []
    for text, ones in places_old.items():
        others = list(places_new.get(text, ()))
        by_number = {numbers_new[at]: at for at in others}
        waiting = []
        for one in ones:
            if (other := by_number.get(numbers_old[one])) is not None:
                pairs.append((one, other))
                others.remove(other)
            else:
                waiting.append(one)
        for one in waiting:
            if others:
                pairs.append((one, others.pop(min(bisect_left(others, one), len(others) - 1))))
    return pairs


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
