"""What is kept of a conversation, for a while, so that the next message from the same address can refer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.understanding import MAX_LENGTH

MEMORY = timedelta(minutes=30)
"""How long a bare number, “详细” or a follow-up still refers to what was said before."""

IN_A_ROW = timedelta(minutes=2)
"""Messages no further apart than this may be one thing said in pieces."""

JOINED = 3
"""As many earlier messages are read together with a new one."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`options` are entries offered by number, `rest` what “详细” brings.

    `asked` is the last question, `entry` what answered it. `unanswered` is what was said since the last answer,
    oldest first, and `said_at` when the last of it was sent. `case` holds what went to a person. `fact` is the number
    of the fact of `entry` that was asked for last, `facts_asked` how many were since the question. Texts are masked.
    """

    options: tuple[str, ...] = ()
    rest: str = ""
    asked: str = ""
    entry: str | None = None
    unanswered: tuple[str, ...] = ()
    said_at: datetime | None = None
    case: int | None = None
    fact: int | None = None
    facts_asked: int = 0

    def in_a_row(self, sent_at: datetime) -> tuple[str, ...]:
        """What was said just before a message sent then, and not answered. Channels may swap two messages."""
        if self.said_at is None or abs(sent_at - self.said_at) > IN_A_ROW:
            return ()
        return self.unanswered

    def answered(self, asked: str, entry: str | None, *, rest: str = "") -> Dialogue:
        """After an answer, or after several: then no entry answered it all."""
        return Dialogue(rest=rest, asked=asked, entry=entry, case=self.case)

    def chosen(self, entry: str, *, rest: str = "") -> Dialogue:
        """After the answer chosen of what was offered; another may still be chosen."""
        after = self.answered(self.asked, entry, rest=rest)
        return replace(after, options=self.options, facts_asked=self.facts_asked)

    def continued(self) -> Dialogue:
        """After more was said of the same answer."""
        return replace(self, unanswered=(), said_at=None)

    def asking(self, fact: int | None) -> Dialogue:
        """With the fact of the entry that is asked for now; a number then picks one of its choices."""
        if fact is None:
            return replace(self, fact=None)
        return replace(self, fact=fact, facts_asked=self.facts_asked + 1, options=())

    def unheard(self, text: str, sent_at: datetime) -> Dialogue:
        """After something that was no question: it may be the beginning of one."""
        return replace(self, unanswered=(*self.in_a_row(sent_at), text)[-JOINED:], said_at=sent_at)

    def unsettled(
        self, text: str, sent_at: datetime, *, asked: str, options: Sequence[str] = (), case: int | None = None
    ) -> Dialogue:
        """After a question that was asked back or went to a person; `text` is its last message, `asked` all of it."""
        said = self.unheard(text, sent_at)
        return Dialogue(
            options=tuple(options), asked=asked, unanswered=said.unanswered, said_at=sent_at, case=case or self.case
        )


def joined(earlier: Sequence[str], text: str) -> str:
    """A text after what was said before it; of that the oldest is left out where all would be too long.

    >>> joined(["我借给他三万", "他不还"], "怎么办")
    '我借给他三万 他不还 怎么办'
    """
    pieces = list(earlier)
    while pieces and len(whole := " ".join([*pieces, text])) > MAX_LENGTH:
        pieces.pop(0)
    return whole if pieces else text
