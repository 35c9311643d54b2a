"""`python -m knowledge`: is everything we may say in order, and what should be written next?"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from knowledge.check import load
from knowledge.errors import UnreadableLaw, UnreadableQuestions
from knowledge.gate import inspect
from knowledge.impact import Impact, marked
from knowledge.impact import impact as impact_of
from knowledge.importing import read_file
from knowledge.pushes.shelf import read_shelf
from knowledge.questions import read_questions

CHINA = ZoneInfo("Asia/Shanghai")

COVERAGE = "evaluation.coverage"
"""What measures coverage needs the index and the decision, which this package must not know. So it is named here and
found when the command runs, as a plug-in would be; the arrows between the packages stay as they are."""


@click.group()
def main() -> None:
    """The knowledge base: entries, digests and the law they rest on."""


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print {faults, notices, counts} as one JSON line.")
def check(as_json: bool) -> None:
    """Every entry complete, cited, in force, reviewed. Faults name file and line; exit 1 on any."""
    report = inspect(datetime.now(CHINA).date())
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        for fault in report.faults:
            click.echo(str(fault), err=True)
        for notice in report.notices:
            click.echo(f"notice: {notice}", err=True)
        click.echo(report.summary())
    sys.exit(1 if report.faults else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the impact as one JSON line.")
def impact(file: Path, as_json: bool) -> None:
    """What the law in FILE (.docx, .md, .txt) would change, and which entries rest on that. Changes nothing."""
    try:
        instrument = read_file(file.name, file.read_bytes())
    except UnreadableLaw as fault:
        if as_json:
            click.echo(json.dumps({"error": fault.reason, "where": fault.where}, ensure_ascii=False))
        raise click.ClickException(f"{file.name}: {fault}") from fault
    base = load(datetime.now(CHINA).date())
    found = impact_of(base, instrument)
    pushes = [push.id for _, push in read_shelf(base).pushes.values() if found.strikes(push.citations)]
    if as_json:
        click.echo(json.dumps({**found.as_json(), "pushes": pushes}, ensure_ascii=False))
    else:
        click.echo(_in_words(found, pushes))


def _in_words(found: Impact, pushes: Sequence[str]) -> str:
    instrument, comparison = found.instrument, found.comparison
    present = found.present.version if found.present else "no version"
    lines = [
        f"{instrument.name}: version {instrument.version}, in force {instrument.in_force}, "
        f"{len(instrument.articles)} articles; the law source has {present}",
        f"{len(comparison.added)} added, {len(comparison.changed)} changed, {len(comparison.repealed)} repealed, "
        f"{len(comparison.renumbered)} renumbered",
    ]
    if found.newer_held is not None:
        lines.append(f"a newer version ({found.newer_held}) is held: importing this one would change nothing")
    lines += [f"notice: {notice}" for notice in instrument.notices]
    lines += [f"changed: {change.old} -> {change.new}  {marked(change.parts)}" for change in comparison.changed]
    lines += [f"repealed: {number}" for number, _ in comparison.repealed]
    if found.present is not None:
        lines += [f"added: {number}" for number, _ in comparison.added]
    lines += [f"renumbered: {change.old} -> {change.new}" for change in comparison.renumbered]
    lines += [f"to be reviewed: {hit.entry.id} ({'、'.join(hit.articles)})" for hit in found.entries]
    lines += [f"to be renumbered: {hit.entry.id} ({'、'.join(hit.articles)})" for hit in found.followers]
    lines += [f"digest: {hit.file.instrument} {hit.digest.article}" for hit in found.digests]
    lines += [f"push: {push}" for push in pushes]
    return "\n".join(lines)


@main.command()
@click.option(
    "--questions",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="JSON lines with `text` or `question`, or plain text, one question a line.",
)
@click.option("--gaps", default=20, type=click.IntRange(0), show_default=True, help="How many gaps are printed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line with every question.")
def coverage(questions: Path, gaps: int, as_json: bool) -> None:
    """Which questions have an entry that fits, which do not, and what to write next."""
    try:
        asked = read_questions(questions)
    except UnreadableQuestions as fault:
        raise click.ClickException(str(fault)) from fault
    found = import_module(COVERAGE).measure(asked)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        click.echo("\n".join(found.lines(gaps)))


if __name__ == "__main__":
    main()
