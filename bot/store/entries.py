"""Versions of entries kept in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.store.tables import EntryRow, EntryVersionRow, StaffRow
from bot.store.upsert import inserting


class SqlEntryVersions:
    """`bot.ports.EntryVersions`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> dict[str, tuple[str, dict[str, Any]]]:
        latest = (
            select(EntryVersionRow.entry_id, func.max(EntryVersionRow.number).label("number"))
            .where(EntryVersionRow.published)
            .group_by(EntryVersionRow.entry_id)
            .subquery()
        )
        rows = select(EntryVersionRow).join(
            latest,
            (EntryVersionRow.entry_id == latest.c.entry_id) & (EntryVersionRow.number == latest.c.number),
        )
        return {row.entry_id: (row.topic, row.body) for row in self._session.scalars(rows)}

    def save(self, entry: str, topic: str, body: dict[str, Any], *, by: int, published: bool, now: datetime) -> int:
        number = self._next_number(entry)
        version = {"entry_id": entry, "number": number, "topic": topic, "body": body}
        self._session.execute(insert(EntryVersionRow).values(**version, staff_id=by, published=published, at=now))
        return number

    def _next_number(self, entry: str) -> int:
        """One statement, so that two editors at once get two numbers."""
        first = inserting(self._session, EntryRow).values(id=entry, latest=1)
        counted = first.on_conflict_do_update(index_elements=["id"], set_={"latest": EntryRow.latest + 1})
        return self._session.scalars(counted.returning(EntryRow.latest)).one()

    def versions(self, entry: str) -> list[tuple[int, str, dict[str, Any], str, datetime, bool]]:
        version = EntryVersionRow
        rows = (
            select(version.number, version.topic, version.body, StaffRow.name, version.at, version.published)
            .join(StaffRow, StaffRow.id == version.staff_id)
            .where(version.entry_id == entry)
            .order_by(version.number.desc())
        )
        return [(*row,) for row in self._session.execute(rows)]
