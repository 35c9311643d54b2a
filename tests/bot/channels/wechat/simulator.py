"""WeChat's API as a real server on this machine: forgetful, slow, busy or strict when told to be."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, bytes]


class WechatServer:
    """`calls` has every (path, payload) in order; `delivered` what residents got, as (openid, text)."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self.secrets = dict(secrets)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.bodies: list[bytes] = []
        self.delivered: list[tuple[str, str]] = []
        self.delay = 0.0
        self.token_answer: dict[str, Any] | None = None
        self._token: str | None = None
        self._number = 0
        self._accepted: set[str] = set()
        self._planned: list[int | Answer] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self.url = ""

    def answer_next(self, *answers: int | Answer) -> None:
        """The next messages get these error codes, or these (HTTP status, body)."""
        self._planned += answers

    def expire_token(self) -> None:
        """What was given out is over, and WeChat knows: asked again, it gives another one."""
        self._accepted.clear()
        self._token = None

    def reject_token(self) -> None:
        """What was given out is over, but until forced, WeChat gives it out again."""
        self._accepted.clear()

    def count(self, path: str) -> int:
        return sum(path == called for called, _ in self.calls)

    @contextmanager
    def running(self) -> Iterator[WechatServer]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self._stopping.set()
            server.shutdown()
            thread.join()
            server.server_close()

    def handle(self, address: str, body: bytes) -> Answer:
        target = urlsplit(address)
        token = parse_qs(target.query).get("access_token", [""])[0]
        payload = json.loads(body)
        self._stopping.wait(self.delay)
        with self._lock:
            self.calls.append((target.path, payload))
            self.bodies.append(body)
            match target.path:
                case "/cgi-bin/stable_token":
                    return 200, _json(self._give_token(payload))
                case "/cgi-bin/message/custom/send":
                    return self._send(token, payload)
                case _:
                    return 404, b""

    def _give_token(self, payload: dict[str, Any]) -> dict[str, Any]:
        if self.token_answer is not None:
            return self.token_answer
        if payload["grant_type"] != "client_credential":
            return _error(40002, "invalid grant_type")
        if self.secrets.get(payload["appid"]) != payload["secret"]:
            return _error(40125, "invalid appsecret")
        if self._token is None or payload["force_refresh"]:
            self._number += 1
            self._token = f"72_access_{self._number}"
            self._accepted = {self._token}
        return {"access_token": self._token, "expires_in": 7200}

    def _send(self, token: str, payload: dict[str, Any]) -> Answer:
        if token not in self._accepted:
            return 200, _json(_error(40001, f"invalid credential, access_token {token} is not latest"))
        planned = self._planned.pop(0) if self._planned else 0
        if isinstance(planned, tuple):
            return planned
        if planned == 0:
            self.delivered.append((payload["touser"], payload["text"]["content"]))
        return 200, _json(_error(planned, "ok" if planned == 0 else f"refused for {payload['touser']}"))


def _error(code: int, message: str) -> dict[str, Any]:
    return {"errcode": code, "errmsg": message}


def _json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode()


def _handler(wechat: WechatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            status, body = wechat.handle(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            with suppress(ConnectionError):  # Who did not wait is gone.
                self.send_response(status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the base class
            """Silence."""

    return Handler
