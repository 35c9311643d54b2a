"""A real service as an operator starts it: its own processes, a port, a data folder, WeChat and a bridge configured."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

BRIDGE_SECRET = "0123456789abcdef0123456789abcdef"  # of a service that lives for one test
WECHAT: dict[str, Any] = {
    "name": "hegang",
    "appid": "wx0123456789abcdef",
    "token": "tokenfortests",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "mode": "safe",
    "village": "hegang",
}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Running:
    """Started with `start`, killed hard with `kill`; the data folder survives."""

    def __init__(self, data: Path, *, processes: int = 2) -> None:
        self.data = data
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FARUN_")},
            "FARUN_DATA": str(data),
            "PORT": str(self.port),
            "FARUN_WEB_PROCESSES": str(processes),
            "FARUN_WECHAT": json.dumps([WECHAT]),
            "FARUN_GATEWAYS": json.dumps([{"name": "bridge", "secret": BRIDGE_SECRET}]),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when questions can be answered."""
        with (self.data / "service.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"], env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.base}/health", timeout=30).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.3)
        raise AssertionError((self.data / "service.log").read_text("utf-8")[-3000:])

    def processes(self) -> list[psutil.Process]:
        """The service and all that it started."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self) -> None:
        """kill -9 of everything, at once."""
        started = self.processes()
        for process in started:
            process.send_signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()
        psutil.wait_procs(started)

    def stop(self) -> None:
        """As an operator stops it."""
        if self.process is not None and self.process.poll() is None:
            started = self.processes()
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)
            assert psutil.wait_procs(started, timeout=30)[1] == []

    def post(self, path: str, body: dict[str, Any] | None = None, *, timeout: float = 60) -> httpx.Response:
        """A signed request of the bridge, signed here and not by the code under test."""
        raw = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        stamp, nonce = str(int(time.time())), secrets.token_urlsafe(18)
        mac = hmac.new(BRIDGE_SECRET.encode(), f"{stamp}.{nonce}.".encode() + raw, hashlib.sha256).hexdigest()
        headers = {
            "X-Farun-Bridge": "bridge",
            "X-Farun-Timestamp": stamp,
            "X-Farun-Nonce": nonce,
            "X-Farun-Signature": mac,
            "Content-Type": "application/json",
        }
        return httpx.post(f"{self.base}/gateway/{path}", content=raw, headers=headers, timeout=timeout)

    def says(self, key: str, text: str, *, user: str = "u1", group: str | None = None) -> httpx.Response:
        sent = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600))
        message = {
            "id": key,
            "group": group,
            "sender": {"id": user, "name": "李婶"},
            "text": text,
            "mentioned": False,
            "kind": "text",
            "sent_at": sent,
        }
        return self.post("messages", message)
