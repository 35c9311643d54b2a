"""Cases and their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Select, false, insert, or_, select, update
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from bot.domain.case import Candidate, Case, CaseEvent, CaseState
from bot.domain.question import Urgency
from bot.store.tables import CaseEventRow, CaseRow, InquiryRow, StaffRow

OPEN = (CaseState.WAITING, CaseState.CLAIMED)

ADDED = "咨询人补充"


class SqlCases:
    """`bot.ports.Cases`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(
        self,
        *,
        inquiry: int,
        village: str | None,
        reason: str,
        urgency: Urgency | None,
        assigned: int | None,
        suggestion: str,
        candidates: Sequence[Candidate],
        due: datetime,
        now: datetime,
    ) -> int:
        """Waiting, with an empty history."""
        opened = insert(CaseRow).values(
            inquiry_id=inquiry,
            village=village,
            state=CaseState.WAITING,
            reason=reason,
            urgency=urgency,
            assigned=assigned,
            suggestion=suggestion,
            candidates=[asdict(candidate) for candidate in candidates],
            opened_at=now,
            due_at=due,
        )
        return self._session.scalars(opened.returning(CaseRow.id)).one()

    def get(self, case: int) -> Case | None:
        found = self._read(_cases().where(CaseRow.id == case))
        return replace(found[0], events=self._history(case)) if found else None

    def listed(
        self, *, villages: frozenset[str] | None, unplaced: bool, states: Sequence[CaseState], limit: int = 200
    ) -> list[Case]:
        listed = _cases().where(CaseRow.state.in_(states))
        if villages is not None:
            of_no_village = CaseRow.village.is_(None) if unplaced else false()
            listed = listed.where(or_(CaseRow.village.in_(villages), of_no_village))
        return self._read(listed.order_by(CaseRow.urgency.is_(None), CaseRow.due_at, CaseRow.id).limit(limit))

    def move(
        self,
        case: int,
        *,
        to: CaseState,
        expected: CaseState,
        by: int | None,
        holder: int | None,
        now: datetime,
        what: str,
        text: str = "",
        only_holder: int | None = None,
    ) -> bool:
        moved = update(CaseRow).where(CaseRow.id == case, CaseRow.state == expected)
        if only_holder is not None:
            moved = moved.where(CaseRow.holder == only_holder)
        if self._session.scalar(moved.values(state=to, holder=holder).returning(CaseRow.id)) is None:
            return False
        self.note(case, by=by, what=what, now=now, text=text)
        return True

    def assign(self, case: int, staff: int, *, by: int | None, now: datetime, text: str = "") -> None:
        """When the bot does it with a case past its due time, the case counts as passed on for it."""
        name = self._session.scalars(select(StaffRow.name).where(StaffRow.id == staff)).one()
        this = update(CaseRow).where(CaseRow.id == case)
        self._session.execute(this.values(assigned=staff))
        if by is None:
            self._session.execute(this.where(CaseRow.due_at < now).values(passed_on_at=now))
        self.note(case, by=by, what=f"转交给{name}", now=now, text=text)

    def note(self, case: int, *, by: int | None, what: str, now: datetime, text: str = "") -> None:
        self._session.execute(insert(CaseEventRow).values(case_id=case, staff_id=by, what=what, text=text, at=now))

    def add(self, case: int, *, text: str, urgency: Urgency | None, due: datetime, now: datetime) -> int | None:
        """An urgent case may be passed on for being overdue once more."""
        this = update(CaseRow).where(CaseRow.id == case, CaseRow.state.in_(OPEN))
        changed = this.values(state=CaseRow.state)
        if urgency is not None:
            sooner = sql_case((CaseRow.due_at < due, CaseRow.due_at), else_=due)
            kind = sql_case((CaseRow.urgency.is_(None), urgency), else_=CaseRow.urgency)
            changed = this.values(urgency=kind, due_at=sooner, passed_on_at=None)
        inquiry = self._session.scalar(changed.returning(CaseRow.inquiry_id))
        if inquiry is not None:
            self.note(case, by=None, what=ADDED, now=now, text=text)
        return inquiry

    def answers_naming(self, law: str) -> list[tuple[int, str]]:
        named = CaseEventRow.text.contains(law, autoescape=True)
        answers = select(CaseEventRow.case_id, CaseEventRow.text).where(CaseEventRow.what == "答复", named)
        return [(*row,) for row in self._session.execute(answers.order_by(CaseEventRow.id.desc()))]

    def overdue(self, *, now: datetime, again_before: datetime) -> list[Case]:
        """Without history, by due time."""
        not_lately = or_(CaseRow.passed_on_at.is_(None), CaseRow.passed_on_at < again_before)
        late = _cases().where(CaseRow.state.in_(OPEN), CaseRow.due_at < now, not_lately)
        return self._read(late.order_by(CaseRow.due_at, CaseRow.id))

    def _read(self, cases: Select[CaseRow, InquiryRow, str | None]) -> list[Case]:
        return [_case(*row) for row in self._session.execute(cases)]

    def _history(self, case: int) -> tuple[CaseEvent, ...]:
        steps = (
            select(CaseEventRow, StaffRow.name)
            .outerjoin(StaffRow, StaffRow.id == CaseEventRow.staff_id)
            .where(CaseEventRow.case_id == case)
            .order_by(CaseEventRow.id)
        )
        return tuple(
            CaseEvent(step.at, name or "", step.what, step.text) for step, name in self._session.execute(steps)
        )


def _cases() -> Select[CaseRow, InquiryRow, str | None]:
    return (
        select(CaseRow, InquiryRow, StaffRow.name)
        .join(InquiryRow, InquiryRow.id == CaseRow.inquiry_id)
        .outerjoin(StaffRow, StaffRow.id == CaseRow.holder)
    )


def _case(case: CaseRow, inquiry: InquiryRow, holder_name: str | None) -> Case:
    return Case(
        id=case.id,
        village=case.village,
        question=inquiry.text,
        asker=inquiry.address,
        asker_name=inquiry.sender_name,
        state=case.state,
        reason=case.reason,
        urgency=case.urgency,
        asked_at=inquiry.asked_at,
        due_at=case.due_at,
        assigned=case.assigned,
        holder=case.holder,
        holder_name=holder_name or "",
        suggestion=case.suggestion,
        candidates=tuple(Candidate(**candidate) for candidate in case.candidates),
    )
