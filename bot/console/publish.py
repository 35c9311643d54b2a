"""Publishing the knowledge base: start, watch, look back, roll back; and try out what a question finds."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.publish_job import PublishJob
from bot.console.services import now, services
from bot.console.trial import trial
from bot.domain.errors import NothingFound
from bot.domain.people import Staff

pages = Blueprint("publish", __name__, url_prefix="/console/publish")


@pages.before_request
def admins_only() -> None:
    """For others these pages are not there."""
    identity.admin()


@pages.get("/")
def state() -> ResponseReturnValue:
    """What is in use, what waits to be published, and every snapshot kept."""
    snapshots = services().publishing.snapshots()
    current = next((snapshot for snapshot in snapshots if snapshot.current), None)
    return render_template(
        "console/publish.html",
        progress=_job().progress(),
        snapshots=snapshots,
        waiting=_changed_since(current.built_at if current is not None else None),
        laws=_imported_since(current.built_at if current is not None else None),
        faults=services().publishing.base().faults,
    )


@pages.get("/progress.json")
def progress() -> ResponseReturnValue:
    """For the page, which asks every second."""
    found = _job().progress()
    return {"state": found.state, "done": found.done, "total": found.total}


@pages.post("/start")
def start() -> ResponseReturnValue:
    """Begin in the background; the page then shows the progress."""
    staff: Staff = identity.admin()
    if not _job().start(staff):
        flash("已经有人在发布了，请等它完成。", "warning")
    return redirect(url_for(".state"))


@pages.post("/roll-back")
def roll_back() -> ResponseReturnValue:
    """Put an earlier snapshot to use at once."""
    try:
        services().publishing.roll_back(identity.admin(), request.form.get("snapshot", ""))
    except NothingFound:
        flash("这个版本的索引已经不在了，没有回退。", "danger")
    else:
        flash("已回退，立即生效。下次发布会重新用上现在的全部条目。", "success")
    return redirect(url_for(".state"))


@pages.route("/try", methods=["GET", "POST"])
def try_out() -> ResponseReturnValue:
    """What a resident asking this would get. Nothing is stored; posted, so that no access log has the words."""
    text = request.form.get("text", "").strip()[:500]
    in_group = request.form.get("group") == "1"
    found = trial(services(), text, in_group=in_group, now=now()) if text else None
    return render_template("console/try.html", text=text, in_group=in_group, found=found)


def _job() -> PublishJob:
    return PublishJob(services().publishing, services().settings.data)


def _changed_since(published: datetime | None) -> list[str]:
    """Ids of entries saved after the snapshot in use was built."""
    with services().store.begin() as unit:
        latest = {entry: unit.entries.versions(entry)[0] for entry in unit.entries.current()}
    return [entry for entry, version in latest.items() if published is None or version[4] > published]


def _imported_since(published: datetime | None) -> list[str]:
    """Names of laws imported after the snapshot in use was built, whose articles it does not have."""
    held = services().law_importing.history()
    return [one.law.version.name for one in held if published is None or one.at > published]
