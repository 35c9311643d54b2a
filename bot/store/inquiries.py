"""The ledger of questions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.domain.message import Address, Incoming
from bot.store.base import address_values
from bot.store.tables import InquiryRow

OUTCOMES = ("answer", "clarify", "escalate")


class SqlInquiries:
    """`bot.ports.Inquiries`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        message: Incoming,
        *,
        text: str,
        resident: int,
        village: str | None,
        outcome: str,
        reason: str,
        entry: str | None,
        confidence: float,
        reply: str,
        now: datetime,
    ) -> int:
        added = insert(InquiryRow).values(
            **address_values(message.sender),
            sender_name=message.sender_name,
            asked_at=message.sent_at,
            text=text,
            resident_id=resident,
            village=village,
            outcome=outcome,
            reason=reason,
            entry=entry,
            confidence=confidence,
            reply=reply,
            at=now,
        )
        return self._session.scalars(added.returning(InquiryRow.id)).one()

    def rate(self, inquiry: int, good: bool) -> None:
        """The last word counts."""
        self._session.execute(update(InquiryRow).where(InquiryRow.id == inquiry).values(good=good))

    def last(self, address: Address, *, since: datetime) -> int | None:
        """Of those recorded at `since` or after."""
        theirs = select(InquiryRow.id).where(InquiryRow.is_at(address), InquiryRow.at >= since)
        return self._session.scalar(theirs.order_by(InquiryRow.id.desc()).limit(1))

    def answered_with(self, entries: Collection[str]) -> dict[str, tuple[int, datetime]]:
        counted = (
            select(InquiryRow.entry, func.count(), func.max(InquiryRow.at))
            .where(InquiryRow.outcome == "answer", InquiryRow.entry.in_(entries))
            .group_by(InquiryRow.entry)
        )
        return {entry: (count, last) for entry, count, last in self._session.execute(counted) if entry is not None}

    def counts(self, *, villages: frozenset[str] | None, since: datetime) -> dict[str, int]:
        """Every outcome is named, with 0 if there was none. Recorded at `since` or after."""
        counted = select(InquiryRow.outcome, func.count()).where(InquiryRow.at >= since)
        if villages is not None:
            counted = counted.where(InquiryRow.village.in_(villages))
        found = dict((*row,) for row in self._session.execute(counted.group_by(InquiryRow.outcome)))
        return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}
