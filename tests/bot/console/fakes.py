"""Small real classes in the place of clock, search and index."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.case import Candidate
from bot.domain.decision import Match, Rule, Talk
from bot.domain.errors import NothingFound
from bot.domain.question import Urgency
from bot.ports import Basis, Progress, SnapshotInfo
from knowledge.check import KnowledgeBase
from knowledge.entry import Entry

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China."""


@dataclass
class Clock:
    """A clock that stands still until told."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


class Retriever:
    """Finds the one entry for questions about borrowing, as sure as it is told to be."""

    sure = 0.99

    def entries(self, text: str, *, limit: int) -> list[Match]:
        if "借" not in text:
            return []
        entry, title, topic = "loan-limitation", "借出去的钱多久不要就过期了", "民间借贷与担保"
        return [Match(entry, title, topic, self.sure)]

    def dangers(self, text: str) -> dict[Urgency, float]:
        return {}

    def speech(self, text: str) -> dict[Talk, float]:
        return {}

    def rules(self, text: str, *, limit: int) -> list[Rule]:
        return []

    def candidates(self, text: str, *, limit: int) -> list[Candidate]:
        return CANDIDATES[:limit]


CANDIDATES = [
    Candidate("entry", "loan-limitation", "借出去的钱多久不要就过期了", 0.9),
    Candidate("article", "民法典第一百八十八条", "《民法典》第一百八十八条", 0.7),
    Candidate("article", "没有的法第一条", "《没有的法》第一条", 0.1),
]


@dataclass
class Indexing:
    """Snapshots in memory; `hold` is called at each step of a build."""

    clock: Clock
    kept: list[str] = field(default_factory=list)
    current: str = ""
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    hold: Progress | None = None

    def build(self, base: KnowledgeBase, *, now: datetime, progress: Progress) -> str:
        for done in range(3):
            progress(done, 2)
            if self.hold is not None:
                self.hold(done, 2)
        name = f"snapshot-{len(self.kept) + 1}"
        self.kept.append(name)
        self.entries[name] = {entry.id: entry.answer for _, entry in base.answerable()}
        self.current = name
        return name

    def snapshots(self) -> list[SnapshotInfo]:
        return [
            SnapshotInfo(name, NOON + timedelta(minutes=number), {"entry": 1}, name == self.current)
            for number, name in reversed(list(enumerate(self.kept)))
        ]

    def roll_back(self, snapshot: str) -> None:
        if snapshot not in self.kept:
            raise NothingFound(snapshot)
        self.current = snapshot


class Checked:
    """The entries of one base, as `bot.ports.Knowledge`."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    def entry(self, entry: str) -> tuple[str, Entry] | None:
        return self.base.entries.get(entry)

    def basis(self, entry: Entry) -> tuple[Basis, ...] | None:
        texts = [self.base.resolve(citation) for citation in entry.citations]
        return tuple(Basis(text.law, text.number, text.text, text.verbatim) for text in texts)

    def rule(self, law: str, article: str) -> Basis | None:
        return None
