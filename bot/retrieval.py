"""The indexer and the knowledge files, behind the bot's ports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from bot.domain.case import Candidate
from bot.domain.decision import Match, Rule, Talk
from bot.domain.errors import NothingFound
from bot.domain.question import Urgency
from bot.domain.wording import CHINA
from bot.ports import Basis, Clock, Progress, SnapshotInfo, Store
from indexer.build import build
from indexer.encoder import Encoder
from indexer.errors import EncoderUnavailable, IndexerError, IndexUnavailable
from indexer.search import EntryHit, Searcher
from indexer.snapshot import SnapshotFolder
from knowledge.check import KnowledgeBase, load
from knowledge.entry import Citation, Entry, EntryStatus
from knowledge.errors import CitationError


class LazyEncoder:
    """The encoder, loaded at its first use: it takes memory, another model seconds, and some processes need none."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._lock = Lock()
        self._held: Encoder | None = None

    def __call__(self) -> Encoder:
        """Raises NothingFound if the model cannot be loaded."""
        with self._lock:
            if self._held is None:
                try:
                    self._held = Encoder(self._model)
                except EncoderUnavailable as fault:
                    raise NothingFound(str(fault)) from fault
            return self._held


class IndexRetriever:
    """`bot.ports.Retriever` over the published snapshot."""

    def __init__(self, encoder: LazyEncoder, data: Path) -> None:
        self._encoder = encoder
        self._data = data
        self._lock = Lock()
        self._opened: Searcher | None = None

    @property
    def _searcher(self) -> Searcher:
        encoder = self._encoder()
        with self._lock:
            if self._opened is None:
                self._opened = Searcher(self._data, encoder)
            return self._opened

    def published(self) -> dict[str, tuple[str, Entry]]:
        """The entries of the published snapshot: id -> (topic, entry). Raises NothingFound."""
        try:
            return self._searcher.snapshot().entries
        except IndexerError as fault:
            raise NothingFound(str(fault)) from fault

    def entries(self, text: str, *, limit: int) -> list[Match]:
        try:
            hits = self._searcher.entries(text, k=limit)
        except IndexerError as fault:
            raise NothingFound(str(fault)) from fault
        return [_match(hit) for hit in hits]

    def dangers(self, text: str) -> dict[Urgency, float]:
        try:
            return {Urgency(kind): chance for kind, chance in self._searcher.dangers(text).items()}
        except IndexerError as fault:
            raise NothingFound(str(fault)) from fault

    def speech(self, text: str) -> dict[Talk, float]:
        try:
            return {Talk(kind): chance for kind, chance in self._searcher.speech(text).items()}
        except IndexerError as fault:
            raise NothingFound(str(fault)) from fault

    def rules(self, text: str, *, limit: int) -> list[Rule]:
        try:
            sure = self._searcher.sure_of_articles()
            hits = self._searcher.search(text, k=limit, kinds=("article",)) if sure else []
        except IndexerError as fault:
            raise NothingFound(str(fault)) from fault
        return [Rule(hit.law, hit.article, hit.score) for hit in hits]

    def candidates(self, text: str, *, limit: int) -> list[Candidate]:
        try:
            entries = self._searcher.entries(text, k=3)
            texts = self._searcher.search(text, k=limit - len(entries), kinds=("digest", "article"))
        except IndexerError as fault:
            raise NothingFound(str(fault)) from fault
        found = [Candidate("entry", hit.id, hit.title, round(hit.share, 3)) for hit in entries]
        return found + [Candidate(hit.kind, hit.id, hit.title, round(hit.score, 3)) for hit in texts]


def _match(hit: EntryHit) -> Match:
    return Match(hit.id, hit.title, hit.topic, hit.confidence)


class FilesOfToday:
    """The knowledge files as checked on today's law; read once a day (a law may come into force overnight)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._held: tuple[date, KnowledgeBase] | None = None

    def __call__(self) -> KnowledgeBase:
        today = self._clock().astimezone(CHINA).date()
        with self._lock:
            if self._held is None or self._held[0] != today:
                self._held = (today, load(today))
            return self._held[1]


class CheckedKnowledge:
    """`bot.ports.Knowledge`: entries as published with the snapshot, cited texts as they are in force today.

    An entry that has been retired or put under review since is not said, whatever the snapshot holds.
    """

    def __init__(self, retriever: IndexRetriever, files: Callable[[], KnowledgeBase], store: Store) -> None:
        self._retriever = retriever
        self._files = files
        self._store = store

    def entry(self, entry: str) -> tuple[str, Entry] | None:
        held = self._retriever.published().get(entry)
        return held if held is not None and not self._withdrawn(entry) else None

    def _withdrawn(self, entry: str) -> bool:
        with self._store.begin() as unit:
            stored = unit.entries.current().get(entry)
        if stored is not None:
            return stored[1].get("status") != EntryStatus.REVIEWED.value
        in_file = self._files().entries.get(entry)
        return in_file is None or in_file[1].status is not EntryStatus.REVIEWED

    def basis(self, entry: Entry) -> tuple[Basis, ...] | None:
        base = self._files()
        try:
            return tuple(_basis(base, citation) for citation in entry.citations)
        except CitationError:
            return None

    def rule(self, law: str, article: str) -> Basis | None:
        try:
            return _basis(self._files(), Citation(law=law, article=article))
        except (CitationError, ValueError):  # ValueError: what a person wrote may be no number at all.
            return None


def _basis(base: KnowledgeBase, citation: Citation) -> Basis:
    text = base.resolve(citation)
    return Basis(text.law, text.number, text.text, text.verbatim)


class SnapshotIndexing:
    """`bot.ports.Indexing` over the indexer's snapshot folder."""

    def __init__(self, encoder: LazyEncoder, data: Path) -> None:
        self._encoder = encoder
        self._data = data
        self._folder = SnapshotFolder(data / "index")

    def build(self, base: KnowledgeBase, *, now: datetime, progress: Progress) -> str:
        return build(base, self._encoder(), self._data, now=now, progress=progress).id

    def snapshots(self) -> list[SnapshotInfo]:
        current = self._folder.current()
        return [
            SnapshotInfo(
                id=manifest.id,
                built_at=datetime.fromisoformat(manifest.built_at),
                counts=manifest.counts,
                current=manifest.id == current,
            )
            for manifest in reversed(self._folder.manifests())
        ]

    def roll_back(self, snapshot: str) -> None:
        try:
            self._folder.publish(snapshot)
        except IndexUnavailable as fault:
            raise NothingFound(str(fault)) from fault
