"""Why a request to the gateway is refused.

Refused
├── 400  the body is not JSON, or a poll carries one
├── 401  not signed by a known bridge; signed, but not within five minutes of now
├── 409  signed, but its nonce was used before: a retry is signed anew
├── 413  larger than 64 KiB
└── 422  JSON, but not of the form expected: `flaws` name each field
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from bot.domain.errors import BadMessage


class Refused(BadMessage):
    """A request that changes nothing. `fault` and `flaws` (field, fault) go to the bridge: never words of the body."""

    def __init__(self, status: HTTPStatus, fault: str, flaws: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(fault)
        self.status = status
        self.fault = fault
        self.flaws = tuple(flaws)
