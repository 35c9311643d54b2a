"""The gate of the knowledge base: what it lets through may be said to a resident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from knowledge.entry import Citation, Digest, DigestFile, Entry, EntryFile, EntryStatus
from knowledge.errors import CitationError, EntryFault, NotInForce, UnknownArticle
from knowledge.files import ROOT, Located, digest_files, entry_files
from knowledge.laws import LawSource
from knowledge.quantities import quantities

Fault = tuple[str, tuple[int | str, ...]]
"""What is wrong, and where inside the entry."""

BANNED = ("保证胜诉", "一定能赢", "包赢", "百分百", "绝对能", "肯定赢")
"""Promises no lawyer may make (律师职业规范) and the bot never does."""


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

    def faults_of(self, entry: Entry) -> list[str]:
        """What speaks against saying this entry, in words; for an entry that is not (yet) in a file."""
        others = replace(self, entries={key: held for key, held in self.entries.items() if key != entry.id})
        return [message for message, _ in (*_form_faults(entry, others), *_basis_faults(entry, others))]

    def answerable(self) -> Iterator[tuple[str, Entry]]:
        """(topic, entry) of all that automatic answers may use."""
        return (held for held in self.entries.values() if held[1].status is EntryStatus.REVIEWED)


def load(on: date, *, root: Path = ROOT, laws: LawSource | None = None) -> KnowledgeBase:
    """Read and check everything under `root`. `on` is the day in China on which citations must be in force."""
    base = KnowledgeBase({}, {}, laws or LawSource(on))
    for digests, located, faults in digest_files(root):
        base.faults.extend(faults)
        if digests is not None:
            base.faults.extend(_add_digests(base, digests, located))
    read: list[tuple[EntryFile, Located]] = []
    for entries, located, faults in entry_files(root):
        base.faults.extend(faults)
        if entries is not None:
            read.append((entries, located))
    for entries, located in read:
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
    found = [*_form_faults(entry, base), *_basis_faults(entry, base)]
    base.entries.setdefault(entry.id, (topic, entry))
    for message, place in found:
        yield EntryFault(located.name, located.line("entries", position, *place), f"{entry.id}: {message}")


def _form_faults(entry: Entry, base: KnowledgeBase) -> Iterator[Fault]:
    if entry.id in base.entries:
        yield "this id is taken", ("id",)
    if entry.reviewed_on > base.laws.on:
        yield "reviewed in the future", ("reviewed_on",)
    asked = (entry.question, *entry.variants)
    if len(set(asked)) < len(asked):
        yield "a variant stands twice", ("variants",)
    for promise in BANNED:
        if any(promise in part for part in entry.spoken_parts()):
            yield f"a promise nobody can make: {promise}", ("answer",)


def _basis_faults(entry: Entry, base: KnowledgeBase) -> Iterator[Fault]:
    """Citations that do not resolve; and numbers said that stand in none of the texts cited."""
    basis = list(entry.number_sources)
    for index, citation in enumerate(entry.citations):
        try:
            basis.append(base.resolve(citation).text)
        except CitationError as unresolved:
            yield str(unresolved), ("citations", index)
    if len(basis) < len(entry.number_sources) + len(entry.citations):
        return  # A number cannot be checked against a text that was not found.
    stated = quantities("\n".join(entry.spoken_parts()))
    for amount, unit in sorted(stated - quantities("\n".join(basis))):
        yield f"{amount}{unit} stands in no cited article, digest or number source", ("answer",)
