"""What a table is to an import, whatever file it came in: rows of cells, and the reason if there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 500
MAX_EMPTY = 200
"""Empty rows in a row after which the rest of a table is taken for empty: formatting may reach to row 1,048,576."""


class UnreadableFile(ValueError):
    """Not a file we read; the text says why, and where if it can, in Chinese for the page."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula instead of text."""


Cell = str | Formula
NumberedRow = tuple[int, list[Cell]]
"""The number a person sees beside the row, and its cells."""


def within_limits(rows: Iterable[list[Cell]]) -> Iterator[NumberedRow]:
    """The rows that hold something, numbered from 1. Raises UnreadableFile if there are too many."""
    found = empty = 0
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            empty += 1
            if empty > MAX_EMPTY:
                return
            continue
        empty = 0
        found += 1
        if found > MAX_ROWS + 1:
            raise UnreadableFile(f"一次最多导入 {MAX_ROWS} 行，请分成几个文件。")
        yield number, cells
