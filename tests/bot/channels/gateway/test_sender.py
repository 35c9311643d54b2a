"""Pushes go over real HTTP to a bridge that answers as told."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.channels.gateway import sender
from bot.channels.gateway.bridge import Bridge, by_channel
from bot.channels.gateway.sender import GatewaySender
from bot.channels.gateway.signature import BRIDGE, NONCE, SIGNATURE, TIMESTAMP, Stamp, signer
from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.errors import DeliveryFailed
from bot.domain.message import Address
from bot.ports import Sender
from tests.bot.channels.gateway.cast import (
    JUEGANG,
    NOW,
    Listener,
    MemoryNonces,
    MemoryOutbox,
    Receiver,
    Speaker,
    app_of,
    at_now,
    served,
)

ANSWER = Delivery(5, "case-3", Address("gateway/juegang", "u-zhang", "g-1"), "已答复：😀", 3, 0, DeliveryState.PENDING)


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def to(url: str | None) -> Bridge:
    return replace(JUEGANG, push_url=url)


def failure(bridge: Bridge, client: httpx.Client, delivery: Delivery = ANSWER) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        GatewaySender([bridge], client, at_now).send(delivery)
    return failed.value


def test_a_push_is_signed_like_what_the_bridge_sends(client: httpx.Client) -> None:
    with Receiver().listening() as receiver:
        pushing: Sender = GatewaySender([to(receiver.url)], client, at_now)
        pushing.send(ANSWER)
    [(headers, body)] = receiver.pushed
    given = Stamp(*(headers[name] for name in (BRIDGE, TIMESTAMP, NONCE, SIGNATURE)))
    assert signer(given, body, by_channel([JUEGANG]), MemoryNonces(), now=NOW) is JUEGANG
    assert headers["Content-Type"] == "application/json"
    assert body.decode() == '{"text":"已答复：😀","mention":"u-zhang","id":5,"group":"g-1","user":"u-zhang"}'


def test_a_second_try_has_the_same_id_and_a_signature_of_its_own(client: httpx.Client) -> None:
    with Receiver().listening() as receiver:
        pushing = GatewaySender([to(receiver.url)], client, at_now)
        pushing.send(ANSWER)
        pushing.send(ANSWER)
    (first, body), (second, same) = receiver.pushed
    assert body == same
    assert first[NONCE] != second[NONCE]


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_2xx_is_sent(status: int, client: httpx.Client) -> None:
    with Receiver(status).listening() as receiver:
        GatewaySender([to(receiver.url)], client, at_now).send(ANSWER)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413, 499])
def test_4xx_will_not_be_better_next_time(status: int, client: httpx.Client) -> None:
    with Receiver(status).listening() as receiver:
        failed = failure(to(receiver.url), client)
    assert (failed.reason, failed.permanent) == (f"bridge juegang answered {status}", True)


@pytest.mark.parametrize("status", [302, 408, 429, 500, 502, 503])
def test_what_may_be_better_later_is_tried_again(status: int, client: httpx.Client) -> None:
    with Receiver(status).listening() as receiver:
        failed = failure(to(receiver.url), client)
    assert (failed.reason, failed.permanent) == (f"bridge juegang answered {status}", False)


def test_a_redirect_does_not_take_a_residents_answer_elsewhere(client: httpx.Client) -> None:
    with Receiver().listening() as elsewhere, Receiver(307, location=elsewhere.url).listening() as receiver:
        assert not failure(to(receiver.url), client).permanent
    assert elsewhere.pushed == []


def test_a_bridge_that_is_down_is_tried_again(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    failed = failure(to(f"http://127.0.0.1:{port}/push"), client)
    assert (failed.reason, failed.permanent) == ("bridge juegang: ConnectError", False)


def test_a_bridge_that_does_not_answer_in_time_is_tried_again(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "TIMEOUT", httpx.Timeout(0.1))
    with Receiver(after=timedelta(seconds=5)).listening() as receiver:
        failed = failure(to(receiver.url), client)
        receiver.done.set()
    assert (failed.reason, failed.permanent) == ("bridge juegang: ReadTimeout", False)


def test_a_bridge_without_a_push_url_polls(client: httpx.Client) -> None:
    assert failure(to(None), client).permanent


def test_a_bridge_that_is_gone_is_not_tried_again(client: httpx.Client) -> None:
    elsewhere = replace(ANSWER, to=Address("gateway/gone", "u-zhang", "g-1"))
    assert failure(JUEGANG, client, elsewhere).permanent


def test_what_cannot_be_pushed_is_polled_and_acknowledged(client: httpx.Client) -> None:
    outbox = MemoryOutbox()
    outbox.queue(ANSWER.to, ANSWER.text, key=ANSWER.key, case=3, now=NOW)
    with Receiver(410).listening() as receiver:
        failed = failure(to(receiver.url), client, outbox.deliveries[1])
        assert failed.permanent
        outbox.hold(1, reason=failed.reason)
    with served(app_of(Listener().receive, outbox=outbox)) as url:
        bridge = Speaker(url)
        [pushed] = [body for _, body in receiver.pushed]
        assert bridge.poll() == [httpx.Response(200, content=pushed).json()]
        assert bridge.send("/gateway/ack", {"ids": [1]}).json() == {"acked": [1]}
        assert bridge.poll() == []
    assert outbox.deliveries[1].state is DeliveryState.SENT
