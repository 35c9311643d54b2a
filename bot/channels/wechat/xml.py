"""The little XML that WeChat speaks: one level of fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from bot.domain.errors import BadMessage

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def carried(text: str) -> str:
    """The text without the characters that XML cannot carry."""
    return _NOT_XML.sub("", text)


def read(document: bytes) -> dict[str, str]:
    """The root's children with their text; what lies deeper is left out. Raises BadMessage.

    Document types are refused, and with them all entities but the five of XML itself.
    """
    fields: dict[str, str] = {}
    path: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        path.append(name)
        if len(path) == 2:
            fields[name] = ""

    def text(data: str) -> None:
        if len(path) == 2:
            fields[path[1]] += data

    def refuse(*_: object) -> None:
        raise BadMessage(f"{len(document)} bytes of XML with a document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = lambda _: path.pop()
    parser.StartDoctypeDeclHandler = refuse
    try:
        # WeChat passes on control characters that residents paste. Rather lose one than their question.
        parser.Parse(carried(document.decode("utf-8-sig")), True)
    except (UnicodeDecodeError, expat.ExpatError) as fault:
        raise BadMessage(f"{len(document)} bytes are not XML: {type(fault).__name__}") from None
    return fields


def write(fields: Mapping[str, str | int]) -> str:
    """The document of these fields. Reading it gives the same texts, but for characters that XML cannot carry."""
    lines = (f"<{name}>{_written(value)}</{name}>" for name, value in fields.items())
    return "\n".join(("<xml>", *lines, "</xml>"))


def _written(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    text = carried(value).replace("\r\n", "\n").replace("\r", "\n")
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
