"""Importing a law: what a file would do, doing it, and taking it back. Nothing is changed before the confirmation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.errors import NotAllowed
from bot.domain.people import Role, Staff
from bot.domain.wording import CHINA
from bot.ports import Clock, LawImport, Store, Unit
from bot.service.publishing import Publishing
from knowledge.check import KnowledgeBase
from knowledge.entry import Entry, EntryStatus
from knowledge.impact import Impact, follow, impact
from knowledge.importing import Instrument, read_file
from knowledge.numerals import NUMERAL, article_number

_ARTICLE = re.compile(rf"第\s*{NUMERAL}\s*条(?:\s*之\s*{NUMERAL}(?!般))?")


class UnfitLaw(ValueError):
    """A law that can be read and still not be imported; `faults` are in Chinese, for the page."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class PastAnswers:
    """What was said on what a law changes: by the bot with an entry, and by people who named a struck article."""

    count: int
    last: datetime | None
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did: how many entries it took out of answers, and how many it brought to new numbers."""

    number: int
    taken_out: int
    renumbered: int


class LawImporting:
    """Imports are versions of laws over those of the package; entries are marked as an admin's own edits are."""

    def __init__(self, store: Store, publishing: Publishing, clock: Clock) -> None:
        self.store = store
        self.publishing = publishing
        self.clock = clock

    def preview(self, file: str, content: bytes) -> Impact:
        """What the file would do; nothing is changed. Raises UnreadableLaw."""
        return impact(self.publishing.base(), read_file(file, content))

    @staticmethod
    def blocked(found: Impact) -> list[str]:
        """What keeps it from being imported whatever dates are given, in words; empty if it may be."""
        faults, present = [], found.present
        if not found.instrument.name:
            faults.append("没有读到法规名称。请把文件名改成“法规名称_20260101.docx”这样（后面是版本日期），再上传。")
        if found.instrument.excerpt:
            faults.append("这是节选，不是从第一条开始。导入会让其余条文消失，请改为导入全文。")
        if found.newer_held is not None:
            faults.append(f"已经有更新的版本（{found.newer_held}），不用再导入这个旧版本。")
        if present is not None and found.instrument.version == present.version and _same(found):
            faults.append("和现在使用的版本一字不差，不用导入。")
        return faults

    @staticmethod
    def misdated(version: date | None, in_force: date | None) -> list[str]:
        """What is wrong with the dates."""
        faults = []
        if version is None:
            faults.append("请填写版本日期（通过、公布或最近一次修改的日期）。")
        if in_force is None:
            faults.append("请填写施行日期。")
        if version is not None and in_force is not None and in_force < version:
            faults.append("施行日期不能早于版本日期。修改过的法规，请填这次修改开始施行的日期。")
        return faults

    def past_answers(self, found: Impact) -> PastAnswers:
        """What was said on the articles it changes or repeals."""
        struck, law = struck_of(found), found.instrument.name
        with self.store.begin() as unit:
            told = unit.inquiries.answered_with([hit.entry.id for hit in found.entries])
            answers = unit.cases.answers_naming(law) if struck else []
        cases = [case for case, text in answers if struck & set(map(article_number, _ARTICLE.findall(text)))]
        return PastAnswers(
            count=sum(count for count, _ in told.values()),
            last=max((last for _, last in told.values()), default=None),
            cases=tuple(dict.fromkeys(cases)),
        )

    def confirm(self, staff: Staff, file: str, content: bytes, *, version: date | None, in_force: date | None) -> Done:
        """Store the law and bring the entries in line with it, all in one transaction.

        Of a law that is not yet in force, entries are taken out at once; citations follow their articles on the day.
        Raises NotAllowed, UnreadableLaw, UnfitLaw.
        """
        _admin(staff)
        found = impact(self.publishing.base(), _dated(read_file(file, content), version))
        faults = [*self.blocked(found), *self.misdated(version, in_force)]
        if faults or version is None or in_force is None:
            raise UnfitLaw(faults)
        now, base = self.clock(), self.publishing.base()
        begun = in_force <= now.astimezone(CHINA).date()
        struck, moves = struck_of(found), found.comparison.moves if found.compared else {}
        with self.store.begin() as unit:
            number = unit.law_imports.add(
                found.instrument,
                version=version,
                in_force=in_force,
                struck=struck,
                moves=moves,
                file=file,
                by=staff.id,
                applied=begun,
                now=now,
            )
            about = f"《{found.instrument.name}》{version} 版，{len(found.instrument.articles)} 条"
            unit.audit.note(staff.id, "导入法规", about, now=now)
            line = _Line(found.instrument.name, struck, moves if begun else {})
            taken_out, renumbered = line.bring_in(unit, base, by=staff.id, now=now)
        return Done(number, taken_out, renumbered)

    def history(self) -> list[LawImport]:
        """Imports in use or to be in force, latest first."""
        with self.store.begin() as unit:
            return unit.law_imports.held()[::-1]

    def changed_under(self, entry: Entry) -> list[str]:
        """Why an entry needs review: what it cites that an import changed or repealed, with the version that did."""
        if entry.status is not EntryStatus.NEEDS_REVIEW:
            return []
        return [
            f"《{_name(held)}》{cited.article}（{held.law.version.version} 版）"
            for held in self.history()
            for cited in entry.citations
            if cited.law == _name(held) and cited.article in _struck_now(held)
        ]

    def withdraw(self, staff: Staff, number: int) -> None:
        """Take an import back: the version before counts again, and citations go back to its numbers.

        Entries it took out stay out until somebody has read them. Only a law's latest import can be taken back.
        Raises NotAllowed.
        """
        _admin(staff)
        base, now = self.publishing.base(), self.clock()
        with self.store.begin() as unit:
            held = unit.law_imports.held()
            found = next((one for one in held if one.number == number), None)
            if found is None or any(_name(one) == _name(found) and one.number > number for one in held):
                raise NotAllowed(f"law import {number}")
            unit.law_imports.withdraw(number, now=now)
            unit.audit.note(staff.id, "撤回导入的法规", f"《{_name(found)}》{found.law.version.version} 版", now=now)
            back = {new: old for old, new in found.moves.items()} if found.applied else {}
            _Line(_name(found), frozenset(), back).bring_in(unit, base, by=staff.id, now=now)

    def come_into_force(self) -> int:
        """For the worker: bring entries in line with imports that came into force since; how many imports.

        Entries reviewed on that day or later were reviewed on the new text and are left alone.
        """
        now = self.clock()
        today = now.astimezone(CHINA).date()
        with self.store.begin() as unit:
            due = [held for held in unit.law_imports.held() if not held.applied and held.law.version.in_force <= today]
        for held in due:
            base = self.publishing.base()
            with self.store.begin() as unit:
                if not unit.law_imports.mark_applied(held.number, now=now):
                    continue
                line = _Line(_name(held), held.struck, held.moves, before=held.law.version.in_force)
                line.bring_in(unit, base, by=held.staff, now=now)
                unit.audit.note(None, "法规开始施行", f"《{_name(held)}》{held.law.version.version} 版", now=now)
        return len(due)


@dataclass(frozen=True, slots=True)
class _Line:
    """What entries that cite a law must follow: struck articles take them out, moved ones change their citations.

    `before`: only entries reviewed before this day.
    """

    law: str
    struck: Collection[str]
    moves: Mapping[str, str]
    before: date | None = None

    def bring_in(self, unit: Unit, base: KnowledgeBase, *, by: int, now: datetime) -> tuple[int, int]:
        """Save new versions of the entries concerned; how many were taken out, and how many only moved."""
        taken_out = moved = 0
        for topic, entry in base.entries.values():
            changed = self._changed(entry)
            if changed == entry:
                continue
            out = changed.status is not entry.status
            taken_out, moved = taken_out + out, moved + (not out)
            number = unit.entries.save(entry.id, topic, changed.model_dump(mode="json"), by=by, published=True, now=now)
            what = "停用待审的知识条目" if out else "更新知识条目的条号"
            unit.audit.note(by, what, f"{entry.id} 第{number}版，因《{self.law}》修改", now=now)
        return taken_out, moved

    def _changed(self, entry: Entry) -> Entry:
        if entry.status is EntryStatus.RETIRED or not entry.cites({self.law}):
            return entry
        if self.before is not None and entry.reviewed_on >= self.before:
            return entry
        hit = any(cited.law == self.law and cited.article in self.struck for cited in entry.citations)
        followed = follow(entry, self.law, self.moves)
        return KnowledgeBase.put_to_review(followed) if hit else followed


def struck_of(found: Impact) -> frozenset[str]:
    """Old numbers of what it changes or repeals; with no old text to compare, every number that entries cite."""
    if found.struck is not None:
        return found.struck
    return frozenset(article for hit in found.entries for article in hit.articles)


def _struck_now(held: LawImport) -> set[str]:
    """Struck articles by the numbers that entries cite them by: the new ones, once the import is applied."""
    return {held.moves.get(number, number) if held.applied else number for number in held.struck}


def _same(found: Impact) -> bool:
    held = found.comparison
    return not (held.added or held.repealed or held.changed or held.renumbered)


def _dated(instrument: Instrument, version: date | None) -> Instrument:
    """With the date the admin confirmed, which may not stand in the file."""
    return replace(instrument, version=version)


def _name(held: LawImport) -> str:
    return held.law.version.name


def _admin(staff: Staff) -> None:
    if staff.role is not Role.ADMIN or not staff.active:
        raise NotAllowed("only an admin imports laws")
