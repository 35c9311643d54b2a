"""`python -m indexer`: building what is searched."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import click
from rich.progress import track

from indexer.encoder import Encoder
from indexer.text import article_passage
from indexer.vectors import SHIPPED, VectorStore
from knowledge.laws import LawSource, read_authority

CHINA = ZoneInfo("Asia/Shanghai")
BATCH = 64


@click.group()
def main() -> None:
    """Build and search the index."""


@main.command()
def vectors() -> None:
    """Renew the shipped vectors of all law articles, those of versions soon in force included."""
    days = {datetime.now(CHINA).date(), *(version.in_force for version in read_authority()[0])}
    today = datetime.now(CHINA).date()
    texts = list(
        dict.fromkeys(
            article_passage(article) for day in sorted(days) if day >= today for article in LawSource(day).articles()
        )
    )
    encoder = Encoder()
    store = VectorStore(encoder.name, encoder.dimension)
    store.read(SHIPPED)
    missing = sorted(store.missing(texts), key=len)
    for start in track(range(0, len(missing), BATCH), description="encoding"):
        store.fill(missing[start : start + BATCH], encoder.passages)
    store.write(SHIPPED, texts)
    click.echo(f"{len(texts)} texts, {len(missing)} encoded, {SHIPPED.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
