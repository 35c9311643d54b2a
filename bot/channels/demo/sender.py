"""Why nothing is pushed to the page."""

from __future__ import annotations

from bot.domain.delivery import Delivery
from bot.domain.errors import DeliveryFailed


class DemoSender:
    """A `bot.ports.Sender` that cannot send: the page is in a browser, which only asks and is never called.

    The failure is permanent, so that an answer is held at its first try instead of being tried for hours; the page's
    next poll finds it there.
    """

    def send(self, delivery: Delivery) -> None:
        """Always raises DeliveryFailed."""
        raise DeliveryFailed("the demo page polls", permanent=True)
