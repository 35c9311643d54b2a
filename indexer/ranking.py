"""Ranking entries: the classifier's word, and a little of what BM25 says over whole entries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.classify import EntryClassifier
from indexer.lexical import LexicalIndex

Vectors = npt.NDArray[np.float32]

LEXICAL_WEIGHT = 0.25
"""Of the standardised BM25 scores beside the classifier's; best of .2 to 1 in five-fold cross-validation."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """`order` the labels best first, `scores` by label, both of shape (entries,)."""

    order: npt.NDArray[np.int64]
    scores: Vectors


def rank(classifier: EntryClassifier, lexical: LexicalIndex, vector: Vectors, text: str) -> Ranking:
    """`vector` is the question's; `lexical` has one text an entry, all its texts joined, in the order of labels."""
    scores = standardised(classifier.discriminants(vector)) + LEXICAL_WEIGHT * standardised(lexical.scores(text))
    return Ranking(np.argsort(-scores, kind="stable"), scores)


def standardised(scores: Vectors) -> Vectors:
    """Scores with mean 0 and standard deviation 1, so that different scores can be added.

    >>> standardised(np.array([1.0, 3.0], np.float32)).tolist()
    [-1.0, 1.0]
    """
    spread = float(scores.std())
    result: Vectors = (scores - scores.mean()) / (spread if spread > 0 else 1.0)
    return result
