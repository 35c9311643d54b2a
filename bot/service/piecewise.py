"""Several questions of one message, answered one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain import wording
from bot.domain.decision import Answer, Escalate, Reason
from bot.domain.message import Reply
from bot.domain.privacy import masked
from bot.domain.wording import Sayable
from bot.ports import Unit
from bot.service.casework import Handed
from bot.service.handing_over import HandingOver
from bot.service.turn import Outcome, Said, Turn


class Piecewise:
    """Says what an entry answers; the rest goes to a person, all in one case."""

    def __init__(self, handing: HandingOver, sayable: Callable[[str], Sayable | None]) -> None:
        self.handing = handing
        self.sayable = sayable

    def speak(self, unit: Unit, turn: Turn) -> Said:
        """The reply to all of them, each noted in the ledger."""
        parts = turn.outcome.parts
        entries = [self._entry(part) for part in parts]
        left = [part.question.text for part, entry in zip(parts, entries, strict=True) if entry is None]
        handed = self._hand_over(unit, _about(turn, left)) if left else None
        asked = [wording.Piece(masked(part.question.text), entry) for part, entry in zip(parts, entries, strict=True)]
        desk, due = (handed.desk, handed.due) if handed is not None else (turn.desk, None)
        text = wording.piecewise(asked, desk, due, asker=turn.asker)
        noted = [self._record(unit, turn, part, text) for part in parts if part.question.text not in left]
        held = turn.held if handed is None else replace(turn.held, case=handed.case)
        return Said(Reply(text, noted[0] if noted else None), held.answered(turn.asked, None))

    def _entry(self, part: Outcome) -> Sayable | None:
        return self.sayable(part.decision.entry) if isinstance(part.decision, Answer) else None

    def _record(self, unit: Unit, turn: Turn, part: Outcome, reply: str) -> int:
        entry = part.decision.entry if isinstance(part.decision, Answer) else None
        about = _about(turn, [part.question.text])
        return self.handing.record(unit, about, "answer", part.decision.reason, entry, part.decision.confidence, reply)

    def _hand_over(self, unit: Unit, left: Turn) -> Handed:
        """To the case that is open, if this was said in a row with it."""
        if left.held.in_a_row(left.message.sent_at) and (added := self.handing.add(unit, left, None)) is not None:
            return added
        escalate = Escalate(Reason.UNSURE)
        inquiry = self.handing.record(unit, left, "escalate", escalate.reason, None, escalate.confidence, "")
        return self.handing.open(unit, left, inquiry, escalate, "")


def _about(turn: Turn, texts: Sequence[str]) -> Turn:
    """The turn as if only this had been said."""
    question = replace(turn.question, text=" ".join(texts))
    message = replace(turn.message, text="\n".join(texts))
    return replace(turn, message=message, outcome=Outcome(question, turn.outcome.decision))
