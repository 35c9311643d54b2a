"""One message on its way to a reply."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.decision import Decision
from bot.domain.dialogue import Dialogue, joined
from bot.domain.followup import is_short
from bot.domain.message import Incoming, Reply
from bot.domain.privacy import masked
from bot.domain.question import Question
from bot.domain.wording import Desk


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with what was decided, before it is said.

    `earlier` are the texts it was read together with, masked; `question` may then be all of it, and `own` is what the
    message said itself. `echo`: the danger, if any, is not told of by the message alone. `parts` are its questions, if
    it holds several; `decision` is then the surest of theirs.
    """

    question: Question
    decision: Decision
    earlier: tuple[str, ...] = ()
    own: str = ""
    echo: bool = False
    parts: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered: who asks, from which village, who would answer in person, what is remembered."""

    message: Incoming
    outcome: Outcome
    resident: int
    village: str | None
    desk: Desk
    held: Dialogue

    @property
    def question(self) -> Question:
        return self.outcome.question

    @property
    def asker(self) -> str:
        return self.message.sender_name if self.message.in_group else ""

    @property
    def text(self) -> str:
        """The message as a person reads it, masked."""
        return masked(self.message.text)

    @property
    def all_said(self) -> str:
        """With what it was read together with, a line each."""
        return "\n".join((*self.outcome.earlier, self.text))

    @property
    def own(self) -> str:
        """What the message said itself, as it is remembered."""
        return masked(self.outcome.own or self.question.text)

    @property
    def asked(self) -> str:
        """The whole question, as it is remembered."""
        return masked(self.question.text)

    @property
    def sought(self) -> str:
        """What the adviser's sources are looked for with: all they said about it, but not a bare wish for a person."""
        earlier, text = self.outcome.earlier, self.question.text
        if self.outcome.echo or not earlier:  # Read together, or alone: it is all in the question.
            return text
        if self.question.wants_person and is_short(text):
            return joined(earlier[:-1], earlier[-1])
        return joined(earlier, text)

    @property
    def known(self) -> str:
        """All they said about it, for the facts in it."""
        return " ".join((*self.outcome.earlier, self.question.text))


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, and what is remembered after it."""

    reply: Reply
    dialogue: Dialogue
