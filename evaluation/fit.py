"""Fitting the decision's confidence on the labelled questions.

Right is a first entry the label names. Wrong is any other, and whatever comes first for a question that no entry
answers, that is no matter of law, or that is chatter which reads like a question. Figures are cross-validated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.domain.decision import features
from bot.domain.question import Speech
from bot.domain.understanding import understand
from evaluation.entries import Asked
from evaluation.labelled import Kind

FOLDS = 10
LINES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96)
WEIGHTS = ("share_weight", "said_weight", "asked_weight")


@dataclass(frozen=True, slots=True)
class Line:
    """What a threshold would do: the share of answerable questions answered, how many of all answers are right, and how
    many questions without an entry get one.
    """

    at: float
    answered: float
    precision: float
    unanswerable: int


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted weights of `bot.domain.decision.Policy`, their Brier score, and the lines.

    `answerable` and `unanswerable` count the questions fitted on.
    """

    answerable: int
    unanswerable: int
    weights: dict[str, float]
    brier: float
    lines: tuple[Line, ...]


def fit(asked: Sequence[Asked]) -> Fit:
    """`asked` are the labelled questions; of the chatter only what the understanding takes for a question counts."""
    held = [one for one in asked if _reaches_the_decision(one)]
    table = np.array([features(one.match()) for one in held])
    right = np.array([int(one.ranking.order[0]) in one.gold for one in held])
    answerable = np.array([bool(one.gold) for one in held])
    model = LogisticRegression(C=10, max_iter=5000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    sure = cross_val_predict(model, table, right, cv=folds, method="predict_proba")[:, 1]
    model.fit(table, right)
    return Fit(
        answerable=int(answerable.sum()),
        unanswerable=int((~answerable).sum()),
        weights={"bias": float(model.intercept_[0])} | dict(zip(WEIGHTS, map(float, model.coef_[0]), strict=True)),
        brier=float(np.mean((sure - right) ** 2)),
        lines=tuple(_line(at, sure, right, answerable) for at in LINES),
    )


def _reaches_the_decision(one: Asked) -> bool:
    if one.question.kind is Kind.URGENT:
        return False
    return bool(one.gold) or understand(one.question.text, in_group=False, mentioned=False).speech is Speech.QUESTION


def _line(
    at: float, sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], answerable: npt.NDArray[np.bool_]
) -> Line:
    passed = sure >= at
    return Line(
        at=at,
        answered=float(passed[answerable].mean()),
        precision=float(right[passed].mean()) if passed.any() else 1.0,
        unanswerable=int(passed[~answerable].sum()),
    )
