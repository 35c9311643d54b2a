import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import Api
from bot.channels.wechat.sender import WechatSender
from bot.domain.delivery import Delivery
from bot.domain.errors import DeliveryFailed
from tests.bot.channels.wechat.cast import ACCOUNTS, MUTE, SAFE, ZHANG, Clock, MemoryTokens, delivery
from tests.bot.channels.wechat.simulator import WechatServer

TOKEN = "/cgi-bin/stable_token"
SEND = "/cgi-bin/message/custom/send"


class Desk:
    """A sender, and WeChat's server beyond it."""

    def __init__(self, wechat: WechatServer, *, patience: float = 5) -> None:
        self.wechat = wechat
        self.tokens = MemoryTokens()
        self.clock = Clock()
        self.api = Api(wechat.url, timeout=httpx.Timeout(patience))
        self.sender = self.another()

    def another(self, accounts: tuple[WechatAccount, ...] = ACCOUNTS) -> WechatSender:
        """As in another process: only the token memory is shared."""
        return WechatSender(accounts, self.api, self.tokens, self.clock)

    def send(self, sent: Delivery) -> None:
        self.sender.send(sent)

    def fails(self, sent: Delivery) -> DeliveryFailed:
        with pytest.raises(DeliveryFailed) as failure:
            self.send(sent)
        return failure.value


@pytest.fixture
def wechat() -> Iterator[WechatServer]:
    with WechatServer({SAFE.appid: SAFE.secret or ""}).running() as server:
        yield server


@pytest.fixture
def desk(wechat: WechatServer) -> Iterator[Desk]:
    desk = Desk(wechat)
    with desk.api:
        yield desk


def test_an_answer_reaches_the_resident(desk: Desk) -> None:
    desk.send(delivery("律师答复：可以投诉。🌾"))
    assert desk.wechat.delivered == [(ZHANG, "律师答复：可以投诉。🌾")]
    assert desk.wechat.calls[-1] == (
        SEND,
        {"touser": ZHANG, "msgtype": "text", "text": {"content": "律师答复：可以投诉。🌾"}},
    )


def test_chinese_goes_out_as_it_is_for_residents_would_see_escapes(desk: Desk) -> None:
    desk.send(delivery("工钱"))
    assert "工钱".encode() in desk.wechat.bodies[-1]


def test_a_long_answer_goes_out_in_several_messages_in_order(desk: Desk) -> None:
    text = "先和老板协商，再去投诉。\n" * 140
    desk.send(delivery(text))
    parts = [said for _, said in desk.wechat.delivered]
    assert len(parts) == 3
    assert all(len(part.encode()) <= 2048 for part in parts)
    assert "\n".join(parts) == text.strip()


def test_one_token_serves_all_messages_and_all_processes(desk: Desk) -> None:
    for _ in range(3):
        desk.send(delivery("工钱"))
        desk.another().send(delivery("工钱"))
    assert desk.wechat.count(TOKEN) == 1


def test_processes_that_start_at_once_fetch_one_token(desk: Desk) -> None:
    desk.wechat.delay = 0.02
    senders = [desk.another() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda sender: sender.send(delivery("工钱")), senders))
    assert (desk.wechat.count(TOKEN), len(desk.wechat.delivered)) == (1, 8)


def test_a_token_is_replaced_five_minutes_before_its_end(desk: Desk) -> None:
    for minutes, fetched in ((0, 1), (114, 1), (1, 2)):
        desk.clock.advance(minutes=minutes)
        desk.send(delivery("工钱"))
        assert desk.wechat.count(TOKEN) == fetched


def test_an_expired_token_is_replaced_once_and_the_message_sent(desk: Desk) -> None:
    desk.send(delivery("一"))
    desk.wechat.expire_token()
    desk.send(delivery("二"))
    assert [said for _, said in desk.wechat.delivered] == ["一", "二"]
    assert [call["force_refresh"] for path, call in desk.wechat.calls if path == TOKEN] == [False, False]


def test_when_wechat_insists_on_a_rejected_token_another_is_forced(desk: Desk) -> None:
    desk.send(delivery("一"))
    desk.wechat.reject_token()
    desk.send(delivery("二"))
    assert [said for _, said in desk.wechat.delivered] == ["一", "二"]
    assert [call["force_refresh"] for path, call in desk.wechat.calls if path == TOKEN] == [False, False, True]


def test_a_token_that_another_process_replaced_meanwhile_is_not_replaced_again(desk: Desk) -> None:
    desk.wechat.delay = 0.02
    desk.send(delivery("一"))
    desk.wechat.expire_token()
    senders = [desk.another() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda sender: sender.send(delivery("二")), senders))
    assert (desk.wechat.count(TOKEN), len(desk.wechat.delivered)) == (2, 7)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_rejected_twice_is_tried_again_later(desk: Desk, code: int) -> None:
    desk.wechat.answer_next(code, code)
    failure = desk.fails(delivery("工钱"))
    assert (failure.permanent, desk.wechat.count(SEND)) == (False, 2)
    assert str(code) in failure.reason


@pytest.mark.parametrize("code", [40003, 43004, 45002, 45015, 45047, 48001, 48002, 48004, 50002])
def test_what_wechat_refuses_for_good_is_not_tried_again(desk: Desk, code: int) -> None:
    desk.wechat.answer_next(code)
    failure = desk.fails(delivery("工钱"))
    assert failure.permanent
    assert failure.reason.startswith(f"WeChat answered {code}: ")
    assert desk.wechat.count(SEND) == 1


@pytest.mark.parametrize(
    "answer",
    [
        -1,
        45009,
        45011,
        99999,
        (500, b""),
        (500, b'{"errcode": 0}'),
        (502, b"<html>"),
        (302, b""),
        (429, b""),
        (200, b""),
        (200, b"success"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"errcode": "0"}'),
        (200, b"\xff\xfe"),
    ],
)
def test_a_passing_trouble_is_worth_another_try(desk: Desk, answer: int | tuple[int, bytes]) -> None:
    desk.wechat.answer_next(answer)
    assert not desk.fails(delivery("工钱")).permanent
    desk.send(delivery("工钱"))
    assert desk.wechat.delivered == [(ZHANG, "工钱")]


def test_an_answer_without_a_code_is_no_success(desk: Desk) -> None:
    desk.wechat.answer_next((200, b'{"errmsg": "ok"}'))
    assert desk.fails(delivery("工钱")).reason == f"{SEND}: an answer without an error code"


def test_after_a_failure_in_the_middle_all_parts_are_sent_again(desk: Desk) -> None:
    long = delivery("工" * 700)
    desk.wechat.answer_next(0, -1)
    assert not desk.fails(long).permanent
    desk.send(long)
    assert [len(said) for _, said in desk.wechat.delivered] == [682, 682, 18]


def test_wechat_is_not_waited_for_endlessly(wechat: WechatServer) -> None:
    desk = Desk(wechat, patience=0.05)
    wechat.delay = 5
    with desk.api:
        failure = desk.fails(delivery("工钱"))
    assert (failure.permanent, failure.reason) == (False, f"{TOKEN}: ReadTimeout")


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with WechatServer({}).running() as gone:
        pass
    desk = Desk(gone)
    with desk.api:
        failure = desk.fails(delivery("工钱"))
    assert (failure.permanent, failure.reason) == (False, f"{TOKEN}: ConnectError")


def test_a_wrong_secret_is_not_tried_again(desk: Desk) -> None:
    desk.wechat.secrets[SAFE.appid] = "another"
    assert desk.fails(delivery("工钱")).permanent
    assert desk.wechat.count(SEND) == 0


@pytest.mark.parametrize(
    ("answer", "permanent", "reason"),
    [
        ({"errcode": 40001, "errmsg": "invalid credential"}, True, "WeChat answered 40001: the secret is wrong"),
        ({"errcode": 40164}, True, "WeChat answered 40164: this server's address is not on the account's IP list"),
        ({"errcode": -1}, False, "WeChat answered -1: WeChat is busy"),
        ({}, False, f"{TOKEN}: neither a token nor an error code"),
        ({"access_token": "72_access"}, False, f"{TOKEN}: neither a token nor an error code"),
        ({"access_token": "72_access", "expires_in": "7200"}, False, f"{TOKEN}: neither a token nor an error code"),
    ],
)
def test_without_a_token_nothing_is_sent(desk: Desk, answer: dict[str, object], permanent: bool, reason: str) -> None:
    desk.wechat.token_answer = answer
    failure = desk.fails(delivery("工钱"))
    assert (failure.permanent, failure.reason) == (permanent, reason)
    assert desk.wechat.count(SEND) == 0


def test_an_account_that_cannot_push_says_so(desk: Desk) -> None:
    failure = desk.fails(delivery("工钱", account=MUTE))
    assert (failure.permanent, failure.reason) == (True, "no account with a secret for channel wechat/kuma")
    assert desk.fails(delivery("工钱", account=replace(SAFE, name="nobody"))).permanent
    assert desk.wechat.calls == []


def test_nothing_that_fails_or_is_logged_tells_a_secret_or_a_residents_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    words = "老板不发工资"
    desk.send(delivery(words))
    desk.wechat.answer_next(45015, (500, b""), 40001, 40001)
    told = [repr(desk.fails(delivery(words))) for _ in range(3)]
    desk.api.close()
    lines = "\n".join([*told, *(record.getMessage() for record in caplog.records)])
    assert "message/custom/send" in lines
    assert all(hidden not in lines for hidden in (words, ZHANG, SAFE.secret or "?", "72_access", "access_token="))
