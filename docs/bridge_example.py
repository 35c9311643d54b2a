"""A complete bridge to the 法润助手 gateway in the standard library, with a fake group on standard input.

Each line `sender: text` is a message said in the group (with --private: to the bot alone); what the bot says is
printed as `> @sender text`. An empty line only polls. The secret is read from FARUN_BRIDGE_SECRET.

    echo '张三: @法润助手 借条丢了怎么办' | python docs/bridge_example.py --bridge demo
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import http.client
import json
import os
import secrets
import sys
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

BOT = "@法润助手"
PAUSES = (1, 2, 4, 8)
"""Seconds between tries. A real bridge keeps the message on disk, and tries until the gateway has taken it."""


def headers(bridge: str, secret: str, body: bytes) -> dict[str, str]:
    """Sign one try."""
    timestamp, nonce = str(int(time.time())), secrets.token_urlsafe(16)
    signed = f"{timestamp}.{nonce}.".encode() + body
    return {
        "Content-Type": "application/json",
        "X-Farun-Bridge": bridge,
        "X-Farun-Timestamp": timestamp,
        "X-Farun-Nonce": nonce,
        "X-Farun-Signature": hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest(),
    }


@dataclass
class Gateway:
    """The three calls there are."""

    url: str
    bridge: str
    secret: str
    posted: set[int] = field(default_factory=set)  # On disk in a real bridge, which may be restarted.

    def say(self, group: str | None, sender: str, text: str) -> dict[str, Any] | None:
        """Hand over a message; what to post in answer, or None."""
        message = {
            "id": uuid.uuid4().hex,  # A real bridge uses the platform's own message id.
            "group": group,
            "sender": {"id": sender, "name": sender},
            "text": text,
            "sent_at": datetime.now(UTC).isoformat(),
            "mentioned": BOT in text,
        }
        reply: dict[str, Any] | None = self._call("POST", "/gateway/messages", message)["reply"]
        return reply

    def deliver(self) -> None:
        """Post what is waiting, once; then confirm it. Confirmed first, a crash in between would lose it."""
        while deliveries := self._call("GET", "/gateway/poll")["deliveries"]:
            for delivery in deliveries:
                if delivery["id"] not in self.posted:
                    post(delivery)
                    self.posted.add(delivery["id"])
            self._call("POST", "/gateway/ack", {"ids": [delivery["id"] for delivery in deliveries]})

    def _call(self, method: str, path: str, payload: dict[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(payload, ensure_ascii=False).encode() if payload is not None else b""
        for pause in (*PAUSES, None):
            try:
                status, answer = self._send(method, path, body)
            except (OSError, http.client.HTTPException) as failure:
                status, answer = 0, str(failure).encode()
            if status == 200:
                found: dict[str, Any] = json.loads(answer)
                return found
            if 400 <= status < 500 and status not in (408, 409, 429):
                raise SystemExit(f"refused with {status}: {answer.decode()}")
            if pause is not None:
                time.sleep(pause)
        raise SystemExit(f"gave up on {path}: {status} {answer.decode()}")

    def _send(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=15)
        try:
            connection.request(method, path, body, headers(self.bridge, self.secret, body))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def post(said: dict[str, Any]) -> None:
    """Where a real bridge posts in the group, with a true @."""
    mention = f"@{said['mention']} " if said["mention"] is not None else ""
    sys.stdout.write(f"> {mention}{said['text']}\n")
    sys.stdout.flush()


def main() -> None:
    """Read, hand over, post; then poll for as long as --wait says."""
    parser = argparse.ArgumentParser(description="A group bridge on standard input.")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--bridge", default="demo", help="the bridge's name")
    parser.add_argument("--group", default="demo-group", help="the group's id")
    parser.add_argument("--private", action="store_true", help="a private chat with each sender instead of a group")
    parser.add_argument("--wait", type=float, default=0, help="seconds to go on polling after the last line")
    options = parser.parse_args()
    gateway = Gateway(options.url, options.bridge, os.environ["FARUN_BRIDGE_SECRET"])
    for line in sys.stdin:
        sender, colon, text = line.strip().partition(":")
        if colon and (reply := gateway.say(None if options.private else options.group, sender, text.strip())):
            post(reply)
        gateway.deliver()
    until = time.monotonic() + options.wait
    while time.monotonic() < until:
        time.sleep(0.2)
        gateway.deliver()


if __name__ == "__main__":
    main()
