"""Every labelled question asked as a resident would, by the bot itself: what came of it, and what changed since.

The gate: no question that should go to a person is newly answered, no danger newly missed, and nothing tracked is lost
beyond chance against `baseline.json`.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from scipy.stats import binomtest

from bot.ask import Asked, Asker
from bot.settings import read_settings
from evaluation.labelled import REAL_PART, Kind, Labelled
from indexer.build import build
from indexer.encoder import Encoder
from knowledge.check import load

BASELINE = Path(__file__).with_name("baseline.json")
DEPTH = 10
CHANCE = 0.05
"""Of a loss as large by chance: below it a loss counts."""

RIGHT, WRONG, OFFERED, ASKED_BACK, ALARM = "right", "wrong", "offered", "asked back", "alarm"
PERSON, SILENT = "person", "nothing"
OUTCOMES = {"clarify": ASKED_BACK, "escalate": PERSON, "ignore": SILENT}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a question. `place` of its right entry among the first `DEPTH` found, from 1; 0 if there is none.

    `outcome`: answered `RIGHT` or `WRONG` (also: answered at all where it should not be), asked back with the right
    entry `OFFERED` or not, put before a `PERSON`, met with an `ALARM`, or with nothing. `confidence` 0..1.
    """

    place: int
    outcome: str
    confidence: float


Results = Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Run:
    """The labelled questions with what came of each, in their order."""

    questions: Sequence[Labelled]
    results: Results

    def of(self, *kinds: Kind) -> list[Result]:
        return [self.results[one.id] for one in self.questions if one.kind in kinds]

    def lines(self) -> Iterator[str]:
        """The figures, as they are printed."""
        for part in [*sorted({one.part for one in self.questions}), "all"]:
            held = [one for one in self.questions if part in (one.part, "all")]
            answerable = [self.results[one.id] for one in held if one.entries]
            if answerable:
                hits = ", ".join(f"hit@{k} {_share(1 <= one.place <= k for one in answerable):.3f}" for k in (1, 3, 10))
                yield f"{part:12} {len(answerable):4} questions with an entry: {hits}"
        for kind in Kind:
            came = Counter(one.outcome for one in self.of(kind))
            if came:
                told = ", ".join(f"{outcome} {count}" for outcome, count in came.most_common())
                yield f"{kind.value:12} {came.total():4}: {told}"
        answers = [one for one in self.results.values() if one.outcome in (RIGHT, WRONG)]
        wrong = sum(one.outcome == WRONG for one in answers)
        yield f"{len(answers)} of {len(self.results)} answered at once, {wrong} of these wrongly"


def run(questions: Sequence[Labelled], *, on: date) -> Run:
    """Ask them all of an index of the knowledge files as they are now, on the law of that day in China."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        build(load(on), Encoder(), data, now=datetime.now(UTC))
        asker = Asker(read_settings().model_copy(update={"data": data}), Path(scratch), None)
        results: dict[str, Result] = {}
        for one in questions:
            found = [match.entry for match in asker.retriever.entries(one.text, limit=DEPTH)]
            asked = asker.ask(one.id, one.text, group=False)
            place = next((at for at, entry in enumerate(found, start=1) if entry in one.entries), 0)
            results[one.id] = Result(place, outcome(one, asked), asked.confidence)
    return Run(questions, results)


def outcome(question: Labelled, asked: Asked) -> str:
    """What came of it, judged by its label."""
    if asked.urgent is not None:
        return ALARM
    if asked.decision == "answer":
        return RIGHT if any(entry in question.entries for entry in asked.entry_ids) else WRONG
    if asked.decision == "clarify" and any(entry in question.entries for entry in asked.entry_ids):
        return OFFERED
    return OUTCOMES[asked.decision]


@dataclass(frozen=True, slots=True)
class Change:
    """How one figure changed: the questions that lost it and those that gained it; `fails` if that is not accepted."""

    what: str
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    fails: bool

    def __str__(self) -> str:
        verdict = "FAILS" if self.fails else "ok"
        lost, gained = (" ".join(ids) or "none" for ids in (self.lost, self.gained))
        return f"{verdict:5} {self.what}: lost {len(self.lost)} ({lost}), gained {len(self.gained)} ({gained})"


TRACKED: Mapping[str, Callable[[Result], bool]] = {
    "right entry first": lambda one: one.place == 1,
    "right entry among three": lambda one: 1 <= one.place <= 3,
    "answered rightly": lambda one: one.outcome == RIGHT,
    "answered rightly or offered": lambda one: one.outcome in (RIGHT, OFFERED, ALARM),
}


def changes(before: Results, now: Run) -> list[Change]:
    """Against an earlier run, over the questions of both. A loss fails if chance would seldom cause it (sign test)."""
    held = [one for one in now.questions if one.id in before]
    answerable = [one.id for one in held if one.entries]
    found = [_change(what, holds, answerable, before, now.results) for what, holds in TRACKED.items()]
    urgent = [one.id for one in held if one.kind is Kind.URGENT]
    found.append(_strict("danger noticed", lambda one: one.outcome == ALARM, urgent, before, now.results))
    everything = [one.id for one in held]
    found.append(_strict("not answered wrongly", lambda one: one.outcome != WRONG, everything, before, now.results))
    calm = [one.id for one in held if one.kind is not Kind.URGENT]
    found.append(_change("no alarm for nothing", lambda one: one.outcome != ALARM, calm, before, now.results))
    return found


def _change(what: str, holds: Callable[[Result], bool], ids: Sequence[str], before: Results, now: Results) -> Change:
    lost = tuple(one for one in ids if holds(before[one]) and not holds(now[one]))
    gained = tuple(one for one in ids if holds(now[one]) and not holds(before[one]))
    worse = len(lost) > len(gained)
    chance = binomtest(len(lost), len(lost) + len(gained), 0.5, "greater").pvalue if worse else 1.0
    return Change(what, lost, gained, bool(chance < CHANCE))


def _strict(what: str, holds: Callable[[Result], bool], ids: Sequence[str], before: Results, now: Results) -> Change:
    """One question lost is one too many."""
    change = _change(what, holds, ids, before, now)
    return Change(what, change.lost, change.gained, bool(change.lost))


def own(questions: Sequence[Labelled]) -> set[str]:
    """The ids of those whose text is ours, and so at hand everywhere."""
    return {one.id for one in questions if one.part != REAL_PART}


def read_baseline(path: Path = BASELINE) -> dict[str, Result]:
    """Raises ValueError naming the file."""
    try:
        held = json.loads(path.read_text("utf-8"))
        return {key: Result(place, outcome, confidence) for key, (place, outcome, confidence) in held.items()}
    except (OSError, ValueError, TypeError, AttributeError) as fault:
        raise ValueError(f"{path.name}: {fault}") from fault


def write_baseline(now: Run, before: Results, path: Path = BASELINE) -> None:
    """One question a line; questions whose text is not at hand here keep what they had."""
    held = {**before, **now.results}
    lines = (
        f" {json.dumps(key)}: {json.dumps([one.place, one.outcome, one.confidence])}"
        for key, one in sorted(held.items())
    )
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _share(flags: Iterator[bool]) -> float:
    held = list(flags)
    return sum(held) / len(held)
