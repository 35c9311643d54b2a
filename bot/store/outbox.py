"""Texts on their way out.

A claim is a date: who takes a delivery moves `next_at` to when the claim lapses. If its process dies, the delivery
is simply due again then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Update, and_, exists, not_, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.message import Address
from bot.store.base import address_values
from bot.store.tables import DeliveryRow
from bot.store.upsert import insert_new


class SqlOutbox:
    """`bot.ports.Outbox`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def queue(self, to: Address, text: str, *, key: str, case: int | None, now: datetime) -> None:
        values = {
            "key": key,
            **address_values(to),
            "text": text,
            "case_id": case,
            "state": DeliveryState.PENDING,
            "tries": 0,
            "queued_at": now,
            "next_at": now,
            "failure": "",
        }
        insert_new(self._session, DeliveryRow.id, ("key",), values)

    def due(self, *, now: datetime, limit: int) -> list[Delivery]:
        """In the order of queueing; nothing that an earlier one to the same address, not yet due, is before."""
        found = select(DeliveryRow).where(_is_due(now), not_(_blocked(at=now))).order_by(DeliveryRow.id).limit(limit)
        return _deliveries(self._session.scalars(found))

    def take(self, delivery: int, *, now: datetime, until: datetime) -> bool:
        """Also False while an earlier one to the same address is not out yet."""
        taken = (
            update(DeliveryRow)
            .where(DeliveryRow.id == delivery, _is_due(now), not_(_blocked()))
            .values(next_at=until, tries=DeliveryRow.tries + 1)
            .returning(DeliveryRow.id)
        )
        return self._session.scalar(taken) is not None

    def sent(self, delivery: int, *, now: datetime) -> None:
        """A fact, whoever holds the claim by now."""
        out = update(DeliveryRow).where(DeliveryRow.id == delivery)
        self._session.execute(out.values(state=DeliveryState.SENT, sent_at=now))

    def retry(self, delivery: int, *, at: datetime, reason: str) -> None:
        """Changes nothing if another process sent it meanwhile."""
        self._session.execute(_pending(delivery).values(next_at=at, failure=reason))

    def hold(self, delivery: int, *, reason: str) -> None:
        """Changes nothing if another process sent it meanwhile."""
        self._session.execute(_pending(delivery).values(state=DeliveryState.HELD, failure=reason))

    def release(self, to: Address, *, now: datetime) -> list[Delivery]:
        released = (
            update(DeliveryRow)
            .where(DeliveryRow.is_at(to), DeliveryRow.state == DeliveryState.HELD)
            .values(state=DeliveryState.SENT, sent_at=now)
            .returning(DeliveryRow)
        )
        return _deliveries(sorted(self._session.scalars(released), key=lambda row: row.id))

    def held_for_channel(self, channel: str, *, limit: int) -> list[Delivery]:
        """Oldest first."""
        held = select(DeliveryRow).where(DeliveryRow.channel == channel, DeliveryRow.state == DeliveryState.HELD)
        return _deliveries(self._session.scalars(held.order_by(DeliveryRow.id).limit(limit)))


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(DeliveryRow.state == DeliveryState.PENDING, DeliveryRow.next_at <= now)


def _blocked(*, at: datetime | None = None) -> ColumnElement[bool]:
    """An earlier one to the same address is pending; with `at`, only one that is itself not due by then."""
    earlier = aliased(DeliveryRow)
    same = [getattr(earlier, column) == getattr(DeliveryRow, column) for column in ("channel", "user_id", "group_id")]
    before = exists().where(*same, earlier.state == DeliveryState.PENDING, earlier.id < DeliveryRow.id)
    return before.where(earlier.next_at > at) if at is not None else before


def _pending(delivery: int) -> Update:
    return update(DeliveryRow).where(DeliveryRow.id == delivery, DeliveryRow.state == DeliveryState.PENDING)


def _deliveries(rows: Iterable[DeliveryRow]) -> list[Delivery]:
    return [Delivery(row.id, row.key, row.address, row.text, row.case_id, row.tries, row.state) for row in rows]
