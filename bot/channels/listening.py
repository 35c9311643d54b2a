"""What every channel's callback does alike: the two sides of what is held for it, and reading no more than allowed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from bot.domain.delivery import Delivery
from bot.domain.message import Incoming, Reply

Receive = Callable[[Incoming], Reply]
Poll = Callable[[str], Sequence[Delivery]]
"""What is held for a channel, oldest first; changes nothing."""
Ack = Callable[[str, Collection[int]], Sequence[int]]
"""Marks as sent those of the ids that are held for the channel; which they were."""


def body_of(request: Request, *, most: int) -> bytes:
    """The body, of at most `most` bytes. Raises RequestEntityTooLarge."""
    # One byte more than allowed: a body of undeclared length is cut off at the maximum, not refused.
    request.max_content_length = most + 1
    body = request.get_data()
    if len(body) > most:
        raise RequestEntityTooLarge
    return body
