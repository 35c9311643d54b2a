import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.xml import carried, read, write
from bot.domain.errors import BadMessage
from tests.bot.channels.wechat.cast import fields_of, patient

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def normal(text: str) -> str:
    return carried(text).replace("\r\n", "\n").replace("\r", "\n")


@patient
@given(st.text())
def test_whatever_is_written_is_read_again(text: str) -> None:
    assert read(write({"Content": text, "CreateTime": 7}).encode()) == {"Content": normal(text), "CreateTime": "7"}


@patient
@given(st.lists(st.sampled_from(["]]>", "]]", "]", ">", "<![CDATA[", "&amp;", "<x>", "🌾", "\r", "\x08"])).map("".join))
def test_another_parser_reads_the_same(text: str) -> None:
    assert fields_of(write({"Content": text})) == {"Content": normal(text)}


def test_only_the_first_level_counts() -> None:
    deep = b"<xml>a<Event>pic_weixin</Event><SendPicsInfo>b<Count>1</Count></SendPicsInfo></xml>"
    assert read(deep) == {"Event": "pic_weixin", "SendPicsInfo": "b"}


def test_a_control_character_is_lost_and_not_the_question() -> None:
    assert read("<xml><Content><![CDATA[ \x1dc\x08工钱]]></Content></xml>".encode()) == {"Content": " c工钱"}


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"success",
        b"<xml>",
        b"<xml><a></b></xml>",
        b"<xml></xml><xml></xml>",
        b"<xml><a>&unknown;</a></xml>",
        b"<xml><a>&#8;</a></xml>",
        b"<xml><a>\xff</a></xml>",
        "<xml><a>工</a></xml>".encode("utf-16"),
        "<?xml version='1.0' encoding='gbk'?><xml><a>工</a></xml>".encode("gbk"),
        b"<!DOCTYPE xml><xml></xml>",
        b'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><a>&a;</a></xml>',
        f'<!DOCTYPE xml [<!ENTITY l0 "lol">{LAUGHS}]><xml><a>&l9;</a></xml>'.encode(),
    ],
)
def test_what_is_not_plain_xml_is_refused_without_quoting_it(document: bytes) -> None:
    with pytest.raises(BadMessage, match=f"^{len(document)} bytes"):
        read(document)


@patient
@given(st.binary(max_size=200) | st.text(alphabet="<>/xml![CDAT]&;a#0 ", max_size=60).map(str.encode))
def test_anything_is_either_read_or_refused(document: bytes) -> None:
    try:
        read(document)
    except BadMessage:
        return
