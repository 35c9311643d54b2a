"""Reading files of law text: Word, Markdown, plain text. Pure: bytes in, an instrument or a refusal out.

The journey: a reader makes lines (`word`, `markdown`, `plain`); `parse` finds the articles among them (`sequence`),
what stands before (`front`, `dates`), between (`body`, `headings`) and after (`tail`), and refuses what only quotes
articles of another law (`amendments`).
"""

from knowledge.errors import UnreadableLaw
from knowledge.importing.file import read_file
from knowledge.importing.instrument import ImportedArticle, Instrument, instrument_name
from knowledge.importing.markdown import read_markdown
from knowledge.importing.plain import read_text
from knowledge.importing.word import read_docx

__all__ = [
    "ImportedArticle",
    "Instrument",
    "UnreadableLaw",
    "instrument_name",
    "read_docx",
    "read_file",
    "read_markdown",
    "read_text",
]
