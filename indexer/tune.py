"""Learning from questions with known articles: heads, and how evidence is combined; and whether it pays.

What is measured is measured on questions that neither the heads nor the taught questions nor the combination had seen:
each fold is ranked with what the others taught. Only what finds more than what is in use, beyond chance, is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from indexer.article_questions import ArticleQuestion, Corpus
from indexer.articles import ArticleRanker, Query
from indexer.combination import Combination
from indexer.encoder import Encoder
from indexer.errors import TuningRefused
from indexer.heads import Heads
from indexer.learning import learn_combination, learn_heads
from indexer.lexical import veiled
from indexer.manner import Manner
from indexer.metrics import Found, Ranks, paired_interval, places, reciprocal_rank_at_10
from indexer.searched import Searched
from indexer.taught import Questions
from indexer.tuned import SAME, Tuned
from indexer.unit import unit
from indexer.vectors import VectorStore
from knowledge.check import KnowledgeBase
from knowledge.laws import Key

FOLDS = 5
SEED = 0
FEWEST = 50
"""Questions: with fewer, neither learning nor measuring means anything."""

ANSWER_LENGTH = 300
ANSWER_WEIGHT = 0.5
"""A lawyer's answer, cut to that many characters, teaches the heads like a question of half the weight."""

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was learned, and what is found of questions not taught, before and after; `gain` is the 95 % interval of the
    gain in MRR@10.
    """

    tuned: Tuned
    before: Found
    after: Found
    gain: tuple[float, float]

    def __str__(self) -> str:
        low, high = self.gain
        return (
            f"before: {self.before}\nafter:  {self.after}\n"
            f"gain in MRR@10 over questions not taught: 95 % interval {low:+.3f} to {high:+.3f}"
        )

    def refuse_loss(self) -> None:
        """Raises TuningRefused, saying why, if it does not find more."""
        if self.gain[0] <= 0 or self.after.recall[10] < self.before.recall[10]:
            raise TuningRefused(f"not published, since it does not surely find more than what is in use\n{self}")


def tune(
    base: KnowledgeBase,
    encoder: Encoder,
    corpus: Corpus,
    questions: Sequence[ArticleQuestion],
    earlier: Tuned | None,
    *,
    now: datetime,
    progress: Progress = lambda doing: None,
) -> Tuning:
    """Learn from all questions whose articles are in the corpus, on top of what was learned `earlier`, if anything.

    With something earlier its combination is kept, and what is compared with is the search that knows it; without, the
    combination is learned, too, and compared is the search that has learned nothing. `now` is aware.
    Raises TuningRefused for too few questions.
    """
    held = [question for question in questions if corpus.gold(question)]
    if len(held) < FEWEST:
        raise TuningRefused(f"{len(held)} questions with a known article; at least {FEWEST} are needed")
    progress(f"encoding {len(held)} questions")
    searched = Searched.of(base, encoder, corpus)
    if earlier is None:
        progress("learning how people ask about articles")
        start = _Start.of(base, searched, corpus)
    else:
        start = _Start(earlier.heads, earlier.manner, earlier.asked)
    course = _Course.of(searched, corpus, held, start, earlier)
    before = course.before()
    after, combination = (_learned if earlier is None else _continued)(course, progress)
    progress("learning from all")
    found = Found.of(before), Found.of(after)
    gain = paired_interval(*([reciprocal_rank_at_10(one) for one in ranks] for ranks in (before, after)))
    record = {
        "learned_at": now.isoformat(timespec="seconds"),
        "questions": len(held),
        "left_out": len(questions) - len(held),
        "articles": len(corpus.passages),
        "folds": FOLDS,
        "seed": SEED,
        "before": asdict(found[0]),
        "after": asdict(found[1]),
        "gain_mrr": [round(bound, 4) for bound in gain],
        "earlier": earlier.record if earlier is not None else None,
    }
    tuned = Tuned(
        encoder=encoder.name,
        heads=course.heads(np.arange(len(held))),
        combination=combination,
        vectors=np.concatenate((course.asked, course.known.vectors)),
        words=(*course.words, *course.known.words),
        gold=(*(question.gold for question in held), *course.known.keys),
        manner=start.manner,
        asked=start.asked,
        record=record,
    )
    return Tuning(tuned, *found, gain)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was taught earlier, without the questions that are taught again."""

    vectors: Floats
    words: list[str]
    keys: list[tuple[Key, ...]]
    gold: list[list[int]]

    @classmethod
    def of(cls, earlier: Tuned | None, asked: Floats, corpus: Corpus) -> _Known:
        if earlier is None:
            return cls(asked[:0], [], [], [])
        kept = np.flatnonzero((earlier.vectors @ asked.T).max(axis=1) <= SAME)
        words, keys = [earlier.words[one] for one in kept], [earlier.gold[one] for one in kept]
        return cls(earlier.vectors[kept], words, keys, [corpus.known(one) for one in keys])

    def questions(self) -> Questions:
        return Questions(self.vectors, self.words, self.gold)


@dataclass(frozen=True, slots=True)
class _Start:
    """What is there before any labelled question is learned from: the vectors of how people ask about the articles of
    `asked`, and `heads` that have learned from that.
    """

    heads: Heads | None
    manner: Floats
    asked: tuple[Key, ...]

    @classmethod
    def of(cls, base: KnowledgeBase, searched: Searched, corpus: Corpus) -> _Start:
        """From the questions of the knowledge base; every article counts alike, however many it has."""
        encoder = searched.encoder
        store = VectorStore(encoder.asking, encoder.dimension)
        texts = [text for asked in base.asked.values() for text in asked]
        store.fill(texts, encoder.queries)
        vectors, of = store.matrix(texts), np.repeat(np.arange(len(base.asked)), list(map(len, base.asked.values())))
        manner = np.zeros((len(base.asked), encoder.dimension), np.float32)
        np.add.at(manner, of, vectors)
        manner = unit(manner)
        found = [corpus.known([key]) for key in base.asked]
        lessons = [row for row, one in enumerate(of) if found[one]]
        if not lessons:
            return cls(None, manner, tuple(base.asked))
        gold, weights = [found[of[row]] for row in lessons], np.ones(len(lessons), np.float32)
        heads = learn_heads(vectors[lessons], gold, weights, searched.ranker.dense.vectors, seed=SEED)
        return cls(heads, manner, tuple(base.asked))


@dataclass(frozen=True, slots=True)
class _Course:
    """Everything that is taught: queries, right positions, veiled words of questions and answers, vectors of questions
    and of lawyers' answers, what is known from earlier. `start` is the ranker to begin with, `first` the heads.
    """

    queries: list[Query]
    gold: list[list[int]]
    words: list[str]
    asked: Floats
    answers: Floats
    answered: Places
    known: _Known
    start: ArticleRanker
    first: Heads | None
    manner: Manner

    @classmethod
    def of(
        cls,
        searched: Searched,
        corpus: Corpus,
        questions: Sequence[ArticleQuestion],
        first: _Start,
        earlier: Tuned | None,
    ) -> _Course:
        queries = [searched.query(question.text) for question in questions]
        answers = [question.answer[:ANSWER_LENGTH] for question in questions]
        asked = np.stack([query.vector for query in queries])
        answered = np.flatnonzero([bool(answer) for answer in answers])
        known = _Known.of(earlier, asked, corpus)
        manner = Manner.of(first.manner, map(corpus.places.get, first.asked))
        start = searched.ranker
        if earlier is not None:
            start = start.taught_anew(earlier.heads, manner, known.questions(), earlier.combination)
        return cls(
            queries,
            [corpus.gold(question) for question in questions],
            [veiled(f"{query.words} {answer}") for query, answer in zip(queries, answers, strict=True)],
            asked,
            searched.encoder.queries([answers[number] for number in answered]),
            answered,
            known,
            start,
            first.heads,
            manner,
        )

    def before(self) -> Ranks:
        """The places of the right articles with what is known at the start."""
        return [self.places(one, self.start.rank(query).positions) for one, query in enumerate(self.queries)]

    def places(self, one: int, order: Places) -> list[int]:
        """Of the right articles of question `one` in an order of positions."""
        return places(order, self.gold[one], len(self.start.dense))

    def heads(self, seen: Places) -> Heads:
        """Learned from the questions at `seen`, what lawyers answered to them, and what is known."""
        answered = np.isin(self.answered, seen)
        gold = [self.gold[one] for one in (*seen, *self.answered[answered])]
        usable = np.flatnonzero([bool(positions) for positions in self.known.gold])
        samples = np.concatenate((self.asked[seen], self.answers[answered], self.known.vectors[usable]))
        weights = np.ones(len(samples), np.float32)
        weights[len(seen) : len(seen) + answered.sum()] = ANSWER_WEIGHT
        gold += [self.known.gold[one] for one in usable]
        return learn_heads(samples, gold, weights, self.start.dense.vectors, start=self.first, seed=SEED)

    def ranker(self, seen: Places) -> ArticleRanker:
        """Taught the questions at `seen` and what is known."""
        questions = Questions(
            np.concatenate((self.asked[seen], self.known.vectors)),
            [self.words[one] for one in seen] + self.known.words,
            [self.gold[one] for one in seen] + self.known.gold,
        )
        return self.start.taught_anew(self.heads(seen), self.manner, questions, self.start.combination)

    def folds(self) -> Iterator[tuple[Places, Places]]:
        """The questions of each fold, and the others."""
        fold = np.random.default_rng(SEED).permutation(len(self.queries)) % FOLDS
        for number in range(FOLDS):
            yield np.flatnonzero(fold == number), np.flatnonzero(fold != number)


def _continued(course: _Course, progress: Progress) -> tuple[Ranks, Combination]:
    """The places with what each fold's others teach besides what is known; and the known combination."""
    ranks: list[list[int]] = [[] for _ in course.queries]
    for number, (fold, others) in enumerate(course.folds(), start=1):
        progress(f"learning heads, fold {number} of {FOLDS}")
        ranker = course.ranker(others)
        for one in fold:
            ranks[one] = course.places(one, ranker.rank(course.queries[one]).positions)
    if course.start.combination is None:
        raise ValueError("nothing is known that could be continued")
    return ranks, course.start.combination


def _learned(course: _Course, progress: Progress) -> tuple[Ranks, Combination]:
    """The places with all that each fold's others teach; and the combination learned from all.

    Stacking (Wolpert 1992): the combination learns from evidence on questions the heads had not seen.
    """
    lessons: dict[int, _Evidence] = {}
    for number, (fold, others) in enumerate(course.folds(), start=1):
        progress(f"learning heads, fold {number} of {FOLDS}")
        ranker = course.ranker(others)
        lessons |= {int(one): _Evidence(*ranker.evidence(course.queries[one])) for one in fold}
    ranks: list[list[int]] = [[] for _ in course.queries]
    for number, (fold, others) in enumerate(course.folds(), start=1):
        progress(f"learning to combine, fold {number} of {FOLDS}")
        combination = _combined(course, lessons, others)
        for one in fold:
            ranks[one] = course.places(one, lessons[one].order(combination))
    return ranks, _combined(course, lessons, np.arange(len(ranks)))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """For the candidates of one question: their positions, and what speaks for each."""

    positions: Places
    features: Floats

    def order(self, combination: Combination) -> Places:
        return self.positions[np.argsort(-combination.scores(self.features), kind="stable")]


def _combined(course: _Course, lessons: dict[int, _Evidence], seen: Places) -> Combination:
    right = {int(one): np.isin(lessons[one].positions, course.gold[one]) for one in seen}
    found = [one for one, flags in right.items() if flags.any()]
    return learn_combination([lessons[one].features for one in found], [right[one] for one in found], seed=SEED)
