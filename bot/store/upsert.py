"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells once for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.store.base import Base

T = TypeVar("T")


def insert_new(
    session: Session, returning: InstrumentedAttribute[T], unique: Sequence[str], values: Mapping[str, Any]
) -> T | None:
    """Insert a row; None, and nothing done, if one with the same `unique` columns is there."""
    statement = inserting(session, returning.class_).values(**values)
    return session.scalar(statement.on_conflict_do_nothing(index_elements=unique).returning(returning))


def put(session: Session, row: type[Base], key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row, or give the one with this key these values."""
    statement = inserting(session, row).values(**key, **values)
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def inserting(session: Session, row: Any) -> sqlite.Insert | postgresql.Insert:
    """An INSERT as the session's database spells it."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(row)
    return postgresql.insert(row)
