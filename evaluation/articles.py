"""Lay questions with the law articles that answer them, and the articles to look among."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.files import rows
from indexer.text import article_passage
from knowledge.check import KnowledgeBase
from knowledge.laws import short_name

Key = tuple[str, str]
"""Law and article."""


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """A question and the articles that answer it."""

    text: str
    gold: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The passages to look among, and the place of each article in them."""

    passages: Sequence[str]
    places: Mapping[Key, int]

    def gold(self, question: ArticleQuestion) -> list[int]:
        """The places of the articles that answer it, as far as they are here."""
        return [self.places[key] for key in dict.fromkeys(question.gold) if key in self.places]


def read_corpus(base: KnowledgeBase, extra: Path | None) -> Corpus:
    """All articles in force, and those of `extra`: JSON lines {law, article, text}."""
    texts = {article.key: article_passage(article) for article in base.laws.articles()}
    for row in rows(extra) if extra is not None else ():
        texts.setdefault((short_name(row["law"]), row["article"]), f"{row['law']}：{row['text']}")
    return Corpus(list(texts.values()), {key: at for at, key in enumerate(texts)})


def read_article_questions(path: Path) -> list[ArticleQuestion]:
    """JSON lines {text, gold: [{law, article}]}. Raises KeyError if one of these is missing."""
    return [
        ArticleQuestion(row["text"], tuple((short_name(one["law"]), one["article"]) for one in row["gold"]))
        for row in rows(path)
    ]


def reciprocal_rank_at_10(ranks: Sequence[int]) -> float:
    """1 over the place of the first gold article, 0 beyond the tenth; `ranks` count from 0.

    >>> reciprocal_rank_at_10([3, 1]), reciprocal_rank_at_10([10])
    (0.5, 0.0)
    """
    return 1 / (min(ranks) + 1) if min(ranks) < 10 else 0.0
