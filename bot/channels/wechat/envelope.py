"""Opening what WeChat delivers, and sealing what it gets in return."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.crypt import Crypt, signature
from bot.channels.wechat.ports import Nonces
from bot.channels.wechat.xml import read
from bot.domain.errors import BadMessage

MAX_BODY = 64 * 1024
TOLERANCE = timedelta(seconds=300)
"""How far a timestamp may be from this server's clock, either way."""
RETRY = timedelta(seconds=60)
"""How long the same delivery may come again. WeChat gives a message three times, some five seconds apart."""


class Envelope:
    """One account's. Everything that is not exactly as WeChat sends it raises BadMessage."""

    def __init__(self, account: WechatAccount, nonces: Nonces) -> None:
        self._token = account.token
        self._channel = account.channel
        self._nonces = nonces
        self._crypt: Crypt | None = None
        if account.encrypted and account.aes_key is not None:
            self._crypt = Crypt(account.token, account.aes_key, account.appid)

    def greet(self, query: Mapping[str, str], *, now: datetime) -> str:
        """What proves to WeChat that this address is ours. It is in plain in every mode."""
        self._verify(query, "signature", now=now)
        echo = _given(query, "echostr")
        self._first_use(query, f"greeting {echo}".encode(), now=now)
        return echo

    def open(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> dict[str, str]:
        """The fields of a message that WeChat signed just now, delivered for the first time or again by a retry.

        An account in compatible or safe mode takes encrypted messages only: the signature of a plain one covers
        none of its words.
        """
        if len(body) > MAX_BODY:
            raise BadMessage(f"a body of more than {MAX_BODY} bytes")
        if self._crypt is None:
            self._verify(query, "signature", now=now)
            message = body
        else:
            encrypted = _given(read(body), "Encrypt", limit=MAX_BODY)
            self._verify(query, "msg_signature", encrypted, now=now)
            message = self._crypt.decrypt(encrypted)
        fields = read(message)
        self._first_use(query, message, now=now)
        return fields

    def seal(self, reply: str, *, now: datetime) -> str:
        """The body to answer with."""
        if self._crypt is None:
            return reply
        return self._crypt.encrypt(reply, timestamp=str(int(now.timestamp())), nonce=secrets.token_hex(8))

    def _verify(self, query: Mapping[str, str], name: str, *covered: str, now: datetime) -> None:
        timestamp, nonce = _given(query, "timestamp"), _given(query, "nonce")
        # Ten digits exactly: nothing separates the signed parts, so a zero could wander from the nonce to the time.
        if re.fullmatch("[0-9]{10}", timestamp) is None or abs(now - _time(timestamp)) > TOLERANCE:
            raise BadMessage(f"timestamp is not within {TOLERANCE.seconds} seconds of now")
        expected = signature(self._token, timestamp, nonce, *covered)
        if not hmac.compare_digest(expected, _given(query, name)):
            raise BadMessage(f"{name} is not right")

    def _first_use(self, query: Mapping[str, str], content: bytes, *, now: datetime) -> None:
        """A nonce stands for one message. What it stands for is compared decrypted: a retry may be encrypted anew."""
        timestamp, nonce = query["timestamp"], query["nonce"]
        digest, at = sha256(content).hexdigest(), int(now.timestamp())
        expires = _time(timestamp) + TOLERANCE + timedelta(seconds=1)
        mark = self._nonces.first(f"{self._channel}/{timestamp}/{nonce}", f"{digest} {at}", expires=expires)
        first, _, since = mark.partition(" ")
        if first != digest:
            raise BadMessage("nonce was used for another message")
        if at - int(since) > RETRY.seconds:
            raise BadMessage("nonce was used before")


def _given(values: Mapping[str, str], name: str, *, limit: int = 64) -> str:
    value = values.get(name, "")
    if not value or len(value) > limit or not value.isascii():
        raise BadMessage(f"{name} is missing or malformed")
    return value


def _time(timestamp: str) -> datetime:
    return datetime.fromtimestamp(int(timestamp), UTC)
