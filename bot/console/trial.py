"""What would happen to a question, without its happening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.console.services import ConsoleServices
from bot.domain import wording
from bot.domain.case import Candidate
from bot.domain.decision import Answer, Clarify, Escalate, Ignore
from bot.domain.errors import NothingFound
from bot.domain.message import Address, Incoming, MessageKey
from bot.domain.question import Urgency
from bot.domain.wording import Desk


@dataclass(frozen=True, slots=True)
class Trial:
    """`verdict` in words; `said` is the text of an answer or the questions asked back."""

    verdict: str
    reason: str
    urgency: Urgency | None
    confidence: float
    said: str
    candidates: list[Candidate]


def trial(services: ConsoleServices, text: str, *, in_group: bool, now: datetime) -> Trial:
    """`in_group`: said in a group to nobody in particular."""
    conversation, speaker = services.conversation, services.conversation.speaker
    address = Address("console", "trial", "trial" if in_group else None)
    outcome = conversation.consider(Incoming(MessageKey("console", "trial"), address, text, now))
    decision, urgency, said = outcome.decision, outcome.question.urgency, ""
    match decision:
        case Answer(entry=entry):
            verdict = "机器人会直接回答"
            sayable = speaker.sayable(entry)
            if sayable is not None:
                desk = Desk("本村", "村法律顾问")
                full = wording.full_answer(sayable, desk, urgency=urgency)
                said = wording.group_answer(sayable, "", urgency=urgency) if in_group else full
        case Clarify(entries=entries):
            verdict = "机器人会反问，让对方选"
            said = wording.clarify([held.question for held in map(speaker.sayable, entries) if held is not None])
        case Escalate():
            verdict = "会转给人答复"
        case Ignore():
            verdict = "机器人不出声" if in_group else "不当作法律问题：机器人只回一句客气话或使用说明"
        case _:
            assert_never(decision)
    try:
        candidates = conversation.retriever.candidates(text, limit=8)
    except NothingFound:
        candidates = []
    return Trial(verdict, decision.reason, urgency, decision.confidence, said, candidates)
