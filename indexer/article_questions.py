"""Lay questions with the law articles that answer them, and the articles to look among."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.text import article_passage
from knowledge.check import KnowledgeBase
from knowledge.laws import Key, short_name


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """A question, the articles that answer it, and what a lawyer answered, if that is known."""

    text: str
    gold: tuple[Key, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles to look among: law, law with chapter, and passage of each, and where each is."""

    laws: Sequence[str]
    chapters: Sequence[str]
    passages: Sequence[str]
    places: Mapping[Key, int]

    def gold(self, question: ArticleQuestion) -> list[int]:
        """The places of the articles that answer it, as far as they are here."""
        return self.known(question.gold)

    def known(self, keys: Sequence[Key]) -> list[int]:
        """The places of those articles that are here, each once."""
        return [self.places[key] for key in dict.fromkeys(keys) if key in self.places]


def read_corpus(base: KnowledgeBase, extra: Path | None) -> Corpus:
    """All articles in force, and those of `extra`: JSON lines {law, article, text}.

    Raises ValueError naming file and line.
    """
    found = {one.key: (one.law, f"{one.law} {one.chapter}", article_passage(one)) for one in base.laws.articles()}
    for row in _rows(extra, "law", "article", "text") if extra is not None else ():
        law = short_name(row["law"])
        found.setdefault((law, row["article"]), (law, law, f"{row['law']}：{row['text']}"))
    laws, chapters, passages = (list(column) for column in zip(*found.values(), strict=True))
    return Corpus(laws, chapters, passages, {key: at for at, key in enumerate(found)})


def read_article_questions(path: Path) -> list[ArticleQuestion]:
    """JSON lines {text, gold: [{law, article}], answer?}. Raises ValueError naming file and line."""
    questions: list[ArticleQuestion] = []
    for number, row in enumerate(_rows(path, "text", "gold"), start=1):
        try:
            gold = tuple((short_name(one["law"]), str(one["article"])) for one in row["gold"])
        except (KeyError, TypeError) as fault:
            raise ValueError(f"{path.name}:{number}: gold is not a list of law and article: {fault!r}") from fault
        if not isinstance(row["text"], str):
            raise ValueError(f"{path.name}:{number}: text is no text")
        questions.append(ArticleQuestion(row["text"], gold, row.get("answer") or ""))
    return questions


def _rows(path: Path, *fields: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
        except ValueError as fault:
            raise ValueError(f"{path.name}:{number}: not a row: {fault}") from fault
        if not isinstance(row, dict):
            raise ValueError(f"{path.name}:{number}: not a row of named fields")
        if missing := [field for field in fields if field not in row]:
            raise ValueError(f"{path.name}:{number}: {', '.join(missing)} missing")
        found.append(row)
    return found
