"""Messages in another language than Chinese. Rules only."""

from __future__ import annotations

import re

from bot.domain.question import Urgency

_NOT_SAID = re.compile(r"\[[^\[\]]{1,20}\]|https?://\S+|\S+\.(?:com|cn|net|org)\b\S*|\S+@\S+", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z]+")
_DANGERS = (
    (Urgency.SELF_HARM, re.compile(r"\b(?:suicid\w*|kill(?:ing)? myself|want to die|end my life)\b", re.IGNORECASE)),
    (
        Urgency.VIOLENCE,
        re.compile(
            r"\b(?:help me|save me|kill\w*|murder\w*|police|knife|rape\w*|kidnap\w*|(?:beat|hit)\w* me)\b|"
            r"^\W*(?:help|sos)\W*$",
            re.IGNORECASE,
        ),
    ),
)


def is_other_language(text: str) -> bool:
    """Words, and none of them Chinese. One word in Latin letters may be a name or an “ok”.

    >>> is_other_language("My boss did not pay me"), is_other_language("هاردىم بېرىڭ")
    (True, True)
    >>> is_other_language("ok"), is_other_language("https://example.com 😀 12348"), is_other_language("我的WiFi坏了")
    (False, False, False)
    """
    said = _NOT_SAID.sub(" ", text)
    if _CHINESE.search(said) is not None:
        return False
    words = _WORD.findall(said)
    return (
        len(words) > 1 or any(_LATIN.fullmatch(word) is None for word in words) or danger_in_english(said) is not None
    )


def danger_in_english(text: str) -> Urgency | None:
    """A danger somebody names in English."""
    return next((kind for kind, pattern in _DANGERS if pattern.search(text)), None)
