"""Bringing a database to the newest revision. Run by every process at start.

The next revision is written by hand into `migrations/versions`; the test that compares tables and migrations
prints what is missing.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from bot.store.engine import LOCK, make_engine

ADVISORY_LOCK = 0x6661726E
"""“farn”: any number will do, if all processes know it."""


def upgrade(url: str) -> None:
    """Create the tables of an empty database, or bring an older one up to date: entirely, or not at all.

    Safe when several processes start at once: one does the work, the others wait for it.
    """
    engine = make_engine(url)
    try:
        with _alone(engine) as connection:
            config = Config()
            config.set_main_option("script_location", "bot.store:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction no other process can be in at the same time."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            yield connection
        return
    # SQLite's own locks do not make a second process wait while the first one switches to WAL: it fails at once.
    with Path(f"{engine.url.database}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _switch_to_wal(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql(LOCK)
            yield connection


def _switch_to_wal(engine: Engine) -> None:
    """Readers do not wait for the writer, nor it for them. Stays with the file."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
