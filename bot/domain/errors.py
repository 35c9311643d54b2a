"""Errors of the bot, and what each one leads to.

BotError
├── NotAllowed         somebody asked for what is not theirs        -> 404 in the console, audit entry
├── CaseConflict       the case moved on meanwhile                  -> the adviser is told who has it and what it became
├── UnknownVillage     no village of that code                      -> 422 naming the code
├── BadMessage         a callback that cannot be trusted or read    -> 4xx without details, nothing stored
├── DeliveryFailed     a message could not be sent                  -> tried again, or back in front of an adviser
├── NothingFound       retrieval is not available                   -> the question goes to a person
└── StoreFailed        the database failed (bot.store.errors)       -> nothing is stored; the platform tries again
"""

from __future__ import annotations


class BotError(Exception):
    """Base of everything the bot raises on purpose."""


class NotAllowed(BotError):
    """The staff member may not see or do this. Pages answer as if it did not exist."""


class CaseConflict(BotError):
    """The case is no longer in a state that allows the step; the text says what it is now, in Chinese for the page."""


class UnknownVillage(BotError):
    """No village of this code."""


class BadMessage(BotError):
    """A callback that is not signed, stale, replayed, too large or malformed. The text is for operators."""


class DeliveryFailed(BotError):
    """A message could not be delivered. `permanent`: trying the same again cannot help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class NothingFound(BotError):
    """Retrieval is not available: no index, or one that cannot be used."""
