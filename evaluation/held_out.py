"""Entries asked by their own variants, each while the index lacks it: what a resident's new words would find.

Round n leaves out the n-th variant of every entry, so each variant is asked once, of an index that lacks one variant an
entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.documents import entry_texts
from indexer.encoder import Encoder
from indexer.ranking import EntryRanker, EntryTexts, labels_of
from indexer.vectors import SHIPPED_ASKED, SHIPPED_ENTRIES, VectorStore
from knowledge.entry import Entry


class Wording(NamedTuple):
    """How a question is put before the encoder sees it, and before its words are looked for."""

    by_meaning: Callable[[str], str]
    by_words: Callable[[str], str]


PLAIN = Wording(str, str)


@dataclass(frozen=True, slots=True)
class Asked:
    """The variant `position` of `entry`, and the entries found for it, best first."""

    entry: Entry
    position: int
    found: tuple[Entry, ...]

    @property
    def text(self) -> str:
        return self.entry.variants[self.position]

    def found_within(self, k: int) -> bool:
        return any(found.id == self.entry.id for found in self.found[:k])


def held_out(entries: Sequence[Entry], encoder: Encoder, wordings: Sequence[Wording]) -> list[list[Asked]]:
    """For each wording, every variant with the first three entries found.

    `entries` are at least two. All wordings are asked of the same index, so their figures can be compared.
    """
    put = [wording.by_meaning(text) for wording in wordings for entry in entries for text in entry.variants]
    vectors = EntryVectors(entries, encoder, put)
    results: list[list[Asked]] = [[] for _ in wordings]
    for position in range(max(len(entry.variants) for entry in entries)):
        ranker = EntryRanker.fit(vectors.known(entries, without=position))
        for entry in entries:
            for text in entry.variants[position : position + 1]:
                for result, wording in zip(results, wordings, strict=True):
                    query = vectors.asked.matrix([wording.by_meaning(text)])[0]
                    order = ranker.rank(query, wording.by_words(text)).order[:3]
                    result.append(Asked(entry, position, tuple(entries[at] for at in order)))
    return results


class EntryVectors:
    """The vectors of all texts of some entries, shipped or encoded, and of `questions` besides."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder, questions: Sequence[str] = ()) -> None:
        self.said = VectorStore(encoder.name, encoder.dimension)
        self.said.read(SHIPPED_ENTRIES)
        self.said.fill([text for entry in entries for text in entry_texts(entry)], encoder.passages)
        self.asked = VectorStore(encoder.asking, encoder.dimension)
        self.asked.read(SHIPPED_ASKED)
        asked = [text for entry in entries for text in entry.asked]
        self.asked.fill([*asked, *questions], encoder.queries)

    def known(self, entries: Sequence[Entry], *, without: int | None = None) -> EntryTexts:
        """What an index of the entries would be built from; `without` the variant of this position of each."""
        said = [_left(entry_texts(entry), entry, without) for entry in entries]
        asked = [_left(entry.asked, entry, without) for entry in entries]
        texts = [text for held in said for text in held]
        return EntryTexts(
            texts,
            labels_of(list(map(len, said))),
            self.said.matrix(texts),
            labels_of(list(map(len, asked))),
            self.asked.matrix([text for held in asked for text in held]),
        )


def share_within(asked: Sequence[Asked], k: int) -> float:
    """hit@k: the share of variants whose own entry is among the first `k` found."""
    return sum(one.found_within(k) for one in asked) / len(asked)


def _left(texts: Sequence[str], entry: Entry, without: int | None) -> list[str]:
    """What is left of an entry's texts; its question comes first, then its variants."""
    left_out = without + 1 if without is not None and without < len(entry.variants) else None
    return [text for at, text in enumerate(texts) if at != left_out]
