import json
from datetime import UTC, datetime
from http import HTTPStatus

import pytest

from bot.channels.gateway.messages import (
    MAX_BODY,
    MAX_QUOTE,
    MAX_TEXT,
    Acknowledged,
    Answered,
    Outgoing,
    Posted,
    read,
)
from bot.channels.gateway.refused import Refused
from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.message import Address, Form, Incoming, MessageKey, Reply
from bot.domain.wording import Desk, Sayable, clarify, escalated, group_answer
from tests.bot.channels.gateway.cast import JUEGANG, NOW, said


def incoming(**changes: object) -> Incoming:
    return read(Posted, json.dumps(said(**changes)).encode()).incoming(JUEGANG)


def flaws(body: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read(Posted, body)
    assert refused.value.status == HTTPStatus.UNPROCESSABLE_ENTITY
    return list(refused.value.flaws)


def test_a_message_becomes_what_the_conversation_takes() -> None:
    assert incoming(mentioned=True, kind="voice") == Incoming(
        key=MessageKey("gateway/juegang", "m-1"),
        sender=Address("gateway/juegang", "u-zhang", "g-1"),
        text="老板不发工资怎么办",
        sent_at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
        sender_name="张三",
        form=Form.VOICE,
        mentioned=True,
    )


def test_no_group_is_a_private_chat() -> None:
    assert incoming(group=None).sender == Address("gateway/juegang", "u-zhang", None)


def test_a_message_need_not_say_that_it_is_plain_text_nobody_is_mentioned_in() -> None:
    message = incoming()
    assert (message.form, message.mentioned) == (Form.TEXT, False)


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"id": ""}, "id", "at least 1 character"),
        ({"id": "x" * 129}, "id", "at most 128 characters"),
        ({"id": 7}, "id", "valid string"),
        ({"id": "m-1\nfake log line"}, "id", "match pattern"),
        ({"id": "m-1\u2028"}, "id", "match pattern"),
        ({"group": ""}, "group", "at least 1 character"),
        ({"sender": None}, "sender", "an object"),
        ({"sender": {"id": "u-zhang"}}, "sender.name", "required"),
        ({"sender": {"id": "", "name": ""}}, "sender.id", "at least 1 character"),
        ({"text": "字" * (MAX_TEXT + 1)}, "text", "at most 8000 characters"),
        ({"text": None}, "text", "valid string"),
        ({"quote": "字" * (MAX_QUOTE + 1)}, "quote", "at most 2000 characters"),
        ({"mentioned": 1}, "mentioned", "valid boolean"),
        ({"mentioned": "true"}, "mentioned", "valid boolean"),
        ({"kind": "image"}, "kind", "'text', 'voice' or 'other'"),
        ({"sent_at": "2026-11-24T09:30:00"}, "sent_at", "timezone"),
        ({"sent_at": "2026-11-24"}, "sent_at", "ISO 8601"),
        ({"sent_at": "1795483800"}, "sent_at", "ISO 8601"),
        ({"sent_at": 1795483800}, "sent_at", "ISO 8601"),
        ({"sent_at": "2026-13-24T09:30:00Z"}, "sent_at", "month"),
        ({"sent_at": "0001-01-01T00:00:00+08:00"}, "sent_at", "between 2000 and 2100"),
        ({"sent_at": "9999-12-31T23:59:59-08:00"}, "sent_at", "between 2000 and 2100"),
        ({"mention": True}, "mention", "not permitted"),
    ],
)
def test_a_fault_names_its_field(changes: dict[str, object], field: str, fault: str) -> None:
    [(named, why)] = flaws(json.dumps(said(**changes)).encode())
    assert named == field
    assert fault in why


@pytest.mark.parametrize("field", ["id", "group", "sender", "text", "sent_at"])
def test_what_must_be_there_is_named_even_the_group_that_may_be_null(field: str) -> None:
    message = said()
    del message[field]
    assert flaws(json.dumps(message).encode()) == [(field, "Field required")]


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1"])
def test_json_that_is_no_object_is_said_to_be_none(body: bytes) -> None:
    [(field, _)] = flaws(body)
    assert field == "(body)"


def test_of_a_thousand_faults_twenty_are_named() -> None:
    assert len(flaws(json.dumps(said() | {f"field-{number}": 1 for number in range(1000)}).encode())) == 20


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"text=1", b"\xff\xfe", '{"text": "借条"}'.encode("gb18030"), b'{"text": "\\ud83d"}', b"[" * 60_000],
)
def test_what_is_not_json_in_utf_8_is_refused_as_such(body: bytes) -> None:
    with pytest.raises(Refused, match="not JSON in UTF-8") as refused:
        read(Posted, body)
    assert refused.value.status == HTTPStatus.BAD_REQUEST


def test_the_longest_text_and_quote_fit_the_largest_body_even_escaped() -> None:
    text, quote, name = "借" * MAX_TEXT, "条" * MAX_QUOTE, "张" * 128
    longest = json.dumps(said(text=text, quote=quote, sender={"id": "u" * 128, "name": name}, id="m" * 128)).encode()
    assert len(longest) <= MAX_BODY
    assert read(Posted, longest).text == text


def test_emoji_arrive_whole_written_or_escaped() -> None:
    family = "👨‍👩‍👧‍👦😀"
    assert incoming(text=family).text == family
    written = json.dumps(said(text=family), ensure_ascii=False).encode()
    assert read(Posted, written).text == family


def test_nul_which_no_database_stores_is_dropped_and_the_resident_heard() -> None:
    assert incoming(text="借条\0丢了").text == "借条丢了"


def test_words_quoted_to_the_bot_are_part_of_the_question() -> None:
    assert (
        incoming(text="@法润助手 这个怎么办", mentioned=True, quote="老板跑了").text == "@法润助手 这个怎么办\n老板跑了"
    )
    assert incoming(text="这个怎么办", group=None, quote="老板跑了").text == "这个怎么办\n老板跑了"


def test_words_quoted_to_others_are_not() -> None:
    assert incoming(text="是啊", quote="老板跑了怎么办").text == "是啊"


ENTRY = Sayable("问", "先去劳动监察大队。", "答", ["一"], [], [], [], ["《劳动法》第五十条"], sensitive=False)
DESK = Desk("掘港村", "村法律顾问陈敏")


@pytest.mark.parametrize(
    "text", [group_answer(ENTRY, "张三"), clarify(["欠薪怎么办"], "张三"), escalated(DESK, NOW, asker="张三")]
)
def test_whom_to_at_is_told_apart_from_the_text(text: str) -> None:
    assert text.startswith("@张三 ")
    answered = Answered.of(incoming(), Reply(text, 7))
    assert answered.model_dump() == {
        "reply": {"text": text.removeprefix("@张三 "), "mention": "u-zhang"},
        "inquiry": 7,
    }


def test_in_a_private_chat_nobody_is_atted() -> None:
    answered = Answered.of(incoming(group=None), Reply("不客气。"))
    assert answered.model_dump() == {"reply": {"text": "不客气。", "mention": None}, "inquiry": None}


def test_silence_is_a_null_reply() -> None:
    assert Answered.of(incoming(), Reply(None)).model_dump() == {"reply": None, "inquiry": None}


def test_a_push_sent_back_to_us_is_valid_nowhere() -> None:
    delivery = Delivery(1, "k", Address("gateway/juegang", "u-zhang", "g-1"), "已答复", None, 0, DeliveryState.PENDING)
    pushed = Outgoing.of(delivery).model_dump_json().encode()
    for model in (Posted, Acknowledged):
        with pytest.raises(Refused):
            read(model, pushed)


def test_a_message_is_no_acknowledgement_nor_the_other_way_round() -> None:
    with pytest.raises(Refused):
        read(Acknowledged, json.dumps(said()).encode())
    with pytest.raises(Refused):
        read(Posted, b'{"ids": [1]}')


@pytest.mark.parametrize("ids", [[], ["1"], [1.5], [True], list(range(101)), 1])
def test_an_acknowledgement_lists_one_to_a_hundred_numbers(ids: object) -> None:
    with pytest.raises(Refused) as refused:
        read(Acknowledged, json.dumps({"ids": ids}).encode())
    assert refused.value.flaws[0][0].startswith("ids")
