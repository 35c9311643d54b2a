"""The manner in which articles are asked about: for each the mean of the questions people might put about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.heads import Heads

Vectors = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Manner:
    """`vectors` (asked, dimension) of the articles at `positions` (asked,)."""

    positions: Positions
    vectors: Vectors

    @classmethod
    def of(cls, vectors: Vectors, places: Iterable[int | None]) -> Manner:
        """Of the articles that are there: `places` has the position of each, or None."""
        found = list(places)
        there = [row for row, place in enumerate(found) if place is not None]
        return cls(np.array([found[row] for row in there], np.int64), vectors[there])

    def headed(self, heads: Heads) -> Manner:
        """As the heads see it: to be compared with headed questions."""
        return Manner(self.positions, heads.questions(self.vectors))

    def scores(self, vector: Vectors, count: int) -> Vectors:
        """The cosine of a question with each of `count` articles, shape (count,); where nobody knows how an article is
        asked about, the mean, which speaks neither for nor against it.
        """
        if not len(self.positions):
            return np.zeros(count, np.float32)
        cosines = self.vectors @ vector
        scores = np.full(count, cosines.mean(), np.float32)
        scores[self.positions] = cosines
        return scores
