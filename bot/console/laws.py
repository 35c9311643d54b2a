"""Importing laws: upload, preview that changes nothing, confirmation; and the imports there are."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.law_view import chapters, revisions
from bot.console.services import now, services, today
from bot.console.uploads import Uploads, sent
from bot.domain.errors import NotAllowed
from bot.service.law_importing import LawImporting, UnfitLaw
from knowledge.entry import EntryStatus
from knowledge.errors import UnreadableLaw
from knowledge.impact import Impact

pages = Blueprint("laws", __name__, url_prefix="/console/laws")

MAX_BYTES = 2 * 1024 * 1024


@pages.before_request
def admins_only() -> None:
    """For others these pages are not there."""
    identity.admin()


@pages.get("/")
def start() -> ResponseReturnValue:
    """Where to choose a file, what was imported, and which entries wait to be read again."""
    return _start()


@pages.post("/preview")
def preview() -> ResponseReturnValue:
    """What the law says of itself, what it changes, and what rests on that; nothing is changed."""
    staff, upload = identity.admin(), sent(request)
    if not upload.content:
        return _start("请先选一个文件。")
    if len(upload.content) > MAX_BYTES:
        return _start("文件不要超过 2 MB。正文里如果有图片，请先删去。")
    try:
        found = _importing().preview(upload.name, upload.content)
    except UnreadableLaw as fault:
        return _start(f"没有导入。{fault}")
    token = _uploads().keep(upload, staff=staff.id, now=now())
    return _preview(found, token)


@pages.get("/preview")
def preview_again() -> ResponseReturnValue:
    """A reload has no file any more: begin again."""
    return redirect(url_for(".start"))


@pages.post("/confirm")
def confirm() -> ResponseReturnValue:
    """The file is read again, and all is done in one step or not at all."""
    staff, token = identity.admin(), request.form.get("token", "")
    kept = _uploads().fetch(token, staff=staff.id, now=now())
    if kept is None:
        return _start("这份预览已经导入过或过期了，请重新上传。", code=409)
    version, in_force = _day("version"), _day("in_force")
    try:
        done = _importing().confirm(staff, kept.name, kept.content, version=version, in_force=in_force)
    except UnreadableLaw as fault:
        return _start(f"没有导入。{fault}", code=409)
    except UnfitLaw as unfit:
        return _preview(_importing().preview(kept.name, kept.content), token, unfit.faults, typed=True, code=422)
    _uploads().drop(token, staff=staff.id)
    parts = ["已导入。"]
    if done.taken_out:
        parts.append(f"{done.taken_out} 条知识条目已停用，等人重新审核。")
    if done.renumbered:
        parts.append(f"{done.renumbered} 条知识条目的条号已跟着改。")
    if in_force is not None and in_force > today():
        parts.append(f"新条文从 {in_force} 起使用。")
    flash("".join(parts) + "点“发布”之后，检索里才有新的条文。", "success")
    return redirect(url_for(".start"))


@pages.post("/withdraw/<int:number>")
def withdraw(number: int) -> ResponseReturnValue:
    """Take an import back."""
    try:
        _importing().withdraw(identity.admin(), number)
    except NotAllowed:
        flash("这次导入已经撤回，或者后面又导入了更新的版本，要先撤回那一个。", "danger")
    else:
        flash("已撤回，恢复使用原来的版本。停用的知识条目仍要有人审核后才会重新使用。", "success")
    return redirect(url_for(".start"))


def _start(problem: str = "", *, code: int = 422) -> ResponseReturnValue:
    base, history = services().publishing.base(), _importing().history()
    latest = {held.law.version.name: held.number for held in reversed(history)}
    page = render_template(
        "console/laws.html",
        problem=problem,
        history=history,
        latest=set(latest.values()),
        in_use={version.id for version in base.laws.laws()},
        waiting=[(topic, entry) for topic, entry in base.entries.values() if entry.status is EntryStatus.NEEDS_REVIEW],
        today=today(),
    )
    return (page, code) if problem else page


def _preview(
    found: Impact, token: str, faults: list[str] | None = None, *, typed: bool = False, code: int = 200
) -> ResponseReturnValue:
    """`typed`: the dates in the form are shown again rather than those of the file."""
    instrument = found.instrument
    page = render_template(
        "console/laws_preview.html",
        found=found,
        instrument=instrument,
        blocked=_importing().blocked(found),
        chapters=chapters(instrument),
        revisions=revisions(found),
        past=_importing().past_answers(found),
        token=token,
        faults=faults or [],
        version=request.form.get("version", "") if typed else instrument.version or "",
        in_force=request.form.get("in_force", "") if typed else instrument.in_force or "",
    )
    return page, code


def _day(field: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        return None


def _importing() -> LawImporting:
    return services().law_importing


def _uploads() -> Uploads:
    return Uploads(services().settings.data / "uploads", kind="law")
