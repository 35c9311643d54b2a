"""Telling short messages apart by kind: what danger one tells of, or whether it is a matter of law at all.

Learned from examples (`indexer/recognition.py`). People describe what happens instead of naming it, so meaning counts
as much as words: a multinomial logistic regression over the encoder's vector and hashed characters and pairs.
`python -m evaluation alarm` and `smalltalk` print what it tells of messages it was not shown.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.lexical import bigrams

Vectors = npt.NDArray[np.float32]

PLACES = 8192
"""Of hashed words. Two that fall on one place blur each other; with some thousand examples few matter."""

WORD_WEIGHT = 0.7
"""Of the words beside the vector, both of unit length."""

STRENGTH = 30.0
"""Inverse of the regularisation."""

RECIPE = (PLACES, WORD_WEIGHT, STRENGTH)
"""What else the weights depend on."""


@dataclass(frozen=True, slots=True)
class KindClassifier:
    """`weights` (kinds, dimension + `PLACES`), `bias` (kinds,)."""

    kinds: tuple[str, ...]
    weights: Vectors
    bias: Vectors

    @classmethod
    def fit(
        cls, vectors: Vectors, texts: Sequence[str], kinds: Sequence[str], weights: Sequence[float] | None = None
    ) -> KindClassifier:
        """`vectors` (texts, dimension) of the texts as questions; `kinds` at least two different ones."""
        # Only learning needs it: most of a second and of 100 MB that a process which answers does without.
        from scipy import sparse
        from sklearn.linear_model import LogisticRegression

        found = list(map(words, texts))
        rows = np.repeat(np.arange(len(found)), list(map(len, found)))
        values = np.array([weight(places) for places in found for _ in places], np.float32)
        # Nearly all of the words' places are empty.
        counted = sparse.csr_matrix((values, (rows, np.concatenate(found))), (len(found), PLACES))
        table = sparse.hstack((sparse.csr_matrix(vectors), counted), format="csr")
        model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
        model.fit(table, np.array(kinds), sample_weight=weights)
        slopes, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # One row of odds for the second kind: as a softmax it is two.
            slopes, bias = np.concatenate((-slopes, slopes)) / 2, np.concatenate((-bias, bias)) / 2
        return cls(tuple(map(str, model.classes_)), slopes.astype(np.float32), bias.astype(np.float32))

    def probabilities(self, vector: Vectors, text: str) -> dict[str, float]:
        """Of each kind; they add up to 1."""
        by_meaning, by_words = self.weights[:, : len(vector)], self.weights[:, len(vector) :]
        places = words(text)
        odds = by_meaning @ vector + by_words[:, places].sum(axis=1) * weight(places) + self.bias
        powers = np.exp(odds - odds.max())
        return dict(zip(self.kinds, (powers / powers.sum()).tolist(), strict=True))

    def write(self, path: Path) -> None:
        with path.open("wb") as file:
            np.savez(file, kinds=np.array(self.kinds), weights=self.weights, bias=self.bias)

    @classmethod
    def read(cls, path: Path) -> KindClassifier:
        with np.load(path, allow_pickle=False) as stored:
            return cls(tuple(stored["kinds"].tolist()), stored["weights"], stored["bias"])


def words(text: str) -> npt.NDArray[np.int64]:
    """The places, each once and of `PLACES`, of the text's characters and character pairs."""
    tokens = bigrams(text, singles=True)
    return np.unique(np.array([zlib.crc32(token.encode()) % PLACES for token in tokens], np.int64))


def weight(places: npt.NDArray[np.int64]) -> float:
    """Of each place of a text, so that all of them together are of length `WORD_WEIGHT`."""
    return WORD_WEIGHT / float(np.sqrt(max(len(places), 1)))
