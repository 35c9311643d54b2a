"""Plain text: bytes to words, words to lines."""

from __future__ import annotations

import codecs
import re

from knowledge.errors import UnreadableLaw
from knowledge.importing.instrument import Instrument
from knowledge.importing.lines import Source, to_lines
from knowledge.importing.parse import parse

GBK_NOTICE = "文件不是 UTF-8 编码，按 GBK（GB18030）读取，请看一眼有没有乱码。"

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_RARE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f\x80-\x9f\uff66-\uff9f\u0400-\u04ff]")
_COMMON = re.compile("[第条的应当法人]")
MAX_RARE = 0.01
"""Share of characters that Chinese text hardly has, above which the encoding was guessed wrong."""


def read_text(content: bytes, *, name: str = "") -> Instrument:
    """The instrument in a .txt file: UTF-8, UTF-16 with its mark, or GBK. Raises UnreadableLaw."""
    text, notices = decode(content)
    return parse(Source(to_lines(text.splitlines()), "行", name, notices))


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a notice where its encoding had to be found out. Raises UnreadableLaw rather than show garbage."""
    refuse_other_formats(content)
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as fault:
        if encoding != "utf-8":
            raise UnreadableLaw("文件的文字编码坏了，请用记事本打开，另存为 UTF-8 再导入。") from fault
        broken = content[: fault.start].count(b"\n") + 1
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    rare = len(_RARE.findall(text))
    if not text or rare > MAX_RARE * len(text) or not _COMMON.search(text):
        raise UnreadableLaw("文字编码不是 UTF-8，也不是 GBK。请用记事本打开，另存为 UTF-8 再导入。", f"第 {broken} 行")
    return text, (GBK_NOTICE,)


def refuse_other_formats(content: bytes) -> None:
    """Raises UnreadableLaw for bytes that are another kind of file, whatever its name says."""
    if not content.strip():
        raise UnreadableLaw("文件是空的。")
    if content.startswith(b"%PDF"):
        raise UnreadableLaw("这是 PDF 文件，读不准条文。请从官方网站下载 Word 版（.docx）再导入。")
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UnreadableLaw("这是旧版 .doc 或加了密码的文件。请用 Word 或 WPS 另存为不加密码的 .docx 再导入。")
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableLaw("这是 Word（.docx）或压缩文件，文件名的后缀不对。请把后缀改成 .docx 再导入。")
    if content.startswith(b"{\\rtf"):
        raise UnreadableLaw("这是 RTF 文件。请用 Word 或 WPS 另存为 .docx 再导入。")
