"""The tables. A change here needs a revision in `migrations/versions`; a test compares the two."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.case import CaseState
from bot.domain.delivery import DeliveryState
from bot.domain.message import Form
from bot.domain.people import Rank, Resident, Role, Staff, Village
from bot.domain.question import Urgency
from bot.store.base import Addressed, Base


class VillageRow(Base):
    """A village or residents' community."""

    __tablename__ = "villages"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    street: Mapped[str]

    @property
    def place(self) -> Village:
        return Village(self.code, self.name, self.street)


class ResidentRow(Base):
    """A resident. Once forgotten, `user_id` is a random value."""

    __tablename__ = "residents"
    __table_args__ = (UniqueConstraint("channel", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    user_id: Mapped[str]
    village: Mapped[str | None] = mapped_column(ForeignKey("villages.code"))
    seen_at: Mapped[datetime]

    @property
    def resident(self) -> Resident:
        return Resident(self.id, self.channel, self.user_id, self.village)


class StaffRow(Base):
    """A person who logs in. `session_epoch` counts password changes."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    login: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    active: Mapped[bool]
    password_hash: Mapped[str | None]
    session_epoch: Mapped[int]
    places: Mapped[list[ChainRow]] = relationship(viewonly=True, lazy="selectin")

    @property
    def staff(self) -> Staff:
        """As the services know them: whoever stands in a village's chain may see that village."""
        villages = frozenset(place.village for place in self.places)
        return Staff(self.id, self.name, self.login, self.role, villages, self.active)


class ChainRow(Base):
    """One place in a village's adviser chain."""

    __tablename__ = "chains"

    village: Mapped[str] = mapped_column(ForeignKey("villages.code"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[Rank]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)


class SetupRow(Base):
    """The one open setup token of a person."""

    __tablename__ = "setups"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]


class LoginRow(Base):
    """One attempt to log in."""

    __tablename__ = "logins"
    __table_args__ = (Index(None, "login", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    ok: Mapped[bool]
    at: Mapped[datetime]


class GroupRow(Base):
    """A group of a known village."""

    __tablename__ = "groups"

    channel: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    village: Mapped[str] = mapped_column(ForeignKey("villages.code"))


class TalkRow(Base):
    """Who spoke last in a group, known or not."""

    __tablename__ = "talks"

    channel: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    bot_at: Mapped[datetime | None]
    adviser_at: Mapped[datetime | None]


class BindingRow(Base):
    """A staff member's own user id in a channel."""

    __tablename__ = "bindings"

    channel: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class DialogueRow(Addressed, Base):
    """What the next message from an address may refer to."""

    __tablename__ = "dialogues"

    channel: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    options: Mapped[list[Any]]
    rest: Mapped[str]
    asked: Mapped[str]
    entry: Mapped[str | None]
    unanswered: Mapped[list[Any]]
    said_at: Mapped[datetime | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    fact: Mapped[int | None]
    facts_asked: Mapped[int]
    expires_at: Mapped[datetime]


class InquiryRow(Addressed, Base):
    """One question of the ledger. `good` is the resident's rating."""

    __tablename__ = "inquiries"
    __table_args__ = (Index(None, "channel", "user_id", "group_id", "at"), Index(None, "village", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    village: Mapped[str | None] = mapped_column(ForeignKey("villages.code"))
    sender_name: Mapped[str]
    text: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    entry: Mapped[str | None]
    confidence: Mapped[float]
    reply: Mapped[str]
    good: Mapped[bool | None]
    asked_at: Mapped[datetime]
    at: Mapped[datetime]


class InboxRow(Addressed, Base):
    """One accepted message. Settled with `reply` NULL means: answered by silence."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("key_channel", "key_id"),
        Index(None, "channel", "user_id"),
        Index(
            "ix_inbox_unsettled",
            "accepted_at",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_channel: Mapped[str]
    key_id: Mapped[str]
    sender_name: Mapped[str]
    text: Mapped[str]
    form: Mapped[Form]
    mentioned: Mapped[bool]
    scene: Mapped[str | None]
    sent_at: Mapped[datetime]
    accepted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"))


class CaseRow(Base):
    """An inquiry in front of a person. `passed_on_at`: when the bot passed it on for being overdue."""

    __tablename__ = "cases"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    village: Mapped[str | None] = mapped_column(ForeignKey("villages.code"))
    state: Mapped[CaseState]
    reason: Mapped[str]
    urgency: Mapped[Urgency | None]
    assigned: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    holder: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    suggestion: Mapped[str]
    candidates: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    passed_on_at: Mapped[datetime | None]


class CaseEventRow(Base):
    """One step in a case's history."""

    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    what: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


class DeliveryRow(Addressed, Base):
    """One text on its way out. While a process tries it, `next_at` is when its claim lapses."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "next_at"), Index(None, "channel", "user_id", "group_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[DeliveryState]
    tries: Mapped[int]
    queued_at: Mapped[datetime]
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    failure: Mapped[str]


class EntryRow(Base):
    """An entry kept in the database; `latest` is the number of its newest version."""

    __tablename__ = "entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    latest: Mapped[int]


class EntryVersionRow(Base):
    """One version of an entry, as saved."""

    __tablename__ = "entry_versions"

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    body: Mapped[dict[str, Any]]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    published: Mapped[bool]
    at: Mapped[datetime]


class LawImportRow(Base):
    """A version of a law that an admin imported.

    `articles` are rows of number, text, chapter. `struck` and `moves` say what it changed of the version before, by
    old numbers; `applied_at` is when the entries were brought in line with it being in force.
    """

    __tablename__ = "law_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    title: Mapped[str]
    version: Mapped[date]
    in_force: Mapped[date]
    articles: Mapped[list[Any]]
    struck: Mapped[list[Any]]
    moves: Mapped[dict[str, Any]]
    file: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class AuditRow(Base):
    """Who did what."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    what: Mapped[str]
    about: Mapped[str]
    place: Mapped[str]
    at: Mapped[datetime]


class NonceRow(Base):
    """What a nonce was used for, until its signature is stale."""

    __tablename__ = "nonces"

    key: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
    expires: Mapped[datetime] = mapped_column(index=True)


class TokenRow(Base):
    """The access token of a WeChat account."""

    __tablename__ = "access_tokens"

    appid: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str]
    expires: Mapped[datetime]
