"""What every implementation of the channel's ports must do. Subclass with a fixture that gives one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.channels.wechat.ports import Nonces, Tokens
from tests.bot.channels.wechat.cast import NOW

LATER = NOW + timedelta(minutes=5)


class NoncesContract:
    def test_the_first_mark_is_kept(self, nonces: Nonces) -> None:
        assert nonces.first("k", "one", expires=LATER) == "one"
        assert nonces.first("k", "two", expires=LATER) == "one"
        assert nonces.first("k", "one", expires=LATER) == "one"

    def test_every_key_has_a_mark_of_its_own(self, nonces: Nonces) -> None:
        assert nonces.first("k", "one", expires=LATER) == "one"
        assert nonces.first("K", "two", expires=LATER) == "two"

    def test_keys_and_marks_may_be_long(self, nonces: Nonces) -> None:
        assert nonces.first("k" * 128, "m" * 128, expires=LATER) == "m" * 128

    def test_of_many_at_once_one_is_first(self, nonces: Nonces) -> None:
        start = threading.Barrier(8)

        def use(mark: str) -> str:
            start.wait()
            return nonces.first("k", mark, expires=LATER)

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(use, map(str, range(8))))) == 1


class TokensContract:
    def test_a_token_is_held_until_it_expires(self, tokens: Tokens) -> None:
        assert tokens.get("wx1", now=NOW) is None
        tokens.put("wx1", "t" * 512, expires=LATER)
        assert tokens.get("wx1", now=LATER - timedelta(seconds=1)) == "t" * 512
        assert tokens.get("wx1", now=LATER) is None

    def test_the_last_token_counts(self, tokens: Tokens) -> None:
        tokens.put("wx1", "one", expires=LATER)
        tokens.put("wx1", "two", expires=LATER)
        assert tokens.get("wx1", now=NOW) == "two"

    def test_accounts_do_not_share_tokens(self, tokens: Tokens) -> None:
        tokens.put("wx1", "one", expires=LATER)
        assert tokens.get("wx2", now=NOW) is None

    def test_one_holds_the_lock_and_the_next_sees_what_was_put(self, tokens: Tokens) -> None:
        start = threading.Barrier(8)

        def fetch(number: int) -> str:
            start.wait()
            with tokens.lock("wx1"):
                if (held := tokens.get("wx1", now=NOW)) is None:
                    tokens.put("wx1", held := str(number), expires=LATER)
                return held

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(fetch, range(8)))) == 1

    def test_a_lock_is_free_again_after_a_failure(self, tokens: Tokens) -> None:
        try:
            with tokens.lock("wx1"):
                raise OSError
        except OSError:
            pass
        with tokens.lock("wx1"):
            assert tokens.get("wx1", now=NOW) is None
