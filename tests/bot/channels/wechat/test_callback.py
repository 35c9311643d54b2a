import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from werobot.utils import get_signature

from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.reply import LIMIT
from bot.domain.errors import NothingFound
from bot.domain.message import Address, Form
from tests.bot.channels.wechat.cast import (
    COMPATIBLE,
    LI,
    ORIGINAL_ID,
    PLAIN,
    SAFE,
    ZHANG,
    Callback,
    Listener,
    MemoryNonces,
    Office,
    Wechat,
    event,
    message,
    text,
)

each_mode = pytest.mark.parametrize("account", [PLAIN, COMPATIBLE, SAFE], ids=lambda account: account.mode)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def office(listener: Listener) -> Office:
    return Office(listener)


@each_mode
def test_the_address_proves_to_be_ours(account: WechatAccount, office: Office) -> None:
    echoed = office.get(account, Wechat(account).greets("5927782489442352469"))
    assert (echoed.status_code, echoed.text, echoed.mimetype) == (200, "5927782489442352469", "text/plain")


@each_mode
def test_a_greeting_of_somebody_else_is_not_echoed(account: WechatAccount, office: Office) -> None:
    forged = office.get(account, Wechat(replace(account, token="guessed")).greets())
    assert (forged.status_code, forged.data) == (403, b"")


@each_mode
def test_a_question_is_answered_in_the_same_breath(account: WechatAccount, office: Office, listener: Listener) -> None:
    wechat = Wechat(account)
    response = office.take(account, wechat.delivers(text("老板不发工资怎么办🌾")))
    assert (response.status_code, response.mimetype) == (200, "text/xml")
    assert response.content_type == "text/xml; charset=utf-8"
    assert (b"Encrypt" in response.data) is account.encrypted
    reply = wechat.understands(response.text)
    assert (reply["ToUserName"], reply["FromUserName"]) == (ZHANG, ORIGINAL_ID)
    assert (reply["MsgType"], reply["Content"]) == ("text", "可以到劳动监察大队投诉。（第1问）")
    assert [heard.text for heard in listener.heard] == ["老板不发工资怎么办🌾"]


@each_mode
def test_three_deliveries_get_the_same_words(account: WechatAccount, office: Office, listener: Listener) -> None:
    wechat = Wechat(account)
    again = wechat.delivers(text())
    for callback in (again, again, wechat.delivers(text())):
        response = office.take(account, callback)
        assert wechat.understands(response.text)["Content"] == "可以到劳动监察大队投诉。（第1问）"
        office.clock.advance(seconds=5)
    assert len(listener.settled) == 1


@each_mode
@pytest.mark.parametrize("same", [True, False], ids=["one nonce", "three nonces"])
def test_three_deliveries_at_once_get_the_same_words(account: WechatAccount, office: Office, same: bool) -> None:
    wechat, start = Wechat(account), threading.Barrier(3)
    callbacks = [wechat.delivers(text(), nonce="1320562132" if same else None) for _ in range(3)]

    def deliver(callback: Callback) -> str:
        start.wait()
        return wechat.understands(office.take(account, callback).text)["Content"]

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(deliver, callbacks)) == {"可以到劳动监察大队投诉。（第1问）"}


def test_two_residents_with_one_message_number_get_their_own_words(office: Office) -> None:
    wechat = Wechat(SAFE)
    for sender, number in ((ZHANG, 1), (LI, 2)):
        response = office.take(SAFE, wechat.delivers(text(sender=sender)))
        assert wechat.understands(response.text)["Content"].endswith(f"（第{number}问）")


@each_mode
@pytest.mark.parametrize("said", [None, "", " \n"])
def test_silence_is_said_in_wechats_way(account: WechatAccount, said: str | None) -> None:
    response = Office(Listener(said)).take(account, Wechat(account).delivers(text()))
    assert (response.status_code, response.data) == (200, b"success")


@each_mode
@pytest.mark.parametrize("name", ["unsubscribe", "CLICK"])
def test_other_events_are_acknowledged(account: WechatAccount, office: Office, listener: Listener, name: str) -> None:
    assert office.take(account, Wechat(account).delivers(event(name))).data == b"success"
    assert listener.heard == []


def test_pictures_and_scans_are_heard_of(office: Office, listener: Listener) -> None:
    for xml in (event("subscribe", "qrscene_320623100001"), message("image", "<MsgId>5</MsgId>"), text("")):
        office.take(SAFE, Wechat(SAFE).delivers(xml))
    heard = [(one.form, one.scene, one.text) for one in listener.heard]
    assert heard == [(Form.FOLLOW, "320623100001", ""), (Form.OTHER, None, ""), (Form.TEXT, None, "")]


@each_mode
def test_the_rest_of_a_long_reply_is_queued_part_by_part_and_once(account: WechatAccount) -> None:
    said = "先和老板协商，再去投诉。\n" * 140
    office, wechat = Office(Listener(said)), Wechat(account)
    firsts = [wechat.understands(office.take(account, wechat.delivers(text())).text)["Content"] for _ in range(3)]
    assert len(set(firsts)) == 1
    assert [to for to, _ in office.queued.values()] == [Address(account.channel, ZHANG)] * 2
    parts = [firsts[0], *(part for _, part in office.queued.values())]
    assert all(len(part.encode()) <= LIMIT for part in parts)
    assert "\n".join(parts) == said + "（第1问）"
    assert [key.rpartition("/")[2] for key in office.queued] == ["2", "3"]


def test_words_that_could_end_the_reply_early_do_not() -> None:
    wechat, office = Wechat(SAFE), Office(Listener("]]></Content><Content>&<![CDATA["))
    reply = wechat.understands(office.take(SAFE, wechat.delivers(text())).text)
    assert reply["Content"] == "]]></Content><Content>&<![CDATA[（第1问）"


def test_an_unknown_account_is_not_found(office: Office) -> None:
    stranger = replace(SAFE, name="nobody")
    assert office.take(stranger, Wechat(stranger).delivers(text())).status_code == 404
    assert office.get(stranger, Wechat(stranger).greets()).data == b""


def test_an_account_is_not_opened_with_another_ones_signature(office: Office, listener: Listener) -> None:
    other = replace(SAFE, token="fengli2026", aes_key="x" * 43)
    assert office.take(SAFE, Wechat(other).delivers(text())).status_code == 403
    assert listener.heard == []


def signed(body: bytes) -> Callback:
    """Whatever body, under a good signature: plain mode signs no words."""
    query = {"timestamp": "1795483800", "nonce": "7"}
    return Callback(query | {"signature": get_signature(PLAIN.token, *query.values())}, body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x" * 1024 * 1024,
        text("工钱" * 500_000).encode(),
        b"<xml><ToUserName>",
        b'{"MsgType": "text"}',
        text().replace("MsgId", "Id").encode(),
        f'<!DOCTYPE xml [<!ENTITY l0 "lol">{LAUGHS}]>{text("&l9;")}'.encode(),
    ],
    ids=["nothing", "a megabyte", "a megabyte of words", "half a message", "JSON", "no MsgId", "billion laughs"],
)
def test_what_wechat_would_not_send_is_refused_without_a_word(body: bytes, office: Office, listener: Listener) -> None:
    for account, callback in ((PLAIN, signed(body)), (SAFE, signed(body)), (SAFE, Wechat(SAFE).delivers("<xml>"))):
        response = office.take(account, callback)
        assert (response.status_code, response.data) == (403, b"")
    assert listener.heard == []


@each_mode
def test_an_overheard_message_is_of_no_use(account: WechatAccount, office: Office, listener: Listener) -> None:
    overheard = Wechat(account).delivers(text())
    office.take(account, overheard)
    for later in (61, 240):
        office.clock.advance(seconds=later)
        assert office.take(account, overheard).status_code == 403
    assert len(listener.heard) == 1


def test_an_overheard_signature_carries_no_other_words(office: Office, listener: Listener) -> None:
    assert office.take(PLAIN, signed(text("真的").encode())).status_code == 200
    for _ in range(2):
        assert office.take(PLAIN, signed(text("假的").encode())).status_code == 403
    assert {heard.text for heard in listener.heard} == {"真的"}


def test_a_question_that_cannot_be_answered_now_was_accepted_all_the_same() -> None:
    office = Office(Listener(failure=NothingFound("no index")))
    assert office.take(SAFE, Wechat(SAFE).delivers(text())).data == b"success"


@pytest.mark.parametrize("failure", [OSError("disk full"), RuntimeError("a mistake of ours")])
def test_whatever_else_breaks_lets_wechat_deliver_again(failure: Exception) -> None:
    listener = Listener(failure=failure)
    office, wechat = Office(listener), Wechat(SAFE)
    again = wechat.delivers(text())
    broken = office.take(SAFE, again)
    assert (broken.status_code, broken.data) == (500, b"")
    listener.failure = None
    assert wechat.understands(office.take(SAFE, again).text)["Content"].startswith("可以")


def test_a_memory_for_nonces_that_breaks_lets_wechat_deliver_again(listener: Listener) -> None:
    class Broken(MemoryNonces):
        def first(self, key: str, mark: str, *, expires: object) -> str:
            raise OSError("database is locked")

    office = Office(listener, nonces=Broken())
    assert office.take(SAFE, Wechat(SAFE).delivers(text())).status_code == 500
    assert listener.heard == []


def test_no_log_line_has_a_residents_words_or_name_or_a_credential(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wechat, words = Wechat(SAFE), "老板不发工资"
    broken = Listener(failure=OSError(f"INSERT failed: {words}"))
    for receive in (Listener("请打12348"), broken, Listener(failure=NothingFound(words))):
        office = Office(receive)
        for xml in (text(words), message("voice", f"<Recognition>{words}</Recognition><MsgId>9</MsgId>"), words):
            office.take(SAFE, wechat.delivers(xml))
    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert "wechat/juegang message 24837465019283746-" in lines
    assert "incident" in lines
    assert "refused" in lines
    hidden = (words, "12348", ZHANG, SAFE.token, SAFE.aes_key or "?", SAFE.secret or "?")
    assert all(secret not in lines for secret in hidden)
    assert all(record.exc_info is None for record in caplog.records)
