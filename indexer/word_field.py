"""BM25 over what is known of some of the articles: how they are asked about, what was taught of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.lexical import LexicalIndex, Scores

_POSITIONS = "positions.npy"


@dataclass(frozen=True, slots=True)
class WordField:
    """`index` is over the articles at `positions` (known,), ascending, of `count`; None if there are none."""

    positions: npt.NDArray[np.int64]
    index: LexicalIndex | None
    count: int

    @classmethod
    def of(cls, texts: Mapping[int, Sequence[str]], count: int) -> WordField:
        """`texts` of the article at each position."""
        positions = sorted(texts)
        index = LexicalIndex.build([" ".join(texts[position]) for position in positions]) if positions else None
        return cls(np.array(positions, np.int64), index, count)

    def scores(self, text: str) -> Scores:
        """The BM25 score of every article, shape (count,); 0 where nothing is known."""
        scores = np.zeros(self.count, np.float32)
        if self.index is not None:
            scores[self.positions] = self.index.scores(text)
        return scores

    def write(self, folder: Path) -> None:
        """Nothing, if nothing is known of any article."""
        if self.index is not None:
            self.index.write(folder)
            np.save(folder / _POSITIONS, self.positions)

    @classmethod
    def read(cls, folder: Path, count: int) -> WordField:
        """As written."""
        if not folder.exists():
            return cls.of({}, count)
        return cls(np.load(folder / _POSITIONS), LexicalIndex.read(folder), count)
