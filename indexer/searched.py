"""The articles of a corpus, ready to be searched without a snapshot: to learn from questions, and to measure."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.article_questions import Corpus
from indexer.articles import ArticleRanker, ArticleTexts, Query, article_ranker
from indexer.dense import DenseIndex
from indexer.encoder import Encoder
from indexer.lexical import LexicalIndex
from indexer.ranking import Neighbours, labels_of
from indexer.vectors import SHIPPED, SHIPPED_ASKED, VectorStore
from knowledge.check import KnowledgeBase
from knowledge.lexicon.expansion import shipped


@dataclass(frozen=True, slots=True)
class Searched:
    """A ranker of the articles, and how entries are asked, which says something of the articles they cite."""

    encoder: Encoder
    ranker: ArticleRanker
    ways: Neighbours | None

    @classmethod
    def of(cls, base: KnowledgeBase, encoder: Encoder, corpus: Corpus) -> Searched:
        """Taught nothing. Encodes what is not shipped."""
        said = VectorStore(encoder.name, encoder.dimension)
        said.read(SHIPPED)
        said.fill(corpus.passages, encoder.passages)
        entries = [entry for _, entry in base.answerable()]
        texts = [text for entry in entries for text in entry.asked]
        ways = VectorStore(encoder.asking, encoder.dimension)
        ways.read(SHIPPED_ASKED)
        ways.fill(texts, encoder.queries)
        cited = [corpus.known([(cited.law, cited.article) for cited in entry.citations]) for entry in entries]
        questions = {corpus.places[key]: asked for key, asked in base.asked.items() if key in corpus.places}
        searched = ArticleTexts(corpus, cited, [entry.asked for entry in entries], questions)
        dense, lexical = DenseIndex.build(said.matrix(corpus.passages)), LexicalIndex.build(corpus.passages)
        labels = labels_of([len(entry.asked) for entry in entries])
        return cls(
            encoder,
            article_ranker(searched, dense, lexical),
            Neighbours.build(ways.matrix(texts), labels) if texts else None,
        )

    def query(self, text: str) -> Query:
        """A question as a resident asks it."""
        read = shipped().corrected(text)
        vector = self.encoder.queries([read])[0]
        near = self.ways.nearness(vector)[1] if self.ways is not None else vector[:0]
        return Query(vector, read, shipped().expand(read), near)
