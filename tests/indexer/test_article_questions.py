"""Questions with known articles, and the articles to look among, as files."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from indexer.article_questions import ArticleQuestion, read_article_questions, read_corpus
from knowledge.check import KnowledgeBase
from knowledge.laws import Article

ARTICLE = Article("民法典", "第一条", "借款人应当返还借款。", "借款合同", date(2026, 1, 1))
BASE = cast(KnowledgeBase, SimpleNamespace(laws=SimpleNamespace(articles=lambda: iter([ARTICLE]))))


def test_a_law_may_be_named_in_full_and_an_answer_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"text": "借钱不还", "gold": [{"law": "中华人民共和国民法典", "article": "第一条"}], "answer": null}'
    )
    assert read_article_questions(path) == [ArticleQuestion("借钱不还", (("民法典", "第一条"),))]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", r"q\.jsonl:2: not a row"),
        ('"text"', r"q\.jsonl:2: not a row"),
        ('{"text": "借钱不还"}', r"q\.jsonl:2: gold missing"),
        ('{"text": "借钱不还", "gold": [{"law": "民法典"}]}', r"q\.jsonl:2: gold is not a list of law and article"),
        ('{"text": 3, "gold": []}', r"q\.jsonl:2: text is no text"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"text": "借钱不还", "gold": []}\n' + line, "utf-8")
    with pytest.raises(ValueError, match=fault):
        read_article_questions(path)


def test_an_extra_article_does_not_replace_one_in_force(tmp_path: Path) -> None:
    extra = tmp_path / "extra.jsonl"
    extra.write_text(
        '{"law": "民法典", "article": "第一条", "text": "旧的"}\n{"law": "快递条例", "article": "第九条", "text": "赔偿。"}',
        "utf-8",
    )
    corpus = read_corpus(BASE, extra)
    assert corpus.passages == ["民法典 借款合同：借款人应当返还借款。", "快递条例：赔偿。"]
    assert corpus.known([("快递条例", "第九条"), ("海商法", "第一条"), ("快递条例", "第九条")]) == [1]
