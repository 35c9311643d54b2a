"""Manners in a group: when the bot may speak without being asked by name."""

from __future__ import annotations

from datetime import datetime, timedelta

COOL_DOWN = timedelta(minutes=2)
"""After an answer nobody asked the bot for by name, it waits this long before the next."""

ADVISER_TALKS = timedelta(minutes=15)
"""While an adviser is talking in the group, and this long after, the bot leaves the talking to them."""


def may_speak(*, addressed: bool, last_spoke: datetime | None, adviser_spoke: datetime | None, now: datetime) -> bool:
    """Addressed, always. Otherwise neither just after its own last word nor while an adviser is talking."""
    if addressed:
        return True
    if adviser_spoke is not None and now - adviser_spoke < ADVISER_TALKS:
        return False
    return last_spoke is None or now - last_spoke >= COOL_DOWN
