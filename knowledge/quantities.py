"""Numbers with a unit in Chinese text, so that a number in an answer can be looked for in the law it rests on."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.numerals import CHINESE, value

_UNITS = {
    "年": "年",
    "个月": "月",
    "月": "月",
    "日": "日",
    "天": "日",
    "小时": "小时",
    "周岁": "岁",
    "岁": "岁",
    "元": "元",
    "倍": "倍",
    "%": "%",
    "％": "%",
    "平方米": "平方米",
    "公里": "公里",
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_PART_OF = {"百": 100, "千": 1000, "万": 10_000}

_PLAIN = re.compile(rf"(?<!第)(?<![\d{CHINESE}])(\d+(?:\.\d+)?|[{CHINESE}]+)(万|亿)?\s*个?(?:工作)?({_UNIT})")
_RATIO = re.compile(rf"([百千万])分之([{CHINESE}]+)(?:至([{CHINESE}]+)(?![{CHINESE}]*(?:分之|{_UNIT})))?")
_FRACTION = re.compile(rf"([{CHINESE}]{{1,2}})分之([{CHINESE}]+)")
_CALENDAR = re.compile(rf"\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?|[{CHINESE}]{{4}}年|\d{{1,2}}月\d{{1,2}}日")


def quantities(text: str) -> set[tuple[Fraction, str]]:
    """Each number with its unit, units that mean the same made one (天 = 日, 周岁 = 岁, 百分之 = %).

    >>> sorted(quantities("十五天内，百分之三十，二千元，年满18周岁，2021年1月1日"))
    [(Fraction(15, 1), '日'), (Fraction(18, 1), '岁'), (Fraction(30, 1), '%'), (Fraction(2000, 1), '元')]

    >>> sorted(quantities("百分之二十至三十"))
    [(Fraction(20, 1), '%'), (Fraction(30, 1), '%')]

    Calendar dates are not quantities; 一年 and 半年 are.
    """
    text = _CALENDAR.sub(" ", text)
    found: set[tuple[Fraction, str]] = set()
    for whole, *parts in _RATIO.findall(text):
        found.update((Fraction(100 * value(part), _PART_OF[whole]), "%") for part in parts if part)
    for whole, part in _FRACTION.findall(text):
        if whole not in _PART_OF and value(whole):
            found.add((Fraction(value(part), value(whole)), "分之"))
    for number, scale, unit in _PLAIN.findall(text):
        amount = Fraction(number) if number[0].isdigit() else Fraction(value(number))
        amount *= {"": 1, "万": 10_000, "亿": 100_000_000}[scale]
        found.add((amount, _UNITS[unit]))
    return found
