"""The text a citation rests on, for reading beside a form or a case."""

from __future__ import annotations

from pydantic import ValidationError

from knowledge.check import CitedText, KnowledgeBase
from knowledge.entry import Citation
from knowledge.errors import CitationError


def text_of(base: KnowledgeBase, law: str, article: str) -> CitedText | None:
    """None if there is no such article, or not in force today."""
    try:
        return base.resolve(Citation(law=law, article=article))
    except (ValidationError, CitationError):
        return None
