"""Four rankings added up, over three entries of hand-made vectors."""

from pathlib import Path

import numpy as np
import pytest

from indexer.ranking import NEAREST, EntryRanker, EntryTexts, Neighbours, Vectors

LABELS = np.array([0, 0, 0, 0, 1, 1, 2], np.int32)
TEXTS = ["借钱不还", "欠条丢了", "借条没了", "欠钱的人跑了", "工资不发", "拖欠工资", "狗咬人"]


def vectors() -> Vectors:
    drawn = np.random.default_rng(5).normal(size=(len(TEXTS), 16)).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def ranker() -> EntryRanker:
    held = vectors()
    return EntryRanker.fit(EntryTexts(TEXTS, LABELS, held, LABELS, held))


def test_nearness_is_the_mean_of_the_three_nearest_or_of_as_many_as_there_are() -> None:
    held = vectors()
    mean, nearest = Neighbours.build(held, LABELS).nearness(held[1])
    for label in range(3):
        cosines = np.sort(held[label == LABELS] @ held[1])[::-1]
        assert mean[label] == pytest.approx(cosines[:NEAREST].mean(), abs=1e-5)
        assert nearest[label] == pytest.approx(cosines[0], abs=1e-5)


def test_an_entry_comes_first_for_its_own_text_by_vector_and_by_words() -> None:
    ranking = ranker().rank(vectors()[4], TEXTS[4])
    assert ranking.order[0] == 1
    assert ranking.asked[1] == pytest.approx(1, abs=1e-5)
    assert ranking.apart.shape == (4, 3)


def test_shares_add_up_and_follow_the_order() -> None:
    ranking = ranker().rank(vectors()[6], TEXTS[6])
    shares = [ranking.share(int(label)) for label in ranking.order]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_a_ranker_read_back_ranks_the_same(tmp_path: Path) -> None:
    ranker().write(tmp_path / "ranker")
    read = EntryRanker.read(tmp_path / "ranker")
    assert np.allclose(read.rank(vectors()[2], "借条").scores, ranker().rank(vectors()[2], "借条").scores, atol=1e-5)


def test_a_single_entry_is_found_without_a_division_by_nothing() -> None:
    held = vectors()[:2]
    one = EntryRanker.fit(EntryTexts(TEXTS[:2], np.zeros(2, np.int32), held, np.zeros(2, np.int32), held))
    ranking = one.rank(held[0], "借钱")
    assert ranking.order.tolist() == [0]
    assert ranking.share(0) == 1
