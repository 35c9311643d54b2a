"""How sure the first entry is the right one, as fitted and as stored."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.confidence import (
    FEATURES,
    OWN_CONFIDENCE,
    SHIPPED_CONFIDENCE,
    Confidence,
    confidence_for,
    expanded,
    features,
)
from indexer.encoder import Encoder
from indexer.errors import ConfidenceFileError
from indexer.ranking import RANKINGS, Ranking

RICH = [0.0, 2.0, *[0.0] * 42]
PLAIN = Confidence("pairs", [0.0] * 8, [1.0] * 8, [0.0, 2.0, *[0.0] * 6], -1.0, RICH, -1.0, {"fitted_on": "2026-11-24"})


def ranking(*scores: float) -> Ranking:
    table = np.array([scores] * len(RANKINGS), np.float32)
    cosines = np.full(len(scores), 0.5, np.float32)
    return Ranking(np.argsort(-table[0]), table.sum(axis=0), table, cosines, cosines)


def test_features_say_how_far_each_ranking_puts_an_entry_before_the_best_other() -> None:
    seen = features(ranking(3, 1, 0), 0, "工资")
    assert len(seen) == len(FEATURES)
    assert seen[3:7].tolist() == [2, 2, 2, 2]
    assert features(ranking(3, 1, 0), 1, "工资")[3:7].tolist() == [-2, -2, -2, -2]


def test_a_single_entry_has_nothing_to_be_before() -> None:
    seen = features(ranking(3), 0, "工资")
    assert seen[3:7].tolist() == [0, 0, 0, 0]
    assert np.isfinite(seen).all()


def test_the_more_careful_of_the_two_regressions_counts() -> None:
    seen = np.zeros(8)
    seen[1] = 0.5
    assert PLAIN.of(seen) == pytest.approx(0.5)
    assert replace(PLAIN, plain_bias=-3.0).of(seen) == pytest.approx(1 / (1 + np.exp(2)))
    assert replace(PLAIN, rich_bias=-3.0).of(seen) == pytest.approx(1 / (1 + np.exp(2)))


def test_what_is_like_nothing_it_was_fitted_on_is_not_made_sure_by_a_square() -> None:
    seen = np.full(8, -4.0)
    squares = replace(PLAIN, rich=[0.0] * 8 + [1.0] * 36)
    assert squares.of(seen) < 0.001
    assert expanded(seen[None])[0].max() == pytest.approx(2.5**2)


@pytest.mark.parametrize("far", [-1e6, 1e6])
def test_nothing_overflows(far: float) -> None:
    assert 0 <= PLAIN.of(np.full(8, far)) <= 1


def test_what_is_shipped_fits_the_bundled_encoder_and_the_installations_own_goes_before(tmp_path: Path) -> None:
    encoder = Encoder().name
    assert confidence_for(encoder, tmp_path) == Confidence.read(SHIPPED_CONFIDENCE)
    replace(PLAIN, encoder=encoder).write(tmp_path / OWN_CONFIDENCE)
    assert confidence_for(encoder, tmp_path) == replace(PLAIN, encoder=encoder)
    assert confidence_for("another encoder", tmp_path) is None


@pytest.mark.parametrize("damaged", ["{", "[]", '{"encoder": "pairs"}'])
def test_a_damaged_file_is_named(tmp_path: Path, damaged: str) -> None:
    (tmp_path / OWN_CONFIDENCE).write_text(damaged)
    with pytest.raises(ConfidenceFileError, match=r"confidence\.json"):
        confidence_for("pairs", tmp_path)


def test_a_file_with_too_few_numbers_is_refused(tmp_path: Path) -> None:
    replace(PLAIN, rich=[1.0]).write(tmp_path / OWN_CONFIDENCE)
    with pytest.raises(ConfidenceFileError, match="numbers"):
        Confidence.read(tmp_path / OWN_CONFIDENCE)
