"""What a failing database becomes."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.domain.errors import BotError


class StoreFailed(BotError):
    """The transaction did not happen: database locked, full, gone, or a fault in a statement. Nothing of it is stored.

    The text names the driver's error, its code and the statement, never a value: a driver's own message may quote
    the row, and with it a resident's words.
    """


def described(fault: SQLAlchemyError) -> str:
    """What happened, without the values."""
    if not isinstance(fault, DBAPIError):
        return type(fault).__name__
    code = getattr(fault.orig, "sqlstate", None) or getattr(fault.orig, "sqlite_errorname", None)
    return f"{type(fault.orig).__name__} {code}: {fault.statement}"
