"""How well gold articles are ranked. `ranks` are their places, from 0, in any order; at least one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ranks = Sequence[Sequence[int]]
"""Of the gold articles of each question."""

CUTS = (1, 5, 10, 20, 50, 100)
"""The k of recall@k."""

RESAMPLES = 2_000
"""Of a bootstrap."""


def places(order: npt.NDArray[np.int64], gold: Sequence[int], missing: int) -> list[int]:
    """Where the `gold` positions are in an order of positions below `missing`; `missing` for those that are not there.

    >>> places(np.array([7, 2]), [2, 3], 10)
    [1, 10]
    """
    place = np.full(missing, missing)
    place[order] = np.arange(len(order))
    return [int(place[position]) for position in gold]


def recall_at(ranks: Sequence[int], k: int) -> float:
    """The share of gold articles among the first `k`.

    >>> recall_at([0, 9, 10, 99], 10)
    0.5
    """
    return sum(rank < k for rank in ranks) / len(ranks)


def reciprocal_rank_at_10(ranks: Sequence[int]) -> float:
    """1 over the place of the first gold article, 0 beyond the tenth.

    >>> reciprocal_rank_at_10([3, 1]), reciprocal_rank_at_10([10])
    (0.5, 0.0)
    """
    return 1 / (min(ranks) + 1) if min(ranks) < 10 else 0.0


def ndcg_at_10(ranks: Sequence[int]) -> float:
    """With gain 1 for each gold article (Järvelin, Kekäläinen 2002).

    >>> ndcg_at_10([0, 1]), ndcg_at_10([10])
    (1.0, 0.0)
    """
    gained = sum(1 / np.log2(rank + 2) for rank in ranks if rank < 10)
    best = sum(1 / np.log2(rank + 2) for rank in range(min(len(ranks), 10)))
    return float(gained / best)


def paired_interval(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean gain from `before` to `after`, by bootstrap over the pairs (Efron 1979).

    >>> paired_interval([0, 0, 0], [1, 1, 1])
    (1.0, 1.0)
    """
    gains = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    drawn = np.random.default_rng(0).integers(0, len(gains), (RESAMPLES, len(gains)))
    low, high = np.percentile(gains[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Found:
    """Recall@k, MRR@10 and nDCG@10 over questions."""

    recall: dict[int, float]
    mrr: float
    ndcg: float

    @classmethod
    def of(cls, ranks: Ranks) -> Found:
        return cls(
            recall={k: float(np.mean([recall_at(one, k) for one in ranks])) for k in CUTS},
            mrr=float(np.mean([reciprocal_rank_at_10(one) for one in ranks])),
            ndcg=float(np.mean([ndcg_at_10(one) for one in ranks])),
        )

    def __str__(self) -> str:
        recalls = ", ".join(f"R@{k} {share:.3f}" for k, share in self.recall.items())
        return f"{recalls}, MRR@10 {self.mrr:.3f}, nDCG@10 {self.ndcg:.3f}"
