from dataclasses import replace
from typing import Any

import pytest

from bot.channels.wechat.account import WechatAccount
from tests.bot.channels.wechat.cast import COMPATIBLE, PLAIN, SAFE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Jue Gang"),
        ("name", "a" * 33),
        ("appid", "1b6f0c2d9e8a7354"),
        ("token", "ab"),
        ("token", "a" * 33),
        ("secret", ""),
        ("secret", "x" * 31),
        ("aes_key", "x" * 42),
        ("aes_key", "x" * 42 + "="),
        ("aes_key", None),
        ("mode", "secure"),
        ("village", ""),
        ("village", "掘港 1"),
    ],
)
def test_a_faulty_field_is_named_and_its_value_is_not(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"wechat account: {field} must be") as failure:
        replace(SAFE, **{field: value})
    assert not value or value not in str(failure.value)


def test_all_faults_are_told_together() -> None:
    with pytest.raises(ValueError, match=r"name .*; appid .*; aes_key "):
        WechatAccount(name="?", appid="?", token=SAFE.token)


def test_plain_mode_needs_no_key_and_an_account_that_cannot_push_no_secret() -> None:
    assert replace(PLAIN, secret=None).encrypted is False
    assert COMPATIBLE.encrypted is True


def test_no_credential_is_shown() -> None:
    shown = repr(SAFE)
    assert all(hidden not in shown for hidden in (SAFE.token, SAFE.secret or "?", SAFE.aes_key or "?"))


def test_the_channel_is_named_after_the_account() -> None:
    assert SAFE.channel == "wechat/juegang"
