"""Accepted messages and the replies they got."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from bot.domain.message import Incoming, MessageKey, Reply
from bot.store.base import address_values
from bot.store.tables import InboxRow
from bot.store.upsert import insert_new


class SqlInbox:
    """`bot.ports.Inbox`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._settled: dict[MessageKey, int] = {}

    def accept(self, message: Incoming, text: str, *, now: datetime) -> bool:
        values = {
            "key_channel": message.key.channel,
            "key_id": message.key.id,
            **address_values(message.sender),
            "sender_name": message.sender_name,
            "text": text,
            "form": message.form,
            "mentioned": message.mentioned,
            "scene": message.scene,
            "sent_at": message.sent_at,
            "accepted_at": now,
        }
        return insert_new(self._session, InboxRow.id, ("key_channel", "key_id"), values) is not None

    def reply(self, key: MessageKey) -> Reply | None:
        columns = select(InboxRow.reply, InboxRow.inquiry_id)
        found = self._session.execute(columns.where(_is(key), InboxRow.settled_at.is_not(None))).one_or_none()
        return None if found is None else Reply(found.reply, found.inquiry_id)

    def settle(self, key: MessageKey, reply: Reply, *, now: datetime) -> bool:
        won = self._session.scalar(
            update(InboxRow)
            .where(_is(key), InboxRow.settled_at.is_(None))
            .values(reply=reply.text, inquiry_id=reply.inquiry, settled_at=now)
            .returning(InboxRow.id)
        )
        if won is None:
            return False
        self._settled[key] = won
        return True

    def amend(self, key: MessageKey, reply: Reply) -> None:
        """Raises KeyError unless this transaction settled the message.

        The row is found by its id: the key is another one by now if the message asked to be forgotten.
        """
        row = InboxRow.id == self._settled[key]
        self._session.execute(update(InboxRow).where(row).values(reply=reply.text, inquiry_id=reply.inquiry))

    def unsettled(self, *, before: datetime, limit: int) -> list[Incoming]:
        left = (
            select(InboxRow)
            .where(InboxRow.settled_at.is_(None), InboxRow.accepted_at < before)
            .order_by(InboxRow.accepted_at, InboxRow.id)
            .limit(limit)
        )
        return [_message(row) for row in self._session.scalars(left)]


def _is(key: MessageKey) -> ColumnElement[bool]:
    return and_(InboxRow.key_channel == key.channel, InboxRow.key_id == key.id)


def _message(row: InboxRow) -> Incoming:
    return Incoming(
        key=MessageKey(row.key_channel, row.key_id),
        sender=row.address,
        text=row.text,
        sent_at=row.sent_at,
        sender_name=row.sender_name,
        form=row.form,
        mentioned=row.mentioned,
        scene=row.scene,
    )
