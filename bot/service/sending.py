"""The outbox, emptied: each text is tried until it is sent, or held for the resident's next message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.delivery import Delivery, next_try
from bot.domain.errors import DeliveryFailed
from bot.ports import Clock, Sender, Store

CLAIM = timedelta(minutes=2)
"""How long one process may take over a delivery before another tries it."""


class Sending:
    """Sends what is due. `senders` by the first part of the channel: wechat, gateway, demo."""

    def __init__(self, store: Store, senders: Mapping[str, Sender], clock: Clock) -> None:
        self.store = store
        self.senders = senders
        self.clock = clock

    def send_due(self, *, limit: int = 50) -> int:
        """Try everything that is due once; how many were sent."""
        with self.store.begin() as unit:
            due = unit.outbox.due(now=self.clock(), limit=limit)
        return sum(self._try(delivery) for delivery in due)

    def _try(self, delivery: Delivery) -> bool:
        now = self.clock()
        with self.store.begin() as unit:
            if not unit.outbox.take(delivery.id, now=now, until=now + CLAIM):
                return False
        try:
            self._sender(delivery).send(delivery)
        except DeliveryFailed as failure:
            self._failed(delivery, failure)
            return False
        with self.store.begin() as unit:
            unit.outbox.sent(delivery.id, now=self.clock())
        return True

    def _sender(self, delivery: Delivery) -> Sender:
        sender = self.senders.get(delivery.to.channel.partition("/")[0])
        if sender is None:
            raise DeliveryFailed(f"no sender for channel {delivery.to.channel}", permanent=True)
        return sender

    def _failed(self, delivery: Delivery, failure: DeliveryFailed) -> None:
        now = self.clock()
        at = next_try(failure, delivery.tries + 1, now=now)
        with self.store.begin() as unit:
            if at is not None:
                unit.outbox.retry(delivery.id, at=at, reason=failure.reason)
                return
            unit.outbox.hold(delivery.id, reason=failure.reason)
            if delivery.case is not None:
                unit.cases.note(delivery.case, by=None, what="暂时送不到", now=now, text="对方下次发消息时会自动送达")
