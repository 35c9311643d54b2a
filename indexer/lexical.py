"""BM25 over character bigrams. They beat jieba words on lay questions (STARD: R@10 .526 against .511)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+")


def bigrams(text: str) -> list[str]:
    """Overlapping character pairs of each run of Chinese; other words whole, in lower case.

    >>> bigrams("借条丢了 12348")
    ['借条', '条丢', '丢了', '12348']
    """
    tokens: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0].isascii() or len(run) == 1:
            tokens.append(run)
        else:
            tokens.extend(run[start : start + 2] for start in range(len(run) - 1))
    return tokens


class LexicalIndex:
    """BM25 (Lucene variant, k1 = 1.5, b = 0.75) over a fixed list of texts, addressed by position."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        model = bm25s.BM25(method="lucene")
        model.index([bigrams(text) for text in texts], show_progress=False)
        return cls(model)

    @classmethod
    def read(cls, folder: Path) -> LexicalIndex:
        return cls(bm25s.BM25.load(str(folder), mmap=True))

    def write(self, folder: Path) -> None:
        self._model.save(str(folder), show_progress=False)

    def scores(self, text: str) -> Scores:
        """The BM25 score of every text, shape (texts,)."""
        tokens = [token for token in bigrams(text) if token in self._model.vocab_dict]
        if not tokens:
            return np.zeros(int(self._model.scores["num_docs"]), np.float32)
        return np.asarray(self._model.get_scores(tokens), dtype=np.float32)
