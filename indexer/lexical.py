"""BM25 over character bigrams. They beat jieba words on lay questions (STARD: R@10 .526 against .511)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import bm25s
import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+")


def bigrams(text: str, *, singles: bool = False) -> list[str]:
    """Overlapping character pairs of each run of Chinese, and its characters too if `singles`; other words whole, in
    lower case.

    >>> bigrams("借条丢了 12348")
    ['借条', '条丢', '丢了', '12348']
    >>> bigrams("借条丢了", singles=True)
    ['借条', '条丢', '丢了', '借', '条', '丢', '了']
    """
    tokens: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0].isascii() or len(run) == 1:
            tokens.append(run)
        else:
            tokens.extend(run[start : start + 2] for start in range(len(run) - 1))
            if singles:
                tokens.extend(run)
    return tokens


def veiled(text: str) -> str:
    """Its bigrams as numbers of 32 bits: words that can be looked for in a file and not be read in it.

    >>> veiled("借条")
    '6bdfa1c9'
    """
    return " ".join(f"{crc32(token.encode()):08x}" for token in bigrams(text))


class LexicalIndex:
    """BM25 (Lucene variant, k1 = 1.5, b = 0.75) over a fixed list of texts, addressed by position.

    With `singles`, single characters count as well: for texts as short and few as the entries' they find more
    (`python -m evaluation entries`), for 24,000 articles they would find anything.
    """

    def __init__(self, model: bm25s.BM25, *, singles: bool) -> None:
        self._model = model
        self._singles = singles

    @classmethod
    def build(cls, texts: Sequence[str], *, singles: bool = False) -> LexicalIndex:
        model = bm25s.BM25(method="lucene")
        model.index([bigrams(text, singles=singles) for text in texts], show_progress=False)
        return cls(model, singles=singles)

    @classmethod
    def read(cls, folder: Path, *, singles: bool = False) -> LexicalIndex:
        """`singles` as it was built."""
        return cls(bm25s.BM25.load(str(folder), mmap=True), singles=singles)

    def write(self, folder: Path) -> None:
        self._model.save(str(folder), show_progress=False)

    def scores(self, text: str) -> Scores:
        """The BM25 score of every text, shape (texts,)."""
        tokens = [token for token in bigrams(text, singles=self._singles) if token in self._model.vocab_dict]
        if not tokens:
            return np.zeros(int(self._model.scores["num_docs"]), np.float32)
        return np.asarray(self._model.get_scores(tokens), dtype=np.float32)
