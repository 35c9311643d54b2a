"""Who answers for whom: villages, their groups and adviser chains; and the audit. For admins."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.forms import GroupForm, VillageForm
from bot.console.services import now, services
from bot.domain.people import Rank, Role, Village
from bot.ports import Unit

pages = Blueprint("people", __name__, url_prefix="/console/people")

MOST_VILLAGES = 5
"""One adviser serves at most this many villages (the province's rule)."""


@pages.before_request
def admins_only() -> None:
    """For others these pages are not there."""
    identity.admin()


@pages.get("/")
def listed() -> ResponseReturnValue:
    """Villages with who answers, and everybody who logs in."""
    with services().store.begin() as unit:
        villages = unit.people.villages()
        chains = {village.code: unit.people.chain(village.code) for village in villages}
        staff = unit.people.all_staff()
        groups = unit.people.groups()
    advisers = [person for person in staff if person.role is Role.ADVISER and person.active]
    busy = [person.name for person in advisers if len(person.villages) > MOST_VILLAGES]
    return render_template(
        "console/people.html",
        villages=villages,
        chains=chains,
        staff=staff,
        groups=groups,
        busy=busy,
        most=MOST_VILLAGES,
    )


@pages.get("/audit")
def audit() -> ResponseReturnValue:
    """Who did what, of late."""
    with services().store.begin() as unit:
        notes = unit.audit.latest(200)
    return render_template("console/audit.html", notes=notes)


@pages.route("/villages/new", methods=["GET", "POST"])
def new_village() -> ResponseReturnValue:
    """Add one; its code is for good."""
    form = VillageForm(request.form)
    if request.method == "POST" and form.validate():
        village = Village(form.code.data or "", form.name.data or "", form.street.data or "")
        with services().store.begin() as unit:
            taken = unit.people.village(village.code) is not None
            if not taken:
                unit.people.save_village(village)
                _note(unit, "添加村（社区）", village.code)
        if not taken:
            flash("已添加。接下来请选好由谁答复。", "success")
            return redirect(url_for(".village", code=village.code))
        form.code.errors = ["这个代码已经有了"]
    return render_template("console/village_new.html", form=form), 422 if form.errors else 200


@pages.get("/villages/<code>")
def village(code: str) -> ResponseReturnValue:
    """Its name, who answers in which order, its groups."""
    return _village_page(code, GroupForm())


@pages.post("/villages/<code>")
def rename_village(code: str) -> ResponseReturnValue:
    """Name and street; the code stays."""
    form = VillageForm(request.form, data={"code": code})
    form.code.data = code
    if not form.name.data or not form.street.data:
        flash("名称和街道都要填写。", "danger")
        return redirect(url_for(".village", code=code))
    with services().store.begin() as unit:
        _known(unit, code)
        unit.people.save_village(Village(code, form.name.data[:40], form.street.data[:40]))
        _note(unit, "修改村（社区）", code)
    flash("已保存。", "success")
    return redirect(url_for(".village", code=code))


@pages.post("/villages/<code>/chain")
def set_chain(code: str) -> ResponseReturnValue:
    """The order of asking. Nobody may stand in it twice, or be asked who cannot answer."""
    chosen = [(rank, request.form.get(rank.value, 0, type=int)) for rank in Rank]
    chain = [(rank, person) for rank, person in chosen if person]
    with services().store.begin() as unit:
        _known(unit, code)
        people = {person.id: person for person in unit.people.all_staff() if person.active}
        if len({person for _, person in chain}) < len(chain):
            flash("同一个人不能选两次。", "danger")
        elif any(person not in people for _, person in chain):
            flash("选中的人已停用，请重新选择。", "danger")
        else:
            unit.people.set_chain(code, chain)
            _note(unit, "修改答复人", code)
            flash("答复人已保存。", "success")
    return redirect(url_for(".village", code=code))


@pages.post("/villages/<code>/groups")
def save_group(code: str) -> ResponseReturnValue:
    """Say which village a WeChat group belongs to."""
    form = GroupForm(request.form)
    if not form.validate():
        return _village_page(code, form), 422
    with services().store.begin() as unit:
        _known(unit, code)
        unit.people.save_group(form.channel.data or "", form.group.data or "", name=form.name.data or "", village=code)
        _note(unit, "登记微信群", code)
    flash("微信群已登记。", "success")
    return redirect(url_for(".village", code=code))


def _village_page(code: str, form: GroupForm) -> str:
    with services().store.begin() as unit:
        held = _known(unit, code)
        chain = {rank: person.id for rank, person in unit.people.chain(code)}
        staff = [person for person in unit.people.all_staff() if person.active]
        groups = [group for group in unit.people.groups() if group[3] == code]
    return render_template(
        "console/village.html", village=held, chain=chain, ranks=list(Rank), staff=staff, groups=groups, form=form
    )


def _known(unit: Unit, code: str) -> Village:
    held = unit.people.village(code)
    if held is None:
        abort(404)
    return held


def _note(unit: Unit, what: str, about: str) -> None:
    unit.audit.note(identity.me().id, what, about, now=now(), where=request.remote_addr or "")
