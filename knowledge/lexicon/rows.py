"""The form of a lexicon file, and reading all of them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.entry import Strict
from knowledge.errors import EntryFault
from knowledge.files import ROOT, Located, read_form

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=20)]


class RowKind(StrEnum):
    """A misspelling is replaced by the one word it means; of all others the words meant are added."""

    COLLOQUIAL = "colloquial"
    DIALECT = "dialect"
    LAW_NAME = "law_name"
    MISSPELLING = "misspelling"


class Row(Strict):
    """`said` by a resident, `means` in the words of the law; not where `said` stands inside one of `not_in`."""

    said: Word
    means: Annotated[tuple[Word, ...], Field(min_length=1, max_length=4)]
    not_in: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.said in self.means:
            raise ValueError(f"{self.said} means itself")
        if strange := [context for context in self.not_in if self.said not in context or self.said == context]:
            raise ValueError(f"{self.said} does not stand inside {'、'.join(strange)}")
        return self


class RowFile(Strict):
    """One subject a file, all rows of one kind."""

    kind: RowKind
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]


def row_files(root: Path = ROOT) -> Iterator[tuple[RowFile | None, Located, list[EntryFault]]]:
    """Every file under `lexicon/`, in the order of its path."""
    for path in sorted((root / "lexicon").glob("*.yaml")):
        yield read_form(path, RowFile, root=root)
