"""Versions of laws that admins imported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from bot.ports import LawImport
from bot.store.tables import LawImportRow, StaffRow
from knowledge.importing import Instrument
from knowledge.laws import Article, ImportedLaw, LawVersion


class SqlLawImports:
    """`bot.ports.LawImports`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        instrument: Instrument,
        *,
        version: date,
        in_force: date,
        struck: Collection[str],
        moves: Mapping[str, str],
        file: str,
        by: int,
        applied: bool,
        now: datetime,
    ) -> int:
        added = insert(LawImportRow).values(
            name=instrument.name,
            title=instrument.title,
            version=version,
            in_force=in_force,
            articles=[[article.number, article.text, article.chapter] for article in instrument.articles],
            struck=sorted(struck),
            moves=dict(moves),
            file=file,
            staff_id=by,
            at=now,
            applied_at=now if applied else None,
        )
        return self._session.scalars(added.returning(LawImportRow.id)).one()

    def revision(self) -> tuple[int, int]:
        row = LawImportRow
        counted = select(func.count(), func.coalesce(func.max(row.id), 0)).where(row.withdrawn_at.is_(None))
        count, latest = self._session.execute(counted).one()
        return count, latest

    def held(self) -> list[LawImport]:
        rows = (
            select(LawImportRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == LawImportRow.staff_id)
            .where(LawImportRow.withdrawn_at.is_(None))
            .order_by(LawImportRow.id)
        )
        return [_import(row, by) for row, by in self._session.execute(rows)]

    def mark_applied(self, number: int, *, now: datetime) -> bool:
        return self._set(number, LawImportRow.applied_at.is_(None), applied_at=now)

    def withdraw(self, number: int, *, now: datetime) -> bool:
        return self._set(number, LawImportRow.withdrawn_at.is_(None), withdrawn_at=now)

    def _set(self, number: int, condition: ColumnElement[bool], **values: datetime) -> bool:
        changed = update(LawImportRow).where(LawImportRow.id == number, condition).values(**values)
        return self._session.scalar(changed.returning(LawImportRow.id)) is not None


def _import(row: LawImportRow, by: str) -> LawImport:
    law = LawVersion(f"import-{row.id}", row.name, row.version, row.in_force)
    articles = (Article(row.name, number, text, chapter, row.version) for number, text, chapter in row.articles)
    return LawImport(
        number=row.id,
        law=ImportedLaw(law, tuple(articles)),
        title=row.title,
        struck=frozenset(row.struck),
        moves=dict(row.moves),
        file=row.file,
        staff=row.staff_id,
        by=by,
        at=row.at,
        applied=row.applied_at is not None,
    )
