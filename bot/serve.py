"""Starting the service: database, index, then web processes with a worker beside them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from rich.console import Console
from rich.progress import Progress

from bot.app import Service, assemble, configure_logging, make_web, utc_now
from bot.demo import seed
from bot.domain.wording import CHINA
from bot.settings import Settings
from bot.store.migrate import upgrade
from indexer.snapshot import SnapshotFolder
from knowledge.files import fingerprint
from knowledge.laws import LawSource

RESTART_AFTER = 2.0
"""Seconds before a worker that ended is started again."""


class Web(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with threads. Each process assembles its own service after the fork: connections are not shared."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.web_processes,
            "worker_class": "gthread",
            "threads": self.settings.web_threads,
            "timeout": 60,
            "graceful_timeout": 20,
            "limit_request_line": 8190,
            "accesslog": None,
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        configure_logging()
        return make_web(assemble(self.settings))


def serve(settings: Settings) -> None:
    """Prepare what is missing, then serve until stopped."""
    service = prepare(settings)
    first_start = settings.data / "first-start.txt"
    if settings.demo and first_start.exists():
        click.echo(f"演示模式。首次登录链接（也在 {first_start}）：\n{first_start.read_text('utf-8')}")
    click.echo(f"法润助手：{settings.url}/    管理与顾问：{settings.url}/console/")
    service.store.close()
    stop = _keep_worker()
    try:
        Web(settings).run()
    finally:
        stop()


def prepare(settings: Settings) -> Service:
    """Bring the database up to date, seed the demo, build the index if there is none that fits."""
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database)
    service = assemble(settings)
    if settings.demo:
        seed(service.store, utc_now, settings.url, settings.data / "first-start.txt")
    if index_is_missing(settings, _laws(service)):
        click.echo("建立索引（第一次约一分钟）…")
        build_index(service)
    return service


def index_is_missing(settings: Settings, laws: LawSource) -> bool:
    """True if no snapshot of today's format is published, or the newest was built from other files or laws.

    The newest, not the published one: after a roll-back by an admin, a restart leaves things as they are.
    """
    folder = SnapshotFolder(settings.data / "index")
    manifests = folder.manifests()
    if not manifests or folder.current() not in {manifest.id for manifest in manifests}:
        return True
    return manifests[-1].knowledge != fingerprint(laws)


def _laws(service: Service) -> LawSource:
    """Of today, with what was imported."""
    with service.store.begin() as unit:
        imported = [held.law for held in unit.law_imports.held()]
    return LawSource(utc_now().astimezone(CHINA).date(), imported=imported)


def build_index(service: Service) -> str:
    """Build and publish with a progress bar; the snapshot's id."""
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("索引", total=None)
        return service.publishing.rebuild(lambda done, total: bar.update(task, completed=done, total=total))


def _keep_worker() -> Callable[[], None]:
    """Start the worker process and start it again whenever it ends. The result stops it for good."""
    running = True
    process: subprocess.Popen[bytes] | None = None

    def keep() -> None:
        nonlocal process
        while running:
            process = subprocess.Popen([sys.executable, "-m", "bot", "worker"])
            process.wait()
            if running:
                time.sleep(RESTART_AFTER)

    thread = Thread(target=keep, name="worker-keeper", daemon=True)
    thread.start()

    def stop() -> None:
        nonlocal running
        running = False
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)

    return stop
