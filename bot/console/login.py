"""Whether a name and a password let somebody in. Knows nothing of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.console import passwords
from bot.domain.people import Staff
from bot.ports import Clock, Store

MAX_FAILURES = 5
WINDOW = timedelta(minutes=15)
"""After `MAX_FAILURES` wrong passwords within this time a login name is locked until the first of them is this old."""


@dataclass(frozen=True, slots=True)
class LetIn:
    """The right password of an active person; `epoch` is what their new session is of."""

    staff: Staff
    epoch: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Wrong name, wrong password, not active or no password yet: nobody outside learns which."""


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Too many failures of late. The password was not looked at."""


def log_in(store: Store, clock: Clock, *, login: str, password: str, where: str) -> LetIn | Refused | LockedOut:
    """Check, count and note one try. `where` is the network address, for the audit."""
    now = clock()
    with store.begin() as unit:
        if unit.accounts.failed_logins(login, since=now - WINDOW) >= MAX_FAILURES:
            return LockedOut()
        found = unit.accounts.by_login(login)
    staff, password_hash = found if found is not None else (None, None)
    right = passwords.matches(password, password_hash)  # Outside a transaction: it is slow on purpose.
    with store.begin() as unit:
        if staff is None or not staff.active or not right:
            unit.accounts.note_login(login, ok=False, now=now)
            if unit.accounts.failed_logins(login, since=now - WINDOW) >= MAX_FAILURES:
                unit.audit.note(staff.id if staff else None, "登录被锁定", "连续输错密码", now=now, where=where)
            return Refused()
        unit.accounts.note_login(login, ok=True, now=now)
        unit.audit.note(staff.id, "登录", staff.login, now=now, where=where)
        return LetIn(staff, unit.accounts.session_epoch(staff.id))
