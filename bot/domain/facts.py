"""Facts that only the resident knows: which are told, which one is asked next, and what a reply picks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from bot.domain.followup import bare, is_short
from bot.domain.understanding import asks

MOST_ASKED = 2
"""As many facts are asked for after one question."""

_UNKNOWN = re.compile(r"不知道|不清楚|不晓得|不记得|不确定|记不清|记不得|没印象|忘了|忘记")


class Choice(Protocol):
    """One thing a fact may be. `say` is added to the answer, or the `entry` answers instead; or the answer fits."""

    @property
    def reply(self) -> str: ...
    @property
    def say(self) -> str | None: ...
    @property
    def entry(self) -> str | None: ...


class Fact(Protocol):
    """What is asked, and what it may be."""

    @property
    def ask(self) -> str: ...
    @property
    def choices(self) -> Sequence[Choice]: ...

    def told(self, question: str) -> Choice | None:
        """The choice that stands in a text already."""


def told(facts: Sequence[Fact], text: str) -> list[Choice]:
    """What a text tells without being asked, in the order of the facts."""
    return [choice for fact in facts if (choice := fact.told(text)) is not None]


def next_open(facts: Sequence[Fact], text: str, *, after: int | None) -> int | None:
    """The number of the first fact past `after` that a text does not tell; None if there is none."""
    first = 0 if after is None else after + 1
    return next((number for number in range(first, len(facts)) if facts[number].told(text) is None), None)


def picked(fact: Fact, text: str) -> int | None:
    """The number of the choice that a reply in words picks; None where it picks none, or asks something of its own."""
    if asks(text) and not is_short(text):
        return None
    exactly = [number for number, choice in enumerate(fact.choices) if bare(choice.reply) == bare(text)]
    if exactly:
        return exactly[0]
    choice = fact.told(text)
    return None if choice is None else list(fact.choices).index(choice)


def is_unknown(text: str) -> bool:
    """Does a reply say that its writer does not know?

    >>> is_unknown("这个我记不清了"), is_unknown("不知道怎么办")
    (True, False)
    """
    return is_short(text) and _UNKNOWN.search(text) is not None and not asks(text)
