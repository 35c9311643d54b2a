"""Law articles found for lay questions with known gold articles, as the search for advisers finds them.

The corpus is every article in force and those of an extra file; the ranking is that of `indexer.search`: meaning and
words fused, misspellings put right, colloquial words expanded.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.articles import read_article_questions, read_corpus, reciprocal_rank_at_10
from indexer.dense import DenseIndex
from indexer.encoder import Encoder
from indexer.fusion import fused
from indexer.lexical import LexicalIndex
from indexer.search import DEPTH
from indexer.vectors import SHIPPED, VectorStore
from knowledge.check import KnowledgeBase
from knowledge.lexicon.expansion import shipped

CUTS = (1, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """Over `questions` with a gold article in the corpus of `articles`: mean recall@k, MRR@10, nDCG@10 with gains of 1
    (Järvelin, Kekäläinen 2002), and milliseconds a question, encoding included. `left_out` questions have none.
    """

    questions: int
    left_out: int
    articles: int
    recall: dict[int, float]
    mrr: float
    ndcg: float
    p50: float
    p95: float

    def __str__(self) -> str:
        recalls = ", ".join(f"R@{k} {share:.3f}" for k, share in self.recall.items())
        return (
            f"{self.questions} questions ({self.left_out} without a gold article left out), {self.articles} articles\n"
            f"{recalls}, MRR@10 {self.mrr:.3f}, nDCG@10 {self.ndcg:.3f}\n"
            f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms a question"
        )


def measure_articles(base: KnowledgeBase, encoder: Encoder, questions: Path, extra: Path | None) -> ArticleFigures:
    """`questions` has JSON lines {text, gold: [{law, article}]}, `extra` {law, article, text}.

    Raises ValueError if no question has a gold article in the corpus.
    """
    corpus, asked = read_corpus(base, extra), read_article_questions(questions)
    held = [one for one in asked if corpus.gold(one)]
    if not held:
        raise ValueError(f"{questions.name}: no question has a gold article in the corpus")
    store = VectorStore(encoder.name, encoder.dimension)
    store.read(SHIPPED)
    store.fill(corpus.passages, encoder.passages)
    dense, lexical = DenseIndex.build(store.matrix(corpus.passages)), LexicalIndex.build(corpus.passages)
    ranks: list[list[int]] = []
    taken: list[float] = []
    for one in held:
        started = time.perf_counter()
        read = shipped().corrected(one.text)
        vector = encoder.queries([read])[0]
        scores = fused([dense.scores(vector), lexical.scores(shipped().expand(read))], depth=DEPTH)
        order = np.argsort(-scores, kind="stable")
        taken.append(1000 * (time.perf_counter() - started))
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        ranks.append(place[corpus.gold(one)].tolist())
    return ArticleFigures(
        questions=len(held),
        left_out=len(asked) - len(held),
        articles=len(corpus.passages),
        recall={k: float(np.mean([np.mean([rank < k for rank in found]) for found in ranks])) for k in CUTS},
        mrr=float(np.mean([reciprocal_rank_at_10(found) for found in ranks])),
        ndcg=float(np.mean([ndcg_at_10(found) for found in ranks])),
        p50=float(np.percentile(taken, 50)),
        p95=float(np.percentile(taken, 95)),
    )


def ndcg_at_10(ranks: Sequence[int]) -> float:
    """With gain 1 for each gold article; `ranks` count from 0.

    >>> ndcg_at_10([0, 1]), ndcg_at_10([10])
    (1.0, 0.0)
    """
    gained = sum(1 / np.log2(rank + 2) for rank in ranks if rank < 10)
    best = sum(1 / np.log2(rank + 2) for rank in range(min(len(ranks), 10)))
    return float(gained / best)
