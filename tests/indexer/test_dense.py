from pathlib import Path

import numpy as np

from indexer.dense import DenseIndex


def test_scores_are_the_cosines_in_the_order_of_the_texts_also_when_read_back(tmp_path: Path) -> None:
    vectors = np.random.default_rng(7).normal(size=(50, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = DenseIndex.build(vectors)
    index.write(tmp_path / "dense.faiss")
    for held in (index, DenseIndex.read(tmp_path / "dense.faiss")):
        assert len(held) == len(vectors)
        assert np.allclose(held.scores(vectors[3]), vectors @ vectors[3], atol=1e-5)
