"""Bytes: encodings, Markdown, and what is no text at all."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.errors import UnreadableLaw
from knowledge.importing import read_file, read_markdown, read_text
from tests.knowledge.importing.building import law, text, word

LINES = law("第一条　为了示例，应当依法制定本法。", "第二条　本法自2020年1月1日起施行。")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_in_any_encoding_and_with_any_line_ends(encoding: str, end: str) -> None:
    found = read_text(end.join(LINES).encode(encoding))
    assert [article.number for article in found.articles] == ["第一条", "第二条"]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableLaw, match="文字编码"):
        read_text(bytes(range(128, 256)) * 20)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("法.txt", b"", "空的"),
        ("法.txt", b"%PDF-1.7", "PDF"),
        ("法.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 .doc"),
        ("法.md", word(LINES), "后缀不对"),
        ("法.docx", text(LINES), "不是 Word"),
        ("法.docx", b"PK\x03\x04broken", "打不开"),
        ("法.pdf", b"%PDF-1.7", "只能导入"),
    ],
)
def test_another_kind_of_file_is_named(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableLaw, match=words):
        read_file(name, content)


def test_markdown_of_collections() -> None:
    found = read_markdown(
        """# 示例条例

2019年3月1日国务院令第1号公布

<!-- INFO END -->

## 第一章 总则

**第一条** 为了示例，\\
制定本条例。

第二条 条例由<br>本条例的机关解释。

- （一）甲；
- （二）乙。

### 第一节 &emsp;实施 ###

第三条&emsp;本条例自2020年1月1日起施行。
""".encode()
    )
    assert [article.number for article in found.articles] == ["第一条", "第二条", "第三条"]
    assert found.articles[0].text == "为了示例，\n制定本条例。"
    assert found.articles[1].text.endswith("（一）甲；\n（二）乙。")
    assert found.articles[2].headings == ("第一章 总则", "第一节 实施")


def test_of_fields_before_markdown_only_the_title_is_read() -> None:
    found = read_markdown("---\ntitle: 示例条例\ndate: 2019-03-01\n---\n\n第一条 甲。\n".encode())
    assert found.title == "示例条例"
    assert found.notices[0].startswith("没有写通过")


def test_a_comment_over_several_lines_keeps_the_places_right() -> None:
    with pytest.raises(UnreadableLaw, match="第 6 行"):
        read_markdown("# 示例条例\n<!--\n第九条 甲。\n-->\n第一条 甲。\n第一条 乙。\n".encode())


def test_articles_under_headings_of_their_own_and_emphasis_and_tables() -> None:
    found = read_markdown(
        "**示例条例**\n\n*2020年1月1日公布*\n\n### 第一条\n甲：\n\n| 项目 | 金额 |\n|---|:--|\n| 子 | 50元 |\n\n**第二条**乙。\n".encode()
    )
    assert found.version == date(2020, 1, 1)
    assert [article.text for article in found.articles] == ["甲：\n| 项目 | 金额 |\n| 子 | 50元 |", "乙。"]
    assert not any("没有写完" in notice for notice in found.notices)
