"""Dates of a law text: which version it is, and from when it applies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from knowledge.numerals import value

_DIGIT, _SMALL = "[一二三四五六七八九〇○零]", "[一二三四五六七八九十]{1,3}"
DATE = re.compile(
    r"(?:(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
    rf"|({_DIGIT}{{4}})\s*年\s*({_SMALL})\s*月\s*({_SMALL})\s*日)"
)
_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_NAME = re.compile(r"(.+?)[_（(]((?:19|20)\d{2})-?(\d{2})-?(\d{2})[)）]?")

_BEGINS = r"(?:施行|实施|生效|执行)"
_SELF = r"本(?:法|条例|规定|办法|解释|细则|规则|决定|准则|规程|标准|意见|制度|章程)(?:（[^）]*）)?"
_EFFECT = re.compile(rf"自\s*({DATE.pattern})\s*起{_BEGINS}")
_EFFECT_IN_NOTES = re.compile(rf"({DATE.pattern})\s*起?{_BEGINS}")
_OWN = re.compile(rf"{_SELF}[自从]\s*({DATE.pattern})\s*起")
_ON_PUBLICATION = re.compile(rf"{_SELF}[自从](?:公布|发布|公告|印发)之日起{_BEGINS}")
_NOT_OF_PASSING = re.compile(rf"\s*起?{_BEGINS}")


def split_name(name: str) -> tuple[str, date | None]:
    """Title and version date of a file's name, where it has the form of the official sites; else ("", None).

    >>> split_name("中华人民共和国民法典_20200528.docx")
    ('中华人民共和国民法典', datetime.date(2020, 5, 28))
    >>> split_name("物业管理条例(2018-03-19).md")[0], split_name("新文件.docx")
    ('物业管理条例', ('', None))
    """
    found = _NAME.fullmatch(PurePath(name).stem.strip())
    if found is None:
        return "", None
    try:
        day = date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return "", None
    return found[1].strip(), day


def dates_in(text: str) -> Iterator[tuple[date, int]]:
    """Every date in a text that exists, with where it ends.

    >>> [day.isoformat() for day, _ in dates_in("2020年5月28日通过，二〇二一年一月一日起施行，2020年2月30日")]
    ['2020-05-28', '2021-01-01']
    """
    for found in DATE.finditer(text):
        if (day := _day(*found.groups()[-6:])) is not None:
            yield day, found.end()


def version_date(notes: Iterable[str], name: str) -> tuple[date | None, list[str]]:
    """The day of passage, publication or latest amendment: that of the file's name, else the latest of the notes."""
    named = split_name(name)[1]
    noted = max(
        (day for note in notes for day, end in dates_in(note) if not _NOT_OF_PASSING.match(note, end)), default=None
    )
    if named is None and noted is None:
        return None, ["没有写通过、公布或修改的日期，请填写版本日期。"]
    if named is not None and noted is not None and noted > named:
        return noted, [f"文件名里的日期是 {named}，题注里最晚的是 {noted}，请核对版本日期。"]
    return named or noted, []


def effect_date(notes: Iterable[str], texts: Sequence[str], version: date | None) -> tuple[date | None, list[str]]:
    """The day this version takes effect, as the text or its notes say it; None where they say it of an earlier one."""
    said_in_notes = [day for note in notes for pattern in (_EFFECT, _EFFECT_IN_NOTES) for day in _found(pattern, note)]
    said_in_text = [day for text in texts for day in _found(_OWN, text)] or list(_found(_EFFECT, texts[-1]))
    latest = max([*said_in_notes, *said_in_text], default=None)
    if latest is not None and version is not None and latest < version:
        return None, [
            f"文中写的施行日期 {latest} 早于这个版本（{version}），应当是最初的施行日期。请填写这个版本的施行日期。"
        ]
    if latest is None and version is not None and any(_ON_PUBLICATION.search(text) for text in texts):
        return version, [f"施行日期写的是公布之日，按版本日期 {version} 填写，请核对。"]
    return latest, [] if latest is not None else ["没有写施行日期，请填写。"]


def _found(pattern: re.Pattern[str], text: str) -> Iterator[date]:
    for found in pattern.finditer(text):
        if (day := next(dates_in(found[1]), None)) is not None:
            yield day[0]


def _day(*groups: str | None) -> date | None:
    year, month, day, *spelled = groups
    try:
        if year is not None and month is not None and day is not None:
            return date(int(year), int(month), int(day))
        return date(int((spelled[0] or "").translate(_DIGITS)), _small(spelled[1]), _small(spelled[2]))
    except ValueError:
        return None


def _small(numeral: str | None) -> int:
    return value(numeral or "")
