"""Which entry a question is about: linear discriminant analysis over the encoder's vectors, fitted at every build.

Every text of an entry (question, variants, short form, each line of the answer, each step) is a sample of its class.
Closed form: one solve of a dimension × dimension system, so that a build with hundreds of entries stays quick.
`python -m evaluation fit` prints how often it finds the entry of a variant held out of the knowledge base.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.unit import unit

Vectors = npt.NDArray[np.float32]

SHRINKAGE = 0.7
"""Of the pooled covariance towards a multiple of the identity; best of .05 to .9 in five-fold cross-validation."""


@dataclass(frozen=True, slots=True)
class EntryClassifier:
    """`weights` (entries, dimension), `bias` (entries,), `mean` (dimension,). Row i is the entry of label i."""

    weights: Vectors
    bias: Vectors
    mean: Vectors

    @classmethod
    def fit(cls, vectors: Vectors, labels: npt.NDArray[np.int32]) -> EntryClassifier:
        """`vectors` (texts, dimension) of unit length, `labels` (texts,) from 0 without gaps.

        Gaussian classes of one covariance and equal priors (Hastie, Tibshirani, Friedman: The Elements of Statistical
        Learning, 4.3; shrinkage as in its 4.3.1).
        """
        mean = vectors.mean(axis=0)
        samples = unit(vectors - mean)
        classes, dimension = int(labels.max()) + 1, samples.shape[1]
        centres = np.zeros((classes, dimension), np.float64)
        np.add.at(centres, labels, samples)
        centres /= np.bincount(labels, minlength=classes)[:, None]
        within = samples - centres[labels]
        covariance = within.T @ within / len(samples)
        spread = float(np.trace(covariance)) / dimension or 1.0
        covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * spread * np.eye(dimension)
        weights = np.linalg.solve(covariance, centres.T).T
        bias = -0.5 * np.einsum("ij,ij->i", weights, centres)
        return cls(weights.astype(np.float32), bias.astype(np.float32), mean.astype(np.float32))

    def discriminants(self, vector: Vectors) -> Vectors:
        """How much speaks for each entry, shape (entries,), for a question vector of shape (dimension,)."""
        result: Vectors = self.weights @ unit(vector - self.mean) + self.bias
        return result

    def write(self, path: Path) -> None:
        with path.open("wb") as file:
            np.savez(file, weights=self.weights, bias=self.bias, mean=self.mean)

    @classmethod
    def read(cls, path: Path) -> EntryClassifier:
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["weights"], stored["bias"], stored["mean"])
