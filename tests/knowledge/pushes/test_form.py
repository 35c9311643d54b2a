"""The days a push suits."""

from datetime import date

import pytest
from pydantic import ValidationError

from knowledge.pushes.form import Push


def push_on(*days: str) -> Push:
    return Push.model_validate(
        {
            "id": "a-push",
            "title": "今天是国家宪法日",
            "days": days,
            "text": "宪法离我们不远。" * 8,
            "citations": [{"law": "宪法", "article": "第三十三条"}],
            "reviewed_on": "2026-11-24",
            "reviewed_by": "editor",
        }
    )


@pytest.mark.parametrize(
    ("days", "day", "suits"),
    [
        ("12-04", date(2026, 12, 4), True),
        ("12-04", date(2027, 12, 4), True),
        ("12-04", date(2026, 12, 5), False),
        ("12-01..12-07", date(2026, 11, 30), False),
        ("12-01..12-07", date(2026, 12, 1), True),
        ("12-01..12-07", date(2026, 12, 7), True),
        ("12-01..12-07", date(2026, 12, 8), False),
        ("12-15..01-31", date(2026, 12, 14), False),
        ("12-15..01-31", date(2026, 12, 31), True),
        ("12-15..01-31", date(2027, 1, 31), True),
        ("12-15..01-31", date(2027, 2, 1), False),
        ("02-29", date(2028, 2, 29), True),
    ],
)
def test_the_first_and_the_last_day_count_also_over_the_new_year(days: str, day: date, suits: bool) -> None:
    assert push_on(days).suits(day) is suits


def test_one_of_several_spans_is_enough() -> None:
    assert push_on("03-08", "12-04").suits(date(2026, 12, 4))


@pytest.mark.parametrize("days", ["13-01", "02-30", "12-01..12-32", "12-1", "12-01-12-07", ""])
def test_days_that_no_year_has_are_refused(days: str) -> None:
    with pytest.raises(ValidationError):
        push_on(days)
