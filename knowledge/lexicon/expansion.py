"""A question with the words of the law added, for search by words: 老婆 finds articles that say 夫妻."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from knowledge.lexicon.rows import Row, RowFile, RowKind, row_files


class Lexicon:
    """The rows of some files, ready for use. Of two words that begin at one place the longer one counts."""

    def __init__(self, files: Iterable[RowFile]) -> None:
        held = list(files)
        slips = [row for file in held if file.kind is RowKind.MISSPELLING for row in file.rows]
        words = [row for file in held if file.kind is not RowKind.MISSPELLING for row in file.rows]
        self._corrections = {row.said: row.means[0] for row in slips}
        self._means = {row.said: row.means for row in words}
        self._slip = _pattern(slips)
        self._word = _pattern(words)

    def corrected(self, text: str) -> str:
        """The text with its misspellings put right.

        >>> row = Row(said="压金", means=("押金",), not_in=("压金属",))
        >>> lexicon = Lexicon([RowFile(kind=RowKind.MISSPELLING, rows=(row,))])
        >>> lexicon.corrected("压金不退"), lexicon.corrected("冲压金属")
        ('押金不退', '冲压金属')
        """
        return self._slip.sub(lambda found: self._corrections[found[0]], text)

    def terms(self, text: str) -> list[str]:
        """What the words of a correct text mean in law, each once, without what the text says itself."""
        meant = (term for found in self._word.finditer(text) for term in self._means[found[0]])
        return [term for term in dict.fromkeys(meant) if term not in text]

    def expand(self, text: str) -> str:
        """The text with its misspellings put right, and what its words mean in law behind it.

        >>> row = Row(said="老赖", means=("被执行人",))
        >>> lexicon = Lexicon([RowFile(kind=RowKind.COLLOQUIAL, rows=(row,))])
        >>> lexicon.expand("老赖不还钱"), lexicon.expand("欠钱不还")
        ('老赖不还钱 被执行人', '欠钱不还')
        """
        text = self.corrected(text)
        return " ".join((text, *self.terms(text)))


@cache
def shipped() -> Lexicon:
    """Of the files of the project. A faulty file is left out (`python -m knowledge check` names it): words help a
    search, and none may stop one."""
    return Lexicon(file for file, _, _ in row_files() if file is not None)


def _pattern(rows: Iterable[Row]) -> re.Pattern[str]:
    """Finds each `said` that does not stand inside one of its `not_in`; nothing if there are no rows."""
    longest_first = sorted(rows, key=lambda row: -len(row.said))
    return re.compile("|".join(_guards(row) + re.escape(row.said) for row in longest_first) or "(?!)")


def _guards(row: Row) -> str:
    """Lookaheads that fail where `said` stands inside one of `not_in`."""
    return "".join(
        f"(?!(?<={re.escape(context[: at.start()])}){re.escape(context[at.start() :])})"
        for context in row.not_in
        for at in re.finditer(f"(?={re.escape(row.said)})", context)
    )
