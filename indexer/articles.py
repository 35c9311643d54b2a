"""Ranking articles: everything that speaks for one, combined by what was learned from questions with known articles.

Meaning (as the encoder sees it and as the heads have learned to), words, how people ask about an article and about the
entries that cite it, which taught questions are near and like in words, and what all these say of its law, its chapter
and its neighbours.
`python -m indexer tune` learns it and prints what it finds of questions it was not taught.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.article_questions import Corpus
from indexer.combination import Combination, softmax
from indexer.dense import DenseIndex
from indexer.fusion import DEPTH as FUSED_DEPTH
from indexer.fusion import fused
from indexer.heads import Heads
from indexer.lexical import LexicalIndex
from indexer.manner import Manner
from indexer.taught import SHARPNESS, Questions, Taught
from indexer.word_field import WordField

Floats = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

FEATURES = (
    "learned meaning",
    "meaning",
    "words of the law",
    "words",
    "asked",
    "asked, learned",
    "words of taught",
    "near taught",
    "near taught, learned",
    "vote of taught",
    "taught often",
    "entries near",
    "cited often",
    "law",
    "chapter",
    "law voted",
    "chapter voted",
    "neighbour",
    "length",
)
DEPTH = 300
"""Of each ranking: deeper an article is no candidate."""

NEAR_ENTRIES = 60
"""Entries whose nearness counts for what they cite."""

BESIDE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="articles")
"""Works out the longest of the products beside the rest: numpy lets go of the interpreter while it multiplies. Its
thread starts with the first question, so not before a web process has forked.
"""

_HEADED, _ASKED, _SAID, _LEARNED = "headed.faiss", "asked", "said", "learned.npz"

ASKED_TEXTS = 24
"""Ways to ask entries that an article is found by; a much cited one would be found by anything otherwise."""


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """What is searched; `cited[e]` the positions that entry e cites, `asked[e]` how it is asked; `questions` are those
    people might put about the article at a position.
    """

    corpus: Corpus
    cited: Sequence[Sequence[int]]
    asked: Sequence[Sequence[str]]
    questions: Mapping[int, Sequence[str]]


class Query(NamedTuple):
    """A question: its vector (dimension,), its words, its words with those of the law, and how near it is to the
    nearest way each entry is asked, (entries,).
    """

    vector: Floats
    words: str
    expanded: str
    entries: Floats


@dataclass(frozen=True, slots=True)
class Ranked:
    """`positions` best first with their `scores`, 0..1, both of shape (candidates,): the probability of each, or its
    place in the fused ranking where nothing was learned.
    """

    positions: Positions
    scores: Floats


@dataclass(frozen=True, slots=True)
class Static:
    """What does not depend on the question, or on what was taught. All but the last two of shape (articles,): entry
    `citing[i]` cites the article at `cited[i]`.
    """

    law: Positions
    chapter: Positions
    length: Floats
    cited_often: Floats
    follows: npt.NDArray[np.bool_]
    citing: Positions
    cited: Positions

    @classmethod
    def of(cls, texts: ArticleTexts) -> Static:
        law, chapter = _numbered(texts.corpus.laws), _numbered(texts.corpus.chapters)
        citing = np.repeat(np.arange(len(texts.cited)), [len(cited) for cited in texts.cited])
        cited = np.array([position for positions in texts.cited for position in positions], np.int64)
        return cls(
            law=law,
            chapter=chapter,
            length=np.log([len(passage) for passage in texts.corpus.passages]).astype(np.float32),
            cited_often=np.log1p(np.bincount(cited, minlength=len(law))).astype(np.float32),
            follows=np.append(False, law[1:] == law[:-1]),
            citing=citing,
            cited=cited,
        )


@dataclass(frozen=True, slots=True)
class ArticleRanker:
    """Everything needed to rank the articles for a question. `headed` are the passages as the heads see them;
    `asked` are the words people ask with.
    """

    static: Static
    dense: DenseIndex
    lexical: LexicalIndex
    asked: WordField
    heads: Heads
    headed: DenseIndex
    manner: Manner
    taught: Taught
    combination: Combination | None

    def write(self, folder: Path) -> None:
        """All but `dense` and `lexical`, which are stored beside."""
        folder.mkdir()
        self.headed.write(folder / _HEADED)
        self.asked.write(folder / _ASKED)
        taught, static = self.taught, self.static
        taught.words.write(folder / _SAID)
        with (folder / _LEARNED).open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                asking=self.heads.asking,
                said=self.heads.said,
                vectors=taught.vectors,
                asked=taught.asked,
                answered=taught.answered,
                manner=self.manner.vectors,
                manner_of=self.manner.positions,
                **{f"static_{field.name}": getattr(static, field.name) for field in fields(static)},
                **(self.combination.arrays() if self.combination is not None else {}),
            )

    @classmethod
    def read(cls, folder: Path, dense: DenseIndex, lexical: LexicalIndex) -> ArticleRanker:
        """As written, over the passages' indexes."""
        with np.load(folder / _LEARNED, allow_pickle=False) as stored:
            held = dict(stored)
        heads, vectors = Heads(held["asking"], held["said"]), held["vectors"]
        words = WordField.read(folder / _SAID, len(dense))
        return cls(
            static=Static(**{field.name: held[f"static_{field.name}"] for field in fields(Static)}),
            dense=dense,
            lexical=lexical,
            asked=WordField.read(folder / _ASKED, len(dense)),
            heads=heads,
            headed=DenseIndex.read(folder / _HEADED),
            manner=Manner(held["manner_of"], held["manner"]),
            taught=Taught(vectors, heads.questions(vectors), held["asked"], held["answered"], words, len(dense)),
            combination=Combination.of(held) if "outer" in held else None,
        )

    def taught_anew(
        self, heads: Heads, manner: Manner, questions: Questions, combination: Combination | None
    ) -> ArticleRanker:
        """The same articles with other heads, another manner, as the encoder sees it, and other taught questions."""
        return replace(
            self,
            heads=heads,
            headed=DenseIndex.build(heads.passages(self.dense.vectors)),
            manner=manner.headed(heads),
            taught=Taught.of(questions, heads, len(self.dense)),
            combination=combination,
        )

    def rank(self, query: Query) -> Ranked:
        """The candidates; all articles, by meaning and words fused, where nothing was learned for the encoder."""
        if self.combination is None:
            scores = fused([self.dense.scores(query.vector), self.lexical.scores(query.expanded)], depth=FUSED_DEPTH)
            positions = np.arange(len(scores))
        else:
            positions, evidence = self.evidence(query)
            scores = softmax(self.combination.scores(evidence))
        order = np.argsort(-scores, kind="stable")
        return Ranked(positions[order], scores[order])

    def evidence(self, query: Query) -> tuple[Positions, Floats]:
        """The positions of the candidates, ascending, and for each all `FEATURES`, (candidates, features)."""
        static, taught = self.static, self.taught
        headed = self.heads.questions(query.vector[None])[0]
        learning = BESIDE.submit(self.headed.scores, headed)
        words, expanded = self.lexical.scores(query.words), self.lexical.scores(query.expanded)
        asked, said = self.asked.scores(query.words), taught.said(query.words)
        manner = self.manner.scores(headed, len(words))
        by_meaning, by_learned = taught.vectors @ query.vector, taught.headed @ headed
        near, near_learned = taught.nearness(by_meaning), taught.nearness(by_learned)
        votes = taught.votes(by_learned)
        entries, learned = self._near_entries(query.entries), learning.result()
        at = np.unique(
            np.concatenate(
                [
                    *(_best(scores) for scores in (learned, expanded, asked, manner, said)),
                    *(np.flatnonzero(scores) for scores in (near, near_learned, entries)),
                ]
            )
        )
        belief = np.exp((learned - learned.max()) / SHARPNESS)
        # What the heads have not learned finds no candidate that nothing else finds; all cosines would take 3 ms.
        meaning = self.dense.vectors[at] @ query.vector
        others = (scores[at] for scores in (expanded, words, asked, manner, said))
        columns = [_below_best(scores) for scores in (learned[at], meaning, *others)]
        columns += [scores[at] for scores in (near, near_learned)]
        columns += [np.log(votes[at] + 1e-4), taught.often(at), entries[at], static.cited_often[at]]
        columns += [_log_share(group, belief, at, 1e-6) for group in (static.law, static.chapter)]
        columns += [_log_share(group, votes, at, 1e-3) for group in (static.law, static.chapter)]
        columns += [_below_best(self._neighbour(learned)[at]), static.length[at]]
        return at, np.stack(columns, axis=1).astype(np.float32)

    def _near_entries(self, nearness: Floats) -> Floats:
        """How near the nearest entry citing each article is, above the `NEAR_ENTRIES`-th of all; (articles,)."""
        near = np.zeros(len(self.static.law), np.float32)
        if len(nearness):
            last = min(NEAR_ENTRIES, len(nearness))
            floor = np.partition(nearness, -last)[-last]
            np.maximum.at(near, self.static.cited, np.maximum(nearness - floor, 0)[self.static.citing])
        return near

    def _neighbour(self, scores: Floats) -> Floats:
        """The better score of the articles before and after, within the law; (articles,)."""
        before = np.where(self.static.follows, np.roll(scores, 1), scores.min())
        after = np.where(np.roll(self.static.follows, -1), np.roll(scores, -1), scores.min())
        better: Floats = np.maximum(before, after)
        return better


def article_ranker(texts: ArticleTexts, dense: DenseIndex, lexical: LexicalIndex) -> ArticleRanker:
    """A ranker of these texts that has been taught nothing; `dense` and `lexical` are over their passages."""
    dimension = dense.vectors.shape[1]
    heads = Heads.none(dimension)
    manner = Manner.of(np.zeros((0, dimension), np.float32), ())
    taught = Taught.of(Questions.none(dimension), heads, len(dense))
    return ArticleRanker(Static.of(texts), dense, lexical, asked_words(texts), heads, dense, manner, taught, None)


def asked_words(texts: ArticleTexts) -> WordField:
    """The words people ask with, about an article and about the entries that cite it."""
    asked: dict[int, list[str]] = {position: [] for position in texts.questions}
    for positions, ways in zip(texts.cited, texts.asked, strict=True):
        for position in positions:
            asked.setdefault(position, []).extend(ways)
    both = {at: [*of_entries[:ASKED_TEXTS], *texts.questions.get(at, ())] for at, of_entries in asked.items()}
    return WordField.of(both, len(texts.corpus.passages))


def _numbered(names: Sequence[str]) -> Positions:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.int64)


def _best(scores: Floats) -> Positions:
    if len(scores) <= DEPTH:
        return np.arange(len(scores))
    return np.argpartition(-scores, DEPTH)[:DEPTH]


def _below_best(scores: Floats) -> Floats:
    """How far each is below the best, in standard deviations."""
    below: Floats = (scores - scores.max()) / (scores.std() + np.float32(1e-6))
    return below


def _log_share(group: Positions, weights: Floats, at: Positions, floor: float) -> Floats:
    """The log of the share of each candidate's group in all weights, `floor` added."""
    sums = np.bincount(group, weights)
    shares: Floats = np.log(sums / max(float(weights.sum()), 1e-12) + floor)
    return shares[group[at]]
