"""Ranking entries: four rankings, each blind to something another sees, added up.

The classifier knows what tells entries apart, BM25 the words, and the nearest texts what the classifier averages away:
of what an entry says, and of how it is asked, which is encoded as a question because it is one.
`python -m evaluation entries` prints what each finds alone and what all find together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.classify import EntryClassifier
from indexer.dense import DenseIndex
from indexer.lexical import LexicalIndex

Vectors = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]

RANKINGS = ("classifier", "words", "said", "asked")
WEIGHTS = (0.98, 0.68, 0.54, 0.81)
"""Of the standardised rankings; fitted on the labelled questions so that a softmax over the sums is the probability of
each entry (`python -m evaluation entries` fits them anew)."""

NEAREST = 3
"""Of an entry's texts, whose mean cosine counts: one may be near by chance, three are not."""

_CLASSIFIER, _WORDS, _SAID, _ASKED = "classifier.npz", "words", "said", "asked"


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """What entries are found by. `labels` (texts,) is the entry of each text, from 0 without gaps; `said` (texts,
    dimension) their vectors as passages. `asked_labels` and `asked` are the same for how they are asked, as questions.
    """

    texts: Sequence[str]
    labels: Labels
    said: Vectors
    asked_labels: Labels
    asked: Vectors


def labels_of(counts: Sequence[int]) -> Labels:
    """The label of each text where entry i has `counts[i]` of them.

    >>> labels_of([2, 1]).tolist()
    [0, 0, 1]
    """
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


@dataclass(frozen=True, slots=True)
class Ranking:
    """`order` the labels best first; `scores`, `said` and `asked` by label, all of shape (entries,).

    `scores` are sums whose softmax is a probability, `apart` (4, entries) the standardised `RANKINGS` they are made of;
    `said` and `asked` are the cosine of an entry's nearest text.
    """

    order: npt.NDArray[np.int64]
    scores: Vectors
    apart: Vectors
    said: Vectors
    asked: Vectors

    def share(self, label: int) -> float:
        """The softmax probability of an entry, 0..1."""
        powers = np.exp(self.scores - self.scores.max())
        return float(powers[label] / powers.sum())


class Neighbours:
    """Vectors grouped by entry, at least one each, to ask how near a question comes to each entry."""

    def __init__(self, index: DenseIndex, labels: Labels) -> None:
        self._index = index
        self.labels = labels
        counts = np.bincount(labels)
        # Row i: the positions of entry i's vectors, filled up with one that stands for "no vector".
        self._places = np.full((len(counts), int(counts.max())), len(labels))
        starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        by_label = np.argsort(labels, kind="stable")
        self._places[labels[by_label], np.arange(len(labels)) - starts[labels[by_label]]] = by_label
        self._counted = np.minimum(counts, NEAREST)

    @classmethod
    def build(cls, vectors: Vectors, labels: Labels) -> Neighbours:
        return cls(DenseIndex.build(vectors), labels)

    def nearness(self, vector: Vectors) -> tuple[Vectors, Vectors]:
        """The mean cosine of each entry's `NEAREST` nearest vectors and the nearest's, both of shape (entries,)."""
        cosines = np.append(self._index.scores(vector), np.float32(-1))[self._places]
        if cosines.shape[1] > NEAREST:
            cosines = np.partition(cosines, -NEAREST, axis=1)[:, -NEAREST:]
        missing = cosines.shape[1] - self._counted  # Each of these is in the sum as -1.
        mean = (cosines.sum(axis=1) + missing) / self._counted
        return mean.astype(np.float32), cosines.max(axis=1)

    def write(self, path: Path) -> None:
        """Two files beside each other, `path` with the endings .faiss and .npy."""
        self._index.write(path.with_suffix(".faiss"))
        np.save(path.with_suffix(".npy"), self.labels)

    @classmethod
    def read(cls, path: Path) -> Neighbours:
        return cls(DenseIndex.read(path.with_suffix(".faiss")), np.load(path.with_suffix(".npy")))


@dataclass(frozen=True, slots=True)
class EntryRanker:
    """Everything needed to rank the entries of one knowledge base for a question."""

    classifier: EntryClassifier
    words: LexicalIndex
    said: Neighbours
    asked: Neighbours

    @classmethod
    def fit(cls, known: EntryTexts) -> EntryRanker:
        """`known` has at least one text and one question an entry."""
        joined: list[list[str]] = [[] for _ in range(int(known.labels.max()) + 1)]
        for label, text in zip(known.labels, known.texts, strict=True):
            joined[label].append(text)
        return cls(
            EntryClassifier.fit(
                np.concatenate((known.said, known.asked)), np.concatenate((known.labels, known.asked_labels))
            ),
            LexicalIndex.build([" ".join(texts) for texts in joined], singles=True),
            Neighbours.build(known.said, known.labels),
            Neighbours.build(known.asked, known.asked_labels),
        )

    def rank(self, vector: Vectors, text: str) -> Ranking:
        """All entries for a question, given as its vector and its words."""
        said, nearest_said = self.said.nearness(vector)
        asked, nearest_asked = self.asked.nearness(vector)
        apart = np.stack(
            [
                standardised(scores)
                for scores in (self.classifier.discriminants(vector), self.words.scores(text), said, asked)
            ]
        )
        scores = np.array(WEIGHTS, np.float32) @ apart
        return Ranking(np.argsort(-scores, kind="stable"), scores, apart, nearest_said, nearest_asked)

    def write(self, folder: Path) -> None:
        folder.mkdir()
        self.classifier.write(folder / _CLASSIFIER)
        self.words.write(folder / _WORDS)
        self.said.write(folder / _SAID)
        self.asked.write(folder / _ASKED)

    @classmethod
    def read(cls, folder: Path) -> EntryRanker:
        return cls(
            EntryClassifier.read(folder / _CLASSIFIER),
            LexicalIndex.read(folder / _WORDS, singles=True),
            Neighbours.read(folder / _SAID),
            Neighbours.read(folder / _ASKED),
        )


def standardised(scores: Vectors) -> Vectors:
    """Scores with mean 0 and standard deviation 1, so that different scores can be added.

    >>> standardised(np.array([1.0, 3.0], np.float32)).tolist()
    [-1.0, 1.0]
    """
    spread = float(scores.std())
    result: Vectors = (scores - scores.mean()) / (spread if spread > 0 else 1.0)
    return result
