"""Figures over hand-made rankings: what they count, and that fitting finds the ranking that knows."""

from datetime import date

import numpy as np
import pytest

from evaluation.entries import Asked, fit_weights, found
from evaluation.fit import fit
from evaluation.labelled import Kind, Labelled
from indexer.ranking import RANKINGS, Ranking, standardised

ENTRIES = 8
DAY = date(2026, 11, 24)


def asked(at: int, gold: tuple[int, ...], *, knows: int = 2, kind: Kind = Kind.ENTRY, cosine: float = 0.8) -> Asked:
    """A question for which one ranking puts the right entry first, and the others anything."""
    apart = np.random.default_rng(at).normal(size=(len(RANKINGS), ENTRIES)).astype(np.float32)
    if gold:
        apart[knows, gold[0]] += 6
    apart = np.stack([standardised(scores) for scores in apart])
    scores = 3 * apart[knows]
    cosines = np.full(ENTRIES, cosine, np.float32)
    one = Labelled(f"q{at}", "part", "老板欠我工资怎么办", kind, ("id",) * len(gold), None)
    return Asked(one, gold, Ranking(np.argsort(-scores), scores, apart, cosines, cosines))


def test_questions_without_an_entry_do_not_count() -> None:
    rows = found([asked(1, (3,)), asked(2, (5, 1)), asked(3, (), kind=Kind.NONE)], (0, 0, 1, 0))
    together = next(row for row in rows if (row.part, row.by) == ("all", "together"))
    assert (together.count, together.hit1, together.mrr) == (2, 1, 1)
    alone = next(row for row in rows if row.by == "said")
    assert alone.hit1 == 1


def test_fitting_gives_the_weight_to_the_ranking_that_knows() -> None:
    weights, fitted = fit_weights([asked(at, (at % ENTRIES,)) for at in range(40)])
    assert weights[2] == max(weights)
    assert weights[2] > 2 * max(weights[0], weights[1], weights[3])
    assert fitted.hit1 == 1


def test_confidence_is_fitted_on_right_and_wrong_first_entries() -> None:
    right = [asked(at, (at % ENTRIES,), cosine=0.9) for at in range(30)]
    unanswerable = [asked(at, (), kind=Kind.NONE, cosine=0.5) for at in range(30, 60)]
    result = fit([*right, *unanswerable], "encoder", on=DAY)
    assert (result.answerable, result.unanswerable) == (30, 30)
    assert result.confidence.of(right[0].features()) > 0.7 > 0.3 > result.confidence.of(unanswerable[0].features())
    assert result.curve[-1] == (1, 0.5)
    assert [share for _, share in result.bins] == sorted(share for _, share in result.bins)
    sure = next(line for line in result.lines if line.at == pytest.approx(0.5))
    assert (sure.answered, sure.precision, sure.unanswerable) == (1, 1, 0)


def test_chatter_that_asks_nothing_never_reaches_the_decision() -> None:
    right = [asked(at, (at % ENTRIES,)) for at in range(20)]
    wrong = [asked(at, (), kind=Kind.NONE, cosine=0.5) for at in range(20, 40)]
    chatter = asked(99, (), kind=Kind.CHATTER)
    quiet = Asked(Labelled("c", "part", "大家早上好", Kind.CHATTER, (), None), (), chatter.ranking)
    assert fit([*right, *wrong, quiet], "encoder", on=DAY).unanswerable == 20
