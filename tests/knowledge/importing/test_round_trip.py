"""A law built from parts, written in each format, gives the same articles back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.importing import read_file
from knowledge.numerals import chinese
from tests.knowledge.importing.building import law, markdown, text, word

WRITERS = {"法.docx": word, "法.md": markdown, "法.txt": text}

WORDS = st.sampled_from(
    [
        "当事人应当遵循诚信原则。",
        "依照本法第三条规定处理的，从其规定。",
        "依照第二条、第九条的规定，承担责任。",
        "数额较大的，处三年以下有期徒刑。",
        "《示例法》第一条不适用于本条。",
        "附件由国务院规定。",
        "法律另有规定的，依照其规定。",
        "第一章规定的期限为30日。",
    ]
)
ITEMS = st.lists(WORDS, max_size=3).map(
    lambda words: [f"（{chinese(at)}）{one.removesuffix('。')}；" for at, one in enumerate(words, start=1)]
)
TEXTS = st.tuples(WORDS, st.lists(WORDS, max_size=2), ITEMS).map(lambda parts: [parts[0], *parts[1], *parts[2]])
ARTICLES = st.lists(st.tuples(TEXTS, st.booleans(), st.booleans()), min_size=1, max_size=14)


def lines(articles: list[tuple[list[str], bool, bool]]) -> tuple[list[str], list[tuple[str, str]]]:
    """Lines, and the articles in them. The flags: begins a chapter, is inserted (之一)."""
    out: list[str] = []
    wanted: list[tuple[str, str]] = []
    chapter = number = inserted = 0
    for paragraphs, heads, inserts in articles:
        if heads:
            chapter += 1
            out.append(f"第{chinese(chapter)}章　标　　题")
        if inserts and number:
            inserted += 1
        else:
            number, inserted = number + 1, 0
        printed = f"第{chinese(number)}条" + (f"之{chinese(inserted)}" if inserted else "")
        out += [f"{printed}　{paragraphs[0]}", *(f"　　{paragraph}" for paragraph in paragraphs[1:])]
        wanted.append((printed, "\n".join(paragraphs)))
    headings = [line for line in out if "章　" in line]
    return law("目　　录", *headings, *out) if headings else law(*out), wanted


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=ARTICLES)
def test_the_same_articles_come_back(name: str, articles: list[tuple[list[str], bool, bool]]) -> None:
    written, wanted = lines(articles)
    found = read_file(name, WRITERS[name](written))
    assert [(article.number, article.text) for article in found.articles] == wanted
    assert found.name == "示例法"
