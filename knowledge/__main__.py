"""`python -m knowledge check`: is everything we may say complete, cited, in force and reviewed?"""

from __future__ import annotations

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from knowledge.check import load

CHINA = ZoneInfo("Asia/Shanghai")


@click.group()
def main() -> None:
    """The knowledge base: entries, digests and the law they rest on."""


@main.command()
def check() -> None:
    """Every entry complete, cited, in force, reviewed. Faults name file and line; exit 1 on any."""
    base = load(datetime.now(CHINA).date())
    for fault in base.faults:
        click.echo(str(fault), err=True)
    topics = {topic for topic, _ in base.entries.values()}
    click.echo(
        f"{len(base.entries)} entries in {len(topics)} topics, {len(base.digests)} digests, {len(base.faults)} faults"
    )
    sys.exit(1 if base.faults else 0)


if __name__ == "__main__":
    main()
