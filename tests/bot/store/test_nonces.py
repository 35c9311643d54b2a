from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from bot.store.engine import SqlStore
from bot.store.nonces import SqlNonces
from tests.bot.store.cast import MINUTE, NOW
from tests.bot.store.races import at_once


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def nonces(url: str, clock: Clock) -> Iterator[SqlNonces]:
    store = SqlStore(url)
    yield SqlNonces(store, clock)
    store.close()


def test_the_first_mark_of_a_key_stands_until_it_expires(nonces: SqlNonces, clock: Clock) -> None:
    assert nonces.first("key", "first", expires=NOW + MINUTE) == "first"
    assert nonces.first("key", "second", expires=NOW + 9 * MINUTE) == "first"
    assert nonces.first("other", "second", expires=NOW + MINUTE) == "second"
    clock.now = NOW + MINUTE
    assert nonces.first("key", "third", expires=NOW + 9 * MINUTE) == "third"


def test_a_nonce_is_fresh_once(nonces: SqlNonces) -> None:
    assert nonces.fresh("key", expires=NOW + MINUTE)
    assert not nonces.fresh("key", expires=NOW + MINUTE)
    assert nonces.fresh("other", expires=NOW + MINUTE)


def test_only_what_expired_is_forgotten(nonces: SqlNonces, clock: Clock) -> None:
    nonces.fresh("early", expires=NOW + MINUTE)
    nonces.fresh("late", expires=NOW + 2 * MINUTE)
    clock.now = NOW + MINUTE
    nonces.forget_expired()
    clock.now = NOW
    assert nonces.fresh("early", expires=NOW + MINUTE)
    assert not nonces.fresh("late", expires=NOW + MINUTE)


def test_of_many_at_once_one_is_first(nonces: SqlNonces) -> None:
    def show(mark: str) -> Callable[[], str]:
        return lambda: nonces.first("key", mark, expires=NOW + MINUTE)

    shown = at_once([show(f"mark-{number}") for number in range(6)])
    assert len(set(shown)) == 1
