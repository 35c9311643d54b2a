"""Where an installation's data is."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """`FARUN_DATA`, or `data` in the folder the command runs in."""
    return Path(os.environ.get("FARUN_DATA", "data"))
