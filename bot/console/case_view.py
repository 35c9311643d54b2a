"""One case, with all its page shows: what the person may do, and the texts behind what the search found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.console.basis import text_of
from bot.console.services import ConsoleServices
from bot.domain.case import Candidate, Case, CaseState
from bot.domain.people import Role, Staff
from knowledge.check import KnowledgeBase
from knowledge.numerals import CHINESE

_LAW_AND_ARTICLE = re.compile(rf"(.+?)(第[{CHINESE}]+条(?:之[{CHINESE}]+)?)")


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with its text as it stands today; `text` is empty if it is no longer there."""

    candidate: Candidate
    text: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """`may_answer`: waiting, or in the person's own hands (an admin: anybody's)."""

    case: Case
    village: str
    assigned: str
    colleagues: list[Staff]
    found: list[Found]
    mine: bool
    may_answer: bool
    may_make_entry: bool


def case_view(services: ConsoleServices, staff: Staff, number: int) -> CaseView:
    """Raises NotAllowed if the case is not there or not theirs."""
    case = services.casework.see(staff, number)
    base = services.publishing.base()
    with services.store.begin() as unit:
        village = unit.people.village(case.village) if case.village is not None else None
        assigned = unit.people.staff(case.assigned) if case.assigned is not None else None
    held = case.holder == staff.id or staff.role is Role.ADMIN
    return CaseView(
        case=case,
        village=village.name if village is not None else "还不知道是哪个村",
        assigned=assigned.name if assigned is not None else "",
        colleagues=services.casework.colleagues(staff, number),
        found=[_found(base, candidate) for candidate in case.candidates],
        mine=case.holder == staff.id,
        may_answer=case.state is CaseState.WAITING or (case.state is CaseState.CLAIMED and held),
        may_make_entry=staff.role is Role.ADMIN and case.state in (CaseState.ANSWERED, CaseState.CLOSED),
    )


def _found(base: KnowledgeBase, candidate: Candidate) -> Found:
    if candidate.kind == "entry":
        held = base.entries.get(candidate.id)
        return Found(candidate, held[1].answer if held is not None else "", verbatim=False)
    cited = _LAW_AND_ARTICLE.fullmatch(candidate.id)
    text = text_of(base, cited[1], cited[2]) if cited is not None else None
    return Found(candidate, text.text, text.verbatim) if text is not None else Found(candidate, "", verbatim=False)
