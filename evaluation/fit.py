"""Fitting the decision's confidence on questions the knowledge base has not seen.

Five folds over the variants of every entry: a fold's variants are asked against an index that lacks them. A right
first entry is a success. Failures are a wrong one; whatever is found for a variant whose whole entry is held out, which
stands for questions that no entry answers; and any chatter of the evaluation data that gets this far.
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
from indexer.classify import EntryClassifier
from indexer.documents import entry_texts
from indexer.encoder import Encoder
from indexer.lexical import LexicalIndex
from indexer.ranking import Ranking, rank
from knowledge.check import KnowledgeBase

FOLDS = 5
LINES = (0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]
Features = tuple[float, float, float]
"""Score of the first, its lead over the second, the cosine of its nearest text."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a threshold would do: the share of held-out variants answered, how many of those rightly, and the share of
    questions answered whose entry was held out.
    """

    at: float
    answered: float
    precision: float
    unanswerable_answered: float
    chatter_answered: int


@dataclass(frozen=True, slots=True)
class Fit:
    """`hit1`, `hit3` over held-out variants; the fitted weights of `bot.domain.decision.Policy`; the lines."""

    variants: int
    hit1: float
    hit3: float
    bias: float
    score_weight: float
    lead_weight: float
    cosine_weight: float
    brier: float
    lines: tuple[Line, ...]


def fit(base: KnowledgeBase, encoder: Encoder, chatter: Path | None) -> Fit:
    """Fit on the base's answerable entries; `chatter` is a JSON-lines file with `text`, or None."""
    texts, labels, variant = _texts(base)
    queries, passages = encoder.queries(texts), encoder.passages(texts)
    fold = _folds(labels, variant)
    features: list[Features] = []
    ranks: list[int] = []
    for held_out in range(FOLDS):
        known = _Known.of(fold != held_out, texts, passages, labels)
        for position in np.flatnonzero(fold == held_out):
            ranking, feature = known.scored(queries[position], texts[position])
            features.append(feature)
            ranks.append(int(np.flatnonzero(ranking.order == labels[position])[0]))
    of_variants = len(ranks)
    features += _unanswerable(texts, queries, passages, labels, variant)
    everything = _Known.of(np.ones(len(texts), dtype=bool), texts, passages, labels)
    asked = _chatter(chatter)
    vectors = encoder.queries(asked) if asked else np.zeros((0, encoder.dimension), np.float32)
    features += [everything.scored(vector, text)[1] for vector, text in zip(vectors, asked, strict=True)]
    right = np.array([rank == 0 for rank in ranks] + [False] * (len(features) - of_variants))
    table = np.array(features)
    model = LogisticRegression(C=10, max_iter=1000)
    sure = cross_val_predict(model, table, right, cv=FOLDS, method="predict_proba")[:, 1]
    model.fit(table, right)
    return Fit(
        variants=len(ranks),
        hit1=float(np.mean([rank < 1 for rank in ranks])),
        hit3=float(np.mean([rank < 3 for rank in ranks])),
        bias=float(model.intercept_[0]),
        score_weight=float(model.coef_[0, 0]),
        lead_weight=float(model.coef_[0, 1]),
        cosine_weight=float(model.coef_[0, 2]),
        brier=float(np.mean((sure - right) ** 2)),
        lines=tuple(_line(at, sure, right, of_variants, len(asked)) for at in LINES),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What an index knows while a fold is held out."""

    classifier: EntryClassifier
    lexical: LexicalIndex
    passages: Floats
    labels: npt.NDArray[np.int32]

    @classmethod
    def of(cls, known: npt.NDArray[np.bool_], texts: list[str], passages: Floats, labels: Labels) -> _Known:
        joined: list[list[str]] = [[] for _ in range(int(labels.max()) + 1)]
        for position in np.flatnonzero(known):
            joined[labels[position]].append(texts[position])
        lexical = LexicalIndex.build([" ".join(held) for held in joined])
        classifier = EntryClassifier.fit(passages[known], labels[known])
        return cls(classifier, lexical, passages[known], labels[known])

    def scored(self, query: Floats, text: str) -> tuple[Ranking, Features]:
        ranking = rank(self.classifier, self.lexical, query, text)
        first, second = ranking.order[:2]
        nearest = (self.passages[self.labels == first] @ query).max()
        score, lead = ranking.scores[first], ranking.scores[first] - ranking.scores[second]
        return ranking, (float(score), float(lead), float(nearest))


def _texts(base: KnowledgeBase) -> tuple[list[str], Labels, npt.NDArray[np.bool_]]:
    texts: list[str] = []
    labels: list[int] = []
    variant: list[bool] = []
    for label, (_, entry) in enumerate(base.answerable()):
        held = entry_texts(entry)
        texts += held
        labels += [label] * len(held)
        variant += [0 < place <= len(entry.variants) for place in range(len(held))]
    return texts, np.array(labels, np.int32), np.array(variant)


def _folds(labels: npt.NDArray[np.int32], variant: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The fold each variant is held out in; -1 for what is always known. Seeded, so figures can be repeated."""
    generator = np.random.default_rng(1)
    fold = np.full(len(labels), -1)
    for label in range(int(labels.max()) + 1):
        positions = np.flatnonzero((labels == label) & variant)
        fold[generator.permutation(positions)] = np.arange(len(positions)) % FOLDS
    return fold


def _unanswerable(
    texts: list[str], queries: Floats, passages: Floats, labels: Labels, variant: npt.NDArray[np.bool_]
) -> list[Features]:
    """Variants asked while their whole entry is held out: whatever comes first is wrong."""
    fold = np.random.default_rng(2).permutation(int(labels.max()) + 1)[labels] % FOLDS
    found: list[Features] = []
    for held_out in range(FOLDS):
        known = np.flatnonzero(fold != held_out)
        packed = np.unique(labels[known], return_inverse=True)[1].astype(np.int32)
        index = _Known.of(np.ones(len(known), dtype=bool), [texts[at] for at in known], passages[known], packed)
        found += [index.scored(queries[at], texts[at])[1] for at in np.flatnonzero((fold == held_out) & variant)]
    return found


def _chatter(path: Path | None) -> list[str]:
    if path is None:
        return []
    rows = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    cleaned = (understand(text, in_group=True, mentioned=True).text for text in rows)
    return [text for text in cleaned if text]


def _line(at: float, sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], variants: int, chatter: int) -> Line:
    passed = sure >= at
    unanswerable = slice(variants, len(passed) - chatter)
    return Line(
        at=at,
        answered=float(passed[:variants].mean()),
        precision=float(right[:variants][passed[:variants]].mean()) if passed[:variants].any() else 1.0,
        unanswerable_answered=float(passed[unanswerable].mean()),
        chatter_answered=int(passed[len(passed) - chatter :].sum()),
    )
