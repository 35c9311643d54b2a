"""What WeChat's error codes mean for a delivery."""

from __future__ import annotations

from bot.domain.errors import DeliveryFailed

OK = 0
TOKEN_REJECTED = frozenset({40001, 40014, 42001})
"""The access token is wrong, malformed or expired: another one may be accepted."""

_IN_VAIN = {
    40003: "no such follower",
    40013: "the appid is wrong",
    40125: "the secret is wrong",
    40164: "this server's address is not on the account's IP list",
    40243: "the secret is frozen",
    41002: "the appid is missing",
    41004: "the secret is missing",
    43004: "the resident does not follow the account",
    43019: "the resident is on the account's blacklist",
    44004: "the text is empty",
    45002: "the text is too long",
    45015: "the resident wrote too long ago",
    45047: "too many messages since the resident wrote",
    48001: "the account may not push messages",
    48002: "the resident does not accept messages",
    48004: "the account's interface is banned",
    50002: "the resident's or the account's use is restricted",
}
_FOR_NOW = {
    -1: "WeChat is busy",
    40001: "no access token is accepted",
    40014: "no access token is accepted",
    42001: "no access token is accepted",
    45009: "the day's calls are used up",
    45011: "too many calls this minute",
}


def refused(code: int) -> DeliveryFailed:
    """An unknown code is worth another try: tries are few, and then a person knows. WeChat's own text is not kept."""
    reason = _IN_VAIN.get(code) or _FOR_NOW.get(code) or "see WeChat's list of codes"
    return DeliveryFailed(f"WeChat answered {code}: {reason}", permanent=code in _IN_VAIN)
