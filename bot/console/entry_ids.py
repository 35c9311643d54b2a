"""Ids for entries that staff add: nobody has to think one up."""

from __future__ import annotations

import secrets
from datetime import date


def new_id(day: date) -> str:
    """An id by the day, with enough chance in it that two people adding at once do not meet."""
    return f"added-{day:%Y%m%d}-{secrets.token_hex(4)}"
