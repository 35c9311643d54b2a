"""A full disk: SQLite only, because PostgreSQL's disk is the server's."""

import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from bot.store.engine import SqlStore
from bot.store.errors import StoreFailed
from bot.store.migrate import upgrade
from tests.bot.store.cast import MINUTE, NOW, message
from tests.bot.store.races import PROCESSES

ROOM = 512 * 1024


def accept_until_full(url: str, accepted: Connection) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
    store, number = SqlStore(url), 0
    try:
        while True:
            with store.begin() as unit:
                unit.inbox.accept(message(f"m-{number}"), "话" * 5000, now=NOW)
            number += 1
    except StoreFailed:
        accepted.send(number)


def test_what_was_accepted_before_the_disk_was_full_is_there_and_the_rest_was_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/farun.db"
    upgrade(url)
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=accept_until_full, args=(url, there))
    process.start()
    accepted = here.recv()
    process.join()
    assert accepted > 3
    store = SqlStore(url)
    with store.begin() as unit:
        left = unit.inbox.unsettled(before=NOW + MINUTE, limit=10_000)
        assert [message.key.id for message in left] == [f"m-{number}" for number in range(accepted)]
        assert unit.inbox.accept(message("room again"), "话", now=NOW)
    store.close()
