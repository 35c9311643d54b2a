"""Searching the published snapshot; a newly published one is picked up with the next question."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.articles import Query, Ranked
from indexer.confidence import UNFITTED, features
from indexer.documents import Kind
from indexer.encoder import Encoder
from indexer.kinds import KindClassifier
from indexer.ranking import Ranking
from indexer.recognition import CALM
from indexer.snapshot import Snapshot, SnapshotFolder
from indexer.text import bare
from indexer.vectors import Vectors
from knowledge.lexicon.expansion import shipped
from knowledge.smalltalk.examples import Talk

KEPT = 16
"""Of the texts asked last, vectors and ranked articles; more than an installation has threads."""

KINDS: tuple[Kind, ...] = ("entry", "digest", "article")


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. `score` as `Searcher.search` says; `cosine` the best of the encoder's for its texts."""

    kind: str
    id: str
    law: str
    article: str
    title: str
    topic: str
    score: float
    cosine: float

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EntryHit:
    """An entry found. `score` orders hits and `share` is its softmax, 0..1; `cosine` is that of the nearest thing it
    says or way it is asked. `confidence` is the probability that it is the right one: 1 if the question is one of its
    own word for word, fitted for the first, and for the others not known but at most that of the first.
    """

    id: str
    title: str
    topic: str
    score: float
    share: float
    cosine: float
    confidence: float


class Searcher:
    """Searches whatever snapshot is published. Safe to use from several threads.

    Known misspellings are put right first; for the words of the law, what colloquial words mean is looked for as well.
    `python -m evaluation lexicon` prints what that finds.
    """

    def __init__(self, data: Path, encoder: Encoder) -> None:
        self._folder = SnapshotFolder(data / "index")
        self._encoder = encoder
        self._held: _Opened | None = None
        # A message is asked about more than once in a row, and by several threads at a time.
        self._vector: Callable[[str], Vectors] = lru_cache(maxsize=KEPT)(self._encoded)

    def snapshot(self) -> Snapshot:
        """The published snapshot. Raises IndexUnavailable."""
        return self._opened().snapshot

    def sure_of_articles(self) -> bool:
        """Whether the score of an article is its probability. Raises IndexUnavailable."""
        return self.snapshot().articles.combination is not None

    def entries(self, text: str, *, k: int = 3) -> list[EntryHit]:
        """At most `k` entries, best first. Raises IndexUnavailable."""
        snapshot = self.snapshot()
        if not text.strip() or snapshot.ranker is None:
            return []
        read = shipped().corrected(text)
        ranking = snapshot.ranker.rank(self._vector(read), read)
        order = ranking.order.tolist()
        own = snapshot.asked.get(bare(text))
        if own is not None:
            order.remove(own)
            order.insert(0, own)
        sure = 1.0 if own is not None else _confidence(snapshot, ranking, order[0], read)
        return [
            EntryHit(
                id=snapshot.heads[at]["id"],
                title=snapshot.heads[at]["title"],
                topic=snapshot.heads[at]["topic"],
                score=float(ranking.scores[at]),
                share=ranking.share(at),
                cosine=float(max(ranking.said[at], ranking.asked[at])),
                confidence=sure if place == 0 else min(sure, ranking.share(at)),
            )
            for place, at in enumerate(order[:k])
        ]

    def dangers(self, text: str) -> dict[str, float]:
        """The probability of each danger a message may tell of; empty without examples. Raises IndexUnavailable."""
        return self._told(self.snapshot().danger, text, rest=CALM)

    def speech(self, text: str) -> dict[str, float]:
        """The probability that a message is `off_topic`, a question that is no matter of law, or `chatter`, which asks
        nothing; what lacks to 1 is that of a matter of law. Empty without examples. Raises IndexUnavailable.
        """
        return self._told(self.snapshot().speech, text, rest=Talk.LAW)

    def search(self, text: str, *, k: int = 10, kinds: Collection[str] = KINDS) -> list[Hit]:
        """At most `k` documents of `kinds`, best first. Raises IndexUnavailable.

        `score` is 0..1 within each of two rankings: an entry's share among entries, a digest's or article's among
        these, or its place in the fused ranking where nothing was learned.
        """
        hits: list[Hit] = []
        if "entry" in kinds:
            hits = [
                Hit("entry", hit.id, "", "", hit.title, hit.topic, hit.share, hit.cosine)
                for hit in self.entries(text, k=k)
            ]
        rules = [kind for kind in kinds if kind != "entry"]
        if rules:
            hits = sorted((*hits, *self._rules(text, k, rules)), key=lambda hit: -hit.score)
        return hits[:k]

    def _opened(self) -> _Opened:
        current, held = self._folder.current(), self._held
        if held is None or held.snapshot.manifest.id != current:
            self._held = held = _Opened(self._folder.open(encoder=self._encoder.name), self._vector)
        return held

    def _told(self, classifier: KindClassifier | None, text: str, *, rest: str) -> dict[str, float]:
        if classifier is None:
            return {}
        read = shipped().corrected(text)
        found = classifier.probabilities(self._vector(read), read)
        return {kind: chance for kind, chance in found.items() if kind != rest}

    def _encoded(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.queries([text])[0]
        return vector

    def _rules(self, text: str, k: int, kinds: Collection[str]) -> list[Hit]:
        opened = self._opened()
        snapshot = opened.snapshot
        if not text.strip():
            return []
        heads = snapshot.heads[snapshot.manifest.counts.get("entry", 0) :]
        read = shipped().corrected(text)
        ranked = opened.articles(read)
        found = zip(ranked.positions.tolist(), ranked.scores.tolist(), strict=True)
        wanted = islice(((at, score) for at, score in found if heads[at]["kind"] in kinds), k)
        vector, said = self._vector(read), snapshot.articles.dense.vectors
        return [Hit(**heads[at], score=score, cosine=float(said[at] @ vector)) for at, score in wanted]


class _Opened:
    """A snapshot and the articles it ranked last: a question that goes to a person asks for them twice, for the
    resident and for the adviser. `vector` encodes a text.
    """

    def __init__(self, snapshot: Snapshot, vector: Callable[[str], Vectors]) -> None:
        self.snapshot = snapshot
        self._vector = vector
        self.articles: Callable[[str], Ranked] = lru_cache(maxsize=KEPT)(self._ranked)

    def _ranked(self, read: str) -> Ranked:
        ranker, vector = self.snapshot.ranker, self._vector(read)
        near = ranker.asked.nearness(vector)[1] if ranker is not None else vector[:0]
        return self.snapshot.articles.rank(Query(vector, read, shipped().expand(read), near))


def _confidence(snapshot: Snapshot, ranking: Ranking, first: int, text: str) -> float:
    if snapshot.confidence is None:
        return UNFITTED * ranking.share(first)
    return snapshot.confidence.of(features(ranking, first, text))
