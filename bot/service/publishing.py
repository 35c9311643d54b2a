"""Keeping the knowledge base: entries that ship as files, and what admins add or change over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bot.domain.errors import NotAllowed
from bot.domain.people import Role, Staff
from bot.ports import Basis, Clock, Indexing, Progress, SnapshotInfo, Store
from knowledge.check import KnowledgeBase
from knowledge.entry import Entry, EntryStatus
from knowledge.errors import CitationError
from knowledge.rules.facts import misled

FILES = "files"
DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as the admin sees it. `origin`: `files` (ships with the project) or `database` (added or changed)."""

    topic: str
    entry: Entry
    origin: str


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version of an entry."""

    number: int
    topic: str
    body: dict[str, Any]
    author: str
    at: datetime
    published: bool


class InvalidEntry(ValueError):
    """An entry that may not be said; `faults` are in words, for the person who edits."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = list(faults)


class Publishing:
    """Entries of files and database as one base. `files` gives the checked base of today's files (cached by day)."""

    def __init__(self, store: Store, files: Callable[[], KnowledgeBase], indexing: Indexing, clock: Clock) -> None:
        self.store = store
        self.files = files
        self.indexing = indexing
        self.clock = clock

    def base(self) -> KnowledgeBase:
        """The files with the database's current versions over them. A stored one with faults needs review."""
        base = self.files()
        with self.store.begin() as unit:
            stored = unit.entries.current()
        entries = dict(base.entries)
        for key, (topic, body) in stored.items():
            entry = Entry.model_validate(body)
            if base.faults_of(entry):
                entry = entry.model_copy(update={"status": EntryStatus.NEEDS_REVIEW})
            entries[key] = (topic, entry)
        return replace(base, entries=entries)

    def topics(self) -> list[str]:
        return sorted({topic for topic, _ in self.base().entries.values()})

    def listed(self, words: str = "", topic: str = "") -> list[Held]:
        """Entries whose question, variants or answer hold all of `words`, by topic and id."""
        wanted = words.split()
        with self.store.begin() as unit:
            stored = set(unit.entries.current())
        found = [
            Held(held_topic, entry, DATABASE if key in stored else FILES)
            for key, (held_topic, entry) in self.base().entries.items()
            if topic in ("", held_topic) and _holds(entry, wanted)
        ]
        return sorted(found, key=lambda held: (held.topic, held.entry.id))

    def get(self, entry: str) -> Held | None:
        return next((held for held in self.listed() if held.entry.id == entry), None)

    def check(self, body: Mapping[str, Any]) -> list[str]:
        """What is wrong with an entry as typed; empty for one that may be said."""
        try:
            entry = Entry.model_validate(dict(body))
        except ValidationError as fault:
            return [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in fault.errors()]
        faults = self.files().faults_of(entry)
        if any(entry.leads_to()):
            faults += [message for message, _ in misled(entry, self.base().entries)]
        return faults

    def basis(self, body: Mapping[str, Any]) -> list[Basis]:
        """The text behind each citation that resolves, to read beside the form."""
        base, found = self.files(), []
        try:
            entry = Entry.model_validate(dict(body))
        except ValidationError:
            return []
        for citation in entry.citations:
            try:
                cited = base.resolve(citation)
            except CitationError:
                continue
            found.append(Basis(cited.law, cited.number, cited.text, cited.verbatim))
        return found

    def save(self, staff: Staff, topic: str, body: Mapping[str, Any]) -> int:
        """Store a new version; its number. Raises InvalidEntry with every fault, NotAllowed unless an admin."""
        return self.save_all(staff, [(topic, body)])[0]

    def save_all(self, staff: Staff, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> list[int]:
        """Store a new version of each (topic, entry), all or none; their numbers. Raises as `save` does."""
        _admin(staff)
        for topic, body in rows:
            if faults := self.check(body):
                raise InvalidEntry(faults)
            if not topic.strip():
                raise InvalidEntry(["topic: 请选择或填写主题"])
        entries = [(topic.strip(), Entry.model_validate(dict(body))) for topic, body in rows]
        now, numbers = self.clock(), []
        with self.store.begin() as unit:
            for topic, entry in entries:
                body = entry.model_dump(mode="json")
                number = unit.entries.save(entry.id, topic, body, by=staff.id, published=True, now=now)
                unit.audit.note(staff.id, "保存知识条目", f"{entry.id} 第{number}版", now=now)
                numbers.append(number)
        return numbers

    def retire(self, staff: Staff, entry: str) -> None:
        """Take an entry out of answers with the next publishing; its text is kept. Raises NotAllowed."""
        _admin(staff)
        held = self.get(entry)
        if held is None:
            raise NotAllowed(f"entry {entry}")
        body = {**held.entry.model_dump(mode="json"), "status": EntryStatus.RETIRED.value}
        now = self.clock()
        with self.store.begin() as unit:
            unit.entries.save(entry, held.topic, body, by=staff.id, published=True, now=now)
            unit.audit.note(staff.id, "停用知识条目", entry, now=now)

    def versions(self, entry: str) -> list[Version]:
        """Stored versions, latest first; empty for an entry that only stands in a file."""
        with self.store.begin() as unit:
            return [Version(*version) for version in unit.entries.versions(entry)]

    def restore(self, staff: Staff, entry: str, number: int) -> int:
        """Make an earlier version the current one, as a new version. Raises NotAllowed, InvalidEntry."""
        _admin(staff)
        version = next((version for version in self.versions(entry) if version.number == number), None)
        if version is None:
            raise NotAllowed(f"entry {entry} version {number}")
        return self.save(staff, version.topic, version.body)

    def publish(self, staff: Staff, progress: Progress) -> str:
        """Build and publish a snapshot of the base as it is now; its id."""
        _admin(staff)
        now = self.clock()
        snapshot = self.rebuild(progress)
        with self.store.begin() as unit:
            unit.audit.note(staff.id, "发布知识库", snapshot, now=now)
        return snapshot

    def rebuild(self, progress: Progress) -> str:
        """Build and publish the base of files and database, at the operator's word; the snapshot's id."""
        return self.indexing.build(self.base(), now=self.clock(), progress=progress)

    def snapshots(self) -> list[SnapshotInfo]:
        return self.indexing.snapshots()

    def roll_back(self, staff: Staff, snapshot: str) -> None:
        """Publish an earlier snapshot. Raises NotAllowed, NothingFound."""
        _admin(staff)
        self.indexing.roll_back(snapshot)
        now = self.clock()
        with self.store.begin() as unit:
            unit.audit.note(staff.id, "回退知识库", snapshot, now=now)

    def exported(self) -> dict[str, list[dict[str, Any]]]:
        """What the database holds, by topic, in the form of the entry files."""
        with self.store.begin() as unit:
            stored = unit.entries.current()
        topics: dict[str, list[dict[str, Any]]] = {}
        for _, (topic, body) in sorted(stored.items()):
            topics.setdefault(topic, []).append(body)
        return topics


def _admin(staff: Staff) -> None:
    if staff.role is not Role.ADMIN or not staff.active:
        raise NotAllowed("only an admin keeps the knowledge base")


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    text = "\n".join((entry.id, *entry.asked, entry.answer))
    return all(word in text for word in words)
