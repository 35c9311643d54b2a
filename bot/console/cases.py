"""Cases: the lists, one case, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.case_view import case_view
from bot.console.forms import AnswerForm, HandOverForm, NoteForm
from bot.console.services import now, services
from bot.domain.errors import CaseConflict
from bot.domain.people import Staff

pages = Blueprint("cases", __name__, url_prefix="/console/cases")

TABS = {"waiting": "待受理", "mine": "我受理的", "others": "同事受理的", "done": "已答复办结"}
CASE = "/<int(max=2147483647):case>"


@pages.get("/")
def listed() -> ResponseReturnValue:
    """Urgent first, then what is due first. A badge says how many wait in each list of open cases."""
    staff, casework = identity.me(), services().casework
    lists = {"waiting": casework.waiting(staff), "mine": casework.mine(staff), "others": casework.others(staff)}
    tab = request.args.get("tab", "waiting")
    if tab not in TABS:
        tab = "waiting"
    shown = casework.done(staff) if tab == "done" else lists[tab]
    counts = {name: len(cases) for name, cases in lists.items()}
    with services().store.begin() as unit:
        villages = {village.code: village.name for village in unit.people.villages()}
    return render_template(
        "console/cases.html", tabs=TABS, tab=tab, cases=shown, counts=counts, villages=villages, now=now()
    )


@pages.get("/waiting.json")
def waiting_count() -> ResponseReturnValue:
    """How many wait, for the open list that looks now and then whether there is something new."""
    waiting = services().casework.waiting(identity.me())
    return {"waiting": len(waiting), "newest": max((case.id for case in waiting), default=0)}


@pages.get(CASE)
def one(case: int) -> ResponseReturnValue:
    """The case as it is now."""
    return _page(identity.me(), case)


@pages.get(f"{CASE}/<step>")
def step_page(case: int, step: str) -> ResponseReturnValue:
    """Where a reload after a refused step leads: to the case as it is now."""
    return redirect(url_for(".one", case=case))


@pages.post(f"{CASE}/claim")
def claim(case: int) -> ResponseReturnValue:
    """Take it. Who was slower is told who has it."""
    staff = identity.me()
    return _carry_out(staff, case, lambda: services().casework.claim(staff, case), "已受理，请在时限前答复。")


@pages.post(f"{CASE}/answer")
def answer(case: int) -> ResponseReturnValue:
    """A refused answer stays in the form: nobody writes it twice."""
    staff, form = identity.me(), AnswerForm(request.form)
    done = "答复已保存，正在发给群众。"
    if not form.validate():
        return _page(staff, case, answer_form=form, code=422)
    text = form.text.data or ""
    try:
        services().casework.answer(staff, case, text)
    except ValueError as empty:
        form.text.errors = [str(empty)]
        return _page(staff, case, answer_form=form, code=422)
    except CaseConflict as conflict:
        return _page(staff, case, answer_form=form, conflict=f"{conflict} 您写的答复没有发出，还在下面。", code=409)
    flash(done, "success")
    return redirect(url_for(".one", case=case, sent=1))


@pages.post(f"{CASE}/hand-over")
def hand_over(case: int) -> ResponseReturnValue:
    """Put it before a colleague, who finds it among the waiting."""
    staff = identity.me()
    form = HandOverForm(request.form)
    form.to.choices = _names(services().casework.colleagues(staff, case))
    if not form.validate():
        return _page(staff, case, hand_over_form=form, code=422)
    return _carry_out(
        staff, case, lambda: services().casework.hand_over(staff, case, form.to.data, form.note.data or ""), "已转交。"
    )


@pages.post(f"{CASE}/give-back")
def give_back(case: int) -> ResponseReturnValue:
    """Back among the waiting."""
    return _with_note(case, services().casework.give_back, "已退回待受理。")


@pages.post(f"{CASE}/close")
def close(case: int) -> ResponseReturnValue:
    """Nothing more to do."""
    return _with_note(case, services().casework.close, "已办结。")


@pages.post(f"{CASE}/reopen")
def reopen(case: int) -> ResponseReturnValue:
    """Back among the waiting, after an answer or closing."""
    return _with_note(case, services().casework.reopen, "已重新打开，回到待受理。")


def _with_note(case: int, step: Callable[[Staff, int, str], None], done: str) -> ResponseReturnValue:
    staff, form = identity.me(), NoteForm(request.form)
    if not form.validate():
        return _page(staff, case, conflict="说明最多 200 字。", code=422)
    return _carry_out(staff, case, lambda: step(staff, case, form.note.data or ""), done)


def _carry_out(staff: Staff, case: int, step: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        step()
    except CaseConflict as conflict:
        return _page(staff, case, conflict=str(conflict), code=409)
    flash(done, "success")
    return redirect(url_for(".one", case=case))


def _page(
    staff: Staff,
    case: int,
    *,
    answer_form: AnswerForm | None = None,
    hand_over_form: HandOverForm | None = None,
    conflict: str = "",
    code: int = 200,
) -> ResponseReturnValue:
    view = case_view(services(), staff, case)
    if hand_over_form is None:
        hand_over_form = HandOverForm()
        hand_over_form.to.choices = _names(view.colleagues)
    return (
        render_template(
            "console/case.html",
            view=view,
            answer_form=answer_form or AnswerForm(),
            hand_over_form=hand_over_form,
            note_form=NoteForm(),
            conflict=conflict,
            now=now(),
        ),
        code,
    )


def _names(people: Sequence[Staff]) -> dict[str, str]:
    return {str(person.id): person.name for person in people}
