"""What stands after the last article and is no part of it: annexes, signatures, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.errors import UnreadableLaw
from knowledge.importing.dates import DATE
from knowledge.importing.front import SIGNED_BY
from knowledge.importing.headings import heading
from knowledge.importing.lines import Line, Source
from knowledge.importing.sequence import article_starts, goes_on

_ANNEX = re.compile(
    r"附\s*(?:件|录|表|图|注|页)?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s*(?:[：:].*|[ 　].{0,40})?"
)
_SENTENCE = re.compile(r"[。；;！？]$")
_SIGNATURE = re.compile(
    rf"{SIGNED_BY}"
    r"|\S{0,30}(?:院|部|委员会|会议|局|厅|署|政府|办公厅|办公室|总局|常委会|大会|银行)(?:[ 　]+\S{2,30})*"
    r"|[（(](?:此件|本文|完|联系).{0,40}[)）]|(?:抄送|主题词|责任编辑|来源)[：:].*|[（(]完[)）]"
)


def without_annexes(source: Source, lines: Sequence[Line]) -> tuple[Sequence[Line], list[str]]:
    """The lines before the first annex, and a notice of what was cut.

    What looks like an annex is none if the next article goes on after it.
    """
    for index, line in enumerate(lines):
        if not _ANNEX.fullmatch(line.text) or _SENTENCE.search(line.text) or heading(line.text) is not None:
            continue
        try:
            starts, _ = article_starts(source, lines[:index])
        except UnreadableLaw:  # told, or put right by what follows, when the whole is read
            continue
        if starts and not goes_on(starts[-1], lines[index:]):
            return lines[:index], [
                f"{source.at(line.place)}起的附件没有导入（“{line.text[:20]}”，共 {len(lines) - index} 行）。"
            ]
    return lines, []


def signature_start(lines: Sequence[Line]) -> int:
    """Where the signatures and dates at the very end begin; `len(lines)` where there are none.

    The first line belongs to the article whatever it looks like.
    """
    end = len(lines)
    while end > 1 and _signs(lines[end - 1].text):
        end -= 1
    return end


def _signs(text: str) -> bool:
    date = DATE.fullmatch(re.sub(r"\s", "", text))
    return date is not None or (not _SENTENCE.search(text) and _SIGNATURE.fullmatch(text) is not None)
