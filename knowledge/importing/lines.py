"""Lines of a file, cleaned of what is not text, each with its place for whoever has to mend the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["行", "段"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_THIN = re.compile("[\u2000-\u200a]")
_PAGE = re.compile(r"[-—－ ]*第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d{1,4}\s*页?)?[-—－ ]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty, without blanks around it. `marked`: the file itself calls it a heading.

    `table`: it is the row of a table.
    """

    text: str
    place: int
    marked: bool = False
    table: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file as lines. `name` is the file's name; a Word file counts paragraphs (段), others lines (行)."""

    lines: tuple[Line, ...]
    unit: Unit
    name: str = ""
    notices: tuple[str, ...] = ()

    def at(self, place: int) -> str:
        """The words for a place."""
        return f"第 {place} {self.unit}"


def clean(text: str) -> str:
    """The text without invisible characters, and without blanks around it.

    >>> clean("　　第一条　为了\\u200b……　")
    '第一条　为了……'
    """
    return _INVISIBLE.sub("", _THIN.sub("", text.replace("\u00a0", " "))).strip()


def to_lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """Numbered from 1, empty lines and page numbers left out."""
    cleaned = ((place, clean(text)) for place, text in enumerate(texts, start=1))
    return tuple(Line(text, place) for place, text in cleaned if text and not is_page_number(text))


def is_page_number(text: str) -> bool:
    """Only the number of a page.

    >>> is_page_number("— 12 —"), is_page_number("第 3 页 共 9 页"), is_page_number("12")
    (True, True, False)
    """
    return _PAGE.fullmatch(text) is not None and not text.isdigit()
