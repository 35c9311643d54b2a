"""Saying what was decided, and all it causes: the ledger, the case, what the next message may refer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.domain import wording
from bot.domain.case import Candidate
from bot.domain.decision import Answer, Clarify, Decision, Escalate, Ignore, Reason
from bot.domain.errors import NothingFound
from bot.domain.manners import may_speak
from bot.domain.message import Form, Incoming, Reply
from bot.domain.privacy import masked
from bot.domain.question import Question, Speech
from bot.domain.wording import Desk, Sayable
from bot.ports import Clock, Knowledge, Retriever, Unit
from bot.service.casework import Casework, desk

MEMORY = timedelta(minutes=30)
"""How long a bare number or “详细” still refers to what was said before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with what was decided, before it is said."""

    question: Question
    decision: Decision


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered: who asks, from which village, and who would answer in person."""

    message: Incoming
    question: Question
    resident: int
    village: str | None
    desk: Desk

    @property
    def asker(self) -> str:
        return self.message.sender_name if self.message.in_group else ""


class Speaker:
    """Turns an outcome into a reply, inside the caller's transaction."""

    def __init__(self, retriever: Retriever, knowledge: Knowledge, casework: Casework, clock: Clock) -> None:
        self.retriever = retriever
        self.knowledge = knowledge
        self.casework = casework
        self.clock = clock

    def checked(self, question: Question, decision: Decision) -> Decision:
        """An answer whose basis cannot be checked today is not said: a person answers instead."""
        if isinstance(decision, Answer) and self.sayable(decision.entry) is None:
            if question.in_group and not question.addressed and question.urgency is None:
                return Ignore(Reason.NO_ENTRY, decision.confidence)
            return Escalate(Reason.NO_ENTRY, decision.confidence, urgency=decision.urgency)
        return decision

    def sayable(self, entry: str) -> Sayable | None:
        """The entry with every citation looked up; None if it may not be said."""
        held = self.knowledge.entry(entry)
        if held is None:
            return None
        _, found = held
        basis = self.knowledge.basis(found)
        if basis is None:
            return None
        return Sayable(
            question=found.question,
            short=found.short,
            answer=found.answer,
            steps=found.steps,
            evidence=found.evidence,
            deadlines=found.deadlines,
            where=found.where,
            basis=[f"《{cited.law}》{cited.article}" for cited in basis],
            sensitive=found.sensitive,
        )

    def speak(self, unit: Unit, message: Incoming, outcome: Outcome) -> Reply:
        """The reply, after what is held for the resident; silence where manners ask for it."""
        resident = unit.people.resident(message.sender, now=self.clock())
        village = self._place(unit, message, resident.id) or resident.village
        said, _ = desk(unit, village)
        question = outcome.question
        if message.in_group and not self._may_speak(unit, message, question):
            return Reply(None)
        forgetting = question.speech is Speech.FORGET_ME  # What is held for them is to be deleted, not said again.
        held = [] if message.in_group or forgetting else unit.outbox.release(message.sender, now=self.clock())
        spoken = self._respond(unit, Turn(message, question, resident.id, village, said), outcome.decision)
        texts = [delivery.text for delivery in held] + ([spoken.text] if spoken.text is not None else [])
        if spoken.text is not None and message.sender.group is not None and not question.addressed:
            unit.groups.note_spoke(message.sender.channel, message.sender.group, now=self.clock())
        return Reply("\n\n".join(texts) if texts else None, spoken.inquiry)

    def _place(self, unit: Unit, message: Incoming, resident: int) -> str | None:
        """The village a scanned code or a known group says the resident belongs to."""
        village = message.scene
        if village is None and message.sender.group is not None:
            return unit.people.village_of_group(message.sender.channel, message.sender.group)
        if village is not None and unit.people.village(village) is not None:
            unit.people.place_resident(resident, village)
            return village
        return None

    def _may_speak(self, unit: Unit, message: Incoming, question: Question) -> bool:
        channel, group = message.sender.channel, message.sender.group or ""
        now = self.clock()
        if unit.groups.is_adviser(channel, message.sender.user):
            unit.groups.note_adviser(channel, group, now=now)
            return question.addressed
        return may_speak(
            addressed=question.addressed or question.urgency is not None,
            last_spoke=unit.groups.last_spoke(channel, group),
            adviser_spoke=unit.groups.adviser_spoke(channel, group),
            now=now,
        )

    def _respond(self, unit: Unit, turn: Turn, decision: Decision) -> Reply:
        question, message = turn.question, turn.message
        if message.form in (Form.FOLLOW, Form.SCAN):
            return Reply(wording.help_text(turn.desk))
        if message.form is Form.OTHER:
            return Reply(wording.only_text() if question.addressed else None)
        if not question.addressed and question.speech not in (Speech.QUESTION, Speech.CHATTER):
            return Reply(None)
        match question.speech:
            case Speech.GREETING | Speech.EMPTY:
                return Reply(wording.help_text(turn.desk))
            case Speech.THANKS:
                return Reply(wording.thanks())
            case Speech.FORGET_ME:
                unit.people.forget_resident(turn.resident)
                return Reply(wording.forgotten())
            case Speech.MORE:
                _, rest = unit.dialogues.recall(message.sender, now=self.clock())
                return Reply(rest or wording.help_text(turn.desk))
            case Speech.CHOICE:
                return self._chosen(unit, turn)
            case Speech.QUESTION | Speech.CHATTER:
                return self._decided(unit, turn, decision)
            case _:
                assert_never(question.speech)

    def _chosen(self, unit: Unit, turn: Turn) -> Reply:
        options, _ = unit.dialogues.recall(turn.message.sender, now=self.clock())
        choice = turn.question.choice
        if choice is None or choice > len(options):
            return Reply(wording.nothing_to_choose() if turn.question.addressed else None)
        answer = Answer(options[choice - 1], 1.0, Reason.CHOSEN)
        return self._decided(unit, turn, self.checked(turn.question, answer))

    def _decided(self, unit: Unit, turn: Turn, decision: Decision) -> Reply:
        match decision:
            case Answer():
                return self._answer(unit, turn, decision)
            case Clarify(entries=entries):
                questions = [held.question for held in map(self.sayable, entries) if held is not None]
                unit.dialogues.remember(turn.message.sender, options=entries, rest="", expires=self.clock() + MEMORY)
                text = wording.clarify(questions, turn.asker)
                return Reply(
                    text, self._record(unit, turn, "clarify", decision.reason, entries[0], decision.confidence, text)
                )
            case Escalate():
                return self._escalate(unit, turn, decision)
            case Ignore():
                return Reply(wording.help_text(turn.desk) if turn.question.addressed else None)
            case _:
                assert_never(decision)

    def _answer(self, unit: Unit, turn: Turn, answer: Answer) -> Reply:
        sayable = self.sayable(answer.entry)
        if sayable is None:  # It was checked a moment ago; an admin may have retired it since.
            return self._escalate(unit, turn, Escalate(Reason.NO_ENTRY, answer.confidence, urgency=answer.urgency))
        full = wording.full_answer(sayable, turn.desk, urgency=answer.urgency)
        if answer.urgency is not None:
            full = f"{full}\n{wording.alerted(turn.desk)}"
        text = full
        if turn.message.in_group:
            text = wording.group_answer(sayable, turn.asker, urgency=answer.urgency)
            rest = "" if sayable.sensitive else full
            unit.dialogues.remember(turn.message.sender, options=(), rest=rest, expires=self.clock() + MEMORY)
        inquiry = self._record(unit, turn, "answer", answer.reason, answer.entry, answer.confidence, text)
        if answer.urgency is not None:
            self._open(unit, turn, inquiry, answer, wording.full_answer(sayable, turn.desk))
        return Reply(text, inquiry)

    def _escalate(self, unit: Unit, turn: Turn, decision: Escalate) -> Reply:
        inquiry = self._record(unit, turn, "escalate", decision.reason, decision.entry, decision.confidence, "")
        sayable = self.sayable(decision.entry) if decision.entry is not None else None
        suggestion = wording.full_answer(sayable, turn.desk) if sayable is not None else ""
        who, due = self._open(unit, turn, inquiry, decision, suggestion)
        wished = decision.reason is Reason.ASKED_FOR_PERSON
        text = wording.escalated(who, due, asker=turn.asker, urgency=decision.urgency, wished=wished)
        return Reply(text, inquiry)

    def _record(
        self, unit: Unit, turn: Turn, outcome: str, reason: Reason, entry: str | None, confidence: float, reply: str
    ) -> int:
        return unit.inquiries.add(
            turn.message,
            text=masked(turn.message.text),
            resident=turn.resident,
            village=turn.village,
            outcome=outcome,
            reason=reason,
            entry=entry,
            confidence=confidence,
            reply=reply,
            now=self.clock(),
        )

    def _open(
        self, unit: Unit, turn: Turn, inquiry: int, decision: Answer | Escalate, suggestion: str
    ) -> tuple[Desk, datetime]:
        try:
            candidates: list[Candidate] = self.retriever.candidates(turn.question.text, limit=8)
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
