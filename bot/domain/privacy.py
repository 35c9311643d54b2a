"""Masking before storage: phone, ID-card and bank-card numbers never reach the database."""

from __future__ import annotations

import re

_ID_CARD = re.compile(r"(?<!\d)(\d{6})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dXx])")
_BANK_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")


def masked(text: str) -> str:
    """The text with numbers that identify a person replaced by what they were.

    >>> masked("电话13812345678，卡号6222 0212 3456 7890 123，借了30000元")
    '电话[手机号]，卡号[银行卡号]，借了30000元'
    """
    text = _ID_CARD.sub("[身份证号]", text)
    text = _MOBILE.sub("[手机号]", text)
    text = _BANK_CARD.sub("[银行卡号]", text)
    return _LANDLINE.sub("[电话]", text)
