"""Fitting the decision's confidence on the labelled questions.

Right is a first entry the label names. Wrong is any other, and whatever comes first for a question that no entry
answers, that is no matter of law, or that is talk. Figures are cross-validated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from bot.domain.question import Speech
from bot.domain.understanding import understand
from evaluation.entries import Asked
from evaluation.labelled import Kind
from indexer.confidence import Confidence, expanded

FOLDS = 10
LINES = (0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96)
PLAIN_STRENGTH, RICH_STRENGTH = 1.0, 0.02
"""Inverse of the regularisation; among squares and products there is much to keep small."""

BINS = 10
"""Of the reliability: equally many questions in each."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a threshold would do: the share of answerable questions answered, how many of all answers are right, and how
    many questions without an entry get one.
    """

    at: float
    answered: float
    precision: float
    unanswerable: int

    def __str__(self) -> str:
        return (
            f"at {self.at:.2f}: {self.answered:.1%} of answerable answered, {self.precision:.1%} of answers right, "
            f"{self.unanswerable} without an entry answered"
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted confidence, its Brier score, and the lines.

    `answerable` and `unanswerable` count the questions fitted on. `curve` has, best first, the share of answerable
    questions answered and the share of answers that are wrong; `bins` the mean confidence of a tenth of the questions
    and how many of these are right.
    """

    confidence: Confidence
    answerable: int
    unanswerable: int
    brier: float
    lines: tuple[Line, ...]
    curve: tuple[tuple[float, float], ...]
    bins: tuple[tuple[float, float], ...]


def fit(asked: Sequence[Asked], encoder: str, *, on: date) -> Fit:
    """`asked` are the labelled questions, encoded by the encoder of that name; what is urgent, or plainly a greeting,
    never asks how sure an entry is. `on` is the day in China.
    """
    held = [one for one in asked if _reaches_the_decision(one)]
    table = np.array([one.features() for one in held])
    right = np.array([int(one.ranking.order[0]) in one.gold for one in held])
    answerable = np.array([bool(one.gold) for one in held])
    scaler = StandardScaler()
    plain, rich = (LogisticRegression(C=strength, max_iter=5000) for strength in (PLAIN_STRENGTH, RICH_STRENGTH))
    models = make_pipeline(scaler, plain), make_pipeline(scaler, FunctionTransformer(expanded), rich)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    both = [cross_val_predict(model, table, right, cv=folds, method="predict_proba")[:, 1] for model in models]
    sure = np.minimum(*both)
    for model in models:
        model.fit(table, right)
    brier = float(np.mean((sure - right) ** 2))
    counts = {"answerable": int(answerable.sum()), "unanswerable": int((~answerable).sum())}
    return Fit(
        Confidence(
            encoder=encoder,
            mean=scaler.mean_.tolist(),
            spread=scaler.scale_.tolist(),
            plain=plain.coef_[0].tolist(),
            plain_bias=float(plain.intercept_[0]),
            rich=rich.coef_[0].tolist(),
            rich_bias=float(rich.intercept_[0]),
            record={"fitted_on": on.isoformat(), **counts, "brier": round(brier, 4)},
        ),
        **counts,
        brier=brier,
        lines=tuple(_line(at, sure, right, answerable) for at in LINES),
        curve=_curve(sure, right, answerable),
        bins=tuple(
            (float(sure[part].mean()), float(right[part].mean())) for part in np.array_split(np.argsort(sure), BINS)
        ),
    )


def _curve(
    sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], answerable: npt.NDArray[np.bool_]
) -> tuple[tuple[float, float], ...]:
    order = np.argsort(-sure, kind="stable")
    answered = np.cumsum(answerable[order]) / answerable.sum()
    risk = 1 - np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    return tuple(zip(answered.tolist(), risk.tolist(), strict=True))


def _reaches_the_decision(one: Asked) -> bool:
    if one.question.kind is Kind.URGENT:
        return False
    return understand(one.question.text, in_group=False, mentioned=False).speech in (Speech.QUESTION, Speech.CHATTER)


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
