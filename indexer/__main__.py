"""`python -m indexer`: building what is searched."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import Progress, track

from indexer.article_questions import read_article_questions, read_corpus
from indexer.build import build
from indexer.documents import Kind, documents, texts_asked, texts_said
from indexer.encoder import Encoder
from indexer.errors import IndexerError
from indexer.folder import data_folder
from indexer.recognition import examples
from indexer.search import KINDS, Searcher
from indexer.text import article_passage
from indexer.tuned import OWN_TUNED, tuned_for
from indexer.vectors import SHIPPED, SHIPPED_ASKED, SHIPPED_ENTRIES, VectorStore
from knowledge.check import load
from knowledge.errors import KnowledgeError
from knowledge.laws import LawSource, read_authority

CHINA = ZoneInfo("Asia/Shanghai")
BATCH = 64
EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def main() -> None:
    """Build and search the index."""


@main.command()
def vectors() -> None:
    """Renew the shipped vectors: of all law articles, those of versions soon in force included, and of our entries."""
    today = datetime.now(CHINA).date()
    days = sorted({today, *(version.in_force for version in read_authority()[0] if version.in_force > today)})
    articles = list(dict.fromkeys(article_passage(article) for day in days for article in LawSource(day).articles()))
    base = load(today)
    held = [document for document in documents(base) if document.kind != "article"]
    asking = [*texts_asked(held), *examples(base)]
    encoder = Encoder()
    for path, texts, name, encode in (
        (SHIPPED, articles, encoder.name, encoder.passages),
        (SHIPPED_ENTRIES, texts_said(held), encoder.name, encoder.passages),
        (SHIPPED_ASKED, asking, encoder.asking, encoder.queries),
    ):
        store = VectorStore(name, encoder.dimension)
        stored = store.read(path)
        missing = sorted(store.missing(texts), key=len)
        for start in track(range(0, len(missing), BATCH), description=path.name):
            store.fill(missing[start : start + BATCH], encode)
        if missing or stored != len(set(texts)):
            store.write(path, texts)
        click.echo(f"{path.name}: {len(texts)} texts, {len(missing)} encoded, {path.stat().st_size / 1e6:.1f} MB")


@main.command(name="build")
@click.option("--full", is_flag=True, help="Encode every text anew, the shipped vectors too.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest.")
def build_command(full: bool, as_json: bool) -> None:
    """Build and publish a snapshot."""
    now = datetime.now(UTC)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("encoding", total=None)
        try:
            manifest = build(
                load(now.astimezone(CHINA).date()),
                Encoder(),
                data_folder(),
                now=now,
                full=full,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except (IndexerError, KnowledgeError) as fault:
            raise click.ClickException(str(fault)) from fault
    if as_json:
        click.echo(json.dumps(asdict(manifest), ensure_ascii=False))
    else:
        click.echo(f"published {manifest.id}: {manifest.counts}, {manifest.encoded} texts encoded")


@main.command(name="tune")
@click.option("--questions", "files", multiple=True, required=True, type=EXISTING, help="JSON lines {text, gold}.")
@click.option("--extra", type=EXISTING, help="Further articles, JSON lines {law, article, text}.")
@click.option("--anew", is_flag=True, help="Forget what was learned earlier.")
@click.option("--dry-run", is_flag=True, help="Only measure.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Instead of the data folder.")
def tune_command(files: tuple[Path, ...], extra: Path | None, anew: bool, dry_run: bool, out: Path | None) -> None:
    """Learn to find articles, from questions with known articles; publishes only what surely finds more."""
    from indexer.tune import tune  # Imports torch: seconds that no other command needs.

    now, encoder = datetime.now(UTC), Encoder()
    base = load(now.astimezone(CHINA).date())
    try:
        questions = [question for path in files for question in read_article_questions(path)]
        earlier = None if anew else tuned_for(encoder.name, data_folder())
        corpus = read_corpus(base, extra)
        learned = tune(base, encoder, corpus, questions, earlier, now=now, progress=partial(click.echo, err=True))
        learned.refuse_loss()
        click.echo(str(learned))
    except (IndexerError, ValueError) as fault:
        raise click.ClickException(str(fault)) from fault
    if not dry_run:
        path = out or data_folder() / OWN_TUNED
        learned.tuned.write(path)
        click.echo(f"{path.name} written; `python -m indexer build` makes the search use it")


@main.command()
@click.argument("text", required=False)
@click.option("-k", default=10, type=click.IntRange(1, 1000), show_default=True, help="How many hits.")
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.option("--batch", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="JSON lines {id, text}.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the rows of --batch go.")
def search(text: str | None, k: int, kind: Kind | None, as_json: bool, batch: Path | None, out: Path | None) -> None:
    """Search the published snapshot for TEXT, or for every row of --batch."""
    if (text is None) == (batch is None) or (batch is None) != (out is None):
        raise click.UsageError("give either TEXT, or --batch with --out")
    kinds = KINDS if kind is None else (kind,)
    try:
        searcher = Searcher(data_folder(), Encoder())
        if batch is not None and out is not None:
            _search_batch(searcher, batch, out, k, kinds)
            return
        hits = searcher.search(text or "", k=k, kinds=kinds)
    except IndexerError as fault:
        raise click.ClickException(str(fault)) from fault
    if as_json:
        click.echo(json.dumps({"text": text, "hits": [hit.as_row() for hit in hits]}, ensure_ascii=False))
    else:
        for hit in hits:
            click.echo(f"{hit.score:.3f}  {hit.kind:8}{hit.title}")


def _search_batch(searcher: Searcher, batch: Path, out: Path, k: int, kinds: tuple[Kind, ...]) -> None:
    with batch.open(encoding="utf-8") as rows, out.open("w", encoding="utf-8") as results:
        for number, line in enumerate(rows, start=1):
            try:
                row = json.loads(line)
                key, text = row["id"], str(row["text"])
            except (ValueError, KeyError, TypeError) as fault:
                raise click.ClickException(f"{batch.name}:{number}: not a row with id and text: {fault!r}") from fault
            hits = [hit.as_row() for hit in searcher.search(text, k=k, kinds=kinds)]
            results.write(json.dumps({"id": key, "hits": hits}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
