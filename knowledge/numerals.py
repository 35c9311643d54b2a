"""Chinese numerals, both ways. Article numbers are printed in them, and so are most numbers in law texts."""

from __future__ import annotations

import re

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}

CHINESE = "零〇○一二两三四五六七八九十百千万亿"
NUMERAL = rf"(?:[{CHINESE}]+|\d+)"
"""A pattern for one numeral."""

_ARTICLE = re.compile(rf"第([{CHINESE}]+|\d+)条(?:之([{CHINESE}]+|\d+))?")


def value(numeral: str) -> int:
    """The integer a numeral stands for, Arabic (also of full width) or Chinese.

    >>> value("一千零四十二"), value("十五"), value("三十万"), value("2000"), value("１２")
    (1042, 15, 300000, 2000, 12)

    Raises ValueError for anything else.
    """
    if numeral.isdecimal():
        return int(numeral)
    total = section = digit = 0
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in UNITS:
            section += (digit or 1) * UNITS[character]
            digit = 0
        elif character in LARGE:
            total = (total + section + digit) * LARGE[character]
            section = digit = 0
        else:
            raise ValueError(f"not a numeral: {numeral!r}")
    return total + section + digit


def chinese(number: int) -> str:
    """The numeral as law texts print it, for 1 to 9,999.

    >>> chinese(10), chinese(110), chinese(1042), chinese(15)
    ('十', '一百一十', '一千零四十二', '十五')
    """
    if not 0 < number < 10_000:
        raise ValueError(f"outside 1..9999: {number}")
    names = "零一二三四五六七八九"
    out = ""
    pending_zero = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit == 0:
            pending_zero = bool(out)
            continue
        out += ("零" if pending_zero else "") + names[digit] + unit
        pending_zero = False
    return out[1:] if out.startswith("一十") else out


def article_number(text: str) -> str:
    """An article number as printed, from any way of writing it.

    >>> article_number("第 133 条之1"), article_number("第六百七十五条")
    ('第一百三十三条之一', '第六百七十五条')

    Raises ValueError if there is none.
    """
    found = _ARTICLE.fullmatch(re.sub(r"\s", "", text))
    if found is None:
        raise ValueError(f"not an article number: {text!r}")
    main, insertion = found.groups()
    printed = f"第{chinese(value(main))}条"
    return printed if insertion is None else f"{printed}之{chinese(value(insertion))}"


def ordinal(number: str) -> tuple[int, int]:
    """Where a printed article number stands in the order of a law; the second part counts insertions.

    >>> ordinal("第一百三十三条之一"), ordinal("第十条")
    ((133, 1), (10, 0))

    Raises ValueError if it is no article number.
    """
    found = _ARTICLE.fullmatch(number)
    if found is None:
        raise ValueError(f"not an article number: {number!r}")
    return value(found[1]), value(found[2]) if found[2] else 0
