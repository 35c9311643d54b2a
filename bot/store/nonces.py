"""What signatures have been used for, shared by all processes."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select

from bot.ports import Clock
from bot.store.engine import SqlStore
from bot.store.tables import NonceRow
from bot.store.upsert import insert_new


class SqlNonces:
    """The `Nonces` of every channel. Each question is a transaction of its own."""

    def __init__(self, store: SqlStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def first(self, key: str, mark: str, *, expires: datetime) -> str:
        """The mark first kept under this key: `mark` itself if there was none that has not expired."""
        with self._store.session() as session:
            session.execute(delete(NonceRow).where(NonceRow.key == key, NonceRow.expires <= self._clock()))
            values = {"key": key, "mark": mark, "expires": expires}
            if insert_new(session, NonceRow.key, ["key"], values) is not None:
                return mark
            return session.scalars(select(NonceRow.mark).where(NonceRow.key == key)).one()

    def fresh(self, key: str, *, expires: datetime) -> bool:
        """True the first time a key is shown before it expires."""
        mark = secrets.token_hex(8)
        return self.first(key, mark, expires=expires) == mark

    def forget_expired(self) -> None:
        """Run by the worker."""
        with self._store.session() as session:
            session.execute(delete(NonceRow).where(NonceRow.expires <= self._clock()))
