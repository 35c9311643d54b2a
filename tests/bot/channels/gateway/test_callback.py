"""Everything here goes over real HTTP to a real threaded server."""

import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from bot.channels.gateway.messages import MAX_BODY
from bot.channels.gateway.signature import stamp
from bot.domain.message import Address, Incoming, Reply
from tests.bot.channels.gateway.cast import (
    JUEGANG,
    NOW,
    OTHER,
    STRANGER,
    Listener,
    MemoryNonces,
    MemoryOutbox,
    Speaker,
    app_of,
    said,
    served,
)

DOCS = Path(__file__).parents[4] / "docs"
WORDS = "我老公昨天又喝酒了"


def held(outbox: MemoryOutbox, channel: str = "gateway/juegang", text: str = "已答复") -> int:
    outbox.queue(Address(channel, "u-zhang", "g-1"), text, key=text, case=None, now=NOW)
    number = len(outbox.deliveries)
    outbox.hold(number, reason="the bridge polls")
    return number


def test_a_message_gets_its_reply_at_once(bridge: Speaker) -> None:
    answer = bridge.say(said())
    assert answer.status_code == 200
    assert answer.json() == {
        "reply": {"text": "可以到劳动监察大队投诉。（第1问）", "mention": "u-zhang"},
        "inquiry": 1,
    }


def test_words_come_back_as_utf_8_and_are_not_cached(bridge: Speaker) -> None:
    answer = bridge.say(said())
    assert "劳动监察".encode() in answer.content
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"


def test_silence_is_null() -> None:
    with served(app_of(Listener(reply=None).receive)) as url:
        assert Speaker(url).say(said()).json() == {"reply": None, "inquiry": 1}


def test_emoji_arrive_and_leave_whole() -> None:
    with served(app_of(Listener(reply="😀👨‍👩‍👧‍👦").receive)) as url:
        reply = Speaker(url).say(said(text="😀" * 8_000)).json()["reply"]
    assert reply["text"].startswith("😀👨‍👩‍👧‍👦")


def test_a_retry_signed_anew_gets_the_same_reply(bridge: Speaker, listener: Listener) -> None:
    assert bridge.say(said()).content == bridge.say(said()).content
    assert len(listener.settled) == 1


def test_the_same_bytes_sent_again_are_refused_and_the_message_stands(bridge: Speaker, listener: Listener) -> None:
    body = json.dumps(said()).encode()
    headers = stamp(JUEGANG, body, now=NOW).headers()
    first, again = (bridge.send("/gateway/messages", body=body, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 409)
    assert again.json()["fault"] == "this nonce was used before; sign every try anew"
    assert len(listener.heard) == 1


def test_a_nonce_used_on_one_path_is_used_up_on_all(bridge: Speaker) -> None:
    headers = stamp(JUEGANG, b"", now=NOW).headers()
    answers = [bridge.send("/gateway/poll", method=method, headers=headers) for method in ("GET", "POST")]
    assert [answer.status_code for answer in answers] == [200, 409]


def test_three_deliveries_of_a_message_at_once_get_the_same_words(bridge: Speaker, listener: Listener) -> None:
    together = threading.Barrier(3)

    def deliver() -> bytes:
        together.wait()
        return bridge.say(said()).content

    with ThreadPoolExecutor(3) as pool:
        answers = [future.result() for future in [pool.submit(deliver) for _ in range(3)]]
    assert len(set(answers)) == 1
    assert len(listener.heard) == 3
    assert len(set(listener.heard)) == 1


@pytest.mark.parametrize("path", ["/gateway/messages", "/gateway/poll", "/gateway/ack"])
def test_who_does_not_sign_learns_nothing_and_leaves_nothing(path: str, bridge: Speaker, listener: Listener) -> None:
    answer = bridge.send(path, said(), headers={})
    assert answer.status_code == 401
    assert answer.json() == {"fault": "not signed by a known bridge", "flaws": [], "incident": None}
    assert listener.heard == []


def test_an_unknown_bridge_is_answered_like_a_forged_signature(bridge: Speaker, nonces: MemoryNonces) -> None:
    unknown = Speaker(bridge.url, STRANGER).say(said())
    forged = bridge.send("/gateway/messages", said(), headers=stamp(JUEGANG, b"{}", now=NOW).headers())
    assert unknown.status_code == forged.status_code == 401
    assert unknown.content == forged.content
    assert nonces.used == {}


def test_a_stale_message_is_refused(bridge: Speaker) -> None:
    headers = stamp(JUEGANG, b"{}", now=datetime.fromtimestamp(NOW.timestamp() - 301, NOW.tzinfo)).headers()
    answer = bridge.send("/gateway/messages", body=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["fault"]) == (401, "the timestamp is more than 300 seconds from now")


def test_what_is_not_json_is_refused_and_said_to_be(bridge: Speaker) -> None:
    answer = bridge.send("/gateway/messages", body="{'text': '借条'}".encode())
    assert (answer.status_code, answer.json()["fault"]) == (400, "the body is not JSON in UTF-8")


def test_what_does_not_fit_is_refused_by_field(bridge: Speaker, listener: Listener) -> None:
    answer = bridge.say(said(id="", kind="image"))
    assert answer.status_code == 422
    assert [flaw["field"] for flaw in answer.json()["flaws"]] == ["id", "kind"]
    assert listener.heard == []


def test_a_megabyte_is_refused_unread(bridge: Speaker, listener: Listener) -> None:
    answer = bridge.send("/gateway/messages", body=b"x" * 1_000_000)
    assert answer.status_code == 413
    assert answer.json()["fault"] == "Request Entity Too Large"
    assert listener.heard == []


def test_a_megabyte_of_unknown_length_is_refused_too(bridge: Speaker) -> None:
    def chunks() -> Iterator[bytes]:
        yield from [b"x" * 10_000] * 100

    with httpx.Client(trust_env=False) as client:
        answer = client.post(bridge.url + "/gateway/messages", content=chunks())
    assert answer.status_code == 413


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY, 400), (MAX_BODY + 1, 413)])
def test_64_kib_are_read_and_a_byte_more_is_not(size: int, status: int, bridge: Speaker) -> None:
    assert bridge.send("/gateway/messages", body=b"x" * size).status_code == status


def test_what_breaks_is_an_incident_without_details_and_a_retry_is_answered(caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener()
    broken = iter([True])

    def receive(message: Incoming) -> Reply:
        if next(broken, False):
            raise ValueError(f"the database says: '{message.text}' cannot be stored")
        return listener.receive(message)

    with served(app_of(receive)) as url, caplog.at_level(logging.DEBUG):
        first, again = (Speaker(url).say(said(text=WORDS)) for _ in range(2))
    assert first.status_code == 500
    incident = first.json()["incident"]
    assert first.json() == {"fault": "something broke; sign and send it again", "flaws": [], "incident": incident}
    assert again.json()["reply"] is not None
    assert WORDS not in caplog.text
    [line] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert line.startswith(f"/gateway/messages incident {incident}: ValueError at test_callback.py:")


def test_a_residents_words_never_reach_a_log(bridge: Speaker, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        bridge.say(said(text=WORDS, quote=WORDS))
        bridge.say(said(text=[WORDS]))
        bridge.say(said(**{WORDS: 1}))
        bridge.send("/gateway/messages", body=WORDS.encode())
        bridge.send("/gateway/messages", said(text=WORDS), headers={})
    assert WORDS not in caplog.text
    assert "gateway/juegang message m-1: 9 characters" in caplog.messages
    assert "gateway/juegang message m-1: answered" in caplog.messages


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_poll_gives_what_is_held_until_it_is_acknowledged(method: str, bridge: Speaker, outbox: MemoryOutbox) -> None:
    number = held(outbox)
    expected = {"text": "已答复", "mention": "u-zhang", "id": number, "group": "g-1", "user": "u-zhang"}
    for _ in range(2):
        assert bridge.send("/gateway/poll", method=method).json() == {"deliveries": [expected]}
    assert bridge.send("/gateway/ack", {"ids": [number]}).json() == {"acked": [number]}
    assert bridge.poll() == []


def test_acknowledging_twice_changes_nothing(bridge: Speaker, outbox: MemoryOutbox) -> None:
    number = held(outbox)
    answers = [bridge.send("/gateway/ack", {"ids": [number, 10**30]}) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"acked": [number]}, {"acked": []}]


def test_a_bridge_neither_sees_nor_acknowledges_what_is_anothers(bridge: Speaker, outbox: MemoryOutbox) -> None:
    theirs = held(outbox, "gateway/other")
    assert bridge.poll() == []
    assert bridge.send("/gateway/ack", {"ids": [theirs]}).json() == {"acked": []}
    assert [delivery["id"] for delivery in Speaker(bridge.url, OTHER).poll()] == [theirs]


def test_a_poll_has_no_body_so_no_message_signed_can_be_turned_into_one(bridge: Speaker, outbox: MemoryOutbox) -> None:
    held(outbox)
    answer = bridge.send("/gateway/poll", said())
    assert (answer.status_code, answer.json()["fault"]) == (400, "a poll has no body")


def test_a_private_delivery_names_the_person_and_ats_nobody(bridge: Speaker, outbox: MemoryOutbox) -> None:
    outbox.queue(Address("gateway/juegang", "u-zhang"), "已答复", key="k", case=None, now=NOW)
    outbox.hold(1, reason="the bridge polls")
    assert bridge.poll() == [{"text": "已答复", "mention": None, "id": 1, "group": None, "user": "u-zhang"}]


def test_the_description_served_is_the_one_in_the_docs(bridge: Speaker) -> None:
    served_one = bridge.send("/gateway/openapi.json", method="GET", headers={})
    kept = (DOCS / "openapi.json").read_text("utf-8")
    assert served_one.text == kept, "renew docs/openapi.json as docs/gateway.md says"


def test_a_slow_answer_does_not_hold_up_another() -> None:
    asked, may_answer = threading.Event(), threading.Event()

    def receive(message: Incoming) -> Reply:
        if message.key.id == "slow":
            asked.set()
            may_answer.wait(5)
        return Reply("好")

    with served(app_of(receive)) as url, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(Speaker(url).say, said(id="slow"))
        asked.wait(5)
        assert Speaker(url).say(said(id="fast")).status_code == 200
        assert not slow.done()
        may_answer.set()
        assert slow.result().status_code == 200
