"""Reading a message: alone, with what was said just before it, and with the last question. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.decision import (
    ANSWERED_TOO,
    Answer,
    Clarify,
    Decision,
    Escalate,
    Ignore,
    Match,
    Policy,
    Reason,
    alarmed,
    decide,
)
from bot.domain.dialogue import Dialogue, joined
from bot.domain.errors import NothingFound
from bot.domain.facts import is_unknown
from bot.domain.followup import Part, is_elliptic, is_short, is_vague, leans, parts_asked
from bot.domain.question import Question, Speech
from bot.domain.several import MOST, Piece, are_several, pieces
from bot.domain.understanding import asks, understand
from bot.ports import Retriever
from bot.service.speaking import Speaker
from bot.service.turn import Outcome

ASKED_BACK = 2
"""After so many messages in a row without a choice among the options, a person answers."""

RANK: dict[type[Decision], int] = {Ignore: 0, Escalate: 1, Clarify: 2, Answer: 3}


class Reader:
    """Decides about a question; what may not be said, the speaker knows."""

    def __init__(self, retriever: Retriever, speaker: Speaker, policy: Policy) -> None:
        self.retriever = retriever
        self.speaker = speaker
        self.policy = policy

    def read(self, question: Question, before: Dialogue, sent_at: datetime) -> Outcome:
        """The surest reading."""
        return replace(self._read(question, before, sent_at), own=question.text)

    def _read(self, question: Question, before: Dialogue, sent_at: datetime) -> Outcome:
        """What is sure or urgent by itself is read by itself; talk among others, too."""
        alone = self.alone(question)
        if not question.addressed:
            return alone
        row = before.in_a_row(sent_at)
        by_itself = self._reply(alone, before) or self._several(alone)
        if by_itself is not None or isinstance(alone.decision, Answer):
            return self._danger_of_all(alone, row) or by_itself or alone
        return self._in_context(alone, before, row)

    def _danger_of_all(self, alone: Outcome, row: tuple[str, ...]) -> Outcome | None:
        """What is sure by itself may yet complete a cry for help; None if it does not, or the row was one already."""
        if not row or alone.question.urgency is not None:
            return None
        whole = self._together(alone.question, row)
        urgency = whole.question.urgency
        if urgency is None or self._together(_part(alone.question, row[-1]), row[:-1]).question.urgency is not None:
            return None
        if isinstance(alone.decision, Answer) and urgency in ANSWERED_TOO:
            return replace(whole, decision=replace(alone.decision, reason=Reason.URGENT, urgency=urgency))
        return whole

    def _in_context(self, alone: Outcome, before: Dialogue, row: tuple[str, ...]) -> Outcome:
        """Danger, a wish for a person, then the row, then the last question."""
        question = alone.question
        if question.urgency is not None:
            return replace(alone, earlier=row)
        if question.wants_person:
            return _with_what_is_meant(alone, row, before)
        best = self._with_row(alone, row)
        if isinstance(best.decision, Clarify) and before.options and len(row) >= ASKED_BACK:
            return _not_asked_again(best, row)
        if isinstance(best.decision, Answer) or best.question.urgency is not None or not leans(question.text):
            return best
        if not before.asked:
            return best if row else _asked_back(best)
        if row and before.entry is None:  # The last question is among what was read already.
            return best
        return self._with_last_question(best, question, before, row)

    def alone(self, question: Question) -> Outcome:
        """Decided by its own words."""
        return self._weighed(question)[0]

    def _weighed(self, question: Question) -> tuple[Outcome, Sequence[Match]]:
        """With what was found."""
        try:
            matches = self.retriever.entries(question.text, limit=self.policy.options)
            question = alarmed(question, self.retriever.dangers(question.text), matches, self.policy)
            talk = self.retriever.speech(question.text)
        except NothingFound:
            if question.addressed or question.urgency is not None:
                return Outcome(question, Escalate(Reason.INDEX_UNAVAILABLE, urgency=question.urgency)), ()
            return Outcome(question, Ignore(Reason.INDEX_UNAVAILABLE)), ()
        decision = self.speaker.checked(question, decide(question, matches, self.policy, talk))
        return Outcome(question, self.speaker.led_on(question, decision)), matches

    def _reply(self, alone: Outcome, before: Dialogue) -> Outcome | None:
        """A reply to the fact that was asked for; None if it is none: a full question, danger, a wish for a person."""
        question = alone.question
        asked_anew = isinstance(alone.decision, Answer) and not is_short(question.text)
        if before.fact is None or question.urgency is not None or question.wants_person or asked_anew:
            return None
        if is_unknown(question.text):
            return Outcome(question, Ignore(Reason.NOT_KNOWN))
        answer = self.speaker.picked(before, question.text)
        return Outcome(question, self.speaker.checked(question, answer), (before.asked,)) if answer else None

    def _several(self, whole: Outcome) -> Outcome | None:
        """Its questions one by one, if these are on different matters; None if not. Danger is never cut up."""
        question, cut = whole.question, pieces(whole.question.text)
        if len(cut.texts) == 1 or question.urgency is not None or question.wants_person:
            return None
        first = [(text, *self._weighed(_part(question, text))) for text in cut.texts[:MOST]]
        urgency = next((read.question.urgency for _, read, _ in first if read.question.urgency is not None), None)
        if urgency is not None:
            return self.alone(replace(question, urgency=urgency))
        counted = [_piece(text, read, found) for text, read, found in first if found and cut.stands_alone(text)]
        if not are_several(counted):
            return None
        parts = [read if cut.stands_alone(text) else _unsure(read) for text, read, _ in first]
        parts += [_unsure(Outcome(_part(question, text), whole.decision)) for text in cut.texts[MOST:]]
        return replace(whole, decision=max((part.decision for part in parts), key=_sureness), parts=tuple(parts))

    def _with_row(self, alone: Outcome, row: tuple[str, ...]) -> Outcome:
        """The surer of the message alone and the whole row; a person gets all of it in any case."""
        if not row:
            return alone
        whole = self._together(alone.question, row)
        if whole.question.urgency is not None or _sureness(whole.decision) > _sureness(alone.decision):
            return whole
        return replace(alone, earlier=row) if isinstance(alone.decision, Escalate) else alone

    def _with_last_question(self, best: Outcome, question: Question, before: Dialogue, row: tuple[str, ...]) -> Outcome:
        """A part of the last answer, or another answer to both; else a person gets both.

        The same answer once more would be no answer. What may stand for a question of its own keeps its options.
        """
        parts = parts_asked(question.text)
        if parts and before.entry is not None:
            return Outcome(question, self._parts(parts, before.entry), (before.asked, *row))
        whole = self._together(question, (before.asked, *row))
        if isinstance(whole.decision, Answer) and whole.decision.entry != before.entry:
            return replace(whole, decision=replace(whole.decision, reason=Reason.FOLLOW_UP))
        urgency = whole.question.urgency
        of_its_own = isinstance(best.decision, Clarify) and not is_vague(question.text)
        idle = isinstance(best.decision, Ignore) and not (asks(question.text) and is_elliptic(question.text))
        if urgency is None and (of_its_own or idle):
            return best
        reason = best.decision.reason if isinstance(best.decision, Escalate) else Reason.UNSURE
        reason = reason if urgency is None else Reason.URGENT
        return replace(whole, decision=Escalate(reason, whole.decision.confidence, before.entry, urgency))

    def _parts(self, parts: tuple[Part, ...], entry: str) -> Decision:
        sayable = self.speaker.sayable(entry)
        if sayable is not None and all(sayable.part(part) for part in parts):
            return Answer(entry, 1.0, Reason.FOLLOW_UP, parts=parts)
        return Escalate(Reason.NO_ENTRY, entry=entry)

    def _together(self, question: Question, earlier: tuple[str, ...]) -> Outcome:
        whole = understand(joined(earlier, question.text), in_group=question.in_group, mentioned=question.addressed)
        speech = Speech.CHATTER if whole.speech is Speech.CHATTER else Speech.QUESTION
        read = self.alone(replace(whole, speech=speech, wants_person=False, choice=None))
        return replace(read, earlier=earlier, echo=True)


def _part(question: Question, text: str) -> Question:
    return replace(
        understand(text, in_group=question.in_group, mentioned=question.addressed),
        speech=Speech.QUESTION,
        wants_person=False,
        choice=None,
    )


def _piece(text: str, read: Outcome, found: Sequence[Match]) -> Piece:
    return Piece(text, read.decision, found[0].topic, tuple(match.entry for match in found))


def _unsure(read: Outcome) -> Outcome:
    return replace(read, decision=Escalate(Reason.UNSURE))


def _with_what_is_meant(wish: Outcome, row: tuple[str, ...], before: Dialogue) -> Outcome:
    """A bare wish for a person, with what it is about."""
    if not is_short(wish.question.text) or not (row or before.asked):
        return wish
    asked = Escalate(Reason.ASKED_FOR_PERSON, wish.decision.confidence, before.entry)
    return replace(wish, decision=asked, earlier=row or (before.asked,))


def _asked_back(alone: Outcome) -> Outcome:
    """Nothing says what it is about: better asked than put before a person."""
    text, decision = alone.question.text, alone.decision
    if parts_asked(text) or (is_vague(text) and not isinstance(decision, Clarify)):
        return replace(alone, decision=Clarify((), decision.confidence))
    return alone


def _not_asked_again(read: Outcome, row: tuple[str, ...]) -> Outcome:
    decision = Escalate(Reason.UNSURE, read.decision.confidence)
    return replace(read, decision=decision, earlier=row)


def _sureness(decision: Decision) -> tuple[int, float]:
    return RANK[type(decision)], decision.confidence
