"""The gate: what may change from one run to the next, and what may not."""

from pathlib import Path

import pytest

from bot.ask import Asked
from evaluation.labelled import Kind, Labelled
from evaluation.run import (
    ALARM,
    ASKED_BACK,
    OFFERED,
    PERSON,
    RIGHT,
    SILENT,
    WRONG,
    Change,
    Result,
    Run,
    changes,
    outcome,
    own,
    read_baseline,
    write_baseline,
)


def labelled(key: str, *, kind: Kind = Kind.ENTRY, part: str = "work") -> Labelled:
    return Labelled(key, part, "老板欠我工资", kind, ("wages",) if kind is Kind.ENTRY else (), None)


QUESTIONS = [*(labelled(f"q{number}") for number in range(10)), labelled("none", kind=Kind.NONE)]
QUESTIONS += [labelled("urgent", kind=Kind.URGENT), labelled("real", part="lay")]
BEFORE = {one.id: Result(1, RIGHT, 0.9) for one in QUESTIONS}
BEFORE |= {"none": Result(0, PERSON, 0.2), "urgent": Result(0, ALARM, 0.1)}


def changed(**results: Result) -> dict[str, Change]:
    return {change.what: change for change in changes(BEFORE, Run(QUESTIONS, {**BEFORE, **results}))}


def failing(**results: Result) -> set[str]:
    return {what for what, change in changed(**results).items() if change.fails}


def asked(decision: str, *entries: str, urgent: str | None = None) -> Asked:
    return Asked("q", decision, "好的", list(entries), [], 0.9, urgent, "confident")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (asked("answer", "loans", "wages"), RIGHT),
        (asked("answer", "loans"), WRONG),
        (asked("clarify", "loans", "wages"), OFFERED),
        (asked("clarify", "loans"), ASKED_BACK),
        (asked("escalate", "wages"), PERSON),
        (asked("ignore"), SILENT),
        (asked("answer", "wages", urgent="violence"), ALARM),
    ],
)
def test_what_came_of_a_question_is_judged_by_its_label(said: Asked, expected: str) -> None:
    assert outcome(labelled("q"), said) == expected


def test_an_answer_to_what_no_entry_answers_is_wrong() -> None:
    assert outcome(labelled("q", kind=Kind.NONE), asked("answer", "wages")) == WRONG


def test_nothing_changed_fails_nothing() -> None:
    assert failing() == set()


def test_one_question_newly_answered_that_should_go_to_a_person_fails_and_is_named() -> None:
    assert failing(none=Result(0, WRONG, 0.95)) == {"not answered wrongly"}
    assert "FAILS not answered wrongly: lost 1 (none)" in str(
        changed(none=Result(0, WRONG, 0.95))["not answered wrongly"]
    )


def test_one_danger_newly_missed_fails() -> None:
    assert failing(urgent=Result(0, PERSON, 0.1)) == {"danger noticed"}


def test_a_loss_that_chance_may_cause_passes_and_a_larger_one_fails() -> None:
    lost = Result(2, OFFERED, 0.6)
    assert failing(**{f"q{number}": lost for number in range(4)}) == set()
    assert failing(**{f"q{number}": lost for number in range(5)}) == {"right entry first", "answered rightly"}


def test_only_questions_of_our_own_must_be_in_the_baseline() -> None:
    assert own(QUESTIONS) == {one.id for one in QUESTIONS} - {"real"}


def test_a_baseline_is_read_back_and_keeps_questions_that_are_not_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(Run(QUESTIONS[:1], {"q0": Result(3, OFFERED, 0.5)}), {"real": Result(1, RIGHT, 0.9)}, path)
    assert read_baseline(path) == {"q0": Result(3, OFFERED, 0.5), "real": Result(1, RIGHT, 0.9)}


@pytest.mark.parametrize("damaged", ["{", "[]", '{"q": [1]}', '{"q": 1}'])
def test_a_damaged_baseline_is_named(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(damaged)
    with pytest.raises(ValueError, match=r"baseline\.json"):
        read_baseline(path)


def test_figures_count_by_part_and_by_kind() -> None:
    lines = "\n".join(Run(QUESTIONS, BEFORE).lines())
    assert "work           10 questions with an entry: hit@1 1.000" in lines
    assert "urgent          1: alarm 1" in lines
    assert "11 of 13 answered at once, 0 of these wrongly" in lines
