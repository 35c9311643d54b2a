from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import VectorFileError
from indexer.vectors import Vectors, VectorStore

TEXTS = ["借款合同", "土地承包", "继承"]


def some_vectors(texts: Sequence[str]) -> Vectors:
    rows = np.random.default_rng(len(texts)).normal(size=(len(texts), 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def test_what_is_written_is_read_with_little_loss(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    store = VectorStore("a", 8)
    assert store.fill(TEXTS, some_vectors) == len(TEXTS)
    store.write(path, TEXTS)
    again = VectorStore("a", 8)
    assert again.read(path) == len(TEXTS)
    assert (again.matrix(TEXTS) * store.matrix(TEXTS)).sum(axis=1).min() > 0.999


def test_only_texts_that_are_new_are_encoded() -> None:
    store = VectorStore("a", 8)
    store.fill(TEXTS, some_vectors)
    assert store.fill([*TEXTS, "宅基地", "宅基地"], some_vectors) == 1


def test_vectors_of_another_encoder_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    store = VectorStore("a", 8)
    store.fill(TEXTS, some_vectors)
    store.write(path, TEXTS)
    assert VectorStore("b", 8).read(path) == 0


def test_a_damaged_file_is_refused_by_name_and_a_missing_one_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    assert VectorStore("a", 8).read(path) == 0
    path.write_bytes(b"PK not a zip")
    with pytest.raises(VectorFileError, match=r"vectors\.npz"):
        VectorStore("a", 8).read(path)
