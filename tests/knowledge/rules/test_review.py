from datetime import date, timedelta

import pytest

from knowledge.rules.review import is_due_soon, is_overdue

REVIEWED = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "soon", "overdue"),
    [(0, False, False), (334, False, False), (335, True, False), (365, True, False), (366, False, True)],
)
def test_a_review_is_good_for_a_year_and_announces_its_end_a_month_before(days: int, soon: bool, overdue: bool) -> None:
    on = REVIEWED + timedelta(days=days)
    assert (is_due_soon(REVIEWED, on), is_overdue(REVIEWED, on)) == (soon, overdue)
