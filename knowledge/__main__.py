"""`python -m knowledge check`: is everything we may say complete, cited, in force and reviewed?"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from knowledge.check import load
from knowledge.errors import UnreadableLaw
from knowledge.gate import inspect
from knowledge.impact import Impact, marked
from knowledge.impact import impact as impact_of
from knowledge.importing import read_file

CHINA = ZoneInfo("Asia/Shanghai")


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
    found = impact_of(load(datetime.now(CHINA).date()), instrument)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else _in_words(found))


def _in_words(found: Impact) -> str:
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
    return "\n".join(lines)


if __name__ == "__main__":
    main()
