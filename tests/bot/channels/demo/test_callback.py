"""The page's addresses, over HTTP through Flask's test client."""

import json
import logging

import pytest
from flask.testing import FlaskClient

from bot.channels.demo.cast import CAST
from bot.channels.demo.examples import CHATTER, FOR_A_PERSON, QUESTIONS
from bot.channels.demo.messages import MAX_BODY
from bot.domain.delivery import DeliveryState
from bot.domain.message import Address, Incoming, MessageKey, Reply
from tests.bot.channels.demo.cast import (
    FROM_PAGE,
    MESSAGE,
    OTHER_VISIT,
    VISIT,
    Listener,
    answered,
    app_of,
    said,
)
from tests.bot.channels.gateway.cast import NOW, MemoryOutbox

GROUP = Address("demo", f"wang-hegang-{VISIT}", "demo-hegang")
PRIVATE = Address("demo", f"li-liuzhuang-{VISIT}")
WORDS = "我老公昨天又喝酒了"


def test_a_message_in_the_group_gets_its_reply_at_once(client: FlaskClient, listener: Listener) -> None:
    answer = client.post("/demo/messages", json=said(), headers=FROM_PAGE)
    assert answer.json == {"reply": "您问：@法润助手 借条丢了怎么办\n【依据】第1问"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert listener.heard == [
        Incoming(MessageKey("demo", MESSAGE), GROUP, "@法润助手 借条丢了怎么办", NOW, "王大爷", mentioned=True)
    ]


def test_a_private_message_is_placed_in_its_village_and_in_no_group(client: FlaskClient, listener: Listener) -> None:
    message = said(village="liuzhuang", sender="li", private=True, text="借条丢了怎么办")
    client.post("/demo/messages", json=message, headers=FROM_PAGE)
    heard = listener.heard[0]
    assert (heard.sender, heard.scene, heard.mentioned, heard.in_group) == (PRIVATE, "liuzhuang", False, False)


def test_the_adviser_is_one_person_for_every_village_and_visit(client: FlaskClient, listener: Listener) -> None:
    client.post("/demo/messages", json=said(sender="zhang", text="先别签字"), headers=FROM_PAGE)
    assert listener.heard[0].sender == Address("demo", "zhang", "demo-hegang")
    assert listener.heard[0].sender_name == "张律师"


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [("@法润助手 在吗", True), ("借条丢了 ＠法润助手", True), ("法润助手在吗", False), ("@李婶 打牌吗", False)],
)
def test_only_the_bots_own_name_after_an_at_sign_mentions_it(
    text: str, mentioned: bool, client: FlaskClient, listener: Listener
) -> None:
    client.post("/demo/messages", json=said(text=text), headers=FROM_PAGE)
    assert listener.heard[0].mentioned is mentioned


def test_silence_is_null(client: FlaskClient) -> None:
    assert client.post("/demo/messages", json=said(text=CHATTER), headers=FROM_PAGE).json == {"reply": None}


def test_the_same_message_twice_is_received_under_the_same_key_and_gets_the_same_words(
    client: FlaskClient, listener: Listener
) -> None:
    first, again = (client.post("/demo/messages", json=said(), headers=FROM_PAGE) for _ in range(2))
    assert first.data == again.data
    assert [heard.key for heard in listener.heard] == [MessageKey("demo", MESSAGE)] * 2


@pytest.mark.parametrize(("length", "status"), [(2_000, 200), (2_001, 422)])
def test_2000_characters_are_taken_and_one_more_is_refused(length: int, status: int, client: FlaskClient) -> None:
    answer = client.post("/demo/messages", json=said(text="😀" * length), headers=FROM_PAGE)
    assert answer.status_code == status
    assert status == 200 or answer.json == {"fault": "太长了：一条最多 2000 字，请分几条发。"}


def test_a_body_too_large_to_be_read_is_refused_in_the_same_words(client: FlaskClient, listener: Listener) -> None:
    answer = client.post("/demo/messages", data=b"x" * (MAX_BODY + 1), headers=FROM_PAGE)
    assert (answer.status_code, answer.json) == (413, {"fault": "太长了：一条最多 2000 字，请分几条发。"})
    assert listener.heard == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"village": "shanghai"}, "没有这个村（社区），请刷新页面再选。"),
        ({"text": " \n"}, "还没有写内容。"),
        ({"sender": "nobody"}, "页面和程序对不上，请刷新页面再试。"),
        ({"sender": "zhang", "private": True}, "页面和程序对不上，请刷新页面再试。"),
        ({"private": "false"}, "页面和程序对不上，请刷新页面再试。"),
        ({"id": "1"}, "页面和程序对不上，请刷新页面再试。"),
        ({"admin": True}, "页面和程序对不上，请刷新页面再试。"),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(
    changes: dict[str, object], fault: str, client: FlaskClient, listener: Listener
) -> None:
    answer = client.post("/demo/messages", json=said(**changes), headers=FROM_PAGE)
    assert (answer.status_code, answer.json) == (422, {"fault": fault})
    assert listener.heard == []


def test_what_is_not_json_is_refused(client: FlaskClient) -> None:
    answer = client.post("/demo/messages", data="text=借条", headers=FROM_PAGE)
    assert (answer.status_code, answer.json) == (400, {"fault": "页面和程序对不上，请刷新页面再试。"})


@pytest.mark.parametrize("path", ["/demo/messages", "/demo/ack"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json"},
        FROM_PAGE | {"Sec-Fetch-Site": "cross-site"},
        FROM_PAGE | {"Sec-Fetch-Site": "same-site"},
        FROM_PAGE | {"Origin": "https://elsewhere.example"},
        FROM_PAGE | {"Origin": "null"},
    ],
)
def test_what_another_site_posts_is_refused(
    headers: dict[str, str], path: str, client: FlaskClient, listener: Listener
) -> None:
    answer = client.post(path, data=json.dumps(said()), headers=headers)
    assert (answer.status_code, answer.json) == (403, {"fault": "只接受本页发出的消息，请刷新页面再试。"})
    assert listener.heard == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_what_the_page_posts_is_taken(headers: dict[str, str], client: FlaskClient) -> None:
    assert client.post("/demo/messages", json=said(), headers=FROM_PAGE | headers).status_code == 200


def test_an_answer_is_given_until_it_is_acknowledged(client: FlaskClient, outbox: MemoryOutbox) -> None:
    in_group, alone = answered(outbox, GROUP), answered(outbox, PRIVATE)
    polls = [client.get(f"/demo/poll?visit={VISIT}").json for _ in range(2)]
    text = "【村法律顾问陈敏答复】先别签字。"
    assert polls[0] == polls[1]
    assert polls[0] == {
        "deliveries": [
            {"id": in_group, "village": "hegang", "private": False, "to": "wang", "text": text},
            {"id": alone, "village": "liuzhuang", "private": True, "to": "li", "text": text},
        ]
    }
    acked = client.post("/demo/ack", json={"visit": VISIT, "ids": [in_group, 99]}, headers=FROM_PAGE)
    assert acked.json == {"acked": [in_group]}
    assert outbox.deliveries[in_group].state is DeliveryState.SENT
    assert [left["id"] for left in client.get(f"/demo/poll?visit={VISIT}").get_json()["deliveries"]] == [alone]


def test_another_visitors_page_neither_sees_an_answer_nor_takes_it(client: FlaskClient, outbox: MemoryOutbox) -> None:
    number = answered(outbox, PRIVATE)
    assert client.get(f"/demo/poll?visit={OTHER_VISIT}").json == {"deliveries": []}
    taken = client.post("/demo/ack", json={"visit": OTHER_VISIT, "ids": [number]}, headers=FROM_PAGE)
    assert taken.json == {"acked": []}
    assert outbox.deliveries[number].state is DeliveryState.HELD


def test_every_place_a_message_comes_from_can_be_polled(
    client: FlaskClient, listener: Listener, outbox: MemoryOutbox
) -> None:
    places = [(member, private) for member in CAST.values() for private in (False, True)]
    for member, private in places:
        if not (member.adviser and private):
            message = said(sender=member.id, private=private)
            assert client.post("/demo/messages", json=message, headers=FROM_PAGE).status_code == 200
            answered(outbox, listener.heard[-1].sender)
    assert len(client.get(f"/demo/poll?visit={VISIT}").get_json()["deliveries"]) == len(listener.heard) == 7


@pytest.mark.parametrize("query", ["", "?visit=1", f"?visit={VISIT}&user=wang"])
def test_a_poll_names_one_visit(query: str, client: FlaskClient) -> None:
    assert client.get(f"/demo/poll{query}").status_code == 422


def test_the_page_holds_the_villages_the_cast_and_the_examples(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    for shown in (
        "河港村",
        "柳庄村",
        "东桥社区",
        "王大爷",
        "李婶",
        "小陈",
        "张律师",
        *QUESTIONS,
        FOR_A_PERSON,
        CHATTER,
    ):
        assert shown in page
    assert 'href="/console/"' in page
    assert "first-start.txt" in page


@pytest.mark.parametrize("path", ["/", "/demo/static/page.js"])
def test_the_page_allows_no_script_or_style_but_its_own_files(path: str, client: FlaskClient) -> None:
    with client.get(path) as answer:
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_breaks_is_an_incident_and_a_residents_words_reach_no_log(caplog: pytest.LogCaptureFixture) -> None:
    def receive(message: Incoming) -> Reply:
        raise ValueError(f"the database says: '{message.text}' cannot be stored")

    client = app_of(receive).test_client()
    with caplog.at_level(logging.DEBUG):
        broken = client.post("/demo/messages", json=said(text=WORDS), headers=FROM_PAGE)
        client.post("/demo/messages", json=said(text=WORDS, village=WORDS), headers=FROM_PAGE)
    incident = broken.get_json()["fault"].removeprefix("出错了（编号 ").removesuffix("），请再发一次。")
    assert broken.status_code == 500
    assert f"incident {incident}: ValueError at " in caplog.text
    assert WORDS not in caplog.text
