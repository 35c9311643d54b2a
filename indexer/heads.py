"""Heads: two learned linear maps over the encoder's vectors, one for questions and one for passages.

The encoder knows what texts mean, not which articles answer which questions; the heads learn that from labelled pairs
(`indexer/tune.py`). As modules of sentence-transformers they would be two `Dense` without bias and activation; as
matrices they cost a question some microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.unit import unit

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heads:
    """`asking` and `said`, both of shape (dimension, dimension): a vector v becomes W v, brought to unit length."""

    asking: Vectors
    said: Vectors

    @classmethod
    def none(cls, dimension: int) -> Heads:
        """Heads that change nothing; where learning starts."""
        return cls(np.eye(dimension, dtype=np.float32), np.eye(dimension, dtype=np.float32))

    def questions(self, vectors: Vectors) -> Vectors:
        """Shape (questions, dimension), as the passages of `passages` are to be compared with."""
        return unit(vectors @ self.asking.T)

    def passages(self, vectors: Vectors) -> Vectors:
        """Shape (passages, dimension)."""
        return unit(vectors @ self.said.T)
