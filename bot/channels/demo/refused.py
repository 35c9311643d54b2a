"""Why a request of the page is refused.

Refused
├── 400  not JSON
├── 403  sent by another site's page, or by none
└── 422  of another form than expected: too long, empty, an unknown village or sender
"""

from __future__ import annotations

from http import HTTPStatus

from bot.domain.errors import BadMessage


class Refused(BadMessage):
    """A request that changes nothing. `fault` is shown on the page: plain Chinese, never words of the request."""

    def __init__(self, status: HTTPStatus, fault: str) -> None:
        super().__init__(fault)
        self.status = status
        self.fault = fault
