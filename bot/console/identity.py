"""Who is asking: the staff member behind the session cookie. The only module that knows Flask-Login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, session
from flask_login import LoginManager, current_user, login_user, logout_user

from bot.console.services import services
from bot.domain.people import Role, Staff


@dataclass(frozen=True, slots=True)
class Identity:
    """A session: a person, and the epoch it was begun in. It ends when either is no longer good."""

    staff: Staff
    epoch: int
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return f"{self.staff.id}.{self.epoch}"


def init_app(app: Flask) -> None:
    """Sessions for the application; `services()` must be in place by its first request."""
    # The "strong" protection of Flask-Login ends a session when the address changes, as phones' addresses do.
    manager: Any = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)


def _load(stored: str) -> Identity | None:
    staff_id, _, epoch = stored.partition(".")
    if not (staff_id.isdecimal() and epoch.isdecimal()):
        return None
    with services().store.begin() as unit:
        staff = unit.people.staff(int(staff_id))
        if staff is None or not staff.active or unit.accounts.session_epoch(staff.id) != int(epoch):
            return None
    return Identity(staff, int(epoch))


def begin_session(staff: Staff, epoch: int) -> None:
    """Log in. Nothing of what the cookie held before is kept, so a planted one is worth nothing."""
    session.clear()
    session.permanent = True
    login_user(Identity(staff, epoch))


def end_session() -> None:
    """Log out."""
    logout_user()
    session.clear()


def known() -> Staff | None:
    """Who is asking; None for a visitor."""
    identity = current_user._get_current_object()
    return identity.staff if isinstance(identity, Identity) else None


def me() -> Staff:
    """Who is asking. Pages for visitors do not call this."""
    staff = known()
    if staff is None:
        abort(401)
    return staff


def admin() -> Staff:
    """Who is asking, if an admin; for anybody else the page is not there."""
    staff = me()
    if staff.role is not Role.ADMIN:
        abort(404)
    return staff
