"""Forgetting a resident: their words, name and channel id leave every table at once.

What remains (times, village, outcome, entry, who did what to a case) counts in the figures and names nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.case import CaseState
from bot.domain.delivery import DeliveryState
from bot.store.base import Addressed
from bot.store.tables import (
    CaseEventRow,
    CaseRow,
    DeliveryRow,
    DialogueRow,
    InboxRow,
    InquiryRow,
    ResidentRow,
)

UNSENT = (DeliveryState.PENDING, DeliveryState.HELD)


def forget(session: Session, resident: int) -> None:
    """Does nothing for an unknown id; the caller's transaction makes it all or nothing."""
    row = session.scalar(select(ResidentRow).where(ResidentRow.id == resident))
    if row is not None:
        _Forgetting(session, row).run()


class _Forgetting:
    def __init__(self, session: Session, resident: ResidentRow) -> None:
        self.session = session
        self.id, self.channel, self.user = resident.id, resident.channel, resident.user_id
        self.ghost = f"forgotten-{uuid4().hex}"

    def run(self) -> None:
        # In the order in which a message being answered takes these rows: on PostgreSQL, of two transactions
        # of one resident the second then waits for the first, and they never wait for each other.
        self._inbox()
        gone = update(ResidentRow).where(ResidentRow.id == self.id)
        self.session.execute(gone.values(user_id=self.ghost, village=None))
        self._outbox()
        self._cases()
        asked = update(InquiryRow).where(self._asked())
        self.session.execute(asked.values(user_id=self.ghost, sender_name="", text="", reply=""))
        self.session.execute(delete(DialogueRow).where(self._theirs(DialogueRow)))

    def _inbox(self) -> None:
        """What waits for a reply is settled with silence. A message id may contain the user id."""
        self.session.execute(
            update(InboxRow)
            .where(self._theirs(InboxRow))
            .values(
                user_id=self.ghost,
                sender_name="",
                text="",
                reply=None,
                key_id=func.replace(InboxRow.key_id, self.user, self.ghost),
                settled_at=func.coalesce(InboxRow.settled_at, InboxRow.accepted_at),
            )
        )

    def _outbox(self) -> None:
        """What is on its way to them, or to an adviser about them, is stopped."""
        about = or_(self._theirs(DeliveryRow), DeliveryRow.case_id.in_(self._their_cases()))
        stopped = update(DeliveryRow).where(about, DeliveryRow.state.in_(UNSENT))
        self.session.execute(stopped.values(state=DeliveryState.GIVEN_UP))
        self.session.execute(update(DeliveryRow).where(about).values(text="", failure=""))
        key = func.replace(DeliveryRow.key, self.user, self.ghost)
        theirs = update(DeliveryRow).where(self._theirs(DeliveryRow))
        self.session.execute(theirs.values(user_id=self.ghost, key=key))

    def _cases(self) -> None:
        """What was noted may quote them."""
        history = update(CaseEventRow).where(CaseEventRow.case_id.in_(self._their_cases()))
        self.session.execute(history.values(text=""))
        closed = (
            update(CaseRow)
            .where(CaseRow.id.in_(self._their_cases()), CaseRow.state != CaseState.CLOSED)
            .values(state=CaseState.CLOSED)
            .returning(CaseRow.id)
        )
        note = {"staff_id": None, "what": "办结", "text": "咨询人要求删除其内容", "at": datetime.now(UTC)}
        notes = [{"case_id": found, **note} for found in self.session.scalars(closed)]
        if notes:
            self.session.execute(insert(CaseEventRow), notes)

    def _theirs(self, table: type[Addressed]) -> ColumnElement[bool]:
        return and_(table.channel == self.channel, table.user_id == self.user)

    def _asked(self) -> ColumnElement[bool]:
        return or_(InquiryRow.resident_id == self.id, self._theirs(InquiryRow))

    def _their_cases(self) -> Select[int]:
        return select(CaseRow.id).join(InquiryRow, InquiryRow.id == CaseRow.inquiry_id).where(self._asked())
