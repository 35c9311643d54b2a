"""The knowledge base, read and checked: what passes without a fault may be said to a resident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from knowledge.asked.questions import read_asked
from knowledge.dangers.examples import Example, read_examples
from knowledge.entry import Citation, Digest, DigestFile, Entry, EntryFile, EntryStatus
from knowledge.errors import EntryFault, NotInForce, UnknownArticle
from knowledge.files import ROOT, Located, digest_files, entry_files
from knowledge.laws import Key, LawSource
from knowledge.rules.basis import unfounded
from knowledge.rules.fault import Fault
from knowledge.rules.form import malformed
from knowledge.rules.promises import promises
from knowledge.samples import Sample
from knowledge.smalltalk.examples import Talk, read_talk


@dataclass(frozen=True, slots=True)
class CitedText:
    """What a citation resolves to: verbatim article text, or our digest of a rule."""

    law: str
    number: str
    text: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """All files, read, with what they cite resolvable. `faults` is empty for a base that may be published."""

    entries: dict[str, tuple[str, Entry]]
    """entry id -> (topic, entry)"""
    digests: dict[tuple[str, str], tuple[DigestFile, Digest]]
    """(instrument, article) -> digest"""
    laws: LawSource
    faults: list[EntryFault] = field(default_factory=list)
    files: list[tuple[EntryFile, Located]] = field(default_factory=list)
    """The entry files as read, for what is checked of a file and not of an entry."""
    dangers: list[Example] = field(default_factory=list)
    """What the alarm learns from."""
    talk: list[Sample[Talk]] = field(default_factory=list)
    """What matters of law are learned to be told from."""
    asked: dict[Key, list[str]] = field(default_factory=dict)
    """(law, article) -> how people ask about it, which the search learns from."""

    def resolve(self, citation: Citation) -> CitedText:
        """The text a citation rests on. Raises CitationError if it does not resolve or is not in force."""
        if (held := self.digests.get((citation.law, citation.article))) is not None:
            file, digest = held
            if file.in_force > self.laws.on:
                raise NotInForce(citation.law, citation.article, f"not in force before {file.in_force}")
            return CitedText(citation.law, citation.article, f"{digest.title}。{digest.rule}", verbatim=False)
        if any(instrument == citation.law for instrument, _ in self.digests):
            raise UnknownArticle(citation.law, citation.article)
        article = self.laws.find(citation.law, citation.article)
        return CitedText(article.law, article.number, article.text, verbatim=True)

    def with_entry(self, topic: str, entry: Entry) -> KnowledgeBase:
        """The same base with one entry added or replaced; check it with `faults_of`."""
        return replace(self, entries={**self.entries, entry.id: (topic, entry)})

    def with_laws(self, laws: LawSource) -> KnowledgeBase:
        """The same base on other law texts. An entry that cites an imported law and no longer stands needs review.

        Digests give way where the whole text of their instrument was imported.
        """
        whole = {law.version.name for law in laws.imported}
        digests = {key: held for key, held in self.digests.items() if key[0] not in whole}
        base = replace(self, laws=laws, digests=digests)
        entries = {
            key: (topic, base.put_to_review(entry) if entry.cites(whole) and base.faults_of(entry) else entry)
            for key, (topic, entry) in self.entries.items()
        }
        return replace(base, entries=entries)

    @staticmethod
    def put_to_review(entry: Entry) -> Entry:
        """The entry, out of automatic answers until somebody has read it again; a retired one stays retired."""
        if entry.status is EntryStatus.RETIRED:
            return entry
        return entry.model_copy(update={"status": EntryStatus.NEEDS_REVIEW})

    def faults_of(self, entry: Entry) -> list[str]:
        """What speaks against saying this entry, in words; for an entry that is not (yet) in a file."""
        others = replace(self, entries={key: held for key, held in self.entries.items() if key != entry.id})
        return [message for message, _ in others.faults_in(entry)]

    def faults_in(self, entry: Entry) -> Iterator[Fault]:
        """The same for an entry that is not part of this base, each with its place."""
        yield from malformed(entry, self.entries, self.laws.on)
        yield from promises(entry.spoken())
        yield from unfounded(
            entry.spoken(), entry.citations, entry.number_sources, lambda cited: self.resolve(cited).text
        )

    def answerable(self) -> Iterator[tuple[str, Entry]]:
        """(topic, entry) of all that automatic answers may use."""
        return (held for held in self.entries.values() if held[1].status is EntryStatus.REVIEWED)


def load(on: date, *, root: Path = ROOT, laws: LawSource | None = None) -> KnowledgeBase:
    """Read and check everything under `root`. `on` is the day in China on which citations must be in force."""
    dangers, wrong = read_examples(root)
    talk, also_wrong = read_talk(root)
    source = laws or LawSource(on)
    asked, unknown = read_asked(source, root)
    wrong += also_wrong + unknown
    base = KnowledgeBase({}, {}, source, wrong, dangers=dangers, talk=talk, asked=asked)
    for digests, located, faults in digest_files(root):
        base.faults.extend(faults)
        if digests is not None:
            base.faults.extend(_add_digests(base, digests, located))
    for entries, located, faults in entry_files(root):
        base.faults.extend(faults)
        if entries is not None:
            base.files.append((entries, located))
    for entries, located in base.files:
        for position, entry in enumerate(entries.entries):
            base.faults.extend(_add_entry(base, entries.topic, entry, located, position))
    return base


def _add_digests(base: KnowledgeBase, file: DigestFile, located: Located) -> Iterator[EntryFault]:
    for position, digest in enumerate(file.digests):
        key = (file.instrument, digest.article)
        if key in base.digests:
            yield EntryFault(located.name, located.line("digests", position), f"{digest.article} stands twice")
        base.digests[key] = (file, digest)


def _add_entry(base: KnowledgeBase, topic: str, entry: Entry, located: Located, position: int) -> Iterator[EntryFault]:
    found = list(base.faults_in(entry))
    base.entries.setdefault(entry.id, (topic, entry))
    for message, place in found:
        yield EntryFault(located.name, located.line("entries", position, *place), message, entry.id)
