"""What the channel needs remembered, across processes and restarts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol


class Nonces(Protocol):
    """Remembers what a nonce was used for.

    A yes-or-no memory is not enough here: WeChat's own retry, which must be answered, and a forgery under an
    overheard signature, which must not, both come with a nonce that was seen before.
    """

    def first(self, key: str, mark: str, *, expires: datetime) -> str:
        """The mark first kept under this key, which is `mark` itself if there was none; in one atomic step.

        Key and mark are at most 128 ASCII characters. Both may be forgotten once `expires` has passed.
        """


class Tokens(Protocol):
    """Keeps each account's access token where all processes see it. A token may have 512 characters."""

    def get(self, appid: str, *, now: datetime) -> str | None:
        """The token last put; None if there is none or it expired."""

    def put(self, appid: str, token: str, *, expires: datetime) -> None:
        """Replaces the one before."""

    def lock(self, appid: str) -> AbstractContextManager[None]:
        """One holder at a time among all processes; waits. WeChat is asked meanwhile: hold no transaction open."""
