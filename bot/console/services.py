"""What the pages work with, and how a view gets at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from flask import current_app

from bot.domain.wording import CHINA
from bot.ports import Clock, Store
from bot.service.casework import Casework
from bot.service.conversation import Conversation
from bot.service.law_importing import LawImporting
from bot.service.publishing import Publishing

EXTENSION = "farun.console"


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """`public_url` without a slash at its end; `data` is the data folder.

    `secure_cookies` may be off only for a demonstration over http. A session ends after `session_hours` without use.
    """

    public_url: str
    data: Path
    session_hours: int = 12
    secure_cookies: bool = True


@dataclass(frozen=True, slots=True)
class ConsoleServices:
    """Everything the pages use; `conversation` only to try out what a question finds, which changes nothing."""

    store: Store
    casework: Casework
    publishing: Publishing
    conversation: Conversation
    clock: Clock
    settings: ConsoleSettings
    law_importing: LawImporting


def services() -> ConsoleServices:
    """The services of the application that answers the current request."""
    return cast(ConsoleServices, current_app.extensions[EXTENSION])


def now() -> datetime:
    """The time, in UTC and aware."""
    return services().clock()


def today() -> date:
    """The date in China."""
    return now().astimezone(CHINA).date()
