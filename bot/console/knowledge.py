"""Entries: found, read, added, edited with the knowledge check beside the form, retired, restored."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.basis import text_of
from bot.console.entry_form import AUDIENCES, REVIEWERS, EntryForm, scopes
from bot.console.entry_ids import new_id
from bot.console.faults import FieldFault, entry_faults
from bot.console.services import services, today
from bot.domain.people import Role
from bot.service.publishing import Held, InvalidEntry
from knowledge.entry import Entry, EntryStatus

pages = Blueprint("knowledge", __name__, url_prefix="/console/knowledge")

PAGE = 30


@pages.get("/")
def listed() -> ResponseReturnValue:
    """All staff read; only admins change."""
    words, topic = request.args.get("words", "").strip()[:100], request.args.get("topic", "")
    found = services().publishing.listed(words, topic)
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "console/knowledge.html",
        held=found[(page - 1) * PAGE : page * PAGE],
        total=len(found),
        page=page,
        pages=-(-len(found) // PAGE),
        words=words,
        topic=topic,
        topics=services().publishing.topics(),
        is_admin=identity.me().role is Role.ADMIN,
    )


@pages.get("/<entry>")
def one(entry: str) -> ResponseReturnValue:
    """An entry as residents hear it, the text it rests on, and its versions."""
    held = _held(entry)
    publishing = services().publishing
    return render_template(
        "console/entry.html",
        held=held,
        basis=publishing.basis(held.entry.model_dump(mode="json")),
        versions=publishing.versions(entry),
        changed_under=services().law_importing.changed_under(held.entry),
        audiences=AUDIENCES,
        reviewers=REVIEWERS,
        scopes=_scopes(held.entry.scope),
        is_admin=identity.me().role is Role.ADMIN,
    )


@pages.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """`?case=` starts from what an adviser answered: the question and the answer, to be worked over."""
    staff = identity.admin()
    form = EntryForm(request.form)
    form.scope.choices = _scopes()
    if request.method == "POST":
        return _save(form, new_id(today()), held=None)
    form.process(data={"reviewed_on": today(), "reviewed_by": "judicial_office", "scope": "nation"})
    if (case := request.args.get("case", type=int)) is not None:
        answered = services().casework.see(staff, case)
        form.question.data = answered.question
        form.answer.data = next((event.text for event in reversed(answered.events) if event.what == "答复"), "")
    return _form(form, held=None)


@pages.route("/<entry>/edit", methods=["GET", "POST"])
def edit(entry: str) -> ResponseReturnValue:
    """Change an entry; saving it is reviewing it."""
    identity.admin()
    held = _held(entry)
    form = EntryForm(request.form)
    form.scope.choices = _scopes(held.entry.scope)
    if request.method == "POST":
        return _save(form, entry, held=held)
    form.show(held.topic, held.entry)
    return _form(form, held=held)


@pages.post("/check")
def check() -> ResponseReturnValue:
    """What saving would say, and the text behind each citation, while somebody types. Changes nothing."""
    identity.admin()
    form = EntryForm(request.form)
    form.scope.choices = _scopes()
    body, unread = form.body(request.form.get("entry") or new_id(today()))
    faults = unread + entry_faults(services().publishing, form.topic.data or "", body)
    base = services().publishing.files()
    texts = [text_of(base, cited["law"], cited["article"]) for cited in body["citations"]]
    return {
        "faults": [{"field": fault.field, "words": str(fault)} for fault in faults],
        "basis": [{"title": f"《{text.law}》{text.number}", "text": text.text} for text in texts if text is not None],
    }


@pages.post("/<entry>/retire")
def retire(entry: str) -> ResponseReturnValue:
    """Take it out of answers with the next publishing. Twice is once."""
    staff = identity.admin()
    if _held(entry).entry.status is not EntryStatus.RETIRED:
        services().publishing.retire(staff, entry)
    flash("已停用。发布之后，机器人就不再使用这一条。", "success")
    return redirect(url_for(".one", entry=entry))


@pages.post("/<entry>/restore/<int:number>")
def restore(entry: str, number: int) -> ResponseReturnValue:
    """Make an earlier version the present one, if it still passes the check."""
    try:
        services().publishing.restore(identity.admin(), entry, number)
    except InvalidEntry:
        flash("这个旧版本现在通不过检查（例如所引条文已失效），请改用“修改”。", "danger")
    else:
        flash(f"已恢复第 {number} 版。发布之后生效。", "success")
    return redirect(url_for(".one", entry=entry))


def _save(form: EntryForm, entry: str, *, held: Held | None) -> ResponseReturnValue:
    staff, publishing = identity.admin(), services().publishing
    body, faults = form.body(entry)
    faults += entry_faults(publishing, form.topic.data or "", body)
    if held is None and not faults and _same_question(body["question"]):
        faults.append(FieldFault("question", "已经有一条同样的问题，请直接修改那一条"))
    if faults:
        return _form(form, held=held, faults=faults, code=422)
    publishing.save(staff, form.topic.data or "", body)
    flash("已保存。点“发布”之后，机器人才会用上。", "success")
    return redirect(url_for(".one", entry=entry))


def _form(
    form: EntryForm, *, held: Held | None, faults: list[FieldFault] | None = None, code: int = 200
) -> ResponseReturnValue:
    topics = services().publishing.topics()
    return render_template("console/entry_form.html", form=form, held=held, faults=faults or [], topics=topics), code


def _held(entry: str) -> Held:
    held = services().publishing.get(entry)
    if held is None:
        abort(404)
    return held


def _same_question(question: str) -> Entry | None:
    entries = services().publishing.base().entries.values()
    return next(
        (held for _, held in entries if held.question == question and held.status is not EntryStatus.RETIRED), None
    )


def _scopes(present: str = "nation") -> dict[str, str]:
    with services().store.begin() as unit:
        return scopes(unit.people.villages(), present)
