"""How often the right entry is found for the labelled questions: by each ranking alone, and by all together.

The index knows all variants; no labelled question is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.domain.decision import Match
from evaluation.held_out import EntryVectors
from evaluation.labelled import Labelled
from indexer.confidence import Confidence, features
from indexer.encoder import Encoder
from indexer.ranking import RANKINGS, WEIGHTS, EntryRanker, Ranking
from indexer.recognition import examples
from knowledge.check import KnowledgeBase
from knowledge.lexicon.expansion import shipped

FOLDS = 5
PENALTY = 0.002
"""Of the squared weights, beside the mean loss of a question."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """hit@1, hit@3, hit@10 and MRR@10 over `count` questions of one part; by one ranking, or all."""

    part: str
    by: str
    count: int
    hit1: float
    hit3: float
    hit10: float
    mrr: float

    def __str__(self) -> str:
        return (
            f"{self.part:12} {self.by:10} {self.count:4} questions: hit@1 {self.hit1:.3f}, hit@3 {self.hit3:.3f}, "
            f"hit@10 {self.hit10:.3f}, MRR@10 {self.mrr:.3f}"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question and how the entries rank for it. `gold` are the labels of the right ones; it may be empty."""

    question: Labelled
    gold: tuple[int, ...]
    ranking: Ranking

    def features(self) -> Floats:
        """What the confidence in the first entry rests on."""
        return features(self.ranking, int(self.ranking.order[0]), read_as(self.question))

    def match(self, confidence: Confidence) -> Match:
        """The first entry, as the decision sees it."""
        return Match(str(int(self.ranking.order[0])), "", "", confidence.of(self.features()))

    def place(self, scores: npt.NDArray[np.floating]) -> int:
        """From 0, of the best placed right entry."""
        return int((scores > max(scores[label] for label in self.gold)).sum())


def read_as(question: Labelled) -> str:
    """Its text as `indexer.search` reads it."""
    return shipped().corrected(question.text)


def vectors_for(base: KnowledgeBase, encoder: Encoder, questions: Sequence[Labelled]) -> EntryVectors:
    """The vectors of the base's answerable entries, of its other examples, and of the questions."""
    texts = [*map(read_as, questions), *examples(base)]
    return EntryVectors([entry for _, entry in base.answerable()], encoder, texts)


def ask(base: KnowledgeBase, vectors: EntryVectors, questions: Sequence[Labelled]) -> list[Asked]:
    """Ask them all of an index of the base's answerable entries."""
    entries = [entry for _, entry in base.answerable()]
    labels = {entry.id: label for label, entry in enumerate(entries)}
    read = list(map(read_as, questions))
    ranker = EntryRanker.fit(vectors.known(entries))
    asked: list[Asked] = []
    for one, text, vector in zip(questions, read, vectors.asked.matrix(read), strict=True):
        asked.append(Asked(one, tuple(labels[key] for key in one.entries), ranker.rank(vector, text)))
    return asked


def found(asked: Sequence[Asked], weights: Sequence[float] = WEIGHTS) -> list[Found]:
    """By part, and over all parts; only questions that an entry answers count."""
    answerable = [one for one in asked if one.gold]
    parts = [*sorted({one.question.part for one in answerable}), "all"]
    rows: list[Found] = []
    for part in parts:
        held = [one for one in answerable if part in (one.question.part, "all")]
        for at, name in enumerate(RANKINGS if part == "all" else ()):
            rows.append(_found(part, name, [one.place(one.ranking.apart[at]) for one in held]))
        rows.append(_found(part, "together", [one.place(np.asarray(weights) @ one.ranking.apart) for one in held]))
    return rows


def fit_weights(asked: Sequence[Asked]) -> tuple[tuple[float, ...], Found]:
    """The weights of the rankings fitted by conditional logit, and what such weights find in cross-validation.

    McFadden's conditional logit over all entries; the loss of a question is -log of the probability of its right
    entries together.
    """
    held = [one for one in asked if one.gold]
    fold = np.random.default_rng(3).permutation(len(held)) % FOLDS
    places: list[int] = []
    for left_out in range(FOLDS):
        weights = _fitted([one for one, at in zip(held, fold, strict=True) if at != left_out])
        places += [one.place(weights @ one.ranking.apart) for one, at in zip(held, fold, strict=True) if at == left_out]
    return tuple(_fitted(held).tolist()), _found("all", "fitted", places)


def _fitted(asked: Sequence[Asked]) -> Floats:
    table = np.stack([one.ranking.apart for one in asked]).astype(np.float64)
    right = np.zeros((len(asked), table.shape[2]), dtype=bool)
    for row, one in zip(right, asked, strict=True):
        row[list(one.gold)] = True

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.einsum("k,qkn->qn", weights, table)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        total, ours = powers.sum(axis=1), (powers * right).sum(axis=1)
        slope = powers / total[:, None] - powers * right / ours[:, None]
        value = float(np.mean(np.log(total) - np.log(ours)) + PENALTY * weights @ weights)
        return value, np.einsum("qn,qkn->k", slope, table) / len(table) + 2 * PENALTY * weights

    result: Floats = minimize(loss, np.full(len(RANKINGS), 0.5), jac=True, method="L-BFGS-B").x
    return result


def _found(part: str, by: str, places: Sequence[int]) -> Found:
    held = np.array(places)
    hit1, hit3, hit10 = (float(np.mean(held < k)) for k in (1, 3, 10))
    return Found(part, by, len(held), hit1, hit3, hit10, float(np.mean(np.where(held < 10, 1 / (held + 1), 0))))
