"""Any file of law text, by its name."""

from __future__ import annotations

from pathlib import PurePath

from knowledge.errors import UnreadableLaw
from knowledge.importing.instrument import Instrument
from knowledge.importing.markdown import read_markdown
from knowledge.importing.plain import read_text
from knowledge.importing.word import read_docx

READERS = {".docx": read_docx, ".md": read_markdown, ".markdown": read_markdown, ".txt": read_text}


def read_file(name: str, content: bytes) -> Instrument:
    """The instrument in a file called `name`. Raises UnreadableLaw with the place and the reason."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise UnreadableLaw("只能导入 Word（.docx）、Markdown（.md）或纯文本（.txt）文件。")
    return reader(content, name=PurePath(name).name)
