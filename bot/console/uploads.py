"""Uploaded files between preview and confirmation: on the server, under a name nobody can guess."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from flask import Request

KEPT_FOR = timedelta(hours=1)
MAX_NAME = 200
"""Characters of a file's name that are kept; the end says what kind of file it is."""
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. `name` is one line, without folders."""

    name: str
    content: bytes


def sent(request: Request) -> Upload:
    """The file of the form's field `file`; its content is empty if none was chosen."""
    file = request.files.get("file")
    if file is None:
        return Upload("", b"")
    return Upload(PurePath(file.filename or "").name.replace("\n", " ")[-MAX_NAME:], file.read())


class Uploads:
    """`folder` is below the data folder, `kind` tells the uploads of one page. An upload is its uploader's alone."""

    def __init__(self, folder: Path, *, kind: str) -> None:
        self._folder = folder
        self._kind = kind

    def keep(self, upload: Upload, *, staff: int, now: datetime) -> str:
        """The token of the stored file. What is older than `KEPT_FOR` is swept out first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob(f"*.{self._kind}"):
            if self._age(old, now) > KEPT_FOR:
                old.unlink(missing_ok=True)
        token = secrets.token_urlsafe(32)
        self._path(staff, token).write_bytes(upload.name.encode() + b"\n" + upload.content)
        return token

    def fetch(self, token: str, *, staff: int, now: datetime) -> Upload | None:
        """What was kept; None if it is not theirs, too old, dropped, or no token at all."""
        if _TOKEN.fullmatch(token) is None:
            return None
        path = self._path(staff, token)
        try:
            if self._age(path, now) > KEPT_FOR:
                return None
            name, _, content = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        return Upload(name.decode(), content)

    def drop(self, token: str, *, staff: int) -> None:
        if _TOKEN.fullmatch(token) is not None:
            self._path(staff, token).unlink(missing_ok=True)

    def _path(self, staff: int, token: str) -> Path:
        return self._folder / f"{staff}-{token}.{self._kind}"

    @staticmethod
    def _age(path: Path, now: datetime) -> timedelta:
        return now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
