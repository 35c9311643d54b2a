"""Logging in: logins, password hashes, setup tokens, attempts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from bot.domain.people import Role, Staff
from bot.store.tables import LoginRow, SetupRow, StaffRow
from bot.store.upsert import insert_new, put


class SqlAccounts:
    """`bot.ports.Accounts`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_staff(self, *, name: str, login: str, role: Role) -> int:
        values = {"name": name, "login": login, "role": role, "active": True, "session_epoch": 0}
        added = insert_new(self._session, StaffRow.id, ("login",), values)
        if added is None:
            raise ValueError("the login is taken")
        return added

    def set_active(self, staff: int, active: bool) -> None:
        self._session.execute(update(StaffRow).where(StaffRow.id == staff).values(active=active))

    def by_login(self, login: str) -> tuple[Staff, str | None] | None:
        """Who left is found too: the caller asks `active`."""
        row = self._session.scalar(select(StaffRow).where(StaffRow.login == login))
        return (row.staff, row.password_hash) if row is not None else None

    def set_password(self, staff: int, password_hash: str) -> None:
        epoch = StaffRow.session_epoch + 1
        changed = update(StaffRow).where(StaffRow.id == staff)
        self._session.execute(changed.values(password_hash=password_hash, session_epoch=epoch))

    def session_epoch(self, staff: int) -> int:
        return self._session.scalars(select(StaffRow.session_epoch).where(StaffRow.id == staff)).one()

    def issue_setup(self, staff: int, token_hash: str, *, expires: datetime) -> None:
        """A person has one token: a new one ends the one before."""
        put(self._session, SetupRow, {"staff_id": staff}, {"token_hash": token_hash, "expires_at": expires})

    def redeem_setup(self, token_hash: str, *, now: datetime) -> Staff | None:
        used = (
            delete(SetupRow)
            .where(SetupRow.token_hash == token_hash, SetupRow.expires_at > now)
            .returning(SetupRow.staff_id)
        )
        staff = self._session.scalar(used)
        if staff is None:
            return None
        return self._session.scalars(select(StaffRow).where(StaffRow.id == staff)).one().staff

    def failed_logins(self, login: str, *, since: datetime) -> int:
        """At `since` or after."""
        failed = select(func.count()).where(LoginRow.login == login, ~LoginRow.ok, LoginRow.at >= since)
        return self._session.scalars(failed).one()

    def note_login(self, login: str, *, ok: bool, now: datetime) -> None:
        self._session.execute(insert(LoginRow).values(login=login, ok=ok, at=now))
