"""A review does not last for ever: laws change, and so do offices and their numbers."""

from __future__ import annotations

from datetime import date, timedelta

GOOD_FOR = timedelta(days=365)
NOTICE = timedelta(days=30)


def last_day(reviewed_on: date) -> date:
    """The last day a review is good for.

    >>> last_day(date(2026, 11, 24))
    datetime.date(2027, 11, 24)
    """
    return reviewed_on + GOOD_FOR


def is_overdue(reviewed_on: date, on: date) -> bool:
    """After the last day of a review."""
    return on > last_day(reviewed_on)


def is_due_soon(reviewed_on: date, on: date) -> bool:
    """Within the last 30 days of a review, and not yet overdue."""
    return last_day(reviewed_on) - NOTICE <= on <= last_day(reviewed_on)
