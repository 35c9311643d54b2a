"""Cases: opened for a question, seen, claimed, answered, handed over, closed. Every step checks who may do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.case import ALLOWED, STATE_NAMES, Candidate, Case, CaseState
from bot.domain.errors import CaseConflict, NotAllowed
from bot.domain.people import Rank, Role, Staff
from bot.domain.privacy import masked
from bot.domain.question import Urgency
from bot.domain.wording import Desk, from_adviser
from bot.ports import Clock, Store, Unit

RANK_NAMES: dict[Rank, str] = {
    Rank.ADVISER: "村法律顾问",
    Rank.DEPUTY: "村法律顾问",
    Rank.JUDICIAL_OFFICE: "司法所",
}
OPEN = (CaseState.WAITING, CaseState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Promise:
    """Within how long a person answers. Urgent cases are passed up the chain sooner."""

    answer_within: timedelta = timedelta(hours=24)
    urgent_within: timedelta = timedelta(hours=1)

    def due(self, now: datetime, urgency: Urgency | None) -> datetime:
        return now + (self.urgent_within if urgency is not None else self.answer_within)


@dataclass(frozen=True, slots=True)
class Handed:
    """What stands before a person: who answers, and by when. `urgency` is what was known of a danger before."""

    case: int
    inquiry: int
    desk: Desk
    due: datetime
    urgency: Urgency | None


def desk(unit: Unit, village: str | None) -> tuple[Desk, int | None]:
    """Who answers for a village, as said to residents, and their staff id (None if nobody is there yet)."""
    place = unit.people.village(village) if village is not None else None
    name = place.name if place is not None else "街道"
    for rank, person in unit.people.chain(village):
        return Desk(name, f"{RANK_NAMES[rank]}{person.name}"), person.id
    return Desk(name, "司法所工作人员"), None


class Casework:
    """What staff do with cases. Methods raise NotAllowed for a case that is not theirs to see."""

    def __init__(self, store: Store, clock: Clock, promise: Promise) -> None:
        self.store = store
        self.clock = clock
        self.promise = promise

    def open(
        self,
        unit: Unit,
        *,
        inquiry: int,
        village: str | None,
        reason: str,
        urgency: Urgency | None,
        suggestion: str,
        candidates: Sequence[Candidate],
    ) -> Handed:
        """Open a case in the caller's transaction."""
        now = self.clock()
        said, assigned = desk(unit, village)
        due = self.promise.due(now, urgency)
        case = unit.cases.open(
            inquiry=inquiry,
            village=village,
            reason=reason,
            urgency=urgency,
            assigned=assigned,
            suggestion=suggestion,
            candidates=candidates,
            due=due,
            now=now,
        )
        return Handed(case, inquiry, said, due, None)

    def add(self, unit: Unit, case: int, *, text: str, urgency: Urgency | None) -> Handed | None:
        """Add what its asker says to a case, in the caller's transaction. None if nobody has it before them any more.

        A danger makes it urgent, and due as soon as any urgent case.
        """
        now = self.clock()
        before = unit.cases.get(case)
        inquiry = unit.cases.add(case, text=text, urgency=urgency, due=self.promise.due(now, urgency), now=now)
        after = unit.cases.get(case)
        if inquiry is None or before is None or after is None:
            return None
        return Handed(case, inquiry, self._answering(unit, after), after.due_at, before.urgency)

    def _answering(self, unit: Unit, case: Case) -> Desk:
        """Who has it in hand, else before them."""
        said, first = desk(unit, case.village)
        who = case.holder or case.assigned
        person = unit.people.staff(who) if who is not None and who != first else None
        return said if person is None else Desk(said.village, self._title(unit, person, case))

    def waiting(self, staff: Staff) -> list[Case]:
        """Waiting cases the person may see, urgent first."""
        return self._listed(staff, [CaseState.WAITING])

    def mine(self, staff: Staff) -> list[Case]:
        """Cases the person has claimed."""
        return [case for case in self._listed(staff, [CaseState.CLAIMED]) if case.holder == staff.id]

    def others(self, staff: Staff) -> list[Case]:
        """Cases a colleague has claimed."""
        return [case for case in self._listed(staff, [CaseState.CLAIMED]) if case.holder != staff.id]

    def done(self, staff: Staff) -> list[Case]:
        """Answered and closed cases."""
        return self._listed(staff, [CaseState.ANSWERED, CaseState.CLOSED])

    def _listed(self, staff: Staff, states: Sequence[CaseState]) -> list[Case]:
        villages = None if staff.role is Role.ADMIN else staff.villages
        with self.store.begin() as unit:
            return unit.cases.listed(villages=villages, unplaced=staff.may_see(None), states=states)

    def see(self, staff: Staff, case: int) -> Case:
        """One case with its history. Raises NotAllowed if it is not there or not theirs."""
        with self.store.begin() as unit:
            return self._see(unit, staff, case)

    @staticmethod
    def _see(unit: Unit, staff: Staff, case: int) -> Case:
        found = unit.cases.get(case)
        if found is None or not staff.may_see(found.village):
            raise NotAllowed(f"case {case}")
        return found

    def claim(self, staff: Staff, case: int) -> None:
        """Take a waiting (or answered) case. Raises CaseConflict naming who was faster."""
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            if found.state is CaseState.CLAIMED and found.holder == staff.id:
                return
            self._move(unit, staff, found, CaseState.CLAIMED, holder=staff.id, what="受理")

    def give_back(self, staff: Staff, case: int, reason: str = "") -> None:
        """Put a claimed case back among the waiting. Only its holder or an admin may."""
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            self._refuse_other_holder(staff, found)
            self._move(unit, staff, found, CaseState.WAITING, holder=None, what="退回待受理", text=reason)

    def answer(self, staff: Staff, case: int, text: str) -> None:
        """Answer: noted, and queued to where the question came from. Claims a waiting case in the same step.

        Raises ValueError for an empty answer, CaseConflict if somebody else holds the case.
        """
        text = text.strip()
        if not text:
            raise ValueError("答复不能是空的")
        now = self.clock()
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            if found.state is CaseState.WAITING:
                self._move(unit, staff, found, CaseState.CLAIMED, holder=staff.id, what="受理")
                found = self._see(unit, staff, case)
            self._refuse_other_holder(staff, found)
            self._move(unit, staff, found, CaseState.ANSWERED, holder=staff.id, what="答复", text=masked(text))
            said = from_adviser(self._title(unit, staff, found), found.question, text)
            unit.outbox.queue(found.asker, said, key=f"case-{case}-{len(found.events)}", case=case, now=now)

    def hand_over(self, staff: Staff, case: int, to: int, note: str = "") -> None:
        """Put the case before a colleague who may see it; it waits for them. Raises NotAllowed for anybody else."""
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            colleague = unit.people.staff(to)
            if colleague is None or not colleague.may_see(found.village):
                raise NotAllowed(f"staff {to}")
            if found.state is CaseState.CLAIMED:
                self._refuse_other_holder(staff, found)
                self._move(unit, staff, found, CaseState.WAITING, holder=None, what="转交", text=note)
            unit.cases.assign(case, to, by=staff.id, now=self.clock(), text=note)

    def close(self, staff: Staff, case: int, note: str = "") -> None:
        """Close (办结). A claimed case is closed by its holder or an admin."""
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            if found.state is CaseState.CLAIMED:
                self._refuse_other_holder(staff, found)
            self._move(unit, staff, found, CaseState.CLOSED, holder=found.holder, what="办结", text=note)

    def reopen(self, staff: Staff, case: int, note: str = "") -> None:
        """Put an answered or closed case back among the waiting."""
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            self._move(unit, staff, found, CaseState.WAITING, holder=None, what="重新打开", text=note)

    def colleagues(self, staff: Staff, case: int) -> list[Staff]:
        """Who a case may be handed to: everybody active who may see it, but for the person themselves."""
        with self.store.begin() as unit:
            found = self._see(unit, staff, case)
            return [
                person for person in unit.people.all_staff() if person.id != staff.id and person.may_see(found.village)
            ]

    def pass_on_overdue(self) -> int:
        """Put overdue cases before the next in the village's chain; how many. Run by the worker.

        The next one has as long as the first; the last in the chain keeps the case.
        """
        now = self.clock()
        passed = 0
        with self.store.begin() as unit:
            for case in unit.cases.overdue(now=now, again_before=now - self.promise.answer_within):
                chain = [person.id for _, person in unit.people.chain(case.village)]
                here = chain.index(case.assigned) if case.assigned in chain else -1
                following = chain[here + 1 :]
                if following:
                    unit.cases.assign(case.id, following[0], by=None, now=now, text="超过答复时限，转下一位")
                    passed += 1
        return passed

    def _move(
        self, unit: Unit, staff: Staff, case: Case, to: CaseState, *, holder: int | None, what: str, text: str = ""
    ) -> None:
        moved = to in ALLOWED[case.state] and unit.cases.move(
            case.id, to=to, expected=case.state, by=staff.id, holder=holder, now=self.clock(), what=what, text=text
        )
        if not moved:
            raise CaseConflict(_conflict(unit.cases.get(case.id) or case))

    @staticmethod
    def _refuse_other_holder(staff: Staff, case: Case) -> None:
        if case.holder not in (None, staff.id) and staff.role is not Role.ADMIN:
            raise CaseConflict(_conflict(case))

    @staticmethod
    def _title(unit: Unit, staff: Staff, case: Case) -> str:
        ranks = [rank for rank, person in unit.people.chain(case.village) if person.id == staff.id]
        return f"{RANK_NAMES[ranks[0]] if ranks else '司法所'}{staff.name}"


def _conflict(case: Case) -> str:
    holder = f"，由{case.holder_name}受理" if case.holder_name else ""
    return f"这张转办单现在是“{STATE_NAMES[case.state]}”{holder}，请刷新后再看。"
