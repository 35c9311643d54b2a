"""The exact inner-product index. 24,000 vectors of 384 need no approximation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class DenseIndex:
    """FAISS `IndexFlatIP` over unit vectors, so that the inner product is the cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.vectors: Vectors = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(-1, index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> DenseIndex:
        """Memory-mapped: several processes share one copy."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP))

    def write(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def scores(self, vector: Vectors) -> Vectors:
        """The cosine of `vector`, shape (dimension,), with every text, shape (texts,).

        One product over the index's own memory: a search for all would sort them, at four times the price.
        """
        result: Vectors = self.vectors @ vector
        return result
