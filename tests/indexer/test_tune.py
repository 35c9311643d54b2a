"""Learning which articles answer which questions, where words do not tell; and refusing what does not pay."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from indexer.article_questions import ArticleQuestion, Corpus, read_corpus
from indexer.articles import FEATURES
from indexer.errors import TunedFileError, TuningRefused
from indexer.searched import Searched
from indexer.tune import FEWEST, Tuning, tune
from indexer.tuned import OWN_TUNED, Tuned, tuned_for
from knowledge.check import KnowledgeBase
from knowledge.laws import Article
from tests.evaluation.entries import LOANS, PairEncoder

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAY = date(2026, 1, 1)
COUNT = 12
MATTERS = "甲乙丙丁戊己庚辛壬癸子丑"
"""Characters that questions of one matter share, and that stand in no article."""

ARTICLES = [
    Article("民法典", f"第{number}条", f"{chr(0x5000 + 7 * at)}{chr(0x5200 + 5 * at)}应当承担责任。", "责任", DAY)
    for at, number in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"))
]
BASE = cast(
    KnowledgeBase,
    SimpleNamespace(
        laws=SimpleNamespace(articles=lambda: iter(ARTICLES)), answerable=lambda: iter([("借贷", LOANS)]), asked={}
    ),
)


def questions(*, told: bool) -> list[ArticleQuestion]:
    """Six of each matter; `told` whether the matter says which article answers."""
    random = np.random.default_rng(1)
    asked: list[ArticleQuestion] = []
    for at in range(6 * COUNT):
        matter = at % COUNT if told else int(random.integers(COUNT))
        text = f"{MATTERS[at % COUNT] * 3}{chr(0x6000 + at)}怎么办"
        asked.append(ArticleQuestion(text, (ARTICLES[matter].key,), "要赔。" if at % 3 else ""))
    return asked


def corpus() -> Corpus:
    return read_corpus(BASE, None)


def learn(asked: list[ArticleQuestion], earlier: Tuned | None = None) -> Tuning:
    return tune(BASE, PairEncoder(), corpus(), asked, earlier, now=NOW)


@pytest.fixture(scope="module")
def learned() -> Tuning:
    return learn(questions(told=True))


def test_what_words_do_not_tell_is_learned_from_questions_and_holds_for_new_ones(learned: Tuning) -> None:
    assert learned.after.recall[1] > 0.7 > 0.3 > learned.before.recall[1]
    assert learned.gain[0] > 0.4
    learned.refuse_loss()


def test_the_search_with_what_was_learned_finds_the_article_of_a_new_question_of_the_matter(learned: Tuning) -> None:
    searched = Searched.of(BASE, PairEncoder(), corpus())
    ranker = learned.tuned.teach(searched.ranker, corpus())
    query = searched.query("丁丁丁该怎么弄")
    found = ranker.rank(query)
    assert found.positions[0] == 3
    assert found.scores.sum() == pytest.approx(1, abs=1e-4)
    positions, evidence = ranker.evidence(query)
    assert evidence.shape == (len(positions), len(FEATURES))
    assert np.isfinite(evidence).all()


def test_an_article_no_labelled_question_is_about_is_found_by_how_people_might_ask_about_it() -> None:
    never = 10
    asked = {
        article.key: [f"{matter * 3}哪能办", f"碰到{matter}{matter}"]
        for article, matter in zip(ARTICLES, MATTERS, strict=True)
    }
    base = cast(KnowledgeBase, SimpleNamespace(**{**vars(BASE), "asked": asked}))
    told = [one for one in questions(told=True) if one.gold != (ARTICLES[never].key,)]
    tuned = tune(base, PairEncoder(), corpus(), told, None, now=NOW).tuned
    searched = Searched.of(base, PairEncoder(), corpus())
    query = searched.query(f"{MATTERS[never] * 3}该怎么弄")
    assert tuned.teach(searched.ranker, corpus()).rank(query).positions[0] == never
    assert dict(zip(tuned.asked, tuned.manner, strict=True)).keys() == asked.keys()


def test_answers_that_follow_from_nothing_are_not_published() -> None:
    with pytest.raises(TuningRefused, match=r"not published(.|\n)*before: R@1(.|\n)*after:  R@1"):
        learn(questions(told=False)).refuse_loss()


def test_too_few_questions_are_refused_and_those_of_unknown_articles_do_not_count() -> None:
    unknown = [replace(one, gold=(("海商法", "第一条"),)) for one in questions(told=True)]
    with pytest.raises(TuningRefused, match=f"49 questions with a known article; at least {FEWEST}"):
        learn([*questions(told=True)[: FEWEST - 1], *unknown])


def test_later_questions_add_to_what_was_learned_and_take_the_place_of_the_same(learned: Tuning) -> None:
    again = questions(told=True)[:FEWEST]
    more = learn(again, learned.tuned)
    assert len(more.tuned.gold) == len(learned.tuned.gold)  # The same questions, once each.
    assert more.tuned.combination is learned.tuned.combination
    assert more.tuned.record["earlier"] == learned.tuned.record


def test_what_was_learned_is_read_back_and_the_installations_own_goes_before(learned: Tuning, tmp_path: Path) -> None:
    learned.tuned.write(tmp_path / OWN_TUNED)
    found = tuned_for("pairs", tmp_path)
    assert found is not None
    assert (found.gold, found.words) == (learned.tuned.gold, learned.tuned.words)
    assert found.record["questions"] == 6 * COUNT
    assert found.mark() == Tuned.read(tmp_path / OWN_TUNED).mark()
    assert np.allclose(found.heads.asking, learned.tuned.heads.asking, atol=1e-3)
    assert tuned_for("another encoder", tmp_path) is None


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / OWN_TUNED).write_bytes(b"PK\x03\x04 not a file of arrays")
    with pytest.raises(TunedFileError, match=r"tuned\.npz"):
        tuned_for("pairs", tmp_path)


def test_a_file_of_another_version_is_told_from_a_damaged_one(learned: Tuning, tmp_path: Path) -> None:
    learned.tuned.write(tmp_path / OWN_TUNED)
    with np.load(tmp_path / OWN_TUNED) as stored:
        earlier = {name: array for name, array in stored.items() if name != "words"}
    np.savez(tmp_path / OWN_TUNED, **earlier)
    with pytest.raises(TunedFileError, match=r"tuned\.npz: .*words.*another version: learn it anew"):
        tuned_for("pairs", tmp_path)


def test_without_anything_learned_meaning_and_words_are_fused() -> None:
    searched = Searched.of(BASE, PairEncoder(), corpus())
    found = searched.ranker.rank(searched.query(ARTICLES[4].text))
    assert found.positions[0] == 4
    assert len(found.positions) == COUNT
