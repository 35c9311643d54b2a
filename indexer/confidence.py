"""How sure the first entry is the right one: a probability, fitted on labelled questions (`python -m evaluation fit`).

The more careful of two logistic regressions over eight features counts: one plain, and one with squares and products,
since what one ranking says counts for more where another agrees. The second alone is surer of more, and also of what is
like nothing it was fitted on. Stored with every snapshot, so that a roll-back brings back what fitted it.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.errors import ConfidenceFileError
from indexer.ranking import RANKINGS, Ranking

Floats = npt.NDArray[np.float64]

SHIPPED_CONFIDENCE = Path(__file__).with_name("confidence.json")
OWN_CONFIDENCE = "confidence.json"
"""In the data folder; goes before the shipped one."""

FEATURES = ("share", "said", "asked", *(f"{name}, gap" for name in RANKINGS), "length")
SHARE_LIMIT = 1e-6
"""A share nearer to 0 or 1 is taken for this near: its log-odds stay finite."""

FARTHEST = 2.5
"""Standard deviations: beyond, a square would say more than was ever seen."""

UNFITTED = 0.5
"""Of the share, where nothing was fitted for the encoder: residents are asked back and nothing is answered."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """`mean` and `spread` (8,) standardise the features; `plain` (8,) with `plain_bias` are the weights of the first
    regression, `rich` (44,) with `rich_bias` those of the second, of `expanded`.

    `record` says what it was fitted on. `encoder` is the name of the one it was fitted for.
    """

    encoder: str
    mean: list[float]
    spread: list[float]
    plain: list[float]
    plain_bias: float
    rich: list[float]
    rich_bias: float
    record: dict[str, Any] = field(default_factory=dict)

    def of(self, seen: Floats) -> float:
        """The probability for `features`, 0..1."""
        standard = (seen - np.array(self.mean)) / np.array(self.spread)
        plain = self.plain_bias + float(standard @ np.array(self.plain))
        rich = self.rich_bias + float(expanded(standard[None])[0] @ np.array(self.rich))
        return 1 / (1 + math.exp(-min(max(min(plain, rich), -50), 50)))

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Confidence:
        """Raises ConfidenceFileError."""
        try:
            held = cls(**json.loads(path.read_text("utf-8")))
            count = len(FEATURES)
            sizes = len(held.mean), len(held.spread), len(held.plain), len(held.rich)
            if sizes != (count, count, count, expanded(np.zeros((1, count))).shape[1]):
                raise ValueError(f"{sizes} numbers")
        except (OSError, ValueError, TypeError) as fault:
            raise ConfidenceFileError(f"{path.name}: {fault}") from fault
        return held


def features(ranking: Ranking, label: int, text: str) -> Floats:
    """What the confidence in the entry `label` rests on, (8,): the log-odds of its share, the cosines of its nearest
    texts, by how much each ranking puts it before (or behind) the best other, and the log of the question's length.
    """
    share = min(max(ranking.share(label), SHARE_LIMIT), 1 - SHARE_LIMIT)
    others = np.delete(ranking.apart, label, axis=1)
    gaps = ranking.apart[:, label] - others.max(axis=1) if others.shape[1] else np.zeros(len(ranking.apart))
    odds = math.log(share / (1 - share))
    return np.array([odds, ranking.said[label], ranking.asked[label], *gaps, math.log(len(text) + 1)], np.float64)


def expanded(standard: Floats) -> Floats:
    """Standardised features (questions, 8), `FARTHEST` at most, with their squares and products, (questions, 44)."""
    near = np.clip(standard, -FARTHEST, FARTHEST)
    left, right = np.triu_indices(standard.shape[1])
    return np.concatenate((near, near[:, left] * near[:, right]), axis=1)


def confidence_for(encoder: str, data: Path) -> Confidence | None:
    """What was fitted for this encoder, by the installation itself or else as shipped. Raises ConfidenceFileError."""
    for path in (data / OWN_CONFIDENCE, SHIPPED_CONFIDENCE):
        if path.is_file() and (fitted := Confidence.read(path)).encoder == encoder:
            return fitted
    return None
