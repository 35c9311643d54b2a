"""Articles found for questions with known articles: what is counted, and what is left out."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from evaluation.stard import measure_articles
from knowledge.check import KnowledgeBase
from knowledge.laws import Article
from tests.evaluation.entries import PairEncoder

DAY = date(2026, 1, 1)
ARTICLES = [
    Article("民法典", "第一条", "借款人应当按照约定的期限返还借款。", "借款合同", DAY),
    Article("民法典", "第二条", "饲养的动物造成他人损害的，饲养人应当承担侵权责任。", "饲养动物损害责任", DAY),
    Article("劳动法", "第三条", "用人单位应当按月支付工资。", "工资", DAY),
]


def base() -> KnowledgeBase:
    laws = SimpleNamespace(articles=lambda: iter(ARTICLES))
    return cast(KnowledgeBase, SimpleNamespace(laws=laws, answerable=lambda: iter([]), asked={}))


def write(path: Path, *found: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in found), "utf-8")
    return path


def question(text: str, law: str, article: str) -> dict[str, Any]:
    return {"text": text, "gold": [{"law": law, "article": article}]}


def test_gold_articles_are_looked_for_in_the_law_and_in_the_extra_file(tmp_path: Path) -> None:
    questions = write(
        tmp_path / "questions.jsonl",
        question("借款到期不返还借款", "中华人民共和国民法典", "第一条"),
        question("快递丢失谁赔偿", "快递条例", "第九条"),
        question("没有这一条", "海商法", "第一条"),
    )
    extra = write(tmp_path / "extra.jsonl", {"law": "快递条例", "article": "第九条", "text": "快递丢失的应当赔偿。"})
    found = measure_articles(base(), PairEncoder(), questions, extra, None)
    assert (found.questions, found.left_out, found.articles) == (2, 1, 4)
    assert (found.recall[1], found.mrr, found.ndcg) == (1, 1, 1)


def test_questions_without_any_known_article_are_refused(tmp_path: Path) -> None:
    questions = write(tmp_path / "questions.jsonl", question("没有这一条", "海商法", "第一条"))
    with pytest.raises(ValueError, match=r"questions\.jsonl: no question has a gold article"):
        measure_articles(base(), PairEncoder(), questions, None, None)
