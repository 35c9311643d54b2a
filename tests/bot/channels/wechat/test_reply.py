import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.reply import LIMIT, split_text, text_reply
from bot.channels.wechat.xml import carried
from tests.bot.channels.wechat.cast import NOW, ORIGINAL_ID, ZHANG, fields_of, patient

FIELDS = {"FromUserName": ZHANG, "ToUserName": ORIGINAL_ID}
PROSE = st.lists(
    st.sampled_from(["工钱", "🌾", "a", "é", "。", "，", "”", "\n", "\n\n", " ", "\u3000", "]]>"]), max_size=200
)


def size(text: str) -> int:
    return len(text.encode())


@patient
@given(st.text() | PROSE.map("".join), st.integers(4, 40))
def test_parts_fit_and_lose_nothing_but_white_space(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(0 < size(part) <= limit and part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(carried(text).split())


@patient
@given(PROSE.map("".join), st.integers(4, 40))
def test_no_part_is_needlessly_short(text: str, limit: int) -> None:
    # Each is half full at least, but for a character that would not fit and the white space at its ends.
    parts = split_text("".join(text.split()), limit)
    assert all(size(part) >= limit / 2 - 4 for part in parts[:-1])


def test_a_text_that_fits_stays_whole() -> None:
    just = "工" * 682 + "ab"
    assert size(just) == LIMIT
    assert split_text(just) == [just]
    assert split_text(just + "c") == ["工" * 682 + "ab", "c"]


@pytest.mark.parametrize("text", ["", " \n\u3000", "\x00\x08"])
def test_of_nothing_there_are_no_parts(text: str) -> None:
    assert split_text(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一二三。四五。\n六七八九十", ["一二三。四五。", "六七八九十"]),
        ("一二三四，五。六七八九十", ["一二三四，五。", "六七八九十"]),
        ("一二三四，五六七八九十", ["一二三四，", "五六七八九十"]),
        ("一，二三四五六七八九十百", ["一，二三四五六七", "八九十百"]),
        ("他说：“一二三。”四五六七", ["他说：“一二三。”", "四五六七"]),
        ("他说：“一二三四。”五六七", ["他说：“一二三", "四。”五六七"]),
        ("🌾🌾🌾🌾🌾🌾🌾", ["🌾🌾🌾🌾🌾🌾", "🌾"]),
        ("🌾🌾🌾🌾👨‍👩‍👧🌾", ["🌾🌾🌾🌾", "👨‍👩‍👧🌾"]),
        ("。。。。。。。。。。", ["。。。。。。。。", "。。"]),
        ("……”……”……”……”", ["……”……”", "……”……”"]),
    ],
)
def test_parts_end_where_a_reader_would_pause(text: str, parts: list[str]) -> None:
    assert split_text(text, 27 if "他" in text else 24) == parts


def test_a_very_long_text_is_split_in_a_moment() -> None:
    assert len(split_text("工钱。" * 100_000)) > 400


@patient
@given(st.text(min_size=1))
def test_the_reply_goes_back_with_the_words_intact(text: str) -> None:
    for part in split_text(text):
        reply = fields_of(text_reply(FIELDS, part, now=NOW))
        assert reply.pop("Content") == part.replace("\r\n", "\n").replace("\r", "\n")
        assert reply == {
            "ToUserName": ZHANG,
            "FromUserName": ORIGINAL_ID,
            "CreateTime": "1795483800",
            "MsgType": "text",
        }
