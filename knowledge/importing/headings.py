"""Headings of a law text: 编, 分编, 章, 节, unnumbered 附则, and the 一、 and （一） of interpretations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.numerals import NUMERAL

MAX_TITLE = 40
"""Characters. The longest title in the collections at hand has 29."""

LISTED_LEVEL = 4
_LEVELS = {"编": 0, "分编": 1, "章": 2, "节": 3}
_PARTED = re.compile(rf"(第\s*{NUMERAL}\s*(编|分编|章|节))\s*(.*)")
LISTED = re.compile(rf"({NUMERAL}、)\s*(.+)")
ITEM = re.compile(rf"([（(]{NUMERAL}[)）])\s*(.+)")
_UNNUMBERED = re.compile(r"[总附]\s*则")
_PAGE_OF_CONTENTS = re.compile(r"(?:[.…·]{2,}|\t|\s{2,})\s*\d+$")
_SENTENCE = re.compile(r"[。；：！？:;，,]$")
_PRINTED = re.compile(rf"(?:第{NUMERAL}(?:编|分编|章|节) |{NUMERAL}、|[（(]{NUMERAL}[)）])?(.*)")
_ABOVE_CHAPTERS = re.compile(rf"第{NUMERAL}(?:编|分编) ")


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` from 0 for 编 to 5 for （一）; `text` as shown, spreads closed: 第一章 总则."""

    level: int
    text: str


def heading(text: str) -> Heading | None:
    """The heading a line is by its own form; None if it is a sentence.

    >>> heading("第一章　总　　则"), heading("附　则")
    (Heading(level=2, text='第一章 总则'), Heading(level=0, text='附则'))
    >>> heading("第三章规定的情形，适用本条。")
    """
    text = _PAGE_OF_CONTENTS.sub("", text)
    if not is_title(text):
        return None
    if _UNNUMBERED.fullmatch(text):
        return Heading(0, _closed(text))
    if (found := _PARTED.fullmatch(text)) is not None:
        return Heading(_LEVELS[found[2]], f"{_closed(found[1])} {_closed(found[3])}".strip())
    return None


def listed_heading(text: str) -> Heading | None:
    """The heading 一、 or （一） may be, where its neighbours say that it is no item of an article.

    >>> listed_heading("一、管　辖")
    Heading(level=4, text='一、管辖')
    """
    text = _PAGE_OF_CONTENTS.sub("", text)
    if not is_title(text):
        return None
    for level, pattern in ((LISTED_LEVEL, LISTED), (LISTED_LEVEL + 1, ITEM)):
        if (found := pattern.fullmatch(text)) is not None:
            return Heading(level, _closed(found[1]) + _closed(found[2]))
    return None


def is_title(text: str) -> bool:
    """Short, and not the end of a sentence or clause."""
    return 0 < len(text) <= MAX_TITLE and _SENTENCE.search(text) is None


def under(stack: tuple[Heading, ...], new: Heading) -> tuple[Heading, ...]:
    """The headings in effect after one more.

    >>> stack = under(under((), Heading(2, "第一章 总则")), Heading(3, "第一节 目的"))
    >>> [held.text for held in under(stack, Heading(2, "第二章 登记"))]
    ['第二章 登记']
    """
    return (*(held for held in stack if held.level < new.level), new)


def chapter_of(headings: Iterable[str]) -> str:
    """Titles without numbers from the chapter down.

    >>> chapter_of(["第三编 合同", "第二分编 典型合同", "第十三章 保证合同", "第一节 一般规定"])
    '保证合同 一般规定'
    """
    held = list(headings)
    below = [text for text in held if not _ABOVE_CHAPTERS.match(text)] or held[-1:]
    titles = (match[1] for text in below if (match := _PRINTED.fullmatch(text)) is not None)
    return " ".join(title for title in titles if title)


def _closed(text: str) -> str:
    return re.sub(r"\s", "", text)
