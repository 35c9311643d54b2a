"""`python -m evaluation`: figures with the command that prints them."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from bot.domain.decision import Policy
from bot.domain.errors import NothingFound
from bot.domain.wording import CHINA
from evaluation.alarm import hear, lines
from evaluation.entries import Asked, ask, fit_weights, found, vectors_for
from evaluation.fit import fit
from evaluation.held_out import Wording, held_out
from evaluation.labelled import Kind, labelled
from evaluation.lexicon import article_gains, entry_gains
from evaluation.run import BASELINE, changes, own, read_baseline, run, write_baseline
from evaluation.smalltalk import messages, talk_lines, weigh
from evaluation.speed import measure
from evaluation.stard import measure_articles
from evaluation.variants import confusable, of_topics
from indexer.encoder import Encoder
from indexer.errors import IndexerError
from indexer.folder import data_folder
from indexer.ranking import RANKINGS
from indexer.tuned import tuned_for
from knowledge.check import load
from knowledge.entry import EntryStatus
from knowledge.lexicon.expansion import shipped


@click.group()
def main() -> None:
    """Measure and fit."""


@main.command(name="run")
@click.option("--set", "name", help="Only this file of labelled questions, such as urgent.")
@click.option("--gate", is_flag=True, help="Compare with the baseline; exit 1 if something tracked is lost.")
@click.option("--accept", is_flag=True, help="Make what came of the questions the baseline.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def run_command(name: str | None, gate: bool, accept: bool, as_json: bool) -> None:
    """Ask every labelled question as a resident would; what came of it, and what changed since the baseline."""
    questions = [one for one in labelled(evaluation_data()) if name in (None, one.part)]
    if not questions:
        raise click.ClickException(f"no labelled questions in a set {name}")
    try:
        before = read_baseline() if BASELINE.exists() else {}
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    done = run(questions, on=today())
    changed = changes(before, done)
    if as_json:
        results = {key: asdict(result) for key, result in done.results.items()}
        click.echo(json.dumps({"results": results, "changes": [asdict(change) for change in changed]}))
    else:
        click.echo("\n".join((*done.lines(), *map(str, changed))))
    if accept:
        write_baseline(done, before)
    elif gate and (any(change.fails for change in changed) or not before.keys() >= own(questions)):
        raise click.ClickException(
            "the gate: see what FAILS above, or which questions are not in the baseline; "
            "`python -m evaluation run --accept` makes this the baseline"
        )


@main.command(name="report")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="docs", show_default=True)
def report_command(out: Path) -> None:
    """Write all figures as one page with plots."""
    from evaluation.report import write_report  # Imports matplotlib, which no other command needs.

    base, questions, encoder = load(today()), labelled(evaluation_data()), Encoder()
    vectors = vectors_for(base, encoder, questions)
    asked = ask(base, vectors, questions)
    page = write_report(
        out,
        on=today(),
        run=run(questions, on=today()),
        entries=found(asked),
        fitted=fit(asked, encoder.name, on=today()),
        alarm=lines(hear(base, vectors, questions)),
        tuned=tuned_for(encoder.name, data_folder()),
    )
    click.echo(f"{page} written")


@main.command(name="entries")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def entries_command(as_json: bool) -> None:
    """How often the labelled questions find their entry; and the weights of the rankings, fitted anew."""
    asked = _asked()
    weights, fitted = fit_weights(asked)
    rows = [*found(asked), fitted]
    if as_json:
        click.echo(json.dumps({"found": [asdict(row) for row in rows], "weights": weights}))
        return
    click.echo("\n".join(map(str, rows)))
    named = zip(RANKINGS, weights, strict=True)
    click.echo("fitted weights: " + ", ".join(f"{name} {weight:.2f}" for name, weight in named))


@main.command(name="fit")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the fitted confidence goes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def fit_command(out: Path | None, as_json: bool) -> None:
    """Fit the confidence in the first entry on the labelled questions."""
    result = fit(_asked(), Encoder().name, on=today())
    if as_json:
        click.echo(json.dumps(asdict(result)))
    else:
        counts = f"{result.answerable} questions with an entry, {result.unanswerable} without"
        click.echo("\n".join((f"{counts}; Brier {result.brier:.3f}", *map(str, result.lines))))
    if out is not None:
        result.confidence.write(out)


@main.command(name="alarm")
@click.option("--misses", is_flag=True, help="Also the messages missed, and those alarmed about for nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def alarm_command(misses: bool, as_json: bool) -> None:
    """What the alarm catches of the labelled messages."""
    base, asked = load(today()), labelled(evaluation_data())
    heard = hear(base, vectors_for(base, Encoder(), asked), asked)
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines(heard)]))
        return
    urgent = sum(one.message.kind is Kind.URGENT for one in heard)
    click.echo(f"{urgent} urgent messages and {len(heard) - urgent} others")
    click.echo("\n".join(map(str, lines(heard))))
    for one in heard if misses else ():
        if (one.urgency(Policy()) is None) == (one.message.kind is Kind.URGENT):
            chance = sum(one.dangers.values())
            click.echo(f"{chance:.2f} {one.message.kind} {one.message.id} {one.urgency(Policy())}: {one.message.text}")


@main.command(name="smalltalk")
@click.option("--misses", is_flag=True, help="Also talk that is not told, and legal questions turned away.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def smalltalk_command(misses: bool, as_json: bool) -> None:
    """What is taken for no matter of law of labelled and real messages, and what is wrongly turned away.

    Of each group: how many are told by what was learned -> how many the bot turns away, of all.
    """
    real = evaluation_data()
    weighed = weigh(load(today()), Encoder(), messages(labelled(real), real))
    if as_json:
        click.echo(json.dumps([asdict(line) for line in talk_lines(weighed)]))
        return
    click.echo("\n".join(map(str, talk_lines(weighed))))
    for one in weighed if misses else ():
        if one.missed(Policy()):
            told = ", ".join(f"{talk} {chance:.2f}" for talk, chance in one.talk.items())
            click.echo(f"{one.group}, {told}: {one.heard.message.id} {one.heard.message.text}")


@main.command(name="stard")
@click.option("--questions", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--extra", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Further articles.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def stard_command(questions: Path, extra: Path | None, as_json: bool) -> None:
    """Law articles found for questions with known articles: recall@k, MRR@10, nDCG@10, latency."""
    try:
        encoder = Encoder()
        tuned = tuned_for(encoder.name, data_folder())
        result = measure_articles(load(today()), encoder, questions, extra, tuned)
    except (ValueError, IndexerError) as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(json.dumps(asdict(result)) if as_json else str(result))


@main.command(name="speed")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def speed_command(as_json: bool) -> None:
    """How long the labelled questions take, beside the bare encoder call."""
    asked = [one.text for one in labelled(evaluation_data()) if one.kind is Kind.ENTRY]
    try:
        result = measure(asked[::4], data_folder())
    except NothingFound as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(json.dumps(asdict(result)) if as_json else str(result))


@main.command(name="lexicon")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def lexicon_command(as_json: bool) -> None:
    """What is found with and without the lexicon. Labelled questions are read from FARUN_EVAL_DATA, if it has any."""
    base, words = load(today()), shipped()
    questions, extra = evaluation_data() / "stard_train.jsonl", evaluation_data() / "stard_extra_articles.jsonl"
    gains = article_gains(base, words, questions, extra if extra.is_file() else None) if questions.is_file() else []
    gains += entry_gains(base, words, Encoder())
    if as_json:
        click.echo(json.dumps([asdict(gain) for gain in gains], ensure_ascii=False))
        return
    for gain in gains:
        click.echo(str(gain))


@main.command(name="variants")
@click.option("--topic", "topics", multiple=True, help="Only variants of entries of this topic; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def variants_command(topics: tuple[str, ...], as_json: bool) -> None:
    """Variants that find another entry first while the index lacks them. Entries under review are asked, too."""
    held = [(topic, one) for topic, one in load(today()).entries.values() if one.status is not EntryStatus.RETIRED]
    words = shipped()
    asked = held_out([entry for _, entry in held], Encoder(), [Wording(words.corrected, words.expand)])[0]
    wanted = of_topics(topics, held)
    found = confusable([one for one in asked if one.entry.id in wanted])
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(found.lines()))


def _asked() -> list[Asked]:
    base, questions = load(today()), labelled(evaluation_data())
    return ask(base, vectors_for(base, Encoder(), questions), questions)


def today() -> date:
    """The date in China."""
    return datetime.now(CHINA).date()


def evaluation_data() -> Path:
    """The folder of labelled questions, which are no part of the project."""
    return Path(os.environ.get("FARUN_EVAL_DATA", "../shared/eval"))


if __name__ == "__main__":
    main()
