"""Pushes texts to bridges."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

import httpx

from bot.channels.gateway.bridge import Bridge, by_channel
from bot.channels.gateway.messages import Outgoing
from bot.channels.gateway.signature import stamp
from bot.domain.delivery import Delivery
from bot.domain.errors import DeliveryFailed
from bot.ports import Clock

TIMEOUT = httpx.Timeout(10, connect=5)
_TRY_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class GatewaySender:
    """A `bot.ports.Sender`. Pushing twice reaches the group once if the bridge minds the delivery's id."""

    def __init__(self, bridges: Iterable[Bridge], client: httpx.Client, clock: Clock) -> None:
        self.bridges = by_channel(bridges)
        self.client = client
        self.clock = clock

    def send(self, delivery: Delivery) -> None:
        """Sent is what the bridge answers with 2xx. Permanent: no push URL, or a 4xx other than 408 and 429."""
        bridge = self.bridges.get(delivery.to.channel)
        if bridge is None:
            raise DeliveryFailed(f"no bridge for channel {delivery.to.channel}", permanent=True)
        if bridge.push_url is None:
            raise DeliveryFailed(f"bridge {bridge.name} has no push URL: it polls", permanent=True)
        status = self._push(bridge, bridge.push_url, Outgoing.of(delivery).model_dump_json().encode())
        if not 200 <= status < 300:
            permanent = 400 <= status < 500 and status not in _TRY_LATER
            raise DeliveryFailed(f"bridge {bridge.name} answered {status}", permanent=permanent)

    def _push(self, bridge: Bridge, url: str, body: bytes) -> int:
        headers = stamp(bridge, body, now=self.clock()).headers() | {"Content-Type": "application/json"}
        try:
            # Streamed, so that only the status is waited for and a bridge's long answer is never read.
            with self.client.stream(
                "POST", url, content=body, headers=headers, timeout=TIMEOUT, follow_redirects=False
            ) as response:
                return response.status_code
        except httpx.HTTPError as failure:
            raise DeliveryFailed(f"bridge {bridge.name}: {type(failure).__name__}", permanent=False) from failure
