"""The lines from one article to the next: its own text, and the headings that already belong to what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.importing.headings import ITEM, LISTED, LISTED_LEVEL, Heading, heading, is_title, listed_heading
from knowledge.importing.lines import Line, Source
from knowledge.numerals import NUMERAL

MAX_BARE = 30
"""Characters of a line that may be a heading without a number."""

_SENTENCE_END = re.compile(r"[。！？”’）)】]$")
_BROKEN_OFF = re.compile(r"[^。；：！？…”’）)】;:.]$")
_NUMBER_ALONE = re.compile(rf"第\s*{NUMERAL}\s*条(?:\s*之\s*{NUMERAL})?")
_JOINED_ON = re.compile(r"(?:或者|以及|并且|和|或|且)$")


@dataclass(slots=True)
class Block:
    """`text` are the article's own lines after its first, `headings` those for the next article."""

    text: list[Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_block(source: Source, first: Line, lines: Sequence[Line], *, last: bool) -> Block:
    """`first` is the line the article begins on; `last`: no article follows, so nothing is a heading by its place."""
    block = Block()
    cut = next((at for at, line in enumerate(lines) if _is_heading(line)), len(lines))
    held, headed = list(lines[:cut]), list(lines[cut:])
    while not last and held and _heads_what_follows(held[-1], [first, *held[:-1]]):
        headed.insert(0, held.pop())
    block.text = held
    for line in headed:
        found = heading(line.text) or listed_heading(line.text)
        if found is None and is_title(line.text):
            found = Heading(2, re.sub(r"\s", "", line.text))
            if not line.marked:
                block.notices.append(f"{source.at(line.place)}“{line.text}”当作标题，没有算进上一条，请核对。")
        if found is not None:
            block.headings.append(found)
        else:
            block.notices.append(f"{source.at(line.place)}在标题之后、条文之前，没有导入：“{line.text[:20]}…”。")
    block.notices += [
        f"{source.at(line.place)}没有写完就换行，可能是复制时断开的，请核对。"
        for line in [first, *held]
        if not (line.table or _NUMBER_ALONE.fullmatch(line.text))
        and _BROKEN_OFF.search(line.text)
        and not _JOINED_ON.search(line.text)
    ]
    if any(line.table for line in held):
        block.notices.append(f"{source.at(held[0].place)}附近有表格，按一行一行读成了文字，请核对。")
    return block


def _is_heading(line: Line) -> bool:
    if line.table:
        return False
    return heading(line.text) is not None or (line.marked and is_title(line.text))


def _heads_what_follows(line: Line, above: Sequence[Line]) -> bool:
    """一、 or a bare title right before an article, where the sentence before it has ended: no item of a list."""
    if line.table or _SENTENCE_END.search(above[-1].text) is None:
        return False
    if (listed := listed_heading(line.text)) is not None:
        return not any(_same_list(listed, other.text) for other in above)
    return is_title(line.text) and len(line.text) <= MAX_BARE


def _same_list(listed: Heading, text: str) -> bool:
    """Does the text begin with a number of the same kind? Then the article has such a list, and this is its end."""
    pattern = LISTED if listed.level == LISTED_LEVEL else ITEM
    return pattern.match(text) is not None
