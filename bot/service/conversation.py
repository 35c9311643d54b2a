"""The journey of a message: accepted, understood, searched, decided, said — or put before a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.decision import Escalate, Ignore, Policy, Reason
from bot.domain.language import danger_in_english, is_other_language
from bot.domain.message import Form, Incoming, Reply
from bot.domain.privacy import masked
from bot.domain.question import Speech
from bot.domain.understanding import understand
from bot.ports import Clock, Retriever, Store
from bot.service.reading import Reader
from bot.service.speaking import Speaker
from bot.service.turn import Outcome


class Conversation:
    """Answers residents. The same message gets the same words however often and wherever it arrives."""

    def __init__(
        self,
        store: Store,
        retriever: Retriever,
        speaker: Speaker,
        clock: Clock,
        *,
        policy: Policy,
        names: Sequence[str],
    ) -> None:
        self.store = store
        self.retriever = retriever
        self.speaker = speaker
        self.clock = clock
        self.reader = Reader(retriever, speaker, policy)
        self.names = names

    def receive(self, message: Incoming) -> Reply:
        """Accept, answer, remember. Two processes may both work one message out; one of them settles it."""
        self.accept(message)
        return self.settle(message)

    def accept(self, message: Incoming) -> None:
        """Store the message, masked, before anything else is done with it."""
        with self.store.begin() as unit:
            unit.inbox.accept(message, masked(message.text), now=self.clock())

    def settle(self, message: Incoming) -> Reply:
        """The reply of an accepted message: the one it has, or a new one, settled together with all it causes."""
        with self.store.begin() as unit:
            if (earlier := unit.inbox.reply(message.key)) is not None:
                return earlier
        return self.say(message, self.consider(message))

    def say(self, message: Incoming, outcome: Outcome, *, by_outbox: bool = False) -> Reply:
        """Settle an accepted message with what was decided about it, unless somebody else has settled it.

        `by_outbox`: the channel no longer waits. The words are queued in the same step, and a late retry of the
        message is met with silence: said once, whichever way.
        """
        with self.store.begin() as unit:
            # Settling first takes the row: of two processes, the second waits here and then reads the first's words.
            if not unit.inbox.settle(message.key, Reply(None), now=self.clock()):
                return unit.inbox.reply(message.key) or Reply(None)
            reply = self.speaker.speak(unit, message, outcome)
            if by_outbox and reply.text is not None:
                key = f"recovered-{message.key.channel}-{message.key.id}"
                unit.outbox.queue(message.sender, reply.text, key=key, case=None, now=self.clock())
                reply = Reply(None, reply.inquiry)
            unit.inbox.amend(message.key, reply)
            return reply

    def recover(self, *, older_than: timedelta = timedelta(seconds=30), limit: int = 50) -> int:
        """Answer what was accepted but never settled, since a process died in between; how many. Run by the worker."""
        with self.store.begin() as unit:
            left = unit.inbox.unsettled(before=self.clock() - older_than, limit=limit)
        for message in left:
            self.say(message, self.consider(message), by_outbox=True)
        return len(left)

    def consider(self, message: Incoming) -> Outcome:
        """Understand and decide; changes nothing."""
        question = understand(message.text, in_group=message.in_group, mentioned=message.mentioned, names=self.names)
        if question.speech not in (Speech.QUESTION, Speech.CHATTER) or message.form not in (Form.TEXT, Form.VOICE):
            return Outcome(question, Ignore(Reason.CHATTER))
        if question.addressed and is_other_language(question.text):
            urgency = question.urgency or danger_in_english(question.text)
            return Outcome(replace(question, urgency=urgency), Escalate(Reason.OTHER_LANGUAGE, urgency=urgency))
        with self.store.begin() as unit:
            before = unit.dialogues.recall(message.sender, now=self.clock())
        return self.reader.read(question, before, message.sent_at)
