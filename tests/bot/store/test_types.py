from datetime import datetime

import pytest
from sqlalchemy import Dialect, make_url

from bot.store.types import UtcTime, Words
from tests.bot.store.cast import CHINA, NOW

DIALECTS = [make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+psycopg://")]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_times_go_in_and_come_out_in_utc(dialect: Dialect) -> None:
    stored = UtcTime().process_bind_param(NOW.astimezone(CHINA), dialect)
    assert stored is not None
    assert (stored, stored.utcoffset()) == (NOW, NOW.utcoffset())
    for given_back in (NOW.replace(tzinfo=None), NOW.astimezone(CHINA)):
        read = UtcTime().process_result_value(given_back, dialect)
        assert read is not None
        assert (read, read.utcoffset()) == (NOW, NOW.utcoffset())


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_time_without_a_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="zone"):
        UtcTime().process_bind_param(datetime(2026, 11, 24), dialect)


@pytest.mark.parametrize(
    ("said", "stored"), [("借\0钱", "借钱"), ("\ud83d钱😀", "钱😀"), ("\n ", "\n "), ("", ""), (None, None)]
)
def test_words_are_kept_but_for_what_no_database_holds(said: str | None, stored: str | None) -> None:
    assert Words().process_bind_param(said, DIALECTS[0]) == stored
