"""The manner in which articles are asked about."""

import numpy as np
import pytest

from indexer.heads import Heads
from indexer.manner import Manner

ACROSS = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)


def test_articles_that_are_not_there_are_left_out_and_the_others_keep_their_vectors() -> None:
    manner = Manner.of(ACROSS, [4, None, 1])
    assert manner.positions.tolist() == [4, 1]
    assert manner.vectors.tolist() == ACROSS[[0, 2]].tolist()


def test_an_article_nobody_is_known_to_ask_about_is_neither_near_nor_far() -> None:
    scores = Manner.of(ACROSS, [2, None, 0]).scores(np.array([1, 0], np.float32), 4)
    assert scores == pytest.approx([0.6, 0.8, 1, 0.8])


def test_it_is_compared_as_the_heads_see_it() -> None:
    turned = Heads(np.array([[0, 1], [1, 0]], np.float32), np.eye(2, dtype=np.float32))
    assert Manner.of(ACROSS[:1], [0]).headed(turned).vectors.tolist() == [[0, 1]]


def test_nothing_known_says_nothing() -> None:
    assert Manner.of(ACROSS[:0], ()).scores(ACROSS[0], 3).tolist() == [0, 0, 0]
