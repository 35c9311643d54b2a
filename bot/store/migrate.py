"""Bringing a database to the newest revision. Run by every process at start.

The next revision is written by hand into `migrations/versions`; the test that compares tables and migrations
prints what is missing.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from bot.store.engine import make_engine
from bot.store.locking import held


def upgrade(url: str, revision: str = "head") -> None:
    """Create the tables of an empty database, or bring an older one up to date: entirely, or not at all.

    Safe when several processes start at once: one does the work, the others wait for it.
    """
    engine = make_engine(url)
    try:
        with held(engine, "migration", Path(engine.url.database or "").parent):
            if engine.dialect.name == "sqlite":
                _switch_to_wal(engine)
            with engine.begin() as connection:
                config = Config()
                config.set_main_option("script_location", "bot.store:migrations")
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
    finally:
        engine.dispose()


def _switch_to_wal(engine: Engine) -> None:
    """Readers do not wait for the writer, nor it for them. Stays with the file.

    Only under a lock of our own: SQLite fails at once, instead of waiting, where two processes switch together.
    """
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
