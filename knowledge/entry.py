"""The forms of what we write ourselves: entries (知识条目) and digests (条文要点)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from knowledge.laws import short_name
from knowledge.numerals import article_number
from knowledge.rules.fault import Place, Spoken

SHORT_FORM_LIMIT = 90
"""Characters of the form shown in a group."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ArticleNumber = Annotated[str, AfterValidator(article_number)]
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
LawName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2), AfterValidator(short_name)]


_WHETHER = re.compile(r"(.{1,2})[没不]有?\1")
"""有没有, 签没签, 登记没登记."""


class EntryStatus(StrEnum):
    """`needs_review` keeps an entry out of automatic answers until somebody has read it again."""

    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs_review"
    RETIRED = "retired"


class Strict(BaseModel):
    """A form without unknown fields, which nobody changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(Strict):
    """A law by its short name and an article as printed; other ways of writing both are brought to that form."""

    law: LawName
    article: ArticleNumber

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


class Choice(Strict):
    """One answer to a fact's question, as offered (`reply`), and what it changes: `say` is added to the entry's answer,
    or the entry with the id `entry` answers instead; neither where the answer holds as it is.
    """

    reply: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=15)]
    said: tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=10)], ...] = ()
    say: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=160)] | None = None
    entry: EntryId | None = None

    @model_validator(mode="after")
    def _changes_one_thing(self) -> Self:
        if self.say is not None and self.entry is not None:
            raise PydanticCustomError("say_and_entry", "a choice has either words of its own or another entry")
        return self


class Fact(Strict):
    """Something only the resident knows that changes the answer, and what it may be.

    The `said` words of a choice tell it without asking. Where words of several choices stand in a question the longest
    one wins, so “没签合同” may hold the “签合同” of another choice; a word belongs to one choice only.
    """

    ask: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30, pattern=r"\S？$")]
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        said = [word for choice in self.choices for word in choice.said]
        if len({choice.reply for choice in self.choices}) < len(self.choices):
            raise PydanticCustomError("reply_twice", "two choices are offered by the same words")
        if len(set(said)) < len(said):
            raise PydanticCustomError("said_twice", "a word tells two choices, or one twice")
        if not any(choice.say or choice.entry for choice in self.choices):
            raise PydanticCustomError("idle_fact", "no choice changes the answer")
        return self

    def told(self, question: str) -> Choice | None:
        """The choice that stands in a question already; None if none does, or two by words of the same length.

        Asking whether tells nothing: neither “签合同” nor “没签合同” stands in “签没签合同”.
        """
        text = _WHETHER.sub(" ", question)
        found = [(len(word), at) for at, choice in enumerate(self.choices) for word in choice.said if word in text]
        longest = {at for length, at in found if length == max(found)[0]}
        return self.choices[longest.pop()] if len(longest) == 1 else None


class Entry(Strict):
    """One reviewed FAQ. `deadlines` are in words, as said to the resident; `sensitive` keeps it short in a group.

    `facts` are asked after the answer, in their order.
    """

    id: EntryId
    question: Line
    variants: Annotated[tuple[Line, ...], Field(min_length=4, max_length=12)]
    short: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=SHORT_FORM_LIMIT)]
    answer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=400)]
    steps: Annotated[tuple[Line, ...], Field(min_length=1)]
    evidence: tuple[Line, ...] = ()
    deadlines: tuple[Line, ...] = ()
    where: Annotated[tuple[Line, ...], Field(min_length=1)]
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    scope: Annotated[str, StringConstraints(pattern=r"^(nation|(province|city|village):\S+)$")] = "nation"
    audience: Literal["everyone", "women", "children", "elderly", "workers", "farmers", "veterans", "disabled"] = (
        "everyone"
    )
    sensitive: bool = False
    number_sources: tuple[Line, ...] = ()
    facts: Annotated[tuple[Fact, ...], Field(max_length=2)] = ()
    reviewed_on: date
    reviewed_by: Literal["editor", "adviser", "judicial_office"]
    status: EntryStatus = EntryStatus.REVIEWED
    notes: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """Every way it is asked, its question first."""
        return (self.question, *self.variants)

    def cites(self, laws: Collection[str]) -> bool:
        """Does it rest on any of these laws, by their short names?"""
        return any(citation.law in laws for citation in self.citations)

    def spoken(self) -> Iterator[Spoken]:
        """Everything a resident may be told, with its place, for rules on wording and numbers."""
        yield ("short",), self.short
        yield ("answer",), self.answer
        for name in ("steps", "evidence", "deadlines", "where"):
            for index, line in enumerate(getattr(self, name)):
                yield (name, index), line
        for number, fact in enumerate(self.facts):
            yield ("facts", number, "ask"), fact.ask
            for at, choice in enumerate(fact.choices):
                yield ("facts", number, "choices", at, "reply"), choice.reply
                if choice.say is not None:
                    yield ("facts", number, "choices", at, "say"), choice.say

    def leads_to(self) -> Iterator[tuple[Place, str]]:
        """The ids of entries that choices lead to, each with its place."""
        for number, fact in enumerate(self.facts):
            for at, choice in enumerate(fact.choices):
                if choice.entry is not None:
                    yield ("facts", number, "choices", at, "entry"), choice.entry


class Digest(Strict):
    """The rule of one article of an instrument the law source lacks, in our own words."""

    article: ArticleNumber
    title: Line
    rule: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10)]


class EntryFile(Strict):
    """One topic a file, under `knowledge/entries/`."""

    topic: Line
    contacts: Annotated[tuple[Line, ...], Field(min_length=1)]
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]


class DigestFile(Strict):
    """One instrument a file, under `knowledge/digests/`. `version` and `in_force` are dates in China."""

    instrument: LawName
    title: Line
    version: date
    in_force: date
    notes: str = ""
    digests: Annotated[tuple[Digest, ...], Field(min_length=1)]
