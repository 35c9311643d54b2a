"""The learned fusion of what speaks for an article: a small network with one hidden layer, applied to each alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Combination:
    """`mean` and `spread` (features,) standardise; then `inner` (hidden, features) and `inner_bias` (hidden,), a ReLU,
    and `outer` (hidden,). A softmax over the candidates of a question is the probability of each.
    """

    mean: Floats
    spread: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats

    def scores(self, evidence: Floats) -> Floats:
        """`evidence` (candidates, features) to scores (candidates,)."""
        standard = (evidence - self.mean) / self.spread
        scores: Floats = np.maximum(standard @ self.inner.T + self.inner_bias, 0) @ self.outer
        return scores

    def arrays(self) -> dict[str, Floats]:
        """As they are stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, stored: Mapping[str, Floats]) -> Combination:
        return cls(**{field.name: stored[field.name] for field in fields(cls)})


def softmax(scores: Floats) -> Floats:
    """Probabilities of the same shape.

    >>> softmax(np.zeros(4, np.float32)).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares
