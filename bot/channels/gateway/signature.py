"""Signing, the same in both directions: HMAC-SHA256 over `timestamp.nonce.body`, fresh, and used once."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from bot.channels.gateway.bridge import PREFIX, Bridge
from bot.channels.gateway.refused import Refused

BRIDGE = "X-Farun-Bridge"
TIMESTAMP = "X-Farun-Timestamp"
NONCE = "X-Farun-Nonce"
SIGNATURE = "X-Farun-Signature"

TOLERANCE = timedelta(seconds=300)
"""How far a timestamp may be from this server's clock, either way."""

# No dot in either: else `1.2` + `3` and `1` + `2.3` would be signed alike.
TIMESTAMP_FORM = "[0-9]{10}"
NONCE_FORM = "[A-Za-z0-9_-]{16,64}"


class Nonces(Protocol):
    """Remembers what was used, across processes and restarts."""

    def fresh(self, key: str, *, expires: datetime) -> bool:
        """True the first time a key is seen, in one atomic step; it may be forgotten once `expires` has passed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The four headers of a signed request."""

    bridge: str
    timestamp: str
    nonce: str
    signature: str

    def headers(self) -> dict[str, str]:
        return {BRIDGE: self.bridge, TIMESTAMP: self.timestamp, NONCE: self.nonce, SIGNATURE: self.signature}


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Lower-case hex. The key is the secret as it is written, in UTF-8.

    >>> signature("0123456789abcdef0123456789abcdef", "1795570200", "a-nonce-used-once", b'{"ids":[1]}')
    '512de6d51f7ecaa2eb60afc874bfab35ef9b54ec05e6c7adb3158a65e6324065'
    """
    signed = b".".join((timestamp.encode(), nonce.encode(), body))
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def stamp(bridge: Bridge, body: bytes, *, now: datetime) -> Stamp:
    """Headers for one request. Sending again means stamping again: a nonce is used once."""
    timestamp, nonce = str(int(now.timestamp())), secrets.token_urlsafe(16)
    return Stamp(bridge.name, timestamp, nonce, signature(bridge.secret, timestamp, nonce, body))


def signer(given: Stamp, body: bytes, bridges: Mapping[str, Bridge], nonces: Nonces, *, now: datetime) -> Bridge:
    """The bridge that signed this body, just now and for the first time. Raises Refused.

    Only who holds the secret learns more than "not signed", and only they can use up a nonce.
    """
    bridge = bridges.get(PREFIX + given.bridge)
    if bridge is None or not _signed(given, body, bridge):
        raise Refused(HTTPStatus.UNAUTHORIZED, "not signed by a known bridge")
    signed_at = datetime.fromtimestamp(int(given.timestamp), UTC)
    if abs(now - signed_at) > TOLERANCE:
        raise Refused(HTTPStatus.UNAUTHORIZED, f"the timestamp is more than {TOLERANCE.seconds} seconds from now")
    expires = signed_at + TOLERANCE + timedelta(seconds=1)
    if not nonces.fresh(f"{bridge.channel}/{given.nonce}", expires=expires):
        raise Refused(HTTPStatus.CONFLICT, "this nonce was used before; sign every try anew")
    return bridge


def _signed(given: Stamp, body: bytes, bridge: Bridge) -> bool:
    well_formed = re.fullmatch(TIMESTAMP_FORM, given.timestamp) and re.fullmatch(NONCE_FORM, given.nonce)
    expected = signature(bridge.secret, given.timestamp, given.nonce, body)
    # Compared as bytes: given a str, compare_digest raises for what is not ASCII.
    return well_formed is not None and hmac.compare_digest(expected.encode(), given.signature.encode())
