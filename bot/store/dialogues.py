"""What the next message from an address may refer to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.dialogue import Dialogue
from bot.domain.message import Address
from bot.store.base import address_values
from bot.store.tables import DialogueRow
from bot.store.upsert import put


class SqlDialogues:
    """`bot.ports.Dialogues`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(self, address: Address, dialogue: Dialogue, *, expires: datetime) -> None:
        held = {
            "options": list(dialogue.options),
            "rest": dialogue.rest,
            "asked": dialogue.asked,
            "entry": dialogue.entry,
            "unanswered": list(dialogue.unanswered),
            "said_at": dialogue.said_at,
            "case_id": dialogue.case,
            "fact": dialogue.fact,
            "facts_asked": dialogue.facts_asked,
            "expires_at": expires,
        }
        put(self._session, DialogueRow, address_values(address), held)

    def recall(self, address: Address, *, now: datetime) -> Dialogue:
        held = select(DialogueRow).where(DialogueRow.is_at(address), DialogueRow.expires_at > now)
        row = self._session.scalar(held)
        if row is None:
            return Dialogue()
        return Dialogue(
            options=tuple(row.options),
            rest=row.rest,
            asked=row.asked,
            entry=row.entry,
            unanswered=tuple(row.unanswered),
            said_at=row.said_at,
            case=row.case_id,
            fact=row.fact,
            facts_asked=row.facts_asked,
        )
