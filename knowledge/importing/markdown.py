"""Markdown as collections of laws use it: # title, notes, `<!-- INFO END -->`, ## headings, paragraphs."""

from __future__ import annotations

import re
from html import unescape

from knowledge.importing.instrument import Instrument
from knowledge.importing.lines import Line, Source, clean, is_page_number
from knowledge.importing.parse import parse
from knowledge.importing.plain import decode

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"\A#{1,6}\s+")
_QUOTE = re.compile(r"(?:>\s*)+")
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_WHOLLY = re.compile(r"([*_])([^*_]+)\1")
_RULE = re.compile(r"[-*_=\s]{3,}|\|[-|:\s]+")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TITLE_FIELD = re.compile(r"title\s*:\s*[\"']?(.+?)[\"']?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BULLET = re.compile(r"\A[-*+]\s+")


def read_markdown(content: bytes, *, name: str = "") -> Instrument:
    """The instrument in a .md file. Raises UnreadableLaw."""
    text, notices = decode(content)
    # A comment may span lines; those after it keep their numbers.
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    text = _FRONT_MATTER.sub(_title_only, text)
    lines = [
        _line(part, place)
        for place, raw in enumerate(text.splitlines(), start=1)
        for part in _BREAK.sub("\n", raw).split("\n")
    ]
    return parse(Source(tuple(line for line in lines if line is not None), "行", name, notices))


def _title_only(front: re.Match[str]) -> str:
    """Of the fields some collections put first only the title is text of the law."""
    kept = [found[1] if (found := _TITLE_FIELD.fullmatch(line)) else "" for line in front[1].splitlines()]
    return "\n".join(["", *kept, "", ""])


def _line(raw: str, place: int) -> Line | None:
    text = clean(unescape(_TAG.sub("", raw))).removesuffix("\\")
    text = _QUOTE.sub("", text) if text.startswith(">") else text
    marked = _HEADING.match(text)
    text = _HEADING.sub("", text, count=1).rstrip("# ") if marked else _BULLET.sub("", text)
    text = wholly[2] if (wholly := _WHOLLY.fullmatch(text)) else text
    text = clean(_ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", text)))
    if not text or _RULE.fullmatch(text) or is_page_number(text):
        return None
    return Line(text, place, marked=marked is not None, table=text.startswith("|"))
