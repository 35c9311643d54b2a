"""Importing FAQs from a workbook: template, preview that changes nothing, confirmation. All rows or none."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.faults import FIELDS
from bot.console.import_rows import COLUMNS, ImportRow, read_sheet
from bot.console.import_template import EXAMPLE
from bot.console.services import now, services, today
from bot.console.uploads import Uploads
from bot.console.workbook import MIME, UnreadableWorkbook, read_rows, write_table
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
    content = write_table("知识条目", [FIELDS[field] for field in COLUMNS], [[EXAMPLE[field] for field in COLUMNS]])
    return Response(content, mimetype=MIME, headers={"Content-Disposition": 'attachment; filename="faq-template.xlsx"'})


@pages.post("/preview")
def preview() -> ResponseReturnValue:
    """What the file would do, row by row; nothing is changed."""
    staff, file = identity.admin(), request.files.get("file")
    content = file.read() if file is not None else b""
    if not content:
        return render_template("console/import.html", problem="请先选一个 .xlsx 文件。"), 422
    try:
        rows = _read(content)
    except UnreadableWorkbook as fault:
        return render_template("console/import.html", problem=str(fault)), 422
    faulty = [row for row in rows if row.faults]
    token = "" if faulty else _uploads().keep(content, staff=staff.id, now=now())
    return render_template("console/import_preview.html", rows=rows, faulty=faulty, token=token)


@pages.get("/preview")
def preview_again() -> ResponseReturnValue:
    """A reload has no file any more: begin again."""
    return redirect(url_for(".start"))


@pages.post("/confirm")
def confirm() -> ResponseReturnValue:
    """Everything is read and checked again: the base or the law may have changed since the preview."""
    staff, token = identity.admin(), request.form.get("token", "")
    content = _uploads().fetch(token, staff=staff.id, now=now())
    if content is None:
        return render_template("console/import.html", problem="这份预览已经导入过或过期了，请重新上传。"), 409
    rows = _read(content)
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


def _read(content: bytes) -> list[ImportRow]:
    with services().store.begin() as unit:
        villages = unit.people.villages()
    return read_sheet(read_rows(content), services().publishing, villages, today())


def _uploads() -> Uploads:
    return Uploads(services().settings.data / "uploads")
