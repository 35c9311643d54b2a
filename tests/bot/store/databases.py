"""Throw-away databases: each test gets its own copy of one that was migrated once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import OperationalError

from bot.store.migrate import upgrade

POSTGRES = os.environ.get("FARUN_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")

Databases = Callable[[bool], str]
"""The URL of a new database: migrated, or empty."""


def sqlite_databases(folder: Path) -> Databases:
    template = folder / "template.db"
    upgrade(f"sqlite:///{template}")

    def made(migrated: bool) -> str:
        file = folder / f"{uuid4().hex}.db"
        if migrated:
            shutil.copy(template, file)
        return f"sqlite:///{file}"

    return made


@contextmanager
def postgresql_databases() -> Iterator[Databases]:
    """Skips the test, saying why, where no server is reachable. All databases made are dropped at the end."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    names: list[str] = []

    def made(migrated: bool) -> str:
        name = f"farun_test_{uuid4().hex}"
        template = names[0] if migrated and names else "template0"
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        names.append(name)
        return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)

    try:
        upgrade(made(False))
    except OperationalError:
        pytest.skip(f"no PostgreSQL at {make_url(POSTGRES).render_as_string()} (set FARUN_TEST_POSTGRES)")
    try:
        yield made
    finally:
        with server.connect() as connection:
            for name in names:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.dispose()
