"""Logging in and out, the first password, a new password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import identity, invitations, passwords
from bot.console.forms import ChangePasswordForm, LoginForm, NewPasswordForm
from bot.console.login import LetIn, LockedOut, Refused, log_in
from bot.console.protection import local_path
from bot.console.services import now, services

pages = Blueprint("session", __name__)

LOCKED = "连续输错太多次，已暂时锁定。请过 15 分钟再试，或请管理员重置密码。"
WRONG = "登录名或密码不对。"
DEAD_LINK = "这个链接已经用过或过期了，请向管理员要一个新的。"


@pages.route("/console/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Wrong name, wrong password and switched-off account look the same."""
    form = LoginForm(request.form)
    target = local_path(request.values.get("next")) or url_for("console.cases.listed")
    if request.method == "GET":
        if identity.known() is not None:
            return redirect(target)
        return render_template("console/login.html", form=form, target=target)
    problem, code = "", 200
    if form.validate():
        outcome = log_in(
            services().store,
            services().clock,
            login=form.login.data or "",
            password=form.password.data or "",
            where=request.remote_addr or "",
        )
        match outcome:
            case LetIn(staff, epoch):
                identity.begin_session(staff, epoch)
                return redirect(target)
            case LockedOut():
                problem, code = LOCKED, 429
            case Refused():
                problem, code = WRONG, 401
    return render_template("console/login.html", form=form, target=target, problem=problem), code


@pages.post("/console/logout")
def logout() -> ResponseReturnValue:
    """End this session."""
    staff = identity.me()
    with services().store.begin() as unit:
        unit.audit.note(staff.id, "退出", staff.login, now=now(), where=request.remote_addr or "")
    identity.end_session()
    flash("已退出。")
    return redirect(url_for("console.session.login"))


@pages.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> ResponseReturnValue:
    """Opening the link uses nothing up: chat programs open links to preview them."""
    form = NewPasswordForm(request.form)
    problem = ""
    if request.method == "POST" and form.validate():
        problem = _fault(form, login="")
        if not problem:
            redeemed = invitations.redeem(
                services().store, token, form.password.data or "", now=now(), where=request.remote_addr or ""
            )
            if redeemed is None:
                return render_template("console/message.html", title="链接已失效", words=DEAD_LINK), 410
            identity.begin_session(*redeemed)
            flash(f"密码设好了。您的登录名是 {redeemed[0].login}，请记住。")
            return redirect(url_for("console.cases.listed"))
    return render_template("console/setup.html", form=form, problem=problem), 422 if form.errors or problem else 200


@pages.route("/console/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """A new password ends every other session of the person."""
    form, staff, problem = ChangePasswordForm(request.form), identity.me(), ""
    if request.method == "POST" and form.validate():
        problem = _fault(form, login=staff.login)
        if not problem:
            match log_in(
                services().store,
                services().clock,
                login=staff.login,
                password=form.current.data or "",
                where=request.remote_addr or "",
            ):
                case LetIn():
                    _set_password(form.password.data or "")
                    flash("密码已修改，其他设备上的登录已经退出。")
                    return redirect(url_for("console.cases.listed"))
                case LockedOut():
                    problem = LOCKED
                case Refused():
                    problem = "现在的密码不对。"
    code = 422 if form.errors or problem else 200
    return render_template("console/password.html", form=form, problem=problem), code


def _fault(form: NewPasswordForm, *, login: str) -> str:
    if form.password.data != form.again.data:
        return "两遍输入的密码不一样。"
    return passwords.fault_of(form.password.data or "", login=login) or ""


def _set_password(password: str) -> None:
    staff, password_hash = identity.me(), passwords.hashed(password)
    with services().store.begin() as unit:
        unit.accounts.set_password(staff.id, password_hash)
        unit.audit.note(staff.id, "修改密码", staff.login, now=now(), where=request.remote_addr or "")
        epoch = unit.accounts.session_epoch(staff.id)
    identity.begin_session(staff, epoch)
