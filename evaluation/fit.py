"""Fitting the decision's confidence on questions the knowledge base has not seen.

Five folds over the variants of every entry: a fold's variants are asked against an index that lacks them. A right
first entry is a success; a wrong one, and any chatter of the evaluation data that gets this far, a failure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from bot.domain.understanding import understand
from indexer.classify import EntryClassifier, standardised
from indexer.encoder import Encoder
from knowledge.check import KnowledgeBase

FOLDS = 5
LINES = (0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """What a threshold would do: the share of held-out variants answered, and how many of those rightly."""

    at: float
    answered: float
    precision: float
    chatter_answered: int


@dataclass(frozen=True, slots=True)
class Fit:
    """`hit1`, `hit3` over held-out variants; the fitted weights of `bot.domain.decision.Policy`; the lines."""

    variants: int
    hit1: float
    hit3: float
    bias: float
    probability_weight: float
    lead_weight: float
    brier: float
    lines: tuple[Line, ...]


def fit(base: KnowledgeBase, encoder: Encoder, chatter: Path | None) -> Fit:
    """Fit on the base's answerable entries; `chatter` is a JSON-lines file with `text`, or None."""
    texts, labels, variant = _texts(base)
    queries, passages = encoder.queries(texts), encoder.passages(texts)
    fold = _folds(labels, variant)
    features: list[tuple[float, float]] = []
    ranks: list[int] = []
    for held_out in range(FOLDS):
        train, test = fold != held_out, np.flatnonzero(fold == held_out)
        classifier = EntryClassifier.fit(passages[train], labels[train])
        for position in test:
            scores, feature = _scored(classifier, passages[train], labels[train], queries[position])
            features.append(feature)
            ranks.append(int(np.flatnonzero(np.argsort(-scores) == labels[position])[0]))
    whole = EntryClassifier.fit(passages, labels)
    asked = _chatter(chatter)
    if asked:
        features.extend(_scored(whole, passages, labels, vector)[1] for vector in encoder.queries(asked))
    right = np.array([rank == 0 for rank in ranks] + [False] * len(asked))
    table = np.array(features)
    model = LogisticRegression(C=10, max_iter=1000)
    sure = cross_val_predict(model, table, right, cv=FOLDS, method="predict_proba")[:, 1]
    model.fit(table, right)
    return Fit(
        variants=len(ranks),
        hit1=float(np.mean([rank < 1 for rank in ranks])),
        hit3=float(np.mean([rank < 3 for rank in ranks])),
        bias=float(model.intercept_[0]),
        probability_weight=float(model.coef_[0, 0]),
        lead_weight=float(model.coef_[0, 1]),
        brier=float(np.mean((sure - right) ** 2)),
        lines=tuple(_line(at, sure, right, len(ranks)) for at in LINES),
    )


def _texts(base: KnowledgeBase) -> tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    texts: list[str] = []
    labels: list[int] = []
    variant: list[bool] = []
    for label, (topic, entry) in enumerate(base.answerable()):
        held = [entry.question, *entry.variants, f"{topic}：{entry.question} {entry.answer}"]
        texts += held
        labels += [label] * len(held)
        variant += [False, *(True for _ in entry.variants), False]
    return texts, np.array(labels, np.int32), np.array(variant)


def _folds(labels: npt.NDArray[np.int32], variant: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The fold each variant is held out in; -1 for what is always known. Seeded, so figures can be repeated."""
    generator = np.random.default_rng(1)
    fold = np.full(len(labels), -1)
    for label in range(int(labels.max()) + 1):
        positions = np.flatnonzero((labels == label) & variant)
        fold[generator.permutation(positions)] = np.arange(len(positions)) % FOLDS
    return fold


def _scored(
    classifier: EntryClassifier, passages: Floats, labels: npt.NDArray[np.int32], query: Floats
) -> tuple[Floats, tuple[float, float]]:
    nearest = np.full(int(labels.max()) + 1, -1.0, np.float32)
    np.maximum.at(nearest, labels, passages @ query)
    log_probability = classifier.log_probabilities(query)
    scores = standardised(log_probability) + standardised(nearest)
    first, second = np.argsort(-scores)[:2]
    return scores, (float(log_probability[first]), float(scores[first] - scores[second]))


def _chatter(path: Path | None) -> list[str]:
    if path is None:
        return []
    rows = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    cleaned = (understand(text, in_group=True, mentioned=True).text for text in rows)
    return [text for text in cleaned if text]


def _line(at: float, sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], variants: int) -> Line:
    passed = sure >= at
    return Line(
        at=at,
        answered=float(passed[:variants].mean()),
        precision=float(right[passed].mean()) if passed.any() else 1.0,
        chatter_answered=int(passed[variants:].sum()),
    )
