"""The forms of what we write ourselves: entries (知识条目) and digests (条文要点)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from knowledge.laws import short_name
from knowledge.numerals import article_number
from knowledge.rules.fault import Spoken

SHORT_FORM_LIMIT = 90
"""Characters of the form shown in a group."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ArticleNumber = Annotated[str, AfterValidator(article_number)]
LawName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2), AfterValidator(short_name)]


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


class Entry(Strict):
    """One reviewed FAQ. `deadlines` are in words, as said to the resident; `sensitive` keeps it short in a group."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
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
