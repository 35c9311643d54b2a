"""The standing cast: two bridges, what remembers in memory what the database remembers in earnest, and real servers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Any

import httpx
from flask import Flask
from werkzeug.serving import make_server

from bot.channels.gateway.bridge import Bridge
from bot.channels.gateway.callback import make_blueprint
from bot.channels.gateway.held import Held
from bot.channels.gateway.signature import stamp
from bot.channels.listening import Receive
from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.message import Address, Incoming, MessageKey, Reply
from bot.ports import Clock

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
JUEGANG = Bridge("juegang", "a secret of the first bridge, 2026")
OTHER = Bridge("other", "a secret of another bridge, longer")
STRANGER = Bridge("stranger", "a secret nobody has agreed upon, x")


def at_now() -> datetime:
    return NOW


def said(**changes: object) -> dict[str, Any]:
    """A message said in a group."""
    return {
        "id": "m-1",
        "group": "g-1",
        "sender": {"id": "u-zhang", "name": "张三"},
        "text": "老板不发工资怎么办",
        "sent_at": "2026-11-24T09:30:00+08:00",
    } | changes


class MemoryNonces:
    """Remembers for the test's length."""

    def __init__(self) -> None:
        self.used: dict[str, datetime] = {}
        self.lock = threading.Lock()

    def fresh(self, key: str, *, expires: datetime) -> bool:
        with self.lock:
            return self.used.setdefault(key, expires) is expires


class Listener:
    """As the conversation promises: a message is answered once, and the same message gets the same words."""

    def __init__(self, reply: str | None = "可以到劳动监察大队投诉。") -> None:
        self.reply = reply
        self.settled: dict[MessageKey, Reply] = {}
        self.heard: list[Incoming] = []
        self.lock = threading.Lock()

    def receive(self, message: Incoming) -> Reply:
        with self.lock:
            self.heard.append(message)
            number = len(self.settled) + 1
            text = f"{self.reply}（第{number}问）" if self.reply is not None else None
            return self.settled.setdefault(message.key, Reply(text, number))


class MemoryOutbox:
    """An outbox, and a store of one transaction at a time."""

    def __init__(self) -> None:
        self.deliveries: dict[int, Delivery] = {}

    @property
    def outbox(self) -> MemoryOutbox:
        return self

    @contextmanager
    def begin(self) -> Iterator[MemoryOutbox]:
        yield self

    def queue(self, to: Address, text: str, *, key: str, case: int | None, now: datetime) -> None:
        number = len(self.deliveries) + 1
        self.deliveries[number] = Delivery(number, key, to, text, case, 0, DeliveryState.PENDING)

    def due(self, *, now: datetime, limit: int) -> list[Delivery]:
        return [one for one in self.deliveries.values() if one.state is DeliveryState.PENDING][:limit]

    def take(self, delivery: int, *, now: datetime, until: datetime) -> bool:
        return True

    def sent(self, delivery: int, *, now: datetime) -> None:
        self._become(delivery, DeliveryState.SENT)

    def retry(self, delivery: int, *, at: datetime, reason: str) -> None:
        self._become(delivery, DeliveryState.PENDING)

    def hold(self, delivery: int, *, reason: str) -> None:
        self._become(delivery, DeliveryState.HELD)

    def release(self, to: Address, *, now: datetime) -> list[Delivery]:
        released = [one for one in self.deliveries.values() if one.to == to and one.state is DeliveryState.HELD]
        for one in released:
            self.sent(one.id, now=now)
        return released

    def held_for_channel(self, channel: str, *, limit: int) -> list[Delivery]:
        held = (one for one in self.deliveries.values() if one.state is DeliveryState.HELD)
        return [one for one in held if one.to.channel == channel][:limit]

    def _become(self, delivery: int, state: DeliveryState) -> None:
        self.deliveries[delivery] = replace(self.deliveries[delivery], state=state)


def app_of(
    receive: Receive,
    *,
    outbox: MemoryOutbox | None = None,
    nonces: MemoryNonces | None = None,
    clock: Clock = at_now,
    bridges: Sequence[Bridge] = (JUEGANG, OTHER),
) -> Flask:
    held = Held(outbox or MemoryOutbox(), clock)
    app = Flask("gateway under test")
    app.register_blueprint(make_blueprint(bridges, receive, clock, nonces or MemoryNonces(), held.poll, held.ack))
    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a real threaded server."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with running(server):
        yield f"http://127.0.0.1:{server.server_port}"


class Speaker:
    """A bridge's side of a real connection: signs, and sends."""

    def __init__(self, url: str, bridge: Bridge = JUEGANG) -> None:
        self.url = url
        self.bridge = bridge

    def send(
        self,
        path: str,
        payload: object = None,
        *,
        body: bytes | None = None,
        method: str = "POST",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        if body is None:
            body = json.dumps(payload, ensure_ascii=False).encode() if payload is not None else b""
        if headers is None:
            headers = stamp(self.bridge, body, now=NOW).headers()
        with httpx.Client(trust_env=False, timeout=10) as client:
            return client.request(method, self.url + path, content=body, headers=headers)

    def say(self, payload: object) -> httpx.Response:
        return self.send("/gateway/messages", payload)

    def poll(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.send("/gateway/poll", method="GET").json()["deliveries"]
        return found


class Receiver:
    """A bridge's push address, answering every push with one status after a while."""

    def __init__(self, status: int = 204, *, after: timedelta = timedelta(), location: str | None = None) -> None:
        self.pushed: list[tuple[dict[str, str], bytes]] = []
        done = threading.Event()
        self.done = done
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.pushed.append((dict(self.headers.items()), body))
                done.wait(after.total_seconds())
                self.send_response(status)
                if location is not None:
                    self.send_header("Location", location)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the base class
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/push"

    @contextmanager
    def listening(self) -> Iterator[Receiver]:
        with running(self.server):
            try:
                yield self
            finally:
                self.done.set()


@contextmanager
def running(server: HTTPServer) -> Iterator[None]:
    # Looking every 10 ms whether to stop, the tests do not wait half a second each.
    thread = threading.Thread(target=HTTPServer.serve_forever, args=(server, 0.01))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
