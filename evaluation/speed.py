"""How long a question takes from its text to the decision, beside the bare encoder call, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.domain.decision import Decision, Policy, alarmed, decide
from bot.domain.understanding import understand
from bot.retrieval import IndexRetriever, LazyEncoder
from indexer.encoder import BUNDLED

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds a question, median and 95th percentile; `ratio` of the medians."""

    questions: int
    encoder_p50: float
    encoder_p95: float
    decided_p50: float
    decided_p95: float

    @property
    def ratio(self) -> float:
        return self.decided_p50 / self.encoder_p50

    def __str__(self) -> str:
        return (
            f"{self.questions} questions: encoder alone p50 {self.encoder_p50:.1f} ms, p95 {self.encoder_p95:.1f} ms; "
            f"understood, searched and decided p50 {self.decided_p50:.1f} ms, p95 {self.decided_p95:.1f} ms; "
            f"{self.ratio:.2f} times the encoder"
        )


def measure(questions: Sequence[str], data: Path) -> Speed:
    """Against the snapshot published in `data`. Raises NothingFound."""
    lazy = LazyEncoder(BUNDLED)
    retriever, policy, encoder = IndexRetriever(lazy, data), Policy(), lazy()

    def decided(text: str) -> Decision:
        question = understand(text, in_group=False, mentioned=False)
        matches = retriever.entries(question.text, limit=policy.options)
        return decide(alarmed(question, retriever.dangers(question.text), matches, policy), matches, policy)

    bare = _timed(lambda text: encoder.queries([text]), questions)
    full = _timed(decided, questions)
    return Speed(len(questions), *bare, *full)


def _timed(work: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    for text in texts[:WARM_UP]:
        work(text)
    taken: list[float] = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        taken.append(1000 * (time.perf_counter() - started))
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))
