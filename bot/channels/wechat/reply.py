"""The passive reply, and texts in portions that WeChat takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bot.channels.wechat.xml import carried, write

LIMIT = 2048
"""Bytes of UTF-8 in one text message, passive or pushed."""

_PAUSES = (
    re.compile(r"\n+"),
    re.compile(r"(?:[。！？；!?;]|……)+[”’」』）)]*"),
    re.compile(r"[，、,：:\s]+"),
)
"""Where a reader would pause, best first: lines, sentences, clauses."""
_JOINER = "\u200d"
_NEVER_FIRST = frozenset("。，、；：！？…”’」』）》,.;:!?)" + _JOINER + "\ufe0f\u20e3🏻🏼🏽🏾🏿")
"""What belongs to the character before it: punctuation, and the later pieces of an emoji."""


def text_reply(fields: Mapping[str, str], text: str, *, now: datetime) -> str:
    """The passive reply to the message of these fields. `text` is at most LIMIT bytes."""
    return write(
        {
            "ToUserName": fields["FromUserName"],
            "FromUserName": fields["ToUserName"],
            "CreateTime": int(now.timestamp()),
            "MsgType": "text",
            "Content": text,
        }
    )


def split_text(text: str, limit: int = LIMIT) -> list[str]:
    """The text in parts of at most `limit` bytes (4 or more), ending where a reader would pause; none is blank.

    Only the white space between parts is lost, and characters that XML cannot carry.

    >>> split_text("一、先协商。二、再投诉。", limit=24)
    ['一、先协商。', '二、再投诉。']
    """
    left, parts = carried(text).strip(), []
    while left:
        end = _end(left, limit)
        parts.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return parts


def _end(text: str, limit: int) -> int:
    """Where the first part ends: at the best pause in its second half, or else where it is full."""
    full = _fitting(text, limit)
    if full == len(text):
        return full
    half = _fitting(text, limit // 2)
    for pause in _PAUSES:
        # A little is read beyond the end, lest a closing quote be parted from its sentence.
        ends = [found.end() for found in pause.finditer(text, 0, full + 8) if half <= found.end() <= full]
        if ends:
            return ends[-1]
    return next((end for end in range(full, half, -1) if _may_part(text[end - 1], text[end])), full)


def _fitting(text: str, limit: int) -> int:
    """How many of the first characters fit into so many bytes."""
    return len(text[:limit].encode()[:limit].decode(errors="ignore"))


def _may_part(last: str, first: str) -> bool:
    return first not in _NEVER_FIRST and last != _JOINER
