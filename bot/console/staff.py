"""People who log in: added with a one-time link, given a new one, taken out of service. For admins."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity, invitations
from bot.console.forms import StaffForm
from bot.console.services import now, services
from bot.console.texts import ROLE_NAMES
from bot.domain.people import Role, Staff
from bot.ports import Unit

pages = Blueprint("staff", __name__, url_prefix="/console/staff")

PERSON = "/<int(max=2147483647):person>"


@pages.before_request
def admins_only() -> None:
    """For others these pages are not there."""
    identity.admin()


@pages.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """The link is shown once, on the page that answers the form."""
    form = StaffForm(request.form)
    form.role.choices = {role.value: name for role, name in ROLE_NAMES.items()}
    if request.method == "GET":
        form.role.data = Role.ADVISER.value
    elif form.validate():
        try:
            with services().store.begin() as unit:
                login, role = form.login.data or "", Role(form.role.data)
                added = unit.accounts.add_staff(name=form.name.data or "", login=login, role=role)
                token = invitations.invite(unit, added, now=now())
                _note(unit, "添加人员", login)
        except ValueError:
            form.login.errors = ["这个登录名已经有人用了"]
        else:
            return _link_page(form.name.data or "", login, token)
    return render_template("console/staff_new.html", form=form), 422 if form.errors else 200


@pages.post(f"{PERSON}/link")
def new_link(person: int) -> ResponseReturnValue:
    """For who forgot the password, or let the first link expire. The old password holds until the link is used."""
    with services().store.begin() as unit:
        held = _known(unit, person)
        if not held.active:
            abort(404)
        token = invitations.invite(unit, person, now=now())
        _note(unit, "发放设置密码链接", held.login)
    return _link_page(held.name, held.login, token)


@pages.post(f"{PERSON}/active")
def set_active(person: int) -> ResponseReturnValue:
    """Out of service, or back. Sessions of the person end at once; cases in their hands are named, not moved."""
    active = request.form.get("active") == "1"
    staff = identity.admin()
    with services().store.begin() as unit:
        held = _known(unit, person)
        if held.id == staff.id:
            flash("不能停用自己。", "danger")
            return redirect(url_for("console.people.listed"))
        unit.accounts.set_active(person, active)
        _note(unit, "启用人员" if active else "停用人员", held.login)
    if active:
        flash(f"{held.name}已启用。", "success")
    else:
        left = sum(case.holder == person for case in services().casework.others(staff))
        more = f"还有 {left} 张受理中的转办单在他（她）手里，请到“同事受理的”里转交。" if left else ""
        flash(f"{held.name}已停用，登录立即失效。{more}", "warning" if left else "success")
    return redirect(url_for("console.people.listed"))


def _link_page(name: str, login: str, token: str) -> str:
    link = invitations.link(services().settings.public_url, token)
    hours = int(invitations.VALID_FOR.total_seconds() // 3600)
    return render_template("console/staff_link.html", name=name, login=login, link=link, hours=hours)


def _known(unit: Unit, person: int) -> Staff:
    held = unit.people.staff(person)
    if held is None:
        abort(404)
    return held


def _note(unit: Unit, what: str, about: str) -> None:
    unit.audit.note(identity.me().id, what, about, now=now(), where=request.remote_addr or "")
