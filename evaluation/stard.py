"""Law articles found for lay questions with known gold articles, as the search for advisers finds them.

The corpus is every article in force and those of an extra file; the ranking is that of `indexer.search`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.article_questions import read_article_questions, read_corpus
from indexer.articles import ArticleRanker, Query
from indexer.encoder import Encoder
from indexer.metrics import Found, places
from indexer.searched import Searched
from indexer.tuned import SAME, Tuned
from knowledge.check import KnowledgeBase


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """Over `questions` with a gold article in the corpus of `articles`: mean recall@k, MRR@10, nDCG@10, and
    milliseconds a question, encoding included. `left_out` questions have none. `taught` of the questions were learned
    from: what is found for them says nothing of new ones.
    """

    questions: int
    left_out: int
    taught: int
    articles: int
    recall: dict[int, float]
    mrr: float
    ndcg: float
    p50: float
    p95: float

    def __str__(self) -> str:
        warning = (
            f"\n{self.taught} of these were learned from, which says nothing of new questions: "
            "`python -m indexer tune` prints what is found of questions not taught"
        )
        return (
            f"{self.questions} questions ({self.left_out} without a gold article left out), {self.articles} articles\n"
            f"{Found(self.recall, self.mrr, self.ndcg)}\n"
            f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms a question{warning if self.taught else ''}"
        )


def measure_articles(
    base: KnowledgeBase, encoder: Encoder, questions: Path, extra: Path | None, tuned: Tuned | None
) -> ArticleFigures:
    """`questions` has JSON lines {text, gold: [{law, article}]}, `extra` {law, article, text}.

    Raises ValueError for a faulty file, and if no question has a gold article in the corpus.
    """
    corpus, asked = read_corpus(base, extra), read_article_questions(questions)
    held = [one for one in asked if corpus.gold(one)]
    if not held:
        raise ValueError(f"{questions.name}: no question has a gold article in the corpus")
    searched = Searched.of(base, encoder, corpus)
    ranker = tuned.teach(searched.ranker, corpus) if tuned is not None else searched.ranker
    ranks: list[list[int]] = []
    taken: list[float] = []
    taught = 0
    for one in held:
        started = time.perf_counter()
        query = searched.query(one.text)
        order = ranker.rank(query).positions
        taken.append(1000 * (time.perf_counter() - started))
        taught += _taught(ranker, query)
        ranks.append(places(order, corpus.gold(one), len(corpus.passages)))
    found = Found.of(ranks)
    return ArticleFigures(
        questions=len(held),
        left_out=len(asked) - len(held),
        taught=taught,
        articles=len(corpus.passages),
        recall=found.recall,
        mrr=found.mrr,
        ndcg=found.ndcg,
        p50=float(np.percentile(taken, 50)),
        p95=float(np.percentile(taken, 95)),
    )


def _taught(ranker: ArticleRanker, query: Query) -> bool:
    return bool((ranker.taught.vectors @ query.vector > SAME).any())
