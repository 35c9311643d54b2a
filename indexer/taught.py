"""Questions whose articles are known: a new question is likely to be answered by what answers those near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.heads import Heads
from indexer.lexical import veiled
from indexer.word_field import WordField

Vectors = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEAREST = 100
"""Taught questions that are looked at. The last of them is where nearness begins to count."""

SHARPNESS = 0.05
"""Of the vote: a cosine lower by this much weighs 1/e."""


@dataclass(frozen=True, slots=True)
class Questions:
    """`vectors` (questions, dimension) as the encoder gives them, the veiled `words` of each question and of what a
    lawyer answered, and in `gold` the positions of the articles that answer it; these may be none.
    """

    vectors: Vectors
    words: Sequence[str]
    gold: Sequence[Sequence[int]]

    @classmethod
    def none(cls, dimension: int) -> Questions:
        return cls(np.zeros((0, dimension), np.float32), (), ())


@dataclass(frozen=True, slots=True)
class Taught:
    """`vectors` (questions, dimension) as the encoder gives them and `headed` as the heads do. Question `asked[i]` is
    answered by the article at `answered[i]` of `count` articles; `words` are those of the questions each answers.
    """

    vectors: Vectors
    headed: Vectors
    asked: Positions
    answered: Positions
    words: WordField
    count: int

    @classmethod
    def of(cls, questions: Questions, heads: Heads, count: int) -> Taught:
        asked = np.repeat(np.arange(len(questions.gold)), [len(positions) for positions in questions.gold])
        answered = np.array([position for positions in questions.gold for position in positions], np.int64)
        words: dict[int, list[str]] = {}
        for question, position in zip(asked.tolist(), answered.tolist(), strict=True):
            words.setdefault(position, []).append(questions.words[question])
        field = WordField.of(words, count)
        return cls(questions.vectors, heads.questions(questions.vectors), asked, answered, field, count)

    def said(self, text: str) -> Vectors:
        """How much of the words of each article's questions a text has: BM25, shape (articles,)."""
        return self.words.scores(veiled(text))

    def often(self, positions: Positions) -> Vectors:
        """ln(1 + how many questions each of these articles answers), shape (positions,)."""
        counted: Vectors = np.log1p(np.bincount(self.answered, minlength=self.count)[positions]).astype(np.float32)
        return counted

    def nearness(self, cosines: Vectors) -> Vectors:
        """By how much the nearest question of each article is nearer than the `NEAREST`-th of all; (articles,)."""
        near = np.zeros(self.count, np.float32)
        if len(cosines):
            floor = np.partition(cosines, -min(NEAREST, len(cosines)))[-min(NEAREST, len(cosines))]
            np.maximum.at(near, self.answered, np.maximum(cosines - floor, 0)[self.asked])
        return near

    def votes(self, cosines: Vectors) -> Vectors:
        """The share of each article in the vote of all questions, the nearest weighing most; (articles,)."""
        if not len(cosines):
            return np.zeros(self.count, np.float32)
        weights = np.exp((cosines - cosines.max()) / SHARPNESS)
        voted = np.bincount(self.answered, (weights / weights.sum())[self.asked], self.count)
        return voted.astype(np.float32)
