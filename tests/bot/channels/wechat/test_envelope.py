from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.envelope import MAX_BODY, Envelope
from bot.domain.errors import BadMessage
from tests.bot.channels.wechat.cast import COMPATIBLE, NOW, PLAIN, SAFE, Callback, MemoryNonces, Wechat, text

each_mode = pytest.mark.parametrize("account", [PLAIN, COMPATIBLE, SAFE], ids=lambda account: account.mode)
FIVE_MINUTES = timedelta(seconds=300)
ONE_SECOND = timedelta(seconds=1)


@pytest.fixture
def nonces() -> MemoryNonces:
    return MemoryNonces()


def opened(account: WechatAccount, callback: Callback, nonces: MemoryNonces, *, late: timedelta = timedelta()) -> str:
    return Envelope(account, nonces).open(callback.query, callback.body, now=NOW + late)["Content"]


@each_mode
def test_a_signed_message_is_opened(account: WechatAccount, nonces: MemoryNonces) -> None:
    assert opened(account, Wechat(account).delivers(text("🌾工钱")), nonces) == "🌾工钱"


@each_mode
@pytest.mark.parametrize("late", [FIVE_MINUTES, -FIVE_MINUTES])
def test_five_minutes_early_or_late_is_in_time(account: WechatAccount, nonces: MemoryNonces, late: timedelta) -> None:
    assert opened(account, Wechat(account).delivers(text("工钱")), nonces, late=late) == "工钱"


@each_mode
@pytest.mark.parametrize("late", [FIVE_MINUTES + ONE_SECOND, -FIVE_MINUTES - ONE_SECOND])
def test_a_second_more_is_not(account: WechatAccount, nonces: MemoryNonces, late: timedelta) -> None:
    with pytest.raises(BadMessage, match="timestamp"):
        opened(account, Wechat(account).delivers(text()), nonces, late=late)


@each_mode
@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
@pytest.mark.parametrize("value", [None, "", "0", "工", "7" * 65])
def test_every_signed_parameter_counts(
    account: WechatAccount, nonces: MemoryNonces, name: str, value: str | None
) -> None:
    callback = Wechat(account).delivers(text())
    name = "msg_signature" if account.encrypted and name == "signature" else name
    query = {key: given for key, given in callback.query.items() if key != name}
    with pytest.raises(BadMessage):
        opened(account, Callback(query if value is None else query | {name: value}, callback.body), nonces)
    assert nonces.marks == {}


@each_mode
def test_a_zero_cannot_wander_from_the_nonce_to_the_time(account: WechatAccount, nonces: MemoryNonces) -> None:
    callback = Wechat(account).delivers(text(), nonce="00")
    shifted = callback.query | {"timestamp": "0" + callback.query["timestamp"], "nonce": "0"}
    with pytest.raises(BadMessage, match="timestamp"):
        opened(account, Callback(shifted, callback.body), nonces)


@each_mode
def test_a_signature_of_another_token_is_refused(account: WechatAccount, nonces: MemoryNonces) -> None:
    forger = Wechat(replace(account, token="guessed"))
    with pytest.raises(BadMessage, match="signature is not right"):
        opened(account, forger.delivers(text()), nonces)


@each_mode
def test_a_retry_is_opened_again_with_the_same_nonce_or_another(account: WechatAccount, nonces: MemoryNonces) -> None:
    wechat = Wechat(account)
    first = wechat.delivers(text("工钱"), nonce="1320562132")
    # Encrypted once more, its cipher text is another one.
    anew, later = wechat.delivers(text("工钱"), nonce="1320562132"), wechat.delivers(text("工钱"))
    for callback, seconds in ((first, 0), (first, 5), (anew, 10), (later, 10), (first, 60)):
        assert opened(account, callback, nonces, late=timedelta(seconds=seconds)) == "工钱"


@each_mode
def test_after_a_minute_nobody_retries_any_more(account: WechatAccount, nonces: MemoryNonces) -> None:
    callback = Wechat(account).delivers(text())
    opened(account, callback, nonces)
    with pytest.raises(BadMessage, match="nonce was used before"):
        opened(account, callback, nonces, late=timedelta(seconds=61))


@each_mode
def test_a_nonce_stands_for_one_message_however_often_another_is_tried(
    account: WechatAccount, nonces: MemoryNonces
) -> None:
    wechat = Wechat(account)
    genuine = wechat.delivers(text("工钱"), nonce="1320562132")
    opened(account, genuine, nonces)
    for _ in range(3):
        with pytest.raises(BadMessage, match="nonce was used for another message"):
            opened(account, wechat.delivers(text("换一句"), nonce="1320562132"), nonces)
    assert opened(account, genuine, nonces) == "工钱"


def test_a_nonce_of_one_account_is_free_in_another(nonces: MemoryNonces) -> None:
    for account, words in ((SAFE, "工钱"), (COMPATIBLE, "宅基地")):
        assert opened(account, Wechat(account).delivers(text(words), nonce="1"), nonces) == words


def test_a_nonce_is_remembered_as_long_as_its_timestamp_is_good(nonces: MemoryNonces) -> None:
    ahead = Wechat(SAFE, at=NOW + FIVE_MINUTES).delivers(text())
    opened(SAFE, ahead, nonces)
    assert list(nonces.expiries.values()) == [NOW + 2 * FIVE_MINUTES + ONE_SECOND]


@pytest.mark.parametrize("account", [COMPATIBLE, SAFE], ids=lambda account: account.mode)
def test_where_encryption_is_agreed_plain_words_are_refused(account: WechatAccount, nonces: MemoryNonces) -> None:
    downgraded = Wechat(replace(account, mode="plain")).delivers(text())
    with pytest.raises(BadMessage, match="Encrypt"):
        opened(account, downgraded, nonces)


def test_the_plain_words_beside_the_encrypted_ones_are_not_looked_at(nonces: MemoryNonces) -> None:
    callback = Wechat(COMPATIBLE).delivers(text("工钱"))
    forged = callback.body.replace("工钱".encode(), "转账".encode())
    assert forged != callback.body
    assert opened(COMPATIBLE, Callback(callback.query, forged), nonces) == "工钱"


def test_a_message_for_another_appid_is_refused(nonces: MemoryNonces) -> None:
    elsewhere = Wechat(replace(SAFE, appid="wx00000000000000bb"))
    with pytest.raises(BadMessage, match="another appid"):
        opened(SAFE, elsewhere.delivers(text()), nonces)


def test_signed_rubbish_is_refused(nonces: MemoryNonces) -> None:
    with pytest.raises(BadMessage, match="cannot be decrypted"):
        opened(SAFE, Wechat(SAFE).encloses("AAAA"), nonces)


@each_mode
def test_a_body_may_have_64_kib_and_no_byte_more(account: WechatAccount, nonces: MemoryNonces) -> None:
    callback = Wechat(account).delivers(text("工钱"))
    full = callback.body + b" " * (MAX_BODY - len(callback.body))
    assert opened(account, Callback(callback.query, full), nonces) == "工钱"
    with pytest.raises(BadMessage, match="65536 bytes"):
        opened(account, Callback(callback.query, full + b" "), nonces)


def test_a_greeting_is_echoed_and_its_signature_serves_nothing_else(nonces: MemoryNonces) -> None:
    envelope = Envelope(PLAIN, nonces)
    query = Wechat(PLAIN).greets()
    assert envelope.greet(query, now=NOW) == query["echostr"]
    with pytest.raises(BadMessage, match="another message"):
        envelope.open(query, text("伪造").encode(), now=NOW)


@each_mode
def test_wechat_understands_what_is_sealed(account: WechatAccount, nonces: MemoryNonces) -> None:
    sealed = Envelope(account, nonces).seal(text("工钱"), now=NOW)
    assert ("工钱" in sealed) is (account is PLAIN)
    assert Wechat(account).understands(sealed)["Content"] == "工钱"
