"""Uploaded files between preview and confirmation: on the server, under a name nobody can guess."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path

KEPT_FOR = timedelta(hours=1)
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


class Uploads:
    """`folder` is below the data folder, `kind` tells the uploads of one page. An upload is its uploader's alone."""

    def __init__(self, folder: Path, *, kind: str = "xlsx") -> None:
        self._folder = folder
        self._kind = kind

    def keep(self, content: bytes, *, staff: int, now: datetime) -> str:
        """The token of the stored file. What is older than `KEPT_FOR` is swept out first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob(f"*.{self._kind}"):
            if self._age(old, now) > KEPT_FOR:
                old.unlink(missing_ok=True)
        token = secrets.token_urlsafe(32)
        self._path(staff, token).write_bytes(content)
        return token

    def fetch(self, token: str, *, staff: int, now: datetime) -> bytes | None:
        """The content; None if it is not theirs, too old, dropped, or no token at all."""
        if _TOKEN.fullmatch(token) is None:
            return None
        path = self._path(staff, token)
        try:
            return path.read_bytes() if self._age(path, now) <= KEPT_FOR else None
        except FileNotFoundError:
            return None

    def drop(self, token: str, *, staff: int) -> None:
        if _TOKEN.fullmatch(token) is not None:
            self._path(staff, token).unlink(missing_ok=True)

    def _path(self, staff: int, token: str) -> Path:
        return self._folder / f"{staff}-{token}.{self._kind}"

    @staticmethod
    def _age(path: Path, now: datetime) -> timedelta:
        return now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
