"""Whether what somebody says belongs to what a person already has before them. Pure."""

from __future__ import annotations

from datetime import datetime

from bot.domain.decision import Answer, Clarify, Decision, Escalate, Ignore, Reason
from bot.domain.dialogue import Dialogue
from bot.domain.followup import adds, is_vague, leans
from bot.domain.question import Question


def continues(question: Question, own: str, decision: Decision, held: Dialogue, sent_at: datetime) -> bool:
    """Does it go to the case that was opened before, if that is still open, instead of what was decided?

    `own` is what the message said itself. In a row, all that got no sure answer does; later, what leans on it or says
    so, and any danger.
    """
    if held.case is None or (not question.addressed and question.urgency is None):
        return False
    if isinstance(decision, Answer) or decision.reason is Reason.OFF_TOPIC:
        return False
    if question.urgency is not None or held.in_a_row(sent_at) or adds(own):
        return True
    match decision:
        case Escalate():
            return leans(own)
        case Clarify() | Ignore():
            return is_vague(own)
