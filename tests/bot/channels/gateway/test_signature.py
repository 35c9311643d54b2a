import hashlib
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.channels.gateway.bridge import Bridge, by_channel
from bot.channels.gateway.refused import Refused
from bot.channels.gateway.signature import Stamp, signature, signer, stamp
from tests.bot.channels.gateway.cast import JUEGANG, NOW, OTHER, STRANGER, MemoryNonces

BODY = b'{"ids": [1]}'
BRIDGES = by_channel([JUEGANG, OTHER])


def checked(given: Stamp, body: bytes = BODY, nonces: MemoryNonces | None = None) -> Bridge:
    return signer(given, body, BRIDGES, nonces or MemoryNonces(), now=NOW)


def signed(timestamp: str, nonce: str = "0123456789abcdef", bridge: Bridge = JUEGANG) -> Stamp:
    return Stamp(bridge.name, timestamp, nonce, signature(bridge.secret, timestamp, nonce, BODY))


def refusal(given: Stamp, body: bytes = BODY) -> tuple[HTTPStatus, str]:
    with pytest.raises(Refused) as refused:
        checked(given, body)
    return refused.value.status, refused.value.fault


# printf '%s' "$TIMESTAMP.$NONCE.$BODY" | openssl dgst -sha256 -hmac "$SECRET"
@pytest.mark.parametrize(
    ("secret", "timestamp", "nonce", "body", "expected"),
    [
        (
            "0123456789abcdef0123456789abcdef",
            "1795483800",
            "a-nonce-used-once",
            '{"ids":[1]}',
            "65278567e86ef0f246e11ef08b9e5311be032e6ef113f4db689549dc8a974b9c",
        ),
        (
            "0123456789abcdef0123456789abcdef",
            "1795483800",
            "a-nonce-used-once",
            "",
            "628ac62779c7cc53830af909790057743dc8800c8c4654d8581733ef790bce5d",
        ),
        (
            "a secret of the first bridge, 2026",
            "1795483800",
            "AAAAAAAAAAAAAAAAAAAAAA",
            '{"text":"借条丢了怎么办😀"}',
            "21ce9a4122a63654487b6ebea2bc8e8ec54a26b3cc86dbc919604005f28d4be1",
        ),
    ],
)
def test_signatures_are_those_of_openssl(secret: str, timestamp: str, nonce: str, body: str, expected: str) -> None:
    assert signature(secret, timestamp, nonce, body.encode()) == expected


@pytest.mark.parametrize("secret", ["short key", "k" * 64, "密钥" * 20])
def test_signatures_are_those_of_rfc_2104_worked_by_hand(secret: str) -> None:
    key = secret.encode()
    key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + b"1795483800.0123456789abcdef." + BODY).digest()
    by_hand = hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner).hexdigest()
    assert signature(secret, "1795483800", "0123456789abcdef", BODY) == by_hand


def test_a_stamped_body_is_known_to_be_from_its_bridge() -> None:
    assert checked(stamp(JUEGANG, BODY, now=NOW)) is JUEGANG
    assert checked(stamp(OTHER, BODY, now=NOW)) is OTHER


def test_every_stamp_has_a_nonce_of_its_own() -> None:
    assert stamp(JUEGANG, BODY, now=NOW) != stamp(JUEGANG, BODY, now=NOW)


GOOD = stamp(JUEGANG, BODY, now=NOW)


@pytest.mark.parametrize(
    "forged",
    [
        replace(GOOD, bridge="other"),
        replace(GOOD, bridge="stranger"),
        replace(GOOD, bridge=""),
        replace(GOOD, timestamp=str(int(GOOD.timestamp) + 1)),
        replace(GOOD, timestamp=""),
        replace(GOOD, nonce="another-nonce-of-24-chars"),
        replace(GOOD, nonce=""),
        replace(GOOD, signature=""),
        replace(GOOD, signature=GOOD.signature.upper()),
        replace(GOOD, signature=GOOD.signature[:-1]),
        replace(GOOD, signature="签名"),
        stamp(STRANGER, BODY, now=NOW),
        stamp(replace(STRANGER, name="juegang"), BODY, now=NOW),
    ],
)
def test_what_is_not_signed_learns_nothing_more(forged: Stamp) -> None:
    assert refusal(forged) == (HTTPStatus.UNAUTHORIZED, "not signed by a known bridge")


def test_a_changed_body_is_not_signed() -> None:
    assert refusal(GOOD, BODY + b" ")[0] == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("timestamp", ["١٧٩٥٤٨٣٨٠٠", "-795483800", " 795483800", "17954838000", "1795483800.0"])
def test_a_timestamp_is_ten_ascii_digits_even_when_signed(timestamp: str) -> None:
    assert refusal(signed(timestamp))[1] == "not signed by a known bridge"


def test_a_dot_cannot_be_moved_between_nonce_and_body() -> None:
    given = signed(GOOD.timestamp, nonce="0123456789abcdef.0")
    assert refusal(given)[1] == "not signed by a known bridge"


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_off_is_fresh(seconds: int) -> None:
    assert checked(stamp(JUEGANG, BODY, now=NOW + timedelta(seconds=seconds))) is JUEGANG


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_second_more_is_stale(seconds: int) -> None:
    status, fault = refusal(stamp(JUEGANG, BODY, now=NOW + timedelta(seconds=seconds)))
    assert (status, fault) == (HTTPStatus.UNAUTHORIZED, "the timestamp is more than 300 seconds from now")


def test_a_nonce_is_used_once_and_remembered_while_it_could_be_replayed() -> None:
    nonces = MemoryNonces()
    given = stamp(JUEGANG, BODY, now=NOW)
    checked(given, nonces=nonces)
    assert nonces.used == {f"gateway/juegang/{given.nonce}": NOW + timedelta(seconds=301)}
    with pytest.raises(Refused, match="sign every try anew") as refused:
        checked(given, nonces=nonces)
    assert refused.value.status == HTTPStatus.CONFLICT


def test_another_bridge_may_use_the_same_nonce() -> None:
    nonces = MemoryNonces()
    checked(signed(GOOD.timestamp), nonces=nonces)
    assert checked(signed(GOOD.timestamp, bridge=OTHER), nonces=nonces) is OTHER


def test_a_forger_cannot_use_up_a_nonce() -> None:
    nonces = MemoryNonces()
    given = stamp(JUEGANG, BODY, now=NOW)
    with pytest.raises(Refused):
        checked(replace(given, signature="0" * 64), nonces=nonces)
    with pytest.raises(Refused):
        checked(stamp(JUEGANG, BODY, now=NOW - timedelta(hours=1)), nonces=nonces)
    assert nonces.used == {}
    assert checked(given, nonces=nonces) is JUEGANG
