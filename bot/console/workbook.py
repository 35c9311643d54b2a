"""Reading and writing .xlsx. The only module that knows openpyxl.

Nothing in a workbook is ever evaluated: a cell with a formula is reported as such, a workbook with macros is refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bot.console.tables import MAX_BYTES, Cell, Formula, NumberedRow, UnreadableFile, within_limits

MAX_UNPACKED = 40 * 1024 * 1024

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_rows(content: bytes) -> Iterator[NumberedRow]:
    """(row number in Excel, cells as text) of the first sheet, without empty rows. Raises UnreadableFile."""
    _refuse_unfit(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        yield from within_limits([_text(cell) for cell in row] for row in sheet.iter_rows())
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ParseError, ValueError) as fault:
        if isinstance(fault, UnreadableFile):
            raise
        raise UnreadableFile("这个文件打不开，请用 Excel 另存为 .xlsx 再上传。") from fault


def _text(cell: object) -> Cell:
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "n") == "f":
        return Formula()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _refuse_unfit(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise UnreadableFile("文件太大，不要超过 2 MB。")
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableFile("这是旧版 .xls 或加了密码的文件，请用 Excel 另存为不加密码的 .xlsx。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise UnreadableFile("这不是 Excel 的 .xlsx 文件。") from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise UnreadableFile("这不是 Excel 的 .xlsx 文件。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile("文件里带有宏，不能导入。请另存为普通的 .xlsx。")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UnreadableFile("文件展开后太大，请分成几个文件。")


def write_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, width: int = 24) -> bytes:
    """A workbook of one sheet. Every cell is text: what residents wrote can never become a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in [headings, *rows]:
        sheet.append([_printable(text) for text in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"  # openpyxl takes what begins with = for a formula.
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for heading in sheet[1]:
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor="DCE6F1")
    for column in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable() or character == "\n")
