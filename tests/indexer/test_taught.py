"""Questions whose articles are known: how near they are, and what they vote for."""

import numpy as np
import pytest

from indexer.heads import Heads
from indexer.lexical import veiled
from indexer.taught import Questions, Taught

TURNED = np.array([[0, 1], [1, 0]], np.float32)


def taught() -> Taught:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    questions = Questions(vectors, list(map(veiled, ("借条丢了", "借钱不还", "今天下雨"))), [[0, 2], [2], []])
    return Taught.of(questions, Heads(TURNED, np.eye(2, dtype=np.float32)), 4)


def test_an_article_is_as_near_as_its_nearest_question_is_nearer_than_the_last() -> None:
    near = taught().nearness(np.array([0.9, 0.7, 0.2], np.float32))
    assert near == pytest.approx([0.7, 0, 0.7, 0])


def test_votes_add_up_over_single_answers_and_the_nearest_weighs_most() -> None:
    votes = taught().votes(np.array([0.5, 0.9, 0.1], np.float32))
    assert votes[2] == pytest.approx(1, abs=1e-3)  # Both name it; the near one alone decides.
    assert votes[0] < 1e-3 < votes[2]
    assert votes[[1, 3]].tolist() == [0, 0]


def test_how_often_an_article_answers_is_counted() -> None:
    assert taught().often(np.array([0, 1, 2])) == pytest.approx([np.log(2), 0, np.log(3)])


def test_questions_are_held_as_the_heads_see_them_too() -> None:
    assert taught().headed == pytest.approx(taught().vectors[:, ::-1])


def test_nothing_taught_says_nothing() -> None:
    none = Taught.of(Questions.none(2), Heads.none(2), 3)
    assert none.nearness(np.zeros(0, np.float32)).tolist() == [0, 0, 0]
    assert none.votes(np.zeros(0, np.float32)).tolist() == [0, 0, 0]
    assert none.said("借条丢了").tolist() == [0, 0, 0]


def test_words_of_a_question_count_for_the_articles_that_answer_it() -> None:
    said = taught().said("我的借条丢了")
    assert said[0] > said[2] > 0  # The second has other words besides.
    assert said[[1, 3]].tolist() == [0, 0]
