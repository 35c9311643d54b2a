"""Errors of the knowledge base.

KnowledgeError
├── LawSourceError      the law package or laws.toml cannot be used        -> the start or the build stops
├── UnreadableLaw       an uploaded file is no law text we can read safely  -> nothing is imported; says where and why
├── UnreadableQuestions a file of questions is none; names the line        -> the command stops
├── CitationError       a citation does not resolve                        -> the entry is a fault, nothing is said
│   ├── UnknownLaw
│   ├── UnknownArticle
│   └── NotInForce
└── EntryFault          an entry file is wrong; names file and line        -> the check fails
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of everything this package raises."""


class LawSourceError(KnowledgeError):
    """The law package or `laws.toml` is missing, damaged, or the two do not fit."""


class UnreadableLaw(KnowledgeError):
    """A file that is no law text, or one that could only be read by guessing. In Chinese, for the page."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}：{reason}" if where else reason)
        self.reason = reason
        self.where = where


class UnreadableQuestions(KnowledgeError):
    """A file of questions with a line that holds none, or nothing at all."""


class CitationError(KnowledgeError):
    """A citation that cannot be checked. What cannot be checked is not said."""

    def __init__(self, law: str, article: str, why: str) -> None:
        super().__init__(f"《{law}》{article}: {why}")
        self.law = law
        self.article = article
        self.why = why


class UnknownLaw(CitationError):
    """No law of that short name in the law source or the digests."""

    def __init__(self, law: str, article: str) -> None:
        super().__init__(law, article, "no law of this name in the law source or the digests")


class UnknownArticle(CitationError):
    """The law exists, the article does not."""

    def __init__(self, law: str, article: str) -> None:
        super().__init__(law, article, "the law has no article of this number")


class NotInForce(CitationError):
    """The law exists but was not in force on the day asked for."""


class EntryFault(KnowledgeError):
    """A fault in a knowledge file: where it stands and what is wrong, for the person who edits the file.

    `entry` is the id of the entry it is in, or "" where it is in none.
    """

    def __init__(self, file: str, line: int, message: str, entry: str = "") -> None:
        super().__init__(f"{file}:{line}: {entry}: {message}" if entry else f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message
        self.entry = entry
