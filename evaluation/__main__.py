"""`python -m evaluation`: figures with the command that prints them."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from bot.domain.wording import CHINA
from evaluation.fit import fit
from evaluation.lexicon import article_gains, entry_gains
from indexer.encoder import Encoder
from knowledge.check import load
from knowledge.lexicon.expansion import shipped


@click.group()
def main() -> None:
    """Measure and fit."""


@main.command(name="fit")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def fit_command(as_json: bool) -> None:
    """Fit the confidence of the decision. Chatter is read from FARUN_EVAL_DATA (default ../shared/eval)."""
    chatter = evaluation_data() / "chatter.jsonl"
    result = fit(load(datetime.now(CHINA).date()), Encoder(), chatter if chatter.is_file() else None)
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
    base, words = load(datetime.now(CHINA).date()), shipped()
    questions, extra = evaluation_data() / "stard_train.jsonl", evaluation_data() / "stard_extra_articles.jsonl"
    gains = article_gains(base, words, questions, extra if extra.is_file() else None) if questions.is_file() else []
    gains += entry_gains(base, words, Encoder())
    if as_json:
        click.echo(json.dumps([asdict(gain) for gain in gains], ensure_ascii=False))
        return
    for gain in gains:
        click.echo(str(gain))


def evaluation_data() -> Path:
    """The folder of labelled questions, which are no part of the project."""
    return Path(os.environ.get("FARUN_EVAL_DATA", "../shared/eval"))


if __name__ == "__main__":
    main()
