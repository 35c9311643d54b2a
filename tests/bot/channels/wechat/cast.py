"""The standing cast: accounts, residents, WeChat's side of a callback, and what the database remembers in earnest.

WeChat's side signs, encrypts and decrypts with WeRoBot, so that a mistake of ours (or of wechatpy) cannot hide in both.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from xml.etree import ElementTree

from flask import Flask
from hypothesis import settings
from werobot.crypto import MessageCrypt
from werobot.utils import get_signature

from bot.channels.listening import Receive
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.callback import make_blueprint
from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.message import Address, Incoming, MessageKey, Reply

patient = settings(deadline=None)
"""A busy machine is no failure."""

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
_WORD = "juegang2026"
_KEY = "lawyer0of0the0village0answers0within0a0day1"
_PRIVATE = "5ec2e75ec2e75ec2e75ec2e75ec2e700"

SAFE = WechatAccount(name="juegang", appid="wx1b6f0c2d9e8a7354", token=_WORD, secret=_PRIVATE, aes_key=_KEY)
COMPATIBLE = replace(SAFE, name="changsha", mode="compatible")
PLAIN = replace(SAFE, name="fengli", mode="plain", aes_key=None)
MUTE = replace(SAFE, name="kuma", appid="wx00000000000000aa", secret=None)
"""A personal subscription account: it cannot push."""
ACCOUNTS = (SAFE, COMPATIBLE, PLAIN, MUTE)

ZHANG = "oJ4tq5Zhang3_kRv8y2mQwX1uB7c"
LI = "oJ4tq5Li77-_kRv8y2mQwX1uB7cQ"
ORIGINAL_ID = "gh_5f1c2d3e4a5b"


def text(content: str = "老板不发工资怎么办", *, sender: str = ZHANG, number: str = "24837465019283746") -> str:
    """A text message as WeChat writes it."""
    return message("text", f"<Content><![CDATA[{content}]]></Content><MsgId>{number}</MsgId>", sender=sender)


def event(name: str, key: str = "", *, sender: str = ZHANG) -> str:
    inner = f"<Event><![CDATA[{name}]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
    return message("event", inner, sender=sender)


def message(kind: str, inner: str, *, sender: str = ZHANG) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ORIGINAL_ID}]]></ToUserName>\n"
        f"<FromUserName><![CDATA[{sender}]]></FromUserName>\n<CreateTime>{int(NOW.timestamp())}</CreateTime>\n"
        f"<MsgType><![CDATA[{kind}]]></MsgType>\n{inner}\n</xml>"
    )


@dataclass(frozen=True)
class Callback:
    """One request of WeChat's."""

    query: dict[str, str]
    body: bytes


class Wechat:
    """WeChat's side of one account's callbacks. Every delivery has a nonce of its own unless one is given."""

    nonces = count(1320562132)

    def __init__(self, account: WechatAccount, *, at: datetime = NOW) -> None:
        self.account = account
        self.at = at
        self.crypt = MessageCrypt(account.token, account.aes_key or _KEY, account.appid)

    def greets(self, echo: str = "5927782489442352469") -> dict[str, str]:
        return self._query() | {"echostr": echo}

    def delivers(self, xml: str, *, nonce: str | None = None) -> Callback:
        query = self._query(nonce)
        if self.account.mode == "plain":
            return Callback(query, xml.encode())
        encrypted = self.crypt.prp_crypto.encrypt(xml, self.account.appid).decode()
        return self.encloses(encrypted, query, also=xml if self.account.mode == "compatible" else "")

    def encloses(self, encrypted: str, query: dict[str, str] | None = None, *, also: str = "") -> Callback:
        """Anything, signed as a cipher text; `also` in plain beside it."""
        query = query or self._query()
        signature = get_signature(self.account.token, query["timestamp"], query["nonce"], encrypted)
        inner = also.removeprefix("<xml>").removesuffix("</xml>") or f"<ToUserName>{ORIGINAL_ID}</ToUserName>"
        body = f"<xml>{inner}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        return Callback(query | {"encrypt_type": "aes", "msg_signature": signature}, body.encode())

    def understands(self, body: str) -> dict[str, str]:
        """The fields of a passive reply."""
        fields = fields_of(body)
        if "Encrypt" not in fields:
            return fields
        opened: bytes = self.crypt.decrypt_message(
            fields["TimeStamp"], fields["Nonce"], fields["MsgSignature"], fields["Encrypt"]
        )
        return fields_of(opened.decode())

    def _query(self, nonce: str | None = None) -> dict[str, str]:
        timestamp, nonce = str(int(self.at.timestamp())), nonce or str(next(self.nonces))
        signature = get_signature(self.account.token, timestamp, nonce)
        return {"signature": signature, "timestamp": timestamp, "nonce": nonce, "openid": ZHANG}


def fields_of(xml: str) -> dict[str, str]:
    return {child.tag: child.text or "" for child in ElementTree.fromstring(xml)}  # noqa: S314 - our own replies


class Listener:
    """As the conversation promises: a message is answered once, and the same message gets the same words."""

    def __init__(self, said: str | None = "可以到劳动监察大队投诉。", *, failure: BaseException | None = None) -> None:
        self.said = said
        self.failure = failure
        self.heard: list[Incoming] = []
        self.settled: dict[MessageKey, Reply] = {}
        self.lock = threading.Lock()

    def __call__(self, message: Incoming) -> Reply:
        with self.lock:
            self.heard.append(message)
            if self.failure is not None:
                raise self.failure
            numbered = f"{self.said}（第{len(self.settled) + 1}问）" if (self.said or "").strip() else self.said
            return self.settled.setdefault(message.key, Reply(numbered))


class MemoryNonces:
    def __init__(self) -> None:
        self.marks: dict[str, str] = {}
        self.expiries: dict[str, datetime] = {}
        self.lock = threading.Lock()

    def first(self, key: str, mark: str, *, expires: datetime) -> str:
        with self.lock:
            self.expiries.setdefault(key, expires)
            return self.marks.setdefault(key, mark)


class MemoryTokens:
    def __init__(self) -> None:
        self.held: dict[str, tuple[str, datetime]] = {}
        self.holder = threading.Lock()

    def get(self, appid: str, *, now: datetime) -> str | None:
        token, expires = self.held.get(appid, ("", now))
        return token if expires > now else None

    def put(self, appid: str, token: str, *, expires: datetime) -> None:
        self.held[appid] = (token, expires)

    @contextmanager
    def lock(self, appid: str) -> Iterator[None]:
        with self.holder:
            yield


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


class Office:
    """Our side of the callbacks, with what it queued for later."""

    def __init__(
        self, receive: Receive, *, accounts: Sequence[WechatAccount] = ACCOUNTS, nonces: MemoryNonces | None = None
    ) -> None:
        self.clock = Clock()
        self.queued: dict[str, tuple[Address, str]] = {}
        self.app = Flask("wechat under test")
        blueprint = make_blueprint(accounts, receive, self.clock, nonces or MemoryNonces(), self._queue)
        self.app.register_blueprint(blueprint)

    def get(self, account: WechatAccount, query: Mapping[str, str]) -> Any:
        return self.app.test_client().get(f"/wechat/{account.name}", query_string=query)

    def take(self, account: WechatAccount, callback: Callback) -> Any:
        return self.app.test_client().post(
            f"/wechat/{account.name}", query_string=callback.query, data=callback.body, content_type="text/xml"
        )

    def _queue(self, to: Address, text: str, key: str) -> None:
        self.queued.setdefault(key, (to, text))


def delivery(text: str, *, account: WechatAccount = SAFE, user: str = ZHANG) -> Delivery:
    return Delivery(7, "answer-7", Address(account.channel, user), text, 3, 0, DeliveryState.PENDING)
