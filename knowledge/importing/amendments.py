"""Files that change other texts, or have no articles, are not law texts by article: refused in clear words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.errors import UnreadableLaw
from knowledge.importing.lines import Line, Source
from knowledge.numerals import NUMERAL, article_number

SHOWN = 12
"""Article numbers a refusal names."""

_AMENDING_TITLE = re.compile(r"修正案(?:（[^（）]*）)?$|关于(?:修改|废止|修订|停止执行)\S*的?决定$")
_INSTRUCTION = re.compile(rf"(?:{NUMERAL}、|[（(]{NUMERAL}[)）])?\S*第{NUMERAL}条\S*(?:修改为|改为|删去|作为第|增加)")
_ARTICLE = re.compile(rf"第{NUMERAL}条(?:之{NUMERAL})?")
_QUOTED = re.compile("“[^”]*”?")
_REPLY = re.compile(r"批复|答复|复函")


def refuse_amendment(source: Source, title: str, lines: Sequence[Line]) -> None:
    """Raises UnreadableLaw, naming the articles the file changes, if it is a 修正案 or a 修改决定.

    Its numbered points quote whole new articles of another law: read as articles they would be invented ones.
    """
    if not _AMENDING_TITLE.search(title):
        return
    changed = _changed_articles(line.text for line in lines)
    named = f"它改动了{'、'.join(changed[:SHOWN])}{'等' if len(changed) > SHOWN else ''}。" if changed else ""
    raise UnreadableLaw(f"《{title}》是修改其他法规的文件，不是法规全文。{named}请改为导入修改后的全文。")


def refuse_without_articles(source: Source, title: str, lines: Sequence[Line]) -> None:
    """Raises UnreadableLaw: no line begins with 第X条. Says what kind of file it seems to be."""
    texts = [line.text for line in lines]
    if any(_INSTRUCTION.match(text) for text in texts):
        raise UnreadableLaw("这是修改其他法规的决定，引号里的条文不能当作它自己的条文。请改为导入修改后的全文。")
    if _REPLY.search(title) or any(_REPLY.search(text) for text in texts[:3]):
        raise UnreadableLaw(
            "这是批复（答复），没有“第X条”，不能按条引用，所以不导入。可以写成知识条目的“数字出处”或备注。"
        )
    first = source.at(lines[0].place) if lines else ""
    raise UnreadableLaw("没有一行以“第X条”开头，读不出条文。按“一、二、”编号的文件不能按条引用。", first)


def _changed_articles(texts: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for text in texts:
        outside = _QUOTED.sub("", text)
        if _INSTRUCTION.search(outside) or re.match(rf"{NUMERAL}、", outside):
            found.update(dict.fromkeys(article_number(number) for number in _ARTICLE.findall(outside)))
    return list(found)
