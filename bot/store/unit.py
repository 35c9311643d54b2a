"""One transaction, as the ports it offers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.store.accounts import SqlAccounts
from bot.store.audit import SqlAudit
from bot.store.cases import SqlCases
from bot.store.dialogues import SqlDialogues
from bot.store.entries import SqlEntryVersions
from bot.store.groups import SqlGroups
from bot.store.inbox import SqlInbox
from bot.store.inquiries import SqlInquiries
from bot.store.law_imports import SqlLawImports
from bot.store.outbox import SqlOutbox
from bot.store.people import SqlPeople


class SqlUnit:
    """`bot.ports.Unit` over one session."""

    def __init__(self, session: Session) -> None:
        self.inbox = SqlInbox(session)
        self.people = SqlPeople(session)
        self.accounts = SqlAccounts(session)
        self.groups = SqlGroups(session)
        self.dialogues = SqlDialogues(session)
        self.inquiries = SqlInquiries(session)
        self.cases = SqlCases(session)
        self.outbox = SqlOutbox(session)
        self.entries = SqlEntryVersions(session)
        self.law_imports = SqlLawImports(session)
        self.audit = SqlAudit(session)
