"""The page's application over what remembers in memory, and what the page sends."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5

from bot.channels.demo.callback import make_blueprint
from bot.channels.gateway.held import Held
from bot.channels.listening import Receive
from bot.domain.message import Address, Incoming, MessageKey, Reply
from bot.domain.people import Village
from tests.bot.channels.gateway.cast import NOW, MemoryOutbox, at_now

VILLAGES = (
    Village("hegang", "河港村", "滨河街道"),
    Village("liuzhuang", "柳庄村", "滨河街道"),
    Village("dongqiao", "东桥社区", "滨河街道"),
)
VISIT = "5b0e7f5e-7a52-4a5f-9b53-3a1f6d3f0a01"
OTHER_VISIT = "5b0e7f5e-7a52-4a5f-9b53-3a1f6d3f0a02"
MESSAGE = "0c8e2a4e-93f5-4e42-8d6f-2a3b4c5d6e7f"
FROM_PAGE = {"X-Farun-Page": "1", "Content-Type": "application/json"}


def said(**changes: object) -> dict[str, Any]:
    """What 王大爷 of 河港村 says in the group."""
    return {
        "id": MESSAGE,
        "visit": VISIT,
        "village": "hegang",
        "sender": "wang",
        "private": False,
        "text": "@法润助手 借条丢了怎么办",
    } | changes


class Listener:
    """Answers what is addressed to it, in two lines and with the words it was asked; a key is answered once.

    While `open` is cleared it takes its time.
    """

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.settled: dict[MessageKey, Reply] = {}
        self.lock = threading.Lock()
        self.open = threading.Event()
        self.open.set()

    def receive(self, message: Incoming) -> Reply:
        self.heard.append(message)
        self.open.wait(10)
        with self.lock:
            addressed = message.mentioned or not message.in_group
            text = f"您问：{message.text}\n【依据】第{len(self.settled) + 1}问" if addressed else None
            return self.settled.setdefault(message.key, Reply(text))


def app_of(receive: Receive, outbox: MemoryOutbox | None = None) -> Flask:
    held = Held(outbox or MemoryOutbox(), at_now)
    app = Flask("demo under test", static_folder=None)
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    app.register_blueprint(make_blueprint(receive, at_now, VILLAGES, held.poll, held.ack, "法润助手"))
    return app


def answered(outbox: MemoryOutbox, to: Address, text: str = "【村法律顾问陈敏答复】先别签字。") -> int:
    """An adviser's answer as it is held; its number."""
    outbox.queue(to, text, key=f"case-{len(outbox.deliveries)}", case=None, now=NOW)
    number = len(outbox.deliveries)
    outbox.hold(number, reason="the demo page polls")
    return number
