"""The last resort of every callback: an error nobody expected is logged under a number the other side may quote."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from traceback import extract_tb


def log_incident(log: logging.Logger, path: str, error: BaseException) -> str:
    """Log where it broke; the incident's number. Not the error's text: a database error quotes what it was given."""
    incident = secrets.token_hex(4)
    frames = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(extract_tb(error.__traceback__)))
    log.error("%s incident %s: %s at %s", path, incident, type(error).__name__, " < ".join(frames))
    return incident
