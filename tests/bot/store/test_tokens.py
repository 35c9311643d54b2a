from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from bot.store.engine import SqlStore
from bot.store.tokens import SqlTokens
from tests.bot.store.cast import MINUTE, NOW
from tests.bot.store.races import at_once


@pytest.fixture
def tokens(url: str, tmp_path: Path) -> Iterator[SqlTokens]:
    store = SqlStore(url)
    yield SqlTokens(store, tmp_path)
    store.close()


def test_the_token_last_put_is_held_until_it_expires(tokens: SqlTokens) -> None:
    assert tokens.get("wx-1", now=NOW) is None
    tokens.put("wx-1", "first", expires=NOW + MINUTE)
    tokens.put("wx-1", "second" * 80, expires=NOW + 2 * MINUTE)
    assert tokens.get("wx-1", now=NOW + MINUTE) == "second" * 80
    assert tokens.get("wx-1", now=NOW + 2 * MINUTE) is None
    assert tokens.get("wx-2", now=NOW) is None


def test_of_many_that_need_a_token_one_fetches_it(tokens: SqlTokens) -> None:
    fetched: list[str] = []

    def needed() -> str | None:
        with tokens.lock("wx-1"):
            if (token := tokens.get("wx-1", now=NOW)) is None:
                sleep(0.05)
                fetched.append("token")
                tokens.put("wx-1", "token", expires=NOW + MINUTE)
            return token or "token"

    assert at_once([needed] * 5) == ["token"] * 5
    assert fetched == ["token"]


def test_a_lock_is_let_go_when_its_holder_fails(tokens: SqlTokens) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), tokens.lock("wx-1"):
            raise ZeroDivisionError
    with tokens.lock("wx-2"), tokens.lock("wx-1"):
        pass
