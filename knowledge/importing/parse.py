"""From the lines of a file to an instrument, or to a refusal that says where and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.errors import UnreadableLaw
from knowledge.importing.amendments import refuse_amendment, refuse_without_articles
from knowledge.importing.body import read_block
from knowledge.importing.dates import effect_date, version_date
from knowledge.importing.front import Front, read_front
from knowledge.importing.headings import under
from knowledge.importing.instrument import ImportedArticle, Instrument
from knowledge.importing.lines import Line, Source
from knowledge.importing.sequence import Start, article_starts, first_candidate
from knowledge.importing.tail import signature_start, without_annexes

MAX_FRONT = 60
"""Lines in which a file without articles is searched for a title."""


def parse(source: Source) -> Instrument:
    """Every article found and none invented; raises UnreadableLaw."""
    first = first_candidate(source.lines)
    front = read_front(source, source.lines[: MAX_FRONT if first is None else first])
    refuse_amendment(source, front.title, source.lines)
    if first is None:
        refuse_without_articles(source, front.title, source.lines)
    lines, notices = without_annexes(source, source.lines)
    starts, doubts = article_starts(source, lines)
    articles, more = _articles(source, lines, starts, front)
    if starts[0].number > (1, 0):
        doubts.insert(0, f"从{starts[0].printed}开始，是节选，不能代替全文。")
    version, undated = version_date(front.notes, source.name)
    in_force, unstated = effect_date(front.notes, [article.text for article in articles], version)
    return Instrument(
        title=front.title,
        articles=tuple(articles),
        version=version,
        in_force=in_force,
        notes=tuple(front.notes),
        preamble="\n".join(front.preamble),
        notices=(*source.notices, *front.notices, *doubts, *more, *notices, *undated, *unstated),
    )


def _articles(
    source: Source, lines: Sequence[Line], starts: Sequence[Start], front: Front
) -> tuple[list[ImportedArticle], list[str]]:
    ends = [*(start.index for start in starts), len(lines)]
    stack, articles, notices = front.stack, list[ImportedArticle](), list[str]()
    for start, (begin, end) in zip(starts, pairwise(ends), strict=True):
        last = start is starts[-1]
        kept = begin + (signature_start(lines[begin:end]) if last else end - begin)
        if kept < end:
            notices.append(f"{source.at(lines[kept].place)}起是署名、日期，没有导入。")
        block = read_block(source, lines[begin], lines[begin + 1 : kept], last=last)
        text = "\n".join(part for part in (start.text, *(line.text for line in block.text)) if part)
        if not text:
            raise UnreadableLaw(f"{start.printed}没有内容。", source.at(lines[begin].place))
        articles.append(ImportedArticle(start.printed, text, tuple(held.text for held in stack)))
        notices += block.notices
        for heading in block.headings:
            stack = under(stack, heading)
    return articles, notices
