"""Stored vectors, keyed by the hash of their text: what is stored need not be encoded again.

A file holds the vectors of one encoder in seven bits, compressed: `codes` int8 (n, dimension), `scales` float32 (n,),
`hashes` uint8 (n, 8), `encoder` its name. Three are shipped with the project, so that a first start need not encode
23,000 articles; new texts go to files in the data folder.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.errors import VectorFileError
from indexer.text import HASH_BYTES, text_hash
from indexer.unit import unit

SHIPPED = Path(__file__).with_name("vectors.npz")
"""Of all law articles: large, and renewed only when law texts change."""

SHIPPED_ENTRIES = Path(__file__).with_name("vectors-entries.npz")
"""Of entries and digests: small, and renewed when they change."""

SHIPPED_ASKED = Path(__file__).with_name("vectors-asked.npz")
"""Of how entries are asked, encoded as questions; renewed with them."""

LEVELS = 63
"""Either side of 0. Seven bits keep a cosine above .9997 and, compressed, all that is shipped under 20 MB."""

Vectors = npt.NDArray[np.float32]


def coded(vectors: Vectors) -> tuple[npt.NDArray[np.int8], Vectors]:
    """Unit vectors (n, dimension) as seven-bit codes (n, dimension) and the scale of each (n,)."""
    scales = (np.abs(vectors).max(axis=1, initial=0) / LEVELS).astype(np.float32)
    codes = np.rint(vectors / np.maximum(scales, np.float32(1e-12))[:, None]).astype(np.int8)
    return codes, scales


def decoded(codes: npt.NDArray[np.int8], scales: Vectors) -> Vectors:
    """The unit vectors again."""
    return unit(codes.astype(np.float32) * scales[:, None])


class VectorStore:
    """Vectors of one encoder by text hash. `encoder` and `dimension` are those of the encoder in use."""

    def __init__(self, encoder: str, dimension: int) -> None:
        self.encoder = encoder
        self.dimension = dimension
        self._vectors: dict[bytes, Vectors] = {}

    def __len__(self) -> int:
        return len(self._vectors)

    def read(self, path: Path) -> int:
        """Add what `path` holds; 0 if there is no such file or it is of another encoder. Raises VectorFileError."""
        if not path.is_file():
            return 0
        try:
            with np.load(path, allow_pickle=False) as stored:
                if str(stored["encoder"]) != self.encoder:
                    return 0
                codes, scales, hashes = stored["codes"], stored["scales"], stored["hashes"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as fault:
            raise VectorFileError(f"{path.name}: {fault}") from fault
        if codes.shape != (len(hashes), self.dimension) or scales.shape != (len(hashes),):
            raise VectorFileError(f"{path.name}: {codes.shape} codes, {len(hashes)} hashes, {scales.shape} scales")
        self._vectors.update(zip(map(bytes, hashes), decoded(codes, scales), strict=True))
        return len(hashes)

    def write(self, path: Path, texts: Sequence[str]) -> None:
        """Write the vectors of `texts`, all of which must be stored, in one atomic step."""
        keys = sorted({text_hash(text) for text in texts})
        vectors = np.stack([self._vectors[key] for key in keys]) if keys else np.zeros((0, self.dimension), np.float32)
        codes, scales = coded(vectors)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez_compressed(
                file,
                encoder=np.array(self.encoder),
                codes=codes,
                scales=scales,
                hashes=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, HASH_BYTES),
            )
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """The texts without a vector, each once, in their order."""
        return [text for text in dict.fromkeys(texts) if text_hash(text) not in self._vectors]

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._vectors.update(zip(map(text_hash, texts), vectors, strict=True))

    def fill(self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], *, batch: int = 32) -> int:
        """Encode what is missing, shortest first so that a batch pads little. Returns how many were encoded."""
        missing = sorted(self.missing(texts), key=len)
        for start in range(0, len(missing), batch):
            chunk = missing[start : start + batch]
            self.add(chunk, encode(chunk))
        return len(missing)

    def matrix(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension), all of which must be stored. Raises KeyError otherwise."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.stack([self._vectors[text_hash(text)] for text in texts])
