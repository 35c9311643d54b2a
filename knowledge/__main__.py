"""`python -m knowledge check`: is everything we may say complete, cited, in force and reviewed?"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from knowledge.gate import inspect

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


if __name__ == "__main__":
    main()
