"""Importing FAQs from .xlsx, .csv or .yaml: templates, preview that changes nothing, confirmation. All rows or none."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import comma_separated, entry_yaml, identity, workbook
from bot.console.faults import FIELDS
from bot.console.import_entries import read_written
from bot.console.import_rows import COLUMNS, ImportRow, Intake, read_sheet
from bot.console.import_template import EXAMPLE, HINT, example_fields
from bot.console.services import now, services, today
from bot.console.tables import UnreadableFile
from bot.console.uploads import Upload, Uploads, sent
from bot.service.publishing import InvalidEntry

pages = Blueprint("importing", __name__, url_prefix="/console/import")


@pages.before_request
def admins_only() -> None:
    """For others these pages are not there."""
    identity.admin()


@pages.get("/")
def start() -> ResponseReturnValue:
    """Where to get the template and choose a file."""
    return render_template("console/import.html", problem="")


@pages.get("/template.xlsx")
def template() -> Response:
    """An empty table with one example row, which importing skips."""
    return _download(workbook.write_table("知识条目", *_example_table()), workbook.MIME, "xlsx")


@pages.get("/template.csv")
def template_csv() -> Response:
    """The same as text."""
    return _download(comma_separated.write_table(*_example_table()), comma_separated.MIME, "csv")


@pages.get("/template.yaml")
def template_yaml() -> Response:
    """One example entry, which importing skips, below what to mind."""
    content = entry_yaml.write_entries(EXAMPLE["topic"], example_fields(), HINT)
    return _download(content, entry_yaml.MIME, "yaml")


@pages.post("/preview")
def preview() -> ResponseReturnValue:
    """What the file would do, row by row; nothing is changed."""
    staff, upload = identity.admin(), sent(request)
    if not upload.content:
        return render_template("console/import.html", problem="请先选一个文件。"), 422
    try:
        rows = _read(upload)
    except UnreadableFile as fault:
        return render_template("console/import.html", problem=str(fault)), 422
    faulty = [row for row in rows if row.faults]
    token = "" if faulty else _uploads().keep(upload, staff=staff.id, now=now())
    return render_template("console/import_preview.html", rows=rows, faulty=faulty, token=token)


@pages.get("/preview")
def preview_again() -> ResponseReturnValue:
    """A reload has no file any more: begin again."""
    return redirect(url_for(".start"))


@pages.post("/confirm")
def confirm() -> ResponseReturnValue:
    """Everything is read and checked again: the base or the law may have changed since the preview."""
    staff, token = identity.admin(), request.form.get("token", "")
    kept = _uploads().fetch(token, staff=staff.id, now=now())
    if kept is None:
        return render_template("console/import.html", problem="这份预览已经导入过或过期了，请重新上传。"), 409
    rows = _read(kept)
    changed = [(row.topic, row.body) for row in rows if not row.same]
    try:
        if any(row.faults for row in rows):
            raise InvalidEntry([fault for row in rows for fault in row.faults])
        services().publishing.save_all(staff, changed)
    except InvalidEntry:
        faulty = [row for row in rows if row.faults]
        return render_template("console/import_preview.html", rows=rows, faulty=faulty, token=""), 409
    _uploads().drop(token, staff=staff.id)
    flash(f"已导入 {len(changed)} 条。点“发布”之后，机器人才会用上。", "success")
    return redirect(url_for("console.knowledge.listed"))


def _read(upload: Upload) -> list[ImportRow]:
    """Raises UnreadableFile. What a file is, its name says; a wrong name is told by what stands in it."""
    with services().store.begin() as unit:
        villages = unit.people.villages()
    intake = Intake(services().publishing, villages, today())
    match PurePath(upload.name).suffix.lower():
        case ".xlsx" | ".xlsm" | ".xls":
            return read_sheet(workbook.read_rows(upload.content), intake)
        case ".csv":
            return read_sheet(comma_separated.read_rows(upload.content), intake)
        case ".yaml" | ".yml":
            return read_written(entry_yaml.read_entries(upload.content), intake)
        case _:
            raise UnreadableFile("只能导入 .xlsx、.csv 或 .yaml 文件，请用下载的模板填写。")


def _example_table() -> tuple[list[str], list[list[str]]]:
    """Headings, and the example row below them."""
    return [FIELDS[field] for field in COLUMNS], [[EXAMPLE[field] for field in COLUMNS]]


def _download(content: bytes, mime: str, suffix: str) -> Response:
    disposition = f'attachment; filename="faq-template.{suffix}"'
    return Response(content, content_type=mime, headers={"Content-Disposition": disposition})


def _uploads() -> Uploads:
    return Uploads(services().settings.data / "uploads", kind="faq")
