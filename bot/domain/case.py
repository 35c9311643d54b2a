"""A case (转办单): an inquiry in front of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.message import Address
from bot.domain.question import Urgency


class CaseState(StrEnum):
    """waiting 待受理 → claimed 受理中 → answered 已答复 → closed 已办结; may go back, be reopened."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


ALLOWED: dict[CaseState, frozenset[CaseState]] = {
    CaseState.WAITING: frozenset({CaseState.CLAIMED, CaseState.CLOSED}),
    CaseState.CLAIMED: frozenset({CaseState.WAITING, CaseState.ANSWERED, CaseState.CLOSED}),
    CaseState.ANSWERED: frozenset({CaseState.CLAIMED, CaseState.CLOSED, CaseState.WAITING}),
    CaseState.CLOSED: frozenset({CaseState.WAITING}),
}

STATE_NAMES: dict[CaseState, str] = {
    CaseState.WAITING: "待受理",
    CaseState.CLAIMED: "受理中",
    CaseState.ANSWERED: "已答复",
    CaseState.CLOSED: "已办结",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the search found for a question, as shown to the adviser: an entry, digest or article."""

    kind: str
    id: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One step in a case's history; `staff` is the name of who did it, empty for the bot."""

    at: datetime
    staff: str
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """`question` is masked. `assigned` and `holder` are staff ids; times are UTC and aware."""

    id: int
    village: str | None
    question: str
    asker: Address
    asker_name: str
    state: CaseState
    reason: str
    urgency: Urgency | None
    asked_at: datetime
    due_at: datetime
    assigned: int | None
    holder: int | None
    holder_name: str
    suggestion: str
    candidates: tuple[Candidate, ...]
    events: tuple[CaseEvent, ...] = ()
