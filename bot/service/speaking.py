"""Saying what was decided, and all it causes: the ledger, the case, what the next message may refer to."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain import wording
from bot.domain.continuing import continues
from bot.domain.decision import Answer, Clarify, Decision, Escalate, Ignore, Picked, Reason
from bot.domain.dialogue import MEMORY, Dialogue
from bot.domain.errors import NothingFound
from bot.domain.facts import picked, told
from bot.domain.manners import may_speak
from bot.domain.message import Form, Incoming, Reply
from bot.domain.question import Question, Speech
from bot.domain.wording import Sayable
from bot.ports import Basis, Clock, Knowledge, Retriever, Unit
from bot.service.casework import Casework, Handed, desk
from bot.service.handing_over import HandingOver
from bot.service.phrasing import fact_to_ask, hotline, remembered, words
from bot.service.piecewise import Piecewise
from bot.service.turn import Outcome, Said, Turn
from knowledge.entry import Entry

RELATED, RELATED_AT = 3, 0.2
"""Articles named beside "a person answers", and the probability from which on one is."""


class Speaker:
    """Turns an outcome into a reply, inside the caller's transaction."""

    def __init__(self, retriever: Retriever, knowledge: Knowledge, casework: Casework, clock: Clock) -> None:
        self.retriever = retriever
        self.knowledge = knowledge
        self.clock = clock
        self.handing = HandingOver(retriever, casework, clock)
        self.piecewise = Piecewise(self.handing, self.sayable)

    def checked(self, question: Question, decision: Decision) -> Decision:
        """An answer whose basis cannot be checked today is not said: a person answers instead."""
        if isinstance(decision, Answer) and self.sayable(decision.entry) is None:
            if question.in_group and not question.addressed and question.urgency is None:
                return Ignore(Reason.NO_ENTRY, decision.confidence)
            return Escalate(Reason.NO_ENTRY, decision.confidence, urgency=decision.urgency)
        return decision

    def sayable(self, entry: str) -> Sayable | None:
        """The entry with every citation looked up; None if it may not be said."""
        found, basis = self._found(entry)
        if found is None or basis is None:
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
            facts=found.facts,
        )

    def led_on(self, question: Question, decision: Decision) -> Decision:
        """An answer, or that of the entry which the question's own words lead to, if that may be said."""
        sayable = self.sayable(decision.entry) if isinstance(decision, Answer) else None
        if sayable is None or not isinstance(decision, Answer):
            return decision
        led = (choice.entry for choice in told(sayable.facts, question.text) if choice.entry is not None)
        entry = next(led, None)
        return replace(decision, entry=entry) if entry is not None and self.sayable(entry) is not None else decision

    def picked(self, held: Dialogue, reply: int | str) -> Answer | None:
        """What a reply, a number from 1 or words, to the fact that was asked for leads to; None if it is no reply."""
        sayable = self.sayable(held.entry) if held.entry is not None else None
        if sayable is None or held.entry is None or held.fact is None or held.fact >= len(sayable.facts):
            return None
        fact = sayable.facts[held.fact]
        number = reply - 1 if isinstance(reply, int) else picked(fact, reply)
        if number is None or not 0 <= number < len(fact.choices):
            return None
        if (entry := fact.choices[number].entry) is not None:
            return Answer(entry, 1.0, Reason.CHOSEN)
        return Answer(held.entry, 1.0, Reason.CHOSEN, picked=Picked(held.fact, number))

    def _found(self, entry: str) -> tuple[Entry | None, tuple[Basis, ...] | None]:
        try:
            held = self.knowledge.entry(entry)
            return (held[1], self.knowledge.basis(held[1])) if held is not None else (None, None)
        except NothingFound:
            return None, None

    def speak(self, unit: Unit, message: Incoming, outcome: Outcome) -> Reply:
        """The reply, after what is held for the resident; silence where manners ask for it."""
        resident = unit.people.resident(message.sender, now=self.clock())
        village = self._place(unit, message, resident.id) or resident.village
        desk_there, _ = desk(unit, village)
        question = outcome.question
        if message.in_group and not self._may_speak(unit, message, question):
            return Reply(None)
        forgetting = question.speech is Speech.FORGET_ME  # What is held for them is to be deleted, not said again.
        held = [] if message.in_group or forgetting else unit.outbox.release(message.sender, now=self.clock())
        before = unit.dialogues.recall(message.sender, now=self.clock())
        turn = Turn(message, outcome, resident.id, village, desk_there, before)
        said = self._respond(unit, turn)
        spoken = said.reply
        if said.dialogue != before:
            unit.dialogues.remember(message.sender, said.dialogue, expires=self.clock() + MEMORY)
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

    def _respond(self, unit: Unit, turn: Turn) -> Said:
        question, message, held = turn.question, turn.message, turn.held
        if message.form in (Form.FOLLOW, Form.SCAN):
            return Said(Reply(wording.help_text(turn.desk)), held)
        if message.form is Form.OTHER:
            return Said(Reply(wording.only_text() if question.addressed else None), held)
        if not question.addressed and question.speech not in (Speech.QUESTION, Speech.CHATTER):
            return Said(Reply(None), held)
        match question.speech:
            case Speech.GREETING | Speech.EMPTY:
                return Said(Reply(wording.help_text(turn.desk)), held)
            case Speech.THANKS:
                return Said(Reply(wording.thanks()), held)
            case Speech.FORGET_ME:
                unit.people.forget_resident(turn.resident)
                return Said(Reply(wording.forgotten()), held)
            case Speech.MORE:
                return Said(Reply(held.rest or wording.help_text(turn.desk)), held)
            case Speech.CHOICE:
                return self._chosen(unit, turn)
            case Speech.QUESTION | Speech.CHATTER:
                return self._decided(unit, turn, turn.outcome.decision)
            case _:
                assert_never(question.speech)

    def _chosen(self, unit: Unit, turn: Turn) -> Said:
        choice, held = turn.question.choice or 0, turn.held
        answer = self.picked(held, choice)
        if answer is None and 0 < choice <= len(held.options):
            answer = Answer(held.options[choice - 1], 1.0, Reason.CHOSEN)
        if answer is None:
            return Said(Reply(wording.nothing_to_choose() if turn.question.addressed else None), held)
        asked = replace(turn, outcome=replace(turn.outcome, earlier=(held.asked,) if held.asked else ()))
        return self._decided(unit, asked, self.checked(turn.question, answer))

    def _decided(self, unit: Unit, turn: Turn, decision: Decision) -> Said:
        sent_at = turn.message.sent_at
        if turn.outcome.parts:
            return self.piecewise.speak(unit, turn)
        if continues(turn.question, turn.own, decision, turn.held, sent_at) and (said := self._added(unit, turn)):
            return said
        match decision:
            case Answer():
                return self._answer(unit, turn, decision)
            case Clarify():
                return self._clarify(unit, turn, decision)
            case Escalate():
                return self._escalate(unit, turn, decision)
            case Ignore(reason=Reason.NOT_KNOWN):
                return Said(Reply(wording.not_known(turn.desk)), turn.held.asking(None))
            case Ignore():
                text = self._to_talk(turn, decision) if turn.question.addressed else None
                return Said(Reply(text), turn.held.unheard(turn.own, sent_at))
            case _:
                assert_never(decision)

    def _to_talk(self, turn: Turn, ignore: Ignore) -> str:
        """What is said to who asks nothing that can be answered; a fact still open is asked for once more."""
        if ignore.reason is Reason.OFF_TOPIC:
            return wording.off_topic(turn.desk)
        held, entry = turn.held, self.sayable(turn.held.entry) if turn.held.entry is not None else None
        if entry is not None and held.fact is not None and held.fact < len(entry.facts):
            return wording.ask_fact(entry.facts[held.fact])
        return wording.help_text(turn.desk)

    def _added(self, unit: Unit, turn: Turn) -> Said | None:
        """It goes to the case that is open; None if no case is."""
        handed = self.handing.add(unit, turn, turn.question.urgency)
        if handed is None:
            return None
        urgency = hotline(turn, handed.urgency)
        text = wording.added(handed.desk, handed.due, now=self.clock(), asker=turn.asker, urgency=urgency)
        if turn.outcome.decision.reason is Reason.OTHER_LANGUAGE:
            text = f"{text}\n{wording.in_english(handed.desk)}"
        return Said(Reply(text, handed.inquiry), self._open(turn, handed))

    def _answer(self, unit: Unit, turn: Turn, answer: Answer) -> Said:
        sayable = self.sayable(answer.entry)
        if sayable is None:  # It was checked a moment ago; an admin may have retired it since.
            return self._escalate(unit, turn, Escalate(Reason.NO_ENTRY, answer.confidence, urgency=answer.urgency))
        text, rest = words(turn, sayable, answer)
        handed = None
        if answer.urgency is not None or turn.held.in_a_row(turn.message.sent_at):
            # Who has the rest of it sees this, too.
            handed = self.handing.add(unit, turn, answer.urgency, answered=sayable.question)
        inquiry = self._noted(unit, turn, answer, text)
        if answer.urgency is not None and handed is None and inquiry is not None:
            handed = self.handing.open(unit, turn, inquiry, answer, wording.full_answer(sayable, turn.desk))
        held = replace(turn.held, case=handed.case) if handed is not None else turn.held
        after, asking = fact_to_ask(turn, sayable, answer, remembered(held, turn, answer, rest))
        return Said(Reply(f"{text}\n\n{asking}" if asking else text, inquiry), after)

    def _noted(self, unit: Unit, turn: Turn, answer: Answer, text: str) -> int | None:
        """The ledger line; a fact belongs to the question that is there already."""
        if answer.picked is not None:
            return unit.inquiries.last(turn.message.sender, since=self.clock() - MEMORY)
        return self.handing.record(unit, turn, "answer", answer.reason, answer.entry, answer.confidence, text)

    def _clarify(self, unit: Unit, turn: Turn, clarify: Clarify) -> Said:
        questions = [held.question for held in map(self.sayable, clarify.entries) if held is not None]
        text = wording.clarify(questions, turn.asker)
        if not clarify.entries:
            return Said(Reply(text), turn.held.unheard(turn.own, turn.message.sent_at))
        first = clarify.entries[0]
        inquiry = self.handing.record(unit, turn, "clarify", clarify.reason, first, clarify.confidence, text)
        after = turn.held.unsettled(turn.own, turn.message.sent_at, asked=turn.asked, options=clarify.entries)
        return Said(Reply(text, inquiry), after)

    def _escalate(self, unit: Unit, turn: Turn, decision: Escalate) -> Said:
        inquiry = self.handing.record(unit, turn, "escalate", decision.reason, decision.entry, decision.confidence, "")
        sayable = self.sayable(decision.entry) if decision.entry is not None else None
        suggestion = wording.full_answer(sayable, turn.desk) if sayable is not None else ""
        handed = self.handing.open(unit, turn, inquiry, decision, suggestion)
        wished = decision.reason is Reason.ASKED_FOR_PERSON
        text = wording.escalated(
            handed.desk,
            handed.due,
            asker=turn.asker,
            urgency=decision.urgency,
            wished=wished,
            related=self._related(turn, decision),
        )
        if decision.reason is Reason.OTHER_LANGUAGE:
            text = wording.other_language(handed.desk, handed.due, asker=turn.asker, urgency=decision.urgency)
        return Said(Reply(text, inquiry), self._open(turn, handed))

    def _related(self, turn: Turn, decision: Escalate) -> list[str]:
        """Articles in force that may bear on a question nobody has answered yet; a group, or danger, wants none."""
        if decision.reason not in (Reason.UNSURE, Reason.NO_ENTRY) or turn.message.in_group:
            return []
        try:
            rules = self.retriever.rules(turn.sought, limit=RELATED)
        except NothingFound:
            return []
        likely = [self.knowledge.rule(rule.law, rule.article) for rule in rules if rule.confidence >= RELATED_AT]
        return [f"《{found.law}》{found.article}" for found in likely if found is not None]

    @staticmethod
    def _open(turn: Turn, handed: Handed) -> Dialogue:
        sent_at = turn.message.sent_at
        options = turn.held.options if turn.held.in_a_row(sent_at) else ()  # They may be choosing meanwhile.
        return turn.held.unsettled(turn.own, sent_at, asked=turn.asked, options=options, case=handed.case)
