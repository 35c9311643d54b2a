"""Reading and writing .csv, as Excel and WPS save it: UTF-8 or GB18030, comma, semicolon or tab."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from bot.console.tables import MAX_BYTES, Cell, Formula, NumberedRow, UnreadableFile, within_limits

MIME = "text/csv; charset=utf-8"
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_rows(content: bytes) -> Iterator[NumberedRow]:
    """(number of the row, cells as text), without empty rows. Raises UnreadableFile, with the row where it can."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile("文件太大，不要超过 2 MB。")
    text = _decoded(content)
    headings = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=headings.count)
    yield from within_limits(_rows(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)))


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for the encoding of the machine."""
    held = StringIO(newline="")
    csv.writer(held).writerows([headings, *rows])
    return held.getvalue().encode("utf-8-sig")


def _rows(reader: Iterator[list[str]]) -> Iterator[list[Cell]]:
    number, width = 0, 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise UnreadableFile(f"第 {number} 行读不出来：引号没有成对，或者格子太大。") from fault
        if row is None:
            return
        cells = [_cell(text) for text in row]
        width = width or len(cells)
        if any(cells[width:]):
            raise UnreadableFile(f"第 {number} 行的格子比第一行多。文字里有逗号的，整格要用英文双引号括起来。")
        yield cells


def _cell(text: str) -> Cell:
    text = text.strip()
    return Formula() if text.startswith("=") else text


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)  # What Excel calls Unicode text.
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("这不是 .csv 文字文件，请用 Excel 另存为“CSV UTF-8”再上传。")
