"""`python -m evaluation`: figures with the command that prints them."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from bot.domain.wording import CHINA
from evaluation.fit import fit
from evaluation.held_out import Wording, held_out
from evaluation.lexicon import article_gains, entry_gains
from evaluation.variants import confusable, of_topics
from indexer.encoder import Encoder
from knowledge.check import load
from knowledge.entry import EntryStatus
from knowledge.lexicon.expansion import shipped


@click.group()
def main() -> None:
    """Measure and fit."""


@main.command(name="fit")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def fit_command(as_json: bool) -> None:
    """Fit the confidence of the decision. Chatter is read from FARUN_EVAL_DATA (default ../shared/eval)."""
    chatter = evaluation_data() / "chatter.jsonl"
    result = fit(load(today()), Encoder(), chatter if chatter.is_file() else None)
    if as_json:
        click.echo(json.dumps(asdict(result)))
        return
    click.echo(f"{result.variants} held-out variants: hit@1 {result.hit1:.3f}, hit@3 {result.hit3:.3f}")
    click.echo(
        f"bias {result.bias:.3f}, score_weight {result.score_weight:.3f}, "
        f"lead_weight {result.lead_weight:.3f}, cosine_weight {result.cosine_weight:.3f}; Brier {result.brier:.3f}"
    )
    for line in result.lines:
        click.echo(
            f"at {line.at:.2f}: {line.answered:.1%} answered, {line.precision:.1%} of them right; "
            f"{line.unanswerable_answered:.1%} of unanswerable and {line.chatter_answered} chatter answered"
        )


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


def today() -> date:
    """The date in China."""
    return datetime.now(CHINA).date()


def evaluation_data() -> Path:
    """The folder of labelled questions, which are no part of the project."""
    return Path(os.environ.get("FARUN_EVAL_DATA", "../shared/eval"))


if __name__ == "__main__":
    main()
