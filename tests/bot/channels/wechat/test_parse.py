from dataclasses import replace

import pytest

from bot.channels.wechat.parse import UNSUPPORTED, incoming
from bot.channels.wechat.xml import read
from bot.domain.errors import BadMessage
from bot.domain.message import Address, Form, Incoming
from tests.bot.channels.wechat.cast import LI, NOW, SAFE, ZHANG, event, message, text


def parsed(xml: str) -> Incoming | None:
    return incoming(read(xml.encode()), SAFE)


def understood(xml: str) -> Incoming:
    found = parsed(xml)
    assert found is not None
    return found


def said(kind: str, inner: str) -> tuple[Form, str]:
    found = understood(message(kind, f"{inner}<MsgId>1</MsgId>"))
    return found.form, found.text


def test_a_text_is_read_as_it_was_written() -> None:
    found = understood(text(" 老板不发工资，怎么办？🌾\n\n急 "))
    assert found.text == " 老板不发工资，怎么办？🌾\n\n急 "
    assert (found.form, found.sender, found.sent_at) == (Form.TEXT, Address("wechat/juegang", ZHANG), NOW)
    assert (found.in_group, found.scene, found.sender_name) == (False, None, "")


def test_an_empty_text_is_a_text() -> None:
    assert said("text", "<Content></Content>") == said("text", "") == (Form.TEXT, "")


def test_of_a_voice_message_the_transcript_counts() -> None:
    heard = "<Recognition><![CDATA[老板不发工资。]]></Recognition><MediaId>m</MediaId>"
    assert said("voice", heard) == (Form.VOICE, "老板不发工资。")


@pytest.mark.parametrize("inner", ["", "<Recognition></Recognition>", "<Recognition> </Recognition>"])
def test_a_voice_message_without_transcript_says_nothing(inner: str) -> None:
    assert said("voice", inner) == (Form.OTHER, "")


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("image", "<PicUrl>p</PicUrl><MediaId>m</MediaId>"),
        ("video", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>"),
        ("shortvideo", "<MediaId>m</MediaId>"),
        ("location", "<Location_X>32.3</Location_X><Label>掘港街道</Label>"),
        ("link", "<Title>t</Title><Url>u</Url>"),
        ("text", f"<Content>{UNSUPPORTED}</Content>"),
        ("something_new", "<Content>c</Content>"),
    ],
)
def test_everything_else_is_other(kind: str, inner: str) -> None:
    assert said(kind, inner) == (Form.OTHER, "")


@pytest.mark.parametrize(
    ("name", "key", "form", "scene"),
    [
        ("subscribe", "", Form.FOLLOW, None),
        ("subscribe", "qrscene_320623100001", Form.FOLLOW, "320623100001"),
        ("subscribe", "qrscene_", Form.FOLLOW, None),
        ("subscribe", "last_trade_no_7", Form.FOLLOW, None),
        ("SCAN", "320623100001", Form.SCAN, "320623100001"),
        ("SCAN", "qrscene_7", Form.SCAN, "qrscene_7"),
        ("SCAN", "", Form.SCAN, None),
    ],
)
def test_following_and_scanning_may_name_a_village(name: str, key: str, form: Form, scene: str | None) -> None:
    found = understood(event(name, key))
    assert (found.form, found.scene, found.text) == (form, scene, "")


@pytest.mark.parametrize("name", ["unsubscribe", "CLICK", "VIEW", "LOCATION", "TEMPLATESENDJOBFINISH"])
def test_other_events_only_want_to_be_acknowledged(name: str) -> None:
    assert parsed(event(name, "menu")) is None


def test_an_accounts_village_holds_for_all_who_write_unless_a_code_says_another() -> None:
    of_one_village = replace(SAFE, village="320623100001")
    for xml, scene in ((text(), "320623100001"), (event("SCAN", "320623100002"), "320623100002")):
        found = incoming(read(xml.encode()), of_one_village)
        assert found is not None
        assert found.scene == scene


def test_the_key_is_the_same_for_a_retry_and_another_for_everything_else() -> None:
    different = [
        text(),
        text(number="24837465019283747"),
        text(sender=LI),
        event("subscribe"),
        event("SCAN"),
        event("subscribe", sender=LI),
    ]
    keys = [understood(xml).key for xml in different]
    assert len(set(keys)) == len(different)
    assert understood(text("转写不同")).key == keys[0]
    assert keys[0].channel == "wechat/juegang"
    assert keys[0].id.startswith("24837465019283746-")


def test_a_key_may_be_logged_because_it_does_not_name_the_resident() -> None:
    assert ZHANG not in understood(text()).key.id
    assert ZHANG not in understood(event("subscribe")).key.id


@pytest.mark.parametrize("name", ["ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId"])
@pytest.mark.parametrize("value", [None, "", " ", "工钱", "x" * 65, "1' OR '1"])
def test_a_message_without_its_essentials_is_refused(name: str, value: str | None) -> None:
    fields = {key: given for key, given in read(text().encode()).items() if key != name}
    with pytest.raises(BadMessage, match=f"^{name} is missing or malformed$"):
        incoming(fields if value is None else fields | {name: value}, SAFE)


def test_an_event_without_a_name_is_refused() -> None:
    with pytest.raises(BadMessage, match=r"^Event is"):
        parsed(message("event", ""))
