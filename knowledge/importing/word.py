"""Word files. With `numbering` the only module that knows python-docx; from it come the package and its elements.

Paragraphs are read element by element and not through `Paragraph.text`, which leaves out what stands in smart tags
(dates, in older files), content controls and tracked insertions.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from knowledge.errors import UnreadableLaw
from knowledge.importing.instrument import Instrument
from knowledge.importing.lines import Line, Source, clean, is_page_number
from knowledge.importing.mht import html_lines
from knowledge.importing.numbering import Numbering
from knowledge.importing.parse import parse
from knowledge.importing.plain import refuse_other_formats
from knowledge.importing.sequence import begins_article

MAX_UNPACKED = 24 * 1024 * 1024
"""The largest code at hand unpacks to 2 MB."""

BROKEN = "这个 Word 文件打不开，可能没有下载完整。请重新下载，或用 Word、WPS 另存为 .docx 再导入。"

_SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:drawing", "w:pict", "w:object", "w:rt")))
_BREAKS = frozenset(map(qn, ("w:br", "w:cr")))


def read_docx(content: bytes, *, name: str = "") -> Instrument:
    """The instrument in a .docx file. Raises UnreadableLaw."""
    document = _open(content)
    reader = _Reader(document)
    try:
        lines = tuple(reader.lines())
    except (KeyError, ValueError, TypeError, AttributeError) as fault:  # XML that Word would not have written.
        raise UnreadableLaw(BROKEN) from fault
    if not lines:
        raise UnreadableLaw("这个 Word 文件里没有文字（可能是扫描的图片）。")
    counted = f"第 {reader.numbered} 段起有 Word 自动加的编号，已照 Word 的规则补上，请核对条号。"
    return parse(Source(lines, "段", name, () if reader.numbered is None else (counted,)))


def _open(content: bytes) -> Document:
    if not content.startswith(b"PK\x03\x04"):
        refuse_other_formats(content)
        raise UnreadableLaw("这不是 Word 的 .docx 文件。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnreadableLaw("文件展开后太大，不像一部法规。")
            if "word/document.xml" not in {member.filename for member in members}:
                raise UnreadableLaw("这不是 Word 的 .docx 文件。")
        return docx.Document(BytesIO(content))
    # A SyntaxError is what lxml raises for XML that is none.
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, OSError, NotImplementedError, SyntaxError) as fault:
        raise UnreadableLaw(BROKEN) from fault


class _Reader:
    """Lines in the order of the document. Places are paragraphs counted from 1, as Word counts them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._paragraph = 0
        self._numbering = Numbering(document)
        self.numbered: int | None = None

    def lines(self) -> Iterator[Line]:
        yield from self._blocks(self._document.element.body, in_row=False)

    def _blocks(self, parent: Any, *, in_row: bool) -> Iterator[Line]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph_lines(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:altChunk"):
                yield from self._embedded(element)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
                yield from self._blocks(element, in_row=in_row)

    def _paragraph_lines(self, element: Any) -> Iterator[Line]:
        self._paragraph += 1
        texts = [clean(text) for text in "".join(_text(element)).split("\n")]
        self._refuse_articles_in_boxes(element)
        number = self._number_of(element)  # An empty paragraph is counted, too.
        if number and any(texts):
            first = next(at for at, text in enumerate(texts) if text)
            texts[first] = clean(number + texts[first])
        for text in texts:
            if text and not is_page_number(text):
                yield Line(text, self._paragraph)

    def _number_of(self, paragraph: Any) -> str:
        """The number Word makes itself. Raises UnreadableLaw where it cannot be worked out."""
        try:
            number = self._numbering.of(paragraph)
        except ValueError as unknown:
            raise UnreadableLaw(
                "这一段的编号是 Word 自动加的，读不出来。请全选文字，复制后用“只保留文本”粘贴到新文件，再导入。",
                f"第 {self._paragraph} 段",
            ) from unknown
        if number and self.numbered is None:
            self.numbered = self._paragraph
        return number

    def _refuse_articles_in_boxes(self, paragraph: Any) -> None:
        """Where a text box belongs among the lines cannot be told, so an article in one would be lost or misplaced."""
        for box in paragraph.iter(qn("w:txbxContent")):
            texts = (clean("".join(_text(inner))) for inner in box.iter(qn("w:p")))
            if any(begins_article(text) for text in texts):
                raise UnreadableLaw(
                    "条文写在文本框里，读不出它排在哪里。请把文本框里的文字移到正文，再导入。",
                    f"第 {self._paragraph} 段",
                )

    def _table(self, table: Any) -> Iterator[Line]:
        """A table of one column is layout and its paragraphs are lines; of any other a row is a line."""
        rows = [row.findall(qn("w:tc")) for row in table.iter(qn("w:tr"))]
        for cells in rows:
            held = [list(self._blocks(cell, in_row=True)) for cell in cells]
            if max(map(len, rows)) == 1:
                yield from (line for lines in held for line in lines)
            elif any(held):
                text = "　".join(" ".join(line.text for line in lines) for lines in held)
                place = next(line.place for lines in held for line in lines)
                if begins_article(text):
                    raise UnreadableLaw("条文写在多列的表格里，读不准。请把表格转换成文字，再导入。", f"第 {place} 段")
                yield Line(text, place, table=True)

    def _embedded(self, element: Any) -> Iterator[Line]:
        """The text of a file within the file. Raises UnreadableLaw if it is no web page."""
        part = self._document.part.rels[element.get(qn("r:id"))].target_part
        texts = html_lines(part.blob)
        if texts is None:
            raise UnreadableLaw(
                "正文是嵌在里面的另一个文件，读不出来。请用 Word 或 WPS 打开，另存为新的 .docx 再导入。",
                f"第 {self._paragraph + 1} 段",
            )
        for text in map(clean, texts):
            self._paragraph += 1
            if text and not is_page_number(text):
                yield Line(text, self._paragraph)


def _text(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield "\t" if element.tag == qn("w:r") else ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in _SKIPPED and not _is_hidden(child):
            yield from _text(child)


def _is_hidden(run: Any) -> bool:
    """Hidden text is not printed, and nobody who checks the file sees it."""
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in ("0", "false")
