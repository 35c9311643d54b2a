"""What speaks against a row: a word that stands twice, a meaning nobody uses, a misspelling that is a good word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.check import KnowledgeBase
from knowledge.errors import EntryFault
from knowledge.lexicon.rows import Row, RowFile, RowKind, row_files
from knowledge.rules.fault import Place

EXCERPT = 6
"""Characters shown around a false friend."""


def lexicon_faults(base: KnowledgeBase, root: Path) -> Iterator[EntryFault]:
    """Every fault of every lexicon file under `root`, the words of `base` being good words."""
    read = list(row_files(root))
    yield from (fault for _, _, faults in read for fault in faults)
    files = [(file, located) for file, located, _ in read if file is not None]
    if not files:
        return
    law, ours = _texts(base)
    words = f"{law}\n{ours}\n" + "\n".join(row.said for file, _ in files for row in file.rows)
    seen: dict[str, str] = {}
    for file, located in files:
        for at, row in enumerate(file.rows):
            for message, place in _faults(file, row, seen, law, words):
                yield EntryFault(located.name, located.line("rows", at, *place), message)
            seen.setdefault(row.said, located.name)


def _faults(file: RowFile, row: Row, seen: dict[str, str], law: str, words: str) -> Iterator[tuple[str, Place]]:
    if row.said in seen:
        yield f"{row.said} stands in {seen[row.said]} already", ("said",)
    for at, term in enumerate(row.means):
        if term not in words:
            yield f"{term} stands in no law, digest or entry, so it finds nothing", ("means", at)
    if file.kind is RowKind.MISSPELLING and len(row.means) > 1:
        yield f"a misspelling means one word: {row.said}", ("means",)
    if file.kind is RowKind.MISSPELLING and (friend := _used_well(row, law)):
        yield f"{row.said} is no misspelling in “{friend}”; say so in not_in or leave it out", ("said",)


def _used_well(row: Row, law: str) -> str:
    """Where a law has the misspelling for a good word, or ""."""
    for context in row.not_in:
        law = law.replace(context, "\n") if context in law else law
    found = law.find(row.said)
    return "" if found < 0 else law[max(0, found - EXCERPT) : found + len(row.said) + EXCERPT].replace("\n", " ")


def _texts(base: KnowledgeBase) -> tuple[str, str]:
    """All law texts, and all that we say or expect to be asked."""
    law = "\n".join(f"{article.law} {article.chapter} {article.text}" for article in base.laws.articles())
    digests = (f"{file.title} {digest.title} {digest.rule}" for file, digest in base.digests.values())
    entries = (" ".join((*entry.asked, *(text for _, text in entry.spoken()))) for _, entry in base.entries.values())
    return law, "\n".join((*digests, *entries))
