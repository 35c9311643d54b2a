"""Who spoke last in a group, and which channel users are staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.store.tables import BindingRow, StaffRow, TalkRow
from bot.store.upsert import put


class SqlGroups:
    """`bot.ports.Groups`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last_spoke(self, channel: str, group: str) -> datetime | None:
        return self._spoke(TalkRow.bot_at, channel, group)

    def note_spoke(self, channel: str, group: str, *, now: datetime) -> None:
        put(self._session, TalkRow, {"channel": channel, "group_id": group}, {"bot_at": now})

    def adviser_spoke(self, channel: str, group: str) -> datetime | None:
        return self._spoke(TalkRow.adviser_at, channel, group)

    def note_adviser(self, channel: str, group: str, *, now: datetime) -> None:
        put(self._session, TalkRow, {"channel": channel, "group_id": group}, {"adviser_at": now})

    def is_adviser(self, channel: str, user: str) -> bool:
        """Whoever left is no longer one."""
        bound = (
            select(StaffRow.id)
            .join(BindingRow, BindingRow.staff_id == StaffRow.id)
            .where(BindingRow.channel == channel, BindingRow.user_id == user, StaffRow.active)
        )
        return self._session.scalar(bound) is not None

    def bind_adviser(self, channel: str, user: str, staff: int) -> None:
        """A channel user is one person: binding again replaces."""
        put(self._session, BindingRow, {"channel": channel, "user_id": user}, {"staff_id": staff})

    def _spoke(self, when: InstrumentedAttribute[datetime | None], channel: str, group: str) -> datetime | None:
        return self._session.scalar(select(when).where(TalkRow.channel == channel, TalkRow.group_id == group))
