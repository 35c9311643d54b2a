"""What a new version of a law changes, article by article, and which entries and digests rest on what it changes.

Pure: nothing is stored and nothing is marked here. An entry is hit exactly when it cites an article, by its old number,
whose text was changed or repealed. An article that only moved to another number changed nothing; entries that cite it
are listed apart, since they must follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Literal

from knowledge.alignment import align, bare
from knowledge.check import KnowledgeBase
from knowledge.entry import Citation, Digest, DigestFile, Entry, EntryStatus
from knowledge.importing import Instrument
from knowledge.laws import Article, LawVersion

Part = tuple[Literal["same", "gone", "new"], str]
"""A stretch of text of a diff, and which version it stands in."""

SHORTEST_SAME = 2
"""A stretch of fewer characters left between two changes is shown as changed: single characters agree by accident."""


@dataclass(frozen=True, slots=True)
class Change:
    """One article in both versions. `renumbered`: its number changed; `revised`: its text did."""

    old: str
    new: str
    before: str
    after: str

    @property
    def renumbered(self) -> bool:
        return self.old != self.new

    @property
    def revised(self) -> bool:
        return bare(self.before) != bare(self.after)

    @property
    def parts(self) -> list[Part]:
        """The readable difference."""
        return diff(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a law. `added` and `repealed` are (number, text) of the new and the old one."""

    added: tuple[tuple[str, str], ...]
    repealed: tuple[tuple[str, str], ...]
    kept: tuple[Change, ...]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.kept if change.revised]

    @property
    def renumbered(self) -> list[Change]:
        """Moved to another number, their text unchanged."""
        return [change for change in self.kept if change.renumbered and not change.revised]

    @property
    def struck(self) -> frozenset[str]:
        """Old numbers of the articles changed or repealed: what rests on them must be read again."""
        return frozenset((*(change.old for change in self.changed), *(number for number, _ in self.repealed)))

    @property
    def moves(self) -> dict[str, str]:
        """Old number -> new number of every article, changed or not, that moved."""
        return {change.old: change.new for change in self.kept if change.renumbered}


@dataclass(frozen=True, slots=True)
class HitEntry:
    """An entry that rests on the law; `articles` are those of its citations that matter, by their old numbers."""

    topic: str
    entry: Entry
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitDigest:
    """A digest of an article changed or repealed."""

    file: DigestFile
    digest: Digest


@dataclass(frozen=True, slots=True)
class Impact:
    """What an instrument would do to a base on the base's day.

    `present` is the version of the law in force, None if the law source has none. `compared` is False where there is
    no old text to compare with, only digests: then everything that rests on the law counts as hit if the instrument
    is newer. `newer_held`: the base has a newer version than the instrument; then nothing is hit. `struck` are the old
    numbers of articles changed or repealed; None means that any may be.
    """

    instrument: Instrument
    present: LawVersion | None
    comparison: Comparison
    compared: bool
    newer_held: date | None
    struck: frozenset[str] | None
    entries: tuple[HitEntry, ...]
    followers: tuple[HitEntry, ...]
    digests: tuple[HitDigest, ...]

    def strikes(self, citations: Iterable[Citation]) -> bool:
        """Is any of these citations one of an article changed or repealed?"""
        return any(
            cited.law == self.instrument.name and (self.struck is None or cited.article in self.struck)
            for cited in citations
        )

    def as_json(self) -> dict[str, Any]:
        """For machines; numbers of changed, repealed and renumbered articles are the old ones."""
        version = self.instrument
        return {
            "law": version.name,
            "title": version.title,
            "version": _iso(version.version),
            "in_force": _iso(version.in_force),
            "articles": len(version.articles),
            "present_version": _iso(self.present.version if self.present else None),
            "newer_version_held": _iso(self.newer_held),
            "compared": self.compared,
            "added": [number for number, _ in self.comparison.added],
            "changed": [
                {"article": change.old, "new_article": change.new, "diff": marked(change.parts)}
                for change in self.comparison.changed
            ],
            "repealed": [number for number, _ in self.comparison.repealed],
            "renumbered": [{"article": change.old, "new_article": change.new} for change in self.comparison.renumbered],
            "entries": [_row(hit) for hit in self.entries],
            "entries_to_renumber": [_row(hit) for hit in self.followers],
            "digests": [{"law": hit.file.instrument, "article": hit.digest.article} for hit in self.digests],
            "notices": list(version.notices),
        }


def compare(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Comparison:
    """Two versions, each (number, text) in the order of the law."""
    olds, news = list(old), list(new)
    pairs = align(dict(olds), dict(news))
    held_old, held_new = {one for one, _ in pairs}, {other for _, other in pairs}
    return Comparison(
        added=tuple(article for at, article in enumerate(news) if at not in held_new),
        repealed=tuple(article for at, article in enumerate(olds) if at not in held_old),
        kept=tuple(Change(olds[one][0], news[other][0], olds[one][1], news[other][1]) for one, other in pairs),
    )


def diff(before: str, after: str) -> list[Part]:
    """The texts as one, in stretches.

    >>> diff("期间为三年。", "期间为五年。")
    [('same', '期间为'), ('gone', '三'), ('new', '五'), ('same', '年。')]
    """
    parts: list[Part] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    opcodes = matcher.get_opcodes()
    gone = new = ""
    for position, (kind, one, end_one, other, end_other) in enumerate(opcodes):
        inner = 0 < position < len(opcodes) - 1
        if kind == "equal" and not (inner and end_one - one < SHORTEST_SAME):
            parts += [part for part in (("gone", gone), ("new", new)) if part[1]]
            parts.append(("same", before[one:end_one]))
            gone = new = ""
        else:
            gone, new = gone + before[one:end_one], new + after[other:end_other]
    parts += [part for part in (("gone", gone), ("new", new)) if part[1]]
    return parts


def marked(parts: Sequence[Part]) -> str:
    """A diff as one line of text.

    >>> marked([("same", "期间为"), ("gone", "三"), ("new", "五"), ("same", "年。")])
    '期间为[-三-]{+五+}年。'
    """
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[kind].format(text) for kind, text in parts)


def impact(base: KnowledgeBase, instrument: Instrument) -> Impact:
    """What the instrument would do to the base, were it in force."""
    name, present = instrument.name, base.laws.present(instrument.name)
    digests = [held for (law, _), held in base.digests.items() if law == name]
    old = [] if present is None else base.laws.articles_of(name)
    comparison = compare(_texts(old), [(article.number, article.text) for article in instrument.articles])
    newest = max([file.version for file, _ in digests] + ([present.version] if present else []), default=None)
    newer_held = newest if newest and instrument.version and newest > instrument.version else None
    compared = present is not None or not digests
    if newer_held is not None:
        struck: frozenset[str] | None = frozenset()
    elif compared:
        struck = comparison.struck
    else:
        # The same version is the text our digests were written from.
        struck = frozenset() if newest == instrument.version else None
    moves = {} if newer_held else comparison.moves
    entries = tuple(_citing(base, name, struck))
    hit = {one.entry.id for one in entries}
    return Impact(
        instrument=instrument,
        present=present,
        comparison=comparison,
        compared=compared,
        newer_held=newer_held,
        struck=struck,
        entries=entries,
        followers=tuple(one for one in _citing(base, name, frozenset(moves)) if one.entry.id not in hit),
        digests=tuple(HitDigest(*held) for held in digests if struck is None or held[1].article in struck),
    )


def follow(entry: Entry, law: str, moves: Mapping[str, str]) -> Entry:
    """The entry with its citations of moved articles brought to their new numbers."""
    citations = tuple(
        Citation(law=cited.law, article=moves[cited.article]) if cited.law == law and cited.article in moves else cited
        for cited in entry.citations
    )
    return entry.model_copy(update={"citations": citations})


def _citing(base: KnowledgeBase, law: str, articles: frozenset[str] | None) -> Iterable[HitEntry]:
    """Entries that cite any of these articles of the law; None: any article."""
    for topic, entry in base.entries.values():
        cited = [
            citation.article
            for citation in entry.citations
            if citation.law == law and (articles is None or citation.article in articles)
        ]
        if cited and entry.status is not EntryStatus.RETIRED:
            yield HitEntry(topic, entry, tuple(dict.fromkeys(cited)))


def _texts(articles: Iterable[Article]) -> list[tuple[str, str]]:
    return [(article.number, article.text) for article in articles]


def _row(hit: HitEntry) -> dict[str, Any]:
    return {"id": hit.entry.id, "topic": hit.topic, "question": hit.entry.question, "articles": list(hit.articles)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
