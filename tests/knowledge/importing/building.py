"""Small files of law text, built in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document

TITLE = "中华人民共和国示例法"
NOTE = "（2019年3月1日第十三届全国人民代表大会常务委员会第九次会议通过）"


def law(*articles: str, title: str = TITLE, note: str = NOTE) -> list[str]:
    """Lines of a law: title, note, then what is given."""
    return [title, note, *articles]


def markdown(lines: Sequence[str]) -> bytes:
    return ("# " + "\n\n".join(lines) + "\n").encode()


def text(lines: Sequence[str]) -> bytes:
    return ("\ufeff" + "\r\n".join(lines)).encode()


def word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
