"""Making one ranking of several score lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

DEPTH = 100
"""How far down a list its scores still count when lists are fused."""


def normalised(scores: Scores, *, depth: int) -> Scores:
    """Scores moved to 0..1 between the `depth`-th best and the best; all below are 0. Shape is kept.

    >>> normalised(np.array([1.0, 3.0, 2.0, 0.0], np.float32), depth=3).tolist()
    [0.0, 1.0, 0.5, 0.0]
    """
    depth = min(depth, len(scores))
    if depth == 0:
        return scores
    floor = np.partition(scores, -depth)[-depth]
    span = scores.max() - floor
    if span <= 0:
        return np.zeros_like(scores)
    # What is below the floor is cut off first: divided by a tiny span it would overflow.
    result: Scores = np.maximum(scores - floor, 0) / span
    return result


def fused(lists: Sequence[Scores], *, depth: int) -> Scores:
    """The mean of the normalised lists, each of shape (texts,). Equal weights, as measured best in DESIGN."""
    total: Scores = np.mean([normalised(scores, depth=depth) for scores in lists], axis=0, dtype=np.float32)
    return total
