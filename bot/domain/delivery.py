"""Messages on their way out, and what to do when one fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import DeliveryFailed
from bot.domain.message import Address


class DeliveryState(StrEnum):
    """`held`: no way to push now; goes out with the resident's next message (or poll). `given_up`: a person knows."""

    PENDING = "pending"
    SENT = "sent"
    HELD = "held"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One text to one address. `key` makes queueing it twice one delivery; `tries` counts those made."""

    id: int
    key: str
    to: Address
    text: str
    case: int | None
    tries: int
    state: DeliveryState


DELAYS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def next_try(failure: DeliveryFailed, tries: int, *, now: datetime) -> datetime | None:
    """When to try again after `tries` tries. None means: stop trying, hold it for the resident's next message."""
    if failure.permanent or tries > len(DELAYS):
        return None
    return now + DELAYS[tries - 1]
