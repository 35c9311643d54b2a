"""Which lines begin an article. The numbers decide: they run on; what breaks the run is a quotation or a fault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.errors import UnreadableLaw
from knowledge.importing.lines import Line, Source
from knowledge.numerals import DIGITS, NUMERAL, chinese, value

Number = tuple[int, int]
"""An article's place in the order: its number, and its place among those inserted after it (之一)."""

_ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*({NUMERAL})(?!般))?([\s:：]*)(.*)")
_REFERENCE = re.compile(
    rf"第{NUMERAL}[款项目]|之?规定|所[称列指规述]|的|[、，,；。）”》]|(?:[和与或及至到]|或者|以及)(?:本\S{{1,4}}?)?第"
)
_WITHIN = re.compile(rf"[。；　]\s*第({NUMERAL})条[ 　]+\S")


@dataclass(frozen=True, slots=True)
class Start:
    """A line that begins an article. `text` is what follows the number on that line."""

    index: int
    number: Number
    text: str

    @property
    def printed(self) -> str:
        return printed(self.number)


@dataclass(frozen=True, slots=True)
class _Candidate(Start):
    """`firm`: set off from the text, as official texts have it. `refers`: goes on like a cross reference."""

    firm: bool
    refers: bool
    quoted: bool


def printed(number: Number) -> str:
    """The number as law texts have it: 第一百三十三条之一."""
    return f"第{chinese(number[0])}条" + (f"之{chinese(number[1])}" if number[1] else "")


def count_of(numeral: str) -> int:
    """The number of an article, also where its digits stand by their places.

    >>> count_of("一百零一"), count_of("一〇一"), count_of("101")
    (101, 101, 101)
    """
    if len(numeral) > 1 and all(sign in DIGITS for sign in numeral):
        return int("".join(str(DIGITS[sign]) for sign in numeral))
    return value(numeral)


def article_starts(source: Source, lines: Sequence[Line]) -> tuple[list[Start], list[str]]:
    """The articles among `lines` in their order, and what somebody should look at.

    Raises UnreadableLaw where a number goes back or is left out, or where two articles share a line: that is not
    guessed at.
    """
    starts: list[Start] = []
    notices: list[str] = []
    candidates = _likely(lines)
    for at, candidate in enumerate(candidates):
        last = starts[-1].number if starts else None
        if last is None:
            if candidate.number > (1, 0) and any(later.number == (1, 0) for later in candidates[at:]):
                continue
        elif not _follows(last, candidate.number):
            if not candidate.firm or any(_follows(last, later.number) and later.firm for later in candidates[at:]):
                continue
            _refuse_crowded_lines(source, lines[: candidate.index + 1], [*starts, candidate])
            notices.append(_taken_for_text(source.at(lines[candidate.index].place), candidate, last))
            continue
        starts.append(Start(candidate.index, candidate.number, candidate.text))
    _refuse_crowded_lines(source, lines, starts)
    return starts, notices


def begins_article(text: str) -> bool:
    """A line that begins with a number set off as official texts have it, and does not go on like a reference.

    >>> begins_article("第三条　本法所称"), begins_article("第三条规定的情形")
    (True, False)
    """
    found = _ARTICLE.match(text)
    return found is not None and bool(found[3]) and _REFERENCE.match(found[4]) is None


def first_candidate(lines: Sequence[Line]) -> int | None:
    """The line the first article may begin on; None if there is none."""
    return next((candidate.index for candidate in _likely(lines)), None)


def goes_on(start: Start, lines: Sequence[Line]) -> bool:
    """Is the next article of `lines` the one after `start`?"""
    following = next(iter(_likely(lines)), None)
    return following is not None and _follows(start.number, following.number)


def _taken_for_text(place: str, candidate: _Candidate, last: Number) -> str:
    """The notice that a line out of order is text. Raises UnreadableLaw if it looks like an article all the same."""
    if candidate.refers or candidate.quoted:
        return f"{place}以“{candidate.printed}”开头，当作{printed(last)}里的引用，请核对。"
    if candidate.number > last:
        raise UnreadableLaw(
            f"{printed(last)}之后直接是{candidate.printed}，中间缺条。"
            "请对照官方文本补上缺的条文（也可能是条号写错，或这里是引用），再导入。",
            place,
        )
    raise UnreadableLaw(
        f"{printed(last)}之后又出现{candidate.printed}。文件里可能有两部法规，或者这里是引用。"
        "请删去多余的部分，或把引用并入上一段，再导入。",
        place,
    )


def _refuse_crowded_lines(source: Source, lines: Sequence[Line], starts: Sequence[Start]) -> None:
    """An article that begins in the middle of a line would be lost in the one before."""
    begins = [-1, *(start.index for start in starts), len(lines)]
    numbers = [(0, 0), *(start.number for start in starts)]
    for at, (number, _) in enumerate(numbers):
        wanted = number + 1 if at or not starts else starts[0].number[0] - 1
        if wanted < 1 or (at + 1 < len(numbers) and numbers[at + 1] <= (wanted, 0)):
            continue
        for line in lines[max(0, begins[at]) : begins[at + 1]]:
            if any(count_of(found) == wanted for found in _WITHIN.findall(line.text)):
                raise UnreadableLaw(
                    f"{printed((wanted, 0))}没有另起一行。请让每一条都另起一行，再导入。", source.at(line.place)
                )


def _likely(lines: Sequence[Line]) -> list[_Candidate]:
    """The candidates, without those that look like references where an article of that number stands elsewhere."""
    found = [candidate for candidate in _candidates(lines) if candidate.firm or not candidate.refers]
    firm = Counter(one.number for one in found if one.firm)
    plain = Counter(one.number for one in found if one.firm and not one.refers and not one.quoted)
    return [
        one
        for one in found
        if not ((one.refers or one.quoted) and plain[one.number]) and (one.firm or not firm[one.number])
    ]


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    depth = 0
    for index, line in enumerate(lines):
        found = None if line.table else _ARTICLE.match(line.text)
        if found is not None and 0 < count_of(found[1]) < 10_000:
            number = (count_of(found[1]), count_of(found[2]) if found[2] else 0)
            firm = bool(found[3]) or not found[4] or found[4].startswith("【")
            yield _Candidate(index, number, found[4], firm, _REFERENCE.match(found[4]) is not None, depth > 0)
        depth = max(0, depth + line.text.count("“") - line.text.count("”"))


def _follows(last: Number, number: Number) -> bool:
    return number in ((last[0] + 1, 0), (last[0], last[1] + 1))
