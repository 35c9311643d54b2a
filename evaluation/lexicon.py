"""Does the lexicon help? Law articles found by words alone, and entries found, with and without it, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.held_out import PLAIN, Wording, held_out, share_within
from indexer.article_questions import read_article_questions, read_corpus
from indexer.encoder import Encoder
from indexer.lexical import LexicalIndex
from indexer.metrics import recall_at, reciprocal_rank_at_10
from knowledge.check import KnowledgeBase
from knowledge.lexicon.expansion import Lexicon


@dataclass(frozen=True, slots=True)
class Gain:
    """One figure over `count` questions, of which the lexicon changes `changed`."""

    name: str
    count: int
    changed: int
    without: float
    with_it: float

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.without:.4f} without, {self.with_it:.4f} with ({self.changed} of {self.count} changed)"
        )


def article_gains(base: KnowledgeBase, lexicon: Lexicon, questions: Path, extra: Path | None) -> list[Gain]:
    """Recall@10 and MRR@10 of articles in force, and those of `extra`, by BM25 over bigrams.

    `questions` has JSON lines {text, gold: [{law, article}]}, `extra` {law, article, text}. Gold articles that are in
    neither place are left out, and so are questions left without any.
    """
    corpus = read_corpus(base, extra)
    index = LexicalIndex.build(corpus.passages)
    asked = [one for one in read_article_questions(questions) if corpus.gold(one)]

    def ranks(wording: Callable[[str], str]) -> list[list[int]]:
        found: list[list[int]] = []
        for one in asked:
            scores = index.scores(wording(one.text))
            found.append([int((scores > scores[at]).sum()) for at in corpus.gold(one)])
        return found

    without, expanded = ranks(str), ranks(lexicon.expand)
    changed = sum(lexicon.expand(one.text) != one.text for one in asked)
    return [
        Gain(name, len(asked), changed, _mean(map(metric, without)), _mean(map(metric, expanded)))
        for name, metric in (
            ("articles, recall@10", partial(recall_at, k=10)),
            ("articles, MRR@10", reciprocal_rank_at_10),
        )
    ]


def entry_gains(base: KnowledgeBase, lexicon: Lexicon, encoder: Encoder) -> list[Gain]:
    """hit@1 and hit@3 of entries asked by variants the index lacks: of all, and of those with a known misspelling.

    The encoder sees them put right, the search by words sees them expanded.
    """
    entries = [entry for _, entry in base.answerable()]
    without, with_it = held_out(entries, encoder, [PLAIN, Wording(lexicon.corrected, lexicon.expand)])
    wrong = [at for at, one in enumerate(without) if lexicon.corrected(one.text) != one.text]
    gains: list[Gain] = []
    for name, places in (("entries", range(len(without))), ("entries asked with a misspelling", wrong)):
        before, after = [without[at] for at in places], [with_it[at] for at in places]
        changed = sum(lexicon.expand(one.text) != one.text for one in before)
        gains += [
            Gain(f"{name}, hit@{k}", len(before), changed, share_within(before, k), share_within(after, k))
            for k in (1, 3)
            if before
        ]
    return gains


def _mean(values: Iterator[float]) -> float:
    held = list(values)
    return sum(held) / len(held)
