"""What goes into the ledger, and before a person."""

from __future__ import annotations

from bot.domain.case import Candidate
from bot.domain.decision import Answer, Escalate, Reason
from bot.domain.errors import NothingFound
from bot.domain.question import Urgency
from bot.ports import Clock, Retriever, Unit
from bot.service.casework import Casework, Handed
from bot.service.turn import Turn


class HandingOver:
    """Writes down what a turn leads to, inside the caller's transaction."""

    def __init__(self, retriever: Retriever, casework: Casework, clock: Clock) -> None:
        self.retriever = retriever
        self.casework = casework
        self.clock = clock

    def record(
        self, unit: Unit, turn: Turn, outcome: str, reason: Reason, entry: str | None, confidence: float, reply: str
    ) -> int:
        """The ledger line of a question."""
        return unit.inquiries.add(
            turn.message,
            text=turn.all_said,
            resident=turn.resident,
            village=turn.village,
            outcome=outcome,
            reason=reason,
            entry=entry,
            confidence=confidence,
            reply=reply,
            now=self.clock(),
        )

    def open(self, unit: Unit, turn: Turn, inquiry: int, decision: Answer | Escalate, suggestion: str) -> Handed:
        """A case for a question of the ledger."""
        try:
            candidates: list[Candidate] = self.retriever.candidates(turn.sought, limit=8)
        except NothingFound:
            candidates = []
        return self.casework.open(
            unit,
            inquiry=inquiry,
            village=turn.village,
            reason=decision.reason,
            urgency=decision.urgency,
            suggestion=suggestion,
            candidates=candidates,
        )

    def add(self, unit: Unit, turn: Turn, urgency: Urgency | None, *, answered: str = "") -> Handed | None:
        """The message goes to the case the resident has open; None if there is none. `answered`: what the bot told."""
        if turn.held.case is None:
            return None
        text = f"{turn.text}\n（机器人已答：{answered}）" if answered else turn.text
        return self.casework.add(unit, turn.held.case, text=text, urgency=urgency)
