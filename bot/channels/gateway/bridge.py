"""A bridge: the operator's program that stands in the groups and speaks to the gateway."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import httpx

PREFIX = "gateway/"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
_MIN_SECRET = 32


@dataclass(frozen=True, slots=True)
class Bridge:
    """Name, shared secret, and where texts are pushed; without `push_url` the bridge polls.

    Raises ValueError, without printing the value, for a name other than `[a-z0-9-]{1,32}`, a secret shorter than
    32 characters, or a push URL that is not http(s). Secret and URL stay out of its repr.
    """

    name: str
    secret: str = field(repr=False)
    push_url: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise ValueError("a bridge's name must be 1 to 32 of a-z, 0-9 and -")
        if len(self.secret) < _MIN_SECRET:
            raise ValueError(f"the secret of bridge {self.name} must have at least {_MIN_SECRET} characters")
        if self.push_url is not None and not _can_be_posted_to(self.push_url):
            raise ValueError(f"the push URL of bridge {self.name} must be an http or https address")

    @property
    def channel(self) -> str:
        return PREFIX + self.name


def by_channel(bridges: Iterable[Bridge]) -> dict[str, Bridge]:
    """Each bridge under its channel, `gateway/NAME`. Raises ValueError if two share a name."""
    found: dict[str, Bridge] = {}
    for bridge in bridges:
        if found.setdefault(bridge.channel, bridge) is not bridge:
            raise ValueError(f"two bridges are named {bridge.name}")
    return found


def _can_be_posted_to(url: str) -> bool:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return parsed.scheme in ("http", "https") and parsed.host != ""
