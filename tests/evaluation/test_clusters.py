"""Questions about the same matter fall together and are named by their words."""

import numpy as np

from evaluation.clusters import characteristic, clusters
from tests.evaluation.entries import PairEncoder

TEXTS = ["工伤认定找谁", "离婚孩子归谁", "工伤认定多久", "彩礼退不退", "离婚孩子跟谁", "工伤认定要钱吗"]


def test_the_largest_cluster_comes_first_and_every_text_is_in_one() -> None:
    found = clusters(TEXTS, PairEncoder().queries(TEXTS))
    assert set(found[0].members) == {0, 2, 4} or set(found[0].members) == {0, 2, 5}
    assert sorted(at for cluster in found for at in cluster.members) == list(range(len(TEXTS)))


def test_a_cluster_is_named_by_the_words_its_texts_share() -> None:
    assert characteristic(["工伤认定找谁", "工伤认定多久"], TEXTS)[0] == "工伤认定"


def test_words_of_grammar_name_nothing() -> None:
    assert characteristic(["我的借条", "我的借条"], ["我的借条", "我的房子"]) == ("借条",)


def test_one_text_and_equal_texts_do_no_harm() -> None:
    assert clusters(["借条丢了"], np.ones((1, 64), np.float32))[0].members == (0,)
    assert [len(one.members) for one in clusters(["借条丢了"] * 3, np.full((3, 64), 1 / 8, np.float32))] == [3]
