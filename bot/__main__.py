"""`python -m bot`: serve, worker, ask, admin, index, export, corrections."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from pathlib import Path
from threading import Event
from typing import Any, TextIO

import click
import yaml

from bot.app import assemble, configure_logging, utc_now
from bot.ask import Asked, Asker
from bot.console.invitations import invite, link
from bot.domain.errors import BotError
from bot.domain.people import Role
from bot.serve import build_index, prepare, serve
from bot.service.corrections import corrections
from bot.settings import Settings, SettingsFault, read_settings
from bot.store.migrate import upgrade
from bot.worker import work


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """法润助手."""
    try:
        context.obj = read_settings()
    except SettingsFault as fault:
        raise click.ClickException(f"the settings are not usable:\n{fault}") from None


@main.command(name="serve")
@click.pass_obj
def serve_command(settings: Settings) -> None:
    """Prepare what is missing and serve until stopped."""
    serve(settings)


@main.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Background work only; `serve` starts one by itself."""
    configure_logging()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(assemble(settings), stop)


@main.command()
@click.argument("text", required=False)
@click.option("--village", help="The code of the village the question comes from.")
@click.option("--group", is_flag=True, help="Said in a group, without an @.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.option("--batch", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Rows {id, text, group?}.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the rows of --batch go.")
@click.pass_obj
def ask(
    settings: Settings,
    text: str | None,
    village: str | None,
    group: bool,
    as_json: bool,
    batch: Path | None,
    out: Path | None,
) -> None:
    """Ask as a resident would; nothing is stored. Builds the index first if there is none."""
    if (text is None) == (batch is None) or (batch is None) != (out is None):
        raise click.UsageError("give either TEXT, or --batch with --out")
    prepare(settings).store.close()
    with tempfile.TemporaryDirectory() as scratch:
        asker = Asker(settings, Path(scratch), village)
        if batch is not None and out is not None:
            _ask_batch(asker, batch, out)
            return
        asked = asker.ask("1", text or "", group=group)
    click.echo(json.dumps(asked.as_row(), ensure_ascii=False) if as_json else asked.text or "（不作声）")


def _ask_batch(asker: Asker, batch: Path, out: Path) -> None:
    with batch.open(encoding="utf-8") as rows, out.open("w", encoding="utf-8") as results:
        for number, line in enumerate(rows, start=1):
            if line.strip():
                asked = _ask_row(asker, line, f"{batch.name}:{number}")
                results.write(json.dumps(asked.as_row(), ensure_ascii=False) + "\n")


def _ask_row(asker: Asker, line: str, where: str) -> Asked:
    try:
        row: dict[str, Any] = json.loads(line)
        return asker.ask(str(row["id"]), str(row["text"]), group=bool(row.get("group", False)))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise click.ClickException(f"{where}: not a row with id and text: {type(fault).__name__}") from fault


@main.command()
@click.argument("login")
@click.argument("name")
@click.pass_obj
def admin(settings: Settings, login: str, name: str) -> None:
    """Add an admin, or renew the first-start link of one; prints the link, which works once."""
    upgrade(settings.database)
    service = assemble(settings)
    with service.store.begin() as unit:
        known = unit.accounts.by_login(login)
        staff = known[0].id if known is not None else unit.accounts.add_staff(name=name, login=login, role=Role.ADMIN)
        token = invite(unit, staff, now=utc_now())
        unit.audit.note(None, "命令行发出首次登录链接", login, now=utc_now())
    click.echo(link(settings.url, token))


@main.command()
@click.pass_obj
def index(settings: Settings) -> None:
    """Build and publish a snapshot of files and database, with a progress bar."""
    upgrade(settings.database)
    try:
        click.echo(build_index(assemble(settings)))
    except BotError as fault:
        raise click.ClickException(str(fault)) from fault


@main.command(name="corrections")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@click.pass_obj
def corrections_command(settings: Settings, file: TextIO) -> None:
    """Write the questions whose answers name their articles into FILE, for `python -m indexer tune`."""
    upgrade(settings.database)
    service = assemble(settings)
    with service.store.begin() as unit:
        for one in corrections(unit, service.conversation.speaker.knowledge.rule):
            gold = [{"law": law, "article": article} for law, article in one.gold]
            row = {"text": one.text, "gold": gold, "answer": one.answer}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def export(settings: Settings, folder: Path) -> None:
    """Write the entries kept in the database as entry files, one a topic, into FOLDER."""
    upgrade(settings.database)
    folder.mkdir(parents=True, exist_ok=True)
    exported = assemble(settings).publishing.exported()
    for number, (topic, entries) in enumerate(sorted(exported.items()), start=1):
        path = folder / f"exported-{number:02}.yaml"
        document = {
            "topic": topic,
            "contacts": sorted({place for entry in entries for place in entry["where"]}),
            "entries": entries,
        }
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120), "utf-8")
        click.echo(f"{path}: {topic}, {len(entries)}")
    if not exported:
        click.echo("the database holds no entries")


if __name__ == "__main__":
    sys.exit(main())
