"""Entries asked by their own variants, each while the index lacks it: what a resident's new words would find.

Round n leaves out the n-th variant of every entry, so each variant is asked once, of an index that lacks one variant an
entry; `evaluation.fit` leaves out a fifth of them and finds less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from indexer.classify import EntryClassifier
from indexer.documents import entry_texts
from indexer.encoder import Encoder
from indexer.lexical import LexicalIndex
from indexer.ranking import rank
from indexer.vectors import SHIPPED_ENTRIES, Vectors, VectorStore
from knowledge.entry import Entry

BATCH = 64


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
    texts = [entry_texts(entry) for entry in entries]
    passages = _passages(encoder, [text for held in texts for text in held])
    put = {wording.by_meaning(text) for wording in wordings for entry in entries for text in entry.variants}
    queries = _queries(encoder, sorted(put))
    results: list[list[Asked]] = [[] for _ in wordings]
    for position in range(max(len(entry.variants) for entry in entries)):
        known = [_without(held, entry, position) for held, entry in zip(texts, entries, strict=True)]
        labels = np.repeat(np.arange(len(entries), dtype=np.int32), [len(held) for held in known])
        classifier = EntryClassifier.fit(passages.matrix([text for held in known for text in held]), labels)
        lexical = LexicalIndex.build([" ".join(held) for held in known])
        for entry in entries:
            for text in entry.variants[position : position + 1]:
                for result, wording in zip(results, wordings, strict=True):
                    query = queries[wording.by_meaning(text)]
                    order = rank(classifier, lexical, query, wording.by_words(text)).order[:3]
                    result.append(Asked(entry, position, tuple(entries[at] for at in order)))
    return results


def share_within(asked: Sequence[Asked], k: int) -> float:
    """hit@k: the share of variants whose own entry is among the first `k` found."""
    return sum(one.found_within(k) for one in asked) / len(asked)


def _passages(encoder: Encoder, texts: Sequence[str]) -> VectorStore:
    store = VectorStore(encoder.name, encoder.dimension)
    store.read(SHIPPED_ENTRIES)
    store.fill(texts, encoder.passages)
    return store


def _queries(encoder: Encoder, texts: Sequence[str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        found.update(zip(batch, encoder.queries(batch), strict=True))
    return found


def _without(texts: Sequence[str], entry: Entry, position: int) -> list[str]:
    """What is left of an entry's texts; its question comes first, then its variants."""
    left_out = position + 1 if position < len(entry.variants) else -1
    return [text for at, text in enumerate(texts) if at != left_out]
