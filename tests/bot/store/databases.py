"""Throw-away databases for tests: SQLite files, and databases on a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError

from bot.store.base import Base
from bot.store.migrate import upgrade

POSTGRES = make_url(os.environ.get("FARUN_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"))


class Databases(Protocol):
    """Where tests get their databases; each method returns a URL."""

    def empty(self) -> str:
        """A new database without tables."""

    def migrated(self) -> str:
        """A database with all tables, and no rows."""


class SqliteDatabases:
    """Files in a folder; a migrated one is the copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        upgrade(f"sqlite:///{self._template}")

    def empty(self) -> str:
        return f"sqlite:///{self._folder / uuid4().hex}.db"

    def migrated(self) -> str:
        file = self._folder / f"{uuid4().hex}.db"
        shutil.copy(self._template, file)
        return f"sqlite:///{file}"


class PostgresqlDatabases:
    """One migrated database, emptied each time: dropping one costs the server a checkpoint."""

    def __init__(self, server: Engine) -> None:
        self._server = server
        self.names: list[str] = []
        self._migrated = self.empty()
        upgrade(self._migrated)

    def empty(self) -> str:
        name = f"farun_test_{uuid4().hex}"
        with self._server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
        self.names.append(name)
        return POSTGRES.set(database=name).render_as_string(hide_password=False)

    def migrated(self) -> str:
        engine = create_engine(self._migrated)
        with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        engine.dispose()
        return self._migrated


@contextmanager
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    """Skips the test, saying why, where no server is reachable. All databases made are dropped at the end."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        databases = PostgresqlDatabases(server)
    except OperationalError:
        pytest.skip(f"no PostgreSQL at {POSTGRES.render_as_string()}: start one, or set FARUN_TEST_POSTGRES")
    yield databases
    with server.connect() as connection:
        for name in databases.names:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()
