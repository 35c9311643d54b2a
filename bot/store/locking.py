"""A named lock across processes: PostgreSQL's advisory locks, or a locked file beside an SQLite database."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Engine, text


@contextmanager
def held(engine: Engine, name: str, folder: Path) -> Iterator[None]:
    """Wait for the lock and hold it. No transaction stays open meanwhile."""
    if engine.dialect.name != "postgresql":
        with (folder / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    key = {"key": int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
