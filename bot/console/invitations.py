"""One-time links with which a person sets their own password: nobody else ever knows it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from bot.console import passwords
from bot.console.services import ConsoleServices
from bot.domain.people import Role, Staff
from bot.ports import Store, Unit

VALID_FOR = timedelta(hours=48)
FIRST_LOGIN = "admin"


def link(public_url: str, token: str) -> str:
    """What is handed to the person."""
    return f"{public_url.rstrip('/')}/setup/{token}"


def invite(unit: Unit, staff: int, *, now: datetime) -> str:
    """A new token for a person, valid for `VALID_FOR` and once. Only its hash is stored: show it now or never."""
    token = secrets.token_urlsafe(32)
    unit.accounts.issue_setup(staff, token_hash(token), expires=now + VALID_FOR)
    return token


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def redeem(store: Store, token: str, password: str, *, now: datetime, where: str) -> tuple[Staff, int] | None:
    """Use the token up and set the password: (staff, epoch of the new session). None: unknown, used or expired."""
    password_hash = passwords.hashed(password)
    with store.begin() as unit:
        staff = unit.accounts.redeem_setup(token_hash(token), now=now)
        if staff is None or not staff.active:
            return None
        unit.accounts.set_password(staff.id, password_hash)
        unit.audit.note(staff.id, "设置密码", staff.login, now=now, where=where)
        return staff, unit.accounts.session_epoch(staff.id)


def first_start_link(services: ConsoleServices) -> str | None:
    """The link to set the first admin's password, made anew at every start until it was used; then None."""
    now = services.clock()
    with services.store.begin() as unit:
        held = unit.accounts.by_login(FIRST_LOGIN)
        if held is None:
            if any(person.role is Role.ADMIN for person in unit.people.all_staff()):
                return None
            first = unit.accounts.add_staff(name="管理员", login=FIRST_LOGIN, role=Role.ADMIN)
        elif held[1] is None:
            first = held[0].id
        else:
            return None
        return link(services.settings.public_url, invite(unit, first, now=now))
