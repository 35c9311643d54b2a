"""Which questions have an entry that fits, and which do not: what an admin should write next.

`python -m knowledge coverage` runs this; it looks at the published snapshot, as a resident's question would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import click

from bot.domain.decision import Match, Policy, confidence
from bot.domain.errors import NothingFound
from bot.domain.understanding import understand
from bot.retrieval import IndexRetriever, LazyEncoder
from evaluation.clusters import Vectors, clusters
from indexer.encoder import BUNDLED
from indexer.folder import data_folder
from knowledge.questions import AskedQuestion

CANDIDATES = 3


class Standing(StrEnum):
    """By the lines of `bot.domain.decision.Policy`: would be answered, would be asked back, has nothing."""

    FITS = "fits"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A question and the entry found first; `entry`, `title` and `topic` are "" where there is none at all."""

    id: str
    text: str
    standing: Standing
    entry: str
    title: str
    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions on one matter without an entry that fits. `topic` is where most of them are nearest to."""

    size: int
    words: tuple[str, ...]
    topic: str
    example: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`rows` in the order of the file, `gaps` the largest first."""

    rows: list[Row]
    gaps: list[Gap]

    def counted(self) -> Counter[Standing]:
        return Counter(row.standing for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        counted = self.counted()
        return {
            "questions": len(self.rows),
            "standing": {standing.value: counted[standing] for standing in Standing},
            "topics": {topic: dict(held) for topic, held in self.by_topic().items()},
            "gaps": [asdict(gap) for gap in self.gaps],
            "rows": [asdict(row) for row in self.rows],
        }

    def by_topic(self) -> dict[str, Counter[Standing]]:
        """Of each topic of ours, the questions that found an entry of it first; the topic with most gaps first."""
        held: dict[str, Counter[Standing]] = {}
        for row in self.rows:
            held.setdefault(row.topic, Counter())[row.standing] += 1
        return dict(sorted(held.items(), key=lambda item: (item[1][Standing.FITS] - item[1].total(), item[0])))

    def lines(self, gaps: int) -> list[str]:
        """The same to be read, with at most `gaps` gaps."""
        total, counted = len(self.rows), self.counted()
        shares = ", ".join(f"{standing} {counted[standing]} ({counted[standing] / total:.0%})" for standing in Standing)
        return [
            f"{total} questions: {shares}",
            "",
            "topic, questions: fits / near / none",
            *(
                f"  {topic or '（没有）'}, {held.total()}: " + " / ".join(str(held[standing]) for standing in Standing)
                for topic, held in self.by_topic().items()
            ),
            "",
            "what to write next: how many, words they share, nearest topic, the most typical",
            *(f"  {gap.size:3}  {'·'.join(gap.words)}  [{gap.topic}]  {gap.example[:60]}" for gap in self.gaps[:gaps]),
        ]


def measure(questions: Sequence[AskedQuestion]) -> Coverage:
    """Against the snapshot published in `FARUN_DATA`. Raises ClickException if there is none."""
    lazy = LazyEncoder(BUNDLED)
    retriever = IndexRetriever(lazy, data_folder())
    try:
        topics = {topic for topic, _ in retriever.published().values()}
        return cover(
            questions, lambda text: retriever.entries(text, limit=CANDIDATES), lazy().queries, topics, Policy()
        )
    except NothingFound as fault:
        raise click.ClickException(str(fault)) from fault


def cover(
    questions: Sequence[AskedQuestion],
    find: Callable[[str], Sequence[Match]],
    encode: Callable[[Sequence[str]], Vectors],
    topics: Container[str],
    policy: Policy,
) -> Coverage:
    """An entry fits if its probability passes the answer's line and it is of the topic the question names, if that is
    one of `topics`. `find` gives the best first; `encode` one vector of unit length a text.
    """
    rows = [_row(question, find, topics, policy) for question in questions]
    open_rows = [row for row in rows if row.standing is not Standing.FITS]
    texts = [row.text for row in open_rows]
    found = clusters(texts, encode(texts)) if texts else []
    return Coverage(rows, [_gap([open_rows[at] for at in cluster.members], cluster.words) for cluster in found])


def _row(
    question: AskedQuestion, find: Callable[[str], Sequence[Match]], topics: Container[str], policy: Policy
) -> Row:
    found = find(understand(question.text, in_group=False, mentioned=False).text or question.text)
    if not found:
        return Row(question.id, question.text, Standing.NONE, "", "", "", 0.0)
    sure, first = confidence(found), found[0]
    elsewhere = question.topic in topics and question.topic != first.topic
    if sure >= policy.answer_at and not elsewhere:
        standing = Standing.FITS
    else:
        standing = Standing.NEAR if sure >= policy.clarify_at else Standing.NONE
    return Row(question.id, question.text, standing, first.entry, first.title, first.topic, round(sure, 4))


def _gap(rows: Sequence[Row], words: tuple[str, ...]) -> Gap:
    topic = Counter(row.topic for row in rows).most_common(1)[0][0]
    return Gap(len(rows), words, topic, rows[0].text, tuple(row.id for row in rows))
