"""What the next message from an address may refer to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.message import Address
from bot.store.base import address_values
from bot.store.tables import DialogueRow
from bot.store.upsert import put


class SqlDialogues:
    """`bot.ports.Dialogues`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(self, address: Address, *, options: Sequence[str], rest: str, expires: datetime) -> None:
        """Instead of what was held before."""
        held = {"options": list(options), "rest": rest, "expires_at": expires}
        put(self._session, DialogueRow, address_values(address), held)

    def recall(self, address: Address, *, now: datetime) -> tuple[tuple[str, ...], str]:
        held = select(DialogueRow).where(DialogueRow.is_at(address), DialogueRow.expires_at > now)
        row = self._session.scalar(held)
        return (tuple(row.options), row.rest) if row is not None else ((), "")
