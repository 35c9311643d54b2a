"""What advisers teach: every answer of theirs that names its articles is a question with known articles.

`python -m bot corrections` writes them as `python -m indexer tune` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.ports import Basis, Unit

_NAMED = re.compile(
    r"《(?P<law>[^《》]{2,60})》\s*(?:（[^（）]{1,40}）)?(?P<articles>(?:第[^第《》，。；]{1,12}条(?:之[一二三四五六七八九十]+)?[、和及与]?)+)"
)
_ARTICLE = re.compile(r"第[^第条]{1,12}条(?:之[一二三四五六七八九十]+)?")


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as stored, masked; the articles its answer names, as (law, article); and the answer."""

    text: str
    gold: tuple[tuple[str, str], ...]
    answer: str


def corrections(unit: Unit, rule: Callable[[str, str], Basis | None]) -> Iterator[Correction]:
    """Of all answered cases, the newest first, each once with its last answer; articles not in force are left out."""
    seen: set[int] = set()
    for case, answer in unit.cases.answers_naming("《"):
        if case in seen:
            continue
        seen.add(case)
        gold = tuple(dict.fromkeys(key for key in named(answer) if rule(*key) is not None))
        held = unit.cases.get(case)
        if gold and held is not None and held.question:
            yield Correction(held.question, gold, answer)


def named(answer: str) -> Iterator[tuple[str, str]]:
    """Law and article of each citation in a text.

    >>> list(named("按《民法典》第六百七十五条、第六百七十六条和《刑法》第一百三十三条之一处理"))
    [('民法典', '第六百七十五条'), ('民法典', '第六百七十六条'), ('刑法', '第一百三十三条之一')]
    """
    for found in _NAMED.finditer(answer):
        for article in _ARTICLE.findall(found["articles"]):
            yield found["law"], article
