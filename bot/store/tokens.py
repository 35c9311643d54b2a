"""Access tokens of WeChat accounts: one for all processes, renewed by one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.store.engine import SqlStore
from bot.store.locking import held
from bot.store.tables import TokenRow
from bot.store.upsert import put


class SqlTokens:
    """`bot.channels.wechat.ports.Tokens`. `folder` holds the lock files where the database is SQLite."""

    def __init__(self, store: SqlStore, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def get(self, appid: str, *, now: datetime) -> str | None:
        with self._store.session() as session:
            wanted = select(TokenRow.token).where(TokenRow.appid == appid, TokenRow.expires > now)
            return session.scalar(wanted)

    def put(self, appid: str, token: str, *, expires: datetime) -> None:
        with self._store.session() as session:
            put(session, TokenRow, {"appid": appid}, {"token": token, "expires": expires})

    @contextmanager
    def lock(self, appid: str) -> Iterator[None]:
        """One holder at a time among all processes."""
        with held(self._store.engine, f"wechat-token-{appid}", self._folder):
            yield
