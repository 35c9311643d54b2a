"""Variants that find another entry first while the index lacks them: entries that residents may easily confuse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.held_out import Asked, share_within
from knowledge.entry import Entry


@dataclass(frozen=True, slots=True)
class Confusion:
    """Variants of `entry` that find `other` first; `second` of them find their own entry second."""

    entry: str
    question: str
    other: str
    other_question: str
    variants: tuple[str, ...]
    second: int


@dataclass(frozen=True, slots=True)
class Variants:
    """hit@1 and hit@3 over `count` variants; `confusions` with the most variants first."""

    count: int
    hit1: float
    hit3: float
    confusions: list[Confusion]
    lost: list[tuple[str, int, int]]
    """(entry, variants that find another first, variants) of entries most of whose variants do."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> list[str]:
        """To be read by whoever edits the entries."""
        return [
            *(
                line
                for one in self.confusions
                for line in (
                    f"{one.entry}（{one.question}）-> {one.other}（{one.other_question}）",
                    *(f"    {text}" for text in one.variants),
                )
            ),
            "",
            *(f"{entry}: {wrong} of {count} variants find another entry" for entry, wrong, count in self.lost),
            f"{self.count} variants: hit@1 {self.hit1:.3f}, hit@3 {self.hit3:.3f}",
        ]


def confusable(asked: Sequence[Asked]) -> Variants:
    """`asked` is every variant with what it finds while it is left out (`evaluation.held_out`)."""
    pairs: dict[tuple[str, str], list[Asked]] = {}
    by_entry: dict[str, list[Asked]] = {}
    for one in asked:
        by_entry.setdefault(one.entry.id, []).append(one)
        if not one.found_within(1):
            pairs.setdefault((one.entry.id, one.found[0].id), []).append(one)
    confusions = [_confusion(held) for held in pairs.values()]
    lost = [
        (key, wrong, len(held))
        for key, held in by_entry.items()
        if (wrong := sum(not one.found_within(1) for one in held)) * 2 > len(held)
    ]
    return Variants(
        count=len(asked),
        hit1=share_within(asked, 1),
        hit3=share_within(asked, 3),
        confusions=sorted(confusions, key=lambda one: (-len(one.variants), one.entry, one.other)),
        lost=sorted(lost, key=lambda one: (-one[1] / one[2], one[0])),
    )


def of_topics(topics: Iterable[str], entries: Iterable[tuple[str, Entry]]) -> frozenset[str]:
    """The ids of the entries of some topics; of all if none is named."""
    wanted = set(topics)
    return frozenset(entry.id for topic, entry in entries if not wanted or topic in wanted)


def _confusion(held: Sequence[Asked]) -> Confusion:
    entry, other = held[0].entry, held[0].found[0]
    return Confusion(
        entry=entry.id,
        question=entry.question,
        other=other.id,
        other_question=other.question,
        variants=tuple(one.text for one in held),
        second=sum(one.found_within(2) for one in held),
    )
