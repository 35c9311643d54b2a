"""What waits for a bridge's poll, over the outbox."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Protocol

from bot.channels.gateway.messages import MAX_ACKED
from bot.domain.delivery import Delivery
from bot.ports import Clock, Outbox


class _HasOutbox(Protocol):
    @property
    def outbox(self) -> Outbox: ...


class HasOutboxes(Protocol):
    """As much of a Store as polling needs."""

    def begin(self) -> AbstractContextManager[_HasOutbox]:
        """A transaction."""


class Held:
    """Polling in two steps: giving changes nothing, acknowledging marks as sent."""

    def __init__(self, store: HasOutboxes, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def poll(self, channel: str) -> list[Delivery]:
        with self.store.begin() as unit:
            return unit.outbox.held_for_channel(channel, limit=MAX_ACKED)

    def ack(self, channel: str, ids: Collection[int]) -> list[int]:
        """Mark as sent those held for this channel, and only those: another bridge's deliveries are not touched."""
        with self.store.begin() as unit:
            held = unit.outbox.held_for_channel(channel, limit=MAX_ACKED)
            acked = [delivery.id for delivery in held if delivery.id in ids]
            for delivery in acked:
                unit.outbox.sent(delivery, now=self.clock())
        return acked
