"""What is searched: entries, digests and articles, each with the texts it is found by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.article_questions import Corpus
from indexer.articles import ArticleTexts
from indexer.text import article_passage
from knowledge.check import KnowledgeBase
from knowledge.entry import Entry

Kind = Literal["entry", "digest", "article"]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing a search may find. `law` and `article` are empty for entries; `topic` is the entry's topic, the
    digest's instrument in full or the article's chapter; `texts` are what it is found by, the first `asked` of them as
    it is asked; `cites` the law and article of each citation of an entry, `questions` what people might ask about a
    digest or an article.
    """

    kind: Kind
    id: str
    law: str
    article: str
    title: str
    topic: str
    texts: tuple[str, ...]
    asked: int = 0
    cites: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()

    def head(self) -> dict[str, str]:
        """All but the texts, as a snapshot stores it."""
        return {
            "kind": self.kind,
            "id": self.id,
            "law": self.law,
            "article": self.article,
            "title": self.title,
            "topic": self.topic,
        }


def entry_texts(entry: Entry) -> tuple[str, ...]:
    """What an entry is found by: as it is asked, and each thing it says."""
    said = (line.strip() for line in entry.answer.splitlines())
    return (*entry.asked, entry.short, *(line for line in said if line), *entry.steps)


def documents(base: KnowledgeBase) -> Iterator[Document]:
    """Entries an automatic answer may use, digests in force, and every article in force, in this order."""
    for topic, entry in base.answerable():
        cites = tuple((cited.law, cited.article) for cited in entry.citations)
        yield Document("entry", entry.id, "", "", entry.question, topic, entry_texts(entry), len(entry.asked), cites)
    for (instrument, number), (file, digest) in base.digests.items():
        if file.in_force <= base.laws.on:
            text = f"{instrument} {digest.title}：{digest.rule}"
            key, asked = instrument + number, tuple(base.asked.get((instrument, number), ()))
            yield Document("digest", key, instrument, number, digest.title, file.title, (text,), questions=asked)
    for article in base.laws.articles():
        title = f"《{article.law}》{article.number}"
        key, texts = article.law + article.number, (article_passage(article),)
        asked = tuple(base.asked.get(article.key, ()))
        yield Document("article", key, article.law, article.number, title, article.chapter, texts, questions=asked)


def texts_said(held: Iterable[Document]) -> list[str]:
    """Everything that is searched as a passage, document by document."""
    return [text for document in held for text in document.texts]


def texts_asked(held: Iterable[Document]) -> list[str]:
    """Every way a document is asked, which is searched as a question."""
    return [text for document in held for text in document.texts[: document.asked]]


def corpus_of(held: Sequence[Document]) -> Corpus:
    """The digests and articles among the documents, in their order."""
    rules = [document for document in held if document.kind != "entry"]
    return Corpus(
        [rule.law for rule in rules],
        [f"{rule.law} {rule.topic}" for rule in rules],
        [rule.texts[0] for rule in rules],
        # Where a digest and an imported article are the same one, the first counts.
        {(rule.law, rule.article): at for at, rule in reversed(list(enumerate(rules)))},
    )


def article_texts(held: Sequence[Document], corpus: Corpus) -> ArticleTexts:
    """What digests and articles are ranked by."""
    entries = [document for document in held if document.kind == "entry"]
    cited = [corpus.known(entry.cites) for entry in entries]
    rules = [document for document in held if document.kind != "entry"]
    questions = {at: rule.questions for at, rule in enumerate(rules) if rule.questions}
    return ArticleTexts(corpus, cited, [entry.texts[: entry.asked] for entry in entries], questions)
