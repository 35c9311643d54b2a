"""The report: one page of figures with three plots, written into `docs/` by one command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from bot.domain.decision import Policy
from evaluation.alarm import AlarmLine
from evaluation.entries import Found
from evaluation.fit import Fit
from evaluation.run import Run
from indexer.tuned import Tuned

PAGE = "evaluation.md"
RECALL, RISK, RELIABILITY = "recall.svg", "risk.svg", "reliability.svg"
RISK_ACCEPTED = 0.02


def write_report(
    folder: Path,
    *,
    on: date,
    run: Run,
    entries: Sequence[Found],
    fitted: Fit,
    alarm: Sequence[AlarmLine],
    tuned: Tuned | None,
) -> Path:
    """The page; its plots go into the folder's `images/`. `on` is the day in China."""
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    plots = {RISK: _risk(fitted), RELIABILITY: _reliability(fitted)}
    if tuned is not None:
        plots[RECALL] = _recall(tuned.record)
    # Without a fixed salt and date the same figures would give another file every time.
    with mpl.rc_context({"svg.hashsalt": "farun"}):
        for name, figure in plots.items():
            figure.savefig(images / name, metadata={"Date": None})
    page = folder / PAGE
    page.write_text("\n".join(_page(on, run, entries, fitted, alarm, tuned)) + "\n", "utf-8")
    return page


def _page(
    on: date, run: Run, entries: Sequence[Found], fitted: Fit, alarm: Sequence[AlarmLine], tuned: Tuned | None
) -> Iterator[str]:
    policy = Policy()
    yield "# Evaluation"
    yield ""
    yield f"Written by `python -m evaluation report` on {on.isoformat()}; do not edit."
    yield ""
    yield "## Entries"
    yield ""
    yield "Labelled questions, none of them a variant, asked of an index that knows all variants; by each of the four"
    yield "rankings, and by their sum (`python -m evaluation entries`). `lay` are real questions, by strict labels."
    yield ""
    yield "| questions | by | count | hit@1 | hit@3 | hit@10 | MRR@10 |"
    yield "|---|---|---|---|---|---|---|"
    for row in entries:
        yield (
            f"| {row.part} | {row.by} | {row.count} | {row.hit1:.3f} | {row.hit3:.3f} | {row.hit10:.3f} "
            f"| {row.mrr:.3f} |"
        )
    yield ""
    yield "## What comes of a question"
    yield ""
    yield "Every labelled question asked of the bot itself (`python -m evaluation run`)."
    yield ""
    yield "```"
    yield from run.lines()
    yield "```"
    yield ""
    yield "## Confidence"
    yield ""
    yield (
        f"The probability that the first entry is right, cross-validated over {fitted.answerable} questions with an "
        f"entry and {fitted.unanswerable} without: Brier score {fitted.brier:.3f} (`python -m evaluation fit`)."
    )
    yield (
        f"Answered at once from {policy.answer_at} on, in a group from {policy.answer_in_group_at} on; asked back from "
        f"{policy.clarify_at} on."
    )
    yield ""
    yield from ("```", *map(str, fitted.lines), "```")
    yield ""
    yield f"![Risk against coverage](images/{RISK})"
    yield ""
    yield f"![Reliability](images/{RELIABILITY})"
    yield ""
    yield "## Danger"
    yield ""
    yield "Of 110 urgent messages and all others, by the line of the alarm (`python -m evaluation alarm`)."
    yield ""
    yield from ("```", *map(str, alarm), "```")
    if tuned is not None:
        yield ""
        yield from _articles(tuned.record)


def _articles(record: dict[str, Any]) -> Iterator[str]:
    yield "## Articles"
    yield ""
    low, high = record["gain_mrr"]
    yield (
        f"{record['questions']} lay questions with known articles over {record['articles']} articles, in "
        f"{record['folds']} folds, each asked of what the others taught (`python -m indexer tune --anew --dry-run`)."
    )
    yield ""
    yield "| search | " + " | ".join(f"R@{k}" for k in record["after"]["recall"]) + " | MRR@10 | nDCG@10 |"
    yield "|---|" + "---|" * (len(record["after"]["recall"]) + 2)
    for name, key in (("that has learned nothing", "before"), ("that has learned", "after")):
        found = record[key]
        figures = [*found["recall"].values(), found["mrr"], found["ndcg"]]
        yield f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"
    yield ""
    yield f"Gain in MRR@10, 95 % interval of a paired bootstrap: {low:+.3f} to {high:+.3f}."
    yield ""
    yield f"![Recall at k](images/{RECALL})"


def _recall(record: dict[str, Any]) -> Figure:
    figure, axes = _axes("articles looked at (k)", "recall@k")
    for name, key, style in (("learned", "after", "o-"), ("nothing learned", "before", "s--")):
        recall = record[key]["recall"]
        axes.plot([int(k) for k in recall], list(recall.values()), style, label=name)
    axes.set_xscale("log")
    axes.set_ylim(0, 1)
    axes.legend()
    return figure


def _risk(fitted: Fit) -> Figure:
    figure, axes = _axes("share of answerable questions answered", "share of answers that are wrong")
    axes.plot(*zip(*fitted.curve, strict=True))
    axes.axhline(RISK_ACCEPTED, linestyle=":", label=f"accepted: {RISK_ACCEPTED:.0%}")
    axes.set_ylim(0, 0.4)
    axes.legend()
    return figure


def _reliability(fitted: Fit) -> Figure:
    figure, axes = _axes("confidence, mean of a tenth of the questions", "share of these that are right")
    axes.plot([0, 1], [0, 1], ":")
    axes.plot(*zip(*fitted.bins, strict=True), "o-")
    return figure


def _axes(across: str, up: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(alpha=0.3)
    return figure, axes
