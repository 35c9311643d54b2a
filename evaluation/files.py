"""Reading files of labelled rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())
