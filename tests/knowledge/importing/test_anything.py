"""Whatever is uploaded: a law with its articles in order, or a refusal in words. Never another error."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import UnreadableLaw
from knowledge.importing import read_file, read_text
from knowledge.numerals import ordinal
from tests.knowledge.importing.building import law, word

PIECES = st.sampled_from(
    [
        "第一条",
        "第二条",
        "第三条",
        "第二条之一",
        "第1条",
        "第一章",
        "总则",
        "目录",
        "附件1",
        "附：",
        "附则",
        "（一）",
        "一、",
        "\u3000",
        " ",
        "\n",
        "\n",
        "\n",
        "。",
        "；",
        "（",
        "）",
        "“",
        "”",
        "规定",
        "2020年1月1日",
        "通过",
        "示例条例",
        "甲乙丙",
        "|",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_a_law_in_order_or_refused(text: str) -> None:
    with suppress(UnreadableLaw):
        found = read_text(text.encode(), name="示例条例_20200101.txt")
        numbers = [ordinal(article.number) for article in found.articles]
        assert all(article.text for article in found.articles)
        assert all(after in {(main + 1, 0), (main, inserted + 1)} for (main, inserted), after in pairwise(numbers))


@pytest.mark.parametrize("name", ["法.docx", "法.md", "法.txt"])
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    with suppress(UnreadableLaw):
        read_file(name, content)


DOCUMENT = word(law("第一条　甲。", "第二条　乙。"))


@settings(deadline=None, max_examples=60)
@given(at=st.integers(0, 4000), put=st.sampled_from([b"", b"<", b"w:p", b'"', b"/>", b"<w:altChunk/>", b"<w:tbl/>"]))
def test_a_damaged_word_file_is_read_or_refused(at: int, put: bytes) -> None:
    damaged = BytesIO()
    with zipfile.ZipFile(BytesIO(DOCUMENT)) as whole, zipfile.ZipFile(damaged, "w") as archive:
        for member in whole.namelist():
            content = whole.read(member)
            if member == "word/document.xml":
                at %= len(content)
                content = content[:at] + put + content[at + len(put) :]
            archive.writestr(member, content)
    with suppress(UnreadableLaw):
        read_file("法.docx", damaged.getvalue())
