"""Connections, and the transaction that services work in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store.errors import StoreFailed, described
from bot.store.unit import SqlUnit

PATIENCE = 30.0
"""Seconds to wait for another process's write before giving up."""

LOCK = "BEGIN IMMEDIATE"

COMMON: dict[str, Any] = {"hide_parameters": True, "json_serializer": partial(json.dumps, ensure_ascii=False)}


class SqlStore:
    """`bot.ports.Store` over a database that `bot.store.migrate.upgrade` has brought up to date.

    Make it after forking: connections cannot be shared between processes.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        # Another process may have changed a row since it was read in this transaction: every read tells the latest.
        options = {"populate_existing": True, "synchronize_session": False}
        self._sessions = sessionmaker(self.engine, execution_options=options)

    @contextmanager
    def begin(self) -> Iterator[SqlUnit]:
        """Raises StoreFailed if the database fails; then nothing of the transaction is stored."""
        with self.session() as session:
            yield SqlUnit(session)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The same, for the store's own needs."""
        try:
            with self._sessions.begin() as session:
                yield session
        except SQLAlchemyError as fault:
            raise StoreFailed(described(fault)) from None  # The cause may quote a resident's words.

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine for sqlite:///FILE or postgresql+psycopg://… Raises ValueError for anything else, not naming the URL.

    An SQLite file is created readable by its owner only.
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database:
            return _sqlite(parsed, Path(parsed.database))
        case "postgresql":
            return create_engine(parsed, pool_pre_ping=True, **COMMON)
        case _:
            raise ValueError("the database must be an SQLite file or PostgreSQL")


def _sqlite(url: URL, file: Path) -> Engine:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    engine = create_engine(
        url,
        connect_args={"timeout": PATIENCE, "isolation_level": None},  # None: the driver begins nothing by itself.
        **COMMON,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "before_cursor_execute", _lock_for_writing)
    return engine


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",  # A message answered to WeChat as accepted must survive a power cut.
        "secure_delete = ON",  # What a resident had deleted is overwritten, not left in free pages.
    ):
        connection.execute(f"PRAGMA {pragma}")


def _lock_for_writing(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    """Take SQLite's write lock before the first write of a transaction.

    Reads before it see what is committed at that moment, as on PostgreSQL, and hold no snapshot: a transaction that
    reads and then writes therefore waits for its turn and never fails with "database is locked" for being stale.
    """
    driver = connection.connection.driver_connection
    reading = driver is None or driver.in_transaction or statement.startswith(("SELECT", LOCK))
    if not reading:
        connection.exec_driver_sql(LOCK)
