"""Who did what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.store.tables import AuditRow, StaffRow


class SqlAudit:
    """`bot.ports.Audit`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, who: int | None, what: str, about: str, *, now: datetime, where: str = "") -> None:
        self._session.execute(insert(AuditRow).values(staff_id=who, what=what, about=about, place=where, at=now))

    def latest(self, limit: int) -> list[tuple[datetime, str, str, str]]:
        """`who` is a name, empty for the bot."""
        name = func.coalesce(StaffRow.name, "")
        notes = (
            select(AuditRow.at, name, AuditRow.what, AuditRow.about)
            .outerjoin(StaffRow, StaffRow.id == AuditRow.staff_id)
            .order_by(AuditRow.id.desc())
            .limit(limit)
        )
        return [(*row,) for row in self._session.execute(notes)]
