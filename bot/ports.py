"""What the services need from outside, and what each need promises.

A `Store` hands out one `Unit` a transaction: everything done through it is there together or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.case import Candidate, Case, CaseState
from bot.domain.decision import Match, Rule, Talk
from bot.domain.delivery import Delivery
from bot.domain.dialogue import Dialogue
from bot.domain.message import Address, Incoming, MessageKey, Reply
from bot.domain.people import Rank, Resident, Role, Staff, Village
from bot.domain.question import Urgency
from knowledge.check import KnowledgeBase
from knowledge.entry import Entry
from knowledge.importing import Instrument
from knowledge.laws import ImportedLaw


class Retriever(Protocol):
    """Finds what a question is about."""

    def entries(self, text: str, *, limit: int) -> list[Match]:
        """Entries an automatic answer may use, best first. Raises NothingFound if there is no usable index."""

    def dangers(self, text: str) -> dict[Urgency, float]:
        """The probability that the text tells of each danger; together at most 1. Raises NothingFound."""

    def speech(self, text: str) -> dict[Talk, float]:
        """The probability that the text is talk of each kind; empty where nothing was learned. Raises NothingFound."""

    def rules(self, text: str, *, limit: int) -> list[Rule]:
        """Law articles that may bear on it, best first; none where nobody knows how likely. Raises NothingFound."""

    def candidates(self, text: str, *, limit: int) -> list[Candidate]:
        """Entries, digests and articles for an adviser, best first. Raises NothingFound."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One checked citation: `law` as said to a resident (full title for digests), `article` as printed."""

    law: str
    article: str
    text: str
    verbatim: bool


class Knowledge(Protocol):
    """The reviewed entries in force now."""

    def entry(self, entry: str) -> tuple[str, Entry] | None:
        """(topic, entry), or None if there is none that may be said today."""

    def basis(self, entry: Entry) -> tuple[Basis, ...] | None:
        """Every citation looked up; None if any does not resolve or is not in force: then nothing is said."""

    def rule(self, law: str, article: str) -> Basis | None:
        """One article looked up; None if it is not there or not in force."""


class Inbox(Protocol):
    """Accepted messages. A key is accepted once."""

    def accept(self, message: Incoming, text: str, *, now: datetime) -> bool:
        """Store a message (`text` masked) before anything else. False if its key is there already."""

    def reply(self, key: MessageKey) -> Reply | None:
        """The reply a message got, or None while it has none."""

    def settle(self, key: MessageKey, reply: Reply, *, now: datetime) -> bool:
        """Set the reply of a message that has none. False if somebody else was faster: then read theirs."""

    def amend(self, key: MessageKey, reply: Reply) -> None:
        """Give a message that was settled in this same transaction its final words."""

    def unsettled(self, *, before: datetime, limit: int) -> list[Incoming]:
        """Messages accepted before `before` and still without a reply, oldest first (text as stored, masked)."""


class People(Protocol):
    """Villages, groups, residents, and who answers for whom."""

    def resident(self, address: Address, *, now: datetime) -> Resident:
        """The resident, made on first sight; in a group of a known village they belong to that village."""

    def place_resident(self, resident: int, village: str) -> None:
        """Tie a resident to a village. Raises UnknownVillage."""

    def forget_resident(self, resident: int) -> None:
        """Delete a resident's words, name and id; what remains can no longer be tied to a person."""

    def village(self, code: str) -> Village | None: ...

    def villages(self) -> list[Village]: ...

    def save_village(self, village: Village) -> None: ...

    def village_of_group(self, channel: str, group: str) -> str | None: ...

    def groups(self) -> list[tuple[str, str, str, str]]:
        """(channel, group id, name, village code) of every known group."""

    def save_group(self, channel: str, group: str, *, name: str, village: str) -> None:
        """Raises UnknownVillage."""

    def chain(self, village: str | None) -> list[tuple[Rank, Staff]]:
        """Who answers, in the order of asking, active staff only; the judicial office where there is no chain."""

    def set_chain(self, village: str, chain: Sequence[tuple[Rank, int]]) -> None:
        """Replace a village's adviser chain by (rank, staff id) pairs. Raises UnknownVillage."""

    def staff(self, staff: int) -> Staff | None: ...

    def all_staff(self) -> list[Staff]: ...


class Accounts(Protocol):
    """Logging in. Passwords and setup tokens are stored as argon2 and SHA-256 hashes only."""

    def add_staff(self, *, name: str, login: str, role: Role) -> int:
        """A person without a password. Raises ValueError if the login is taken."""

    def set_active(self, staff: int, active: bool) -> None: ...

    def by_login(self, login: str) -> tuple[Staff, str | None] | None:
        """(staff, password hash or None before the first start)."""

    def set_password(self, staff: int, password_hash: str) -> None:
        """Also ends every session begun before: see `session_epoch`."""

    def session_epoch(self, staff: int) -> int:
        """Counts password changes; a session of an older epoch is no longer valid."""

    def issue_setup(self, staff: int, token_hash: str, *, expires: datetime) -> None: ...

    def redeem_setup(self, token_hash: str, *, now: datetime) -> Staff | None:
        """Whose token this is, using it up; None if unknown, used or expired."""

    def failed_logins(self, login: str, *, since: datetime) -> int: ...

    def note_login(self, login: str, *, ok: bool, now: datetime) -> None: ...


class Groups(Protocol):
    """What group manners need to remember."""

    def last_spoke(self, channel: str, group: str) -> datetime | None:
        """When the bot last spoke there without being @-ed."""

    def note_spoke(self, channel: str, group: str, *, now: datetime) -> None: ...

    def adviser_spoke(self, channel: str, group: str) -> datetime | None: ...

    def note_adviser(self, channel: str, group: str, *, now: datetime) -> None: ...

    def is_adviser(self, channel: str, user: str) -> bool:
        """Is this channel user one of the staff?"""

    def bind_adviser(self, channel: str, user: str, staff: int) -> None: ...


class Dialogues(Protocol):
    """What the next message of a resident may refer to."""

    def remember(self, address: Address, dialogue: Dialogue, *, expires: datetime) -> None:
        """Instead of what was held before."""

    def recall(self, address: Address, *, now: datetime) -> Dialogue:
        """An empty one when nothing is held, or it expired."""


class Inquiries(Protocol):
    """The ledger of questions."""

    def add(
        self,
        message: Incoming,
        *,
        text: str,
        resident: int,
        village: str | None,
        outcome: str,
        reason: str,
        entry: str | None,
        confidence: float,
        reply: str,
        now: datetime,
    ) -> int:
        """The inquiry's id. `outcome` is answer, clarify or escalate."""

    def rate(self, inquiry: int, good: bool) -> None: ...

    def last(self, address: Address, *, since: datetime) -> int | None:
        """The address's latest inquiry."""

    def answered_with(self, entries: Collection[str]) -> dict[str, tuple[int, datetime]]:
        """How often each of these entries was the answer, and when last; those that never were are left out."""

    def counts(self, *, villages: frozenset[str] | None, since: datetime) -> dict[str, int]:
        """How many of each outcome; `villages` None means all."""


class Cases(Protocol):
    """Cases and their history. Every step is one conditional write."""

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
    ) -> int: ...

    def get(self, case: int) -> Case | None:
        """With its history."""

    def listed(
        self, *, villages: frozenset[str] | None, unplaced: bool, states: Sequence[CaseState], limit: int = 200
    ) -> list[Case]:
        """Without history; urgent first, then by due time. `villages` None: all; `unplaced`: also of no village."""

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
        """Change the state and note it, if it is `expected` (and held by `only_holder`, when given). False if not."""

    def assign(self, case: int, staff: int, *, by: int | None, now: datetime, text: str = "") -> None:
        """Put the case before another person; notes it."""

    def note(self, case: int, *, by: int | None, what: str, now: datetime, text: str = "") -> None: ...

    def add(self, case: int, *, text: str, urgency: Urgency | None, due: datetime, now: datetime) -> int | None:
        """Note more words of the asker, while the case waits or is claimed; its inquiry. None if it does not.

        With an `urgency` the case becomes urgent, unless it is for another, and is due at `due` if not before.
        """

    def answers_naming(self, law: str) -> list[tuple[int, str]]:
        """(case id, text) of what people answered with the law's name in it, latest first."""

    def overdue(self, *, now: datetime, again_before: datetime) -> list[Case]:
        """Waiting or claimed, past their due time, and not passed on for it, or only before `again_before`."""


class Outbox(Protocol):
    """Texts on their way out. The order to one address is the order of queueing; what is held stands aside."""

    def queue(self, to: Address, text: str, *, key: str, case: int | None, now: datetime) -> None:
        """Queue once: the same key again changes nothing."""

    def due(self, *, now: datetime, limit: int) -> list[Delivery]: ...

    def take(self, delivery: int, *, now: datetime, until: datetime) -> bool:
        """Claim one for a try; False if another process has it. A claim lapses at `until`."""

    def sent(self, delivery: int, *, now: datetime) -> None: ...

    def retry(self, delivery: int, *, at: datetime, reason: str) -> None: ...

    def hold(self, delivery: int, *, reason: str) -> None:
        """No way to push: keep it for the address's next message or poll."""

    def release(self, to: Address, *, now: datetime) -> list[Delivery]:
        """What is held for an address, marked sent in this transaction, oldest first."""

    def held_for_channel(self, channel: str, *, limit: int) -> list[Delivery]:
        """What is held for anybody of a channel, for its poll."""


class EntryVersions(Protocol):
    """Entries that admins add or change; every version is kept."""

    def current(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """entry id -> (topic, entry as a dict) of the latest published version of each."""

    def save(self, entry: str, topic: str, body: dict[str, Any], *, by: int, published: bool, now: datetime) -> int:
        """A new version; its number, counting from 1."""

    def versions(self, entry: str) -> list[tuple[int, str, dict[str, Any], str, datetime, bool]]:
        """(number, topic, body, author, time, published), latest first."""


@dataclass(frozen=True, slots=True)
class LawImport:
    """A version of a law that an admin imported.

    `struck` are the articles of the version before, by their old numbers, that it changed or repealed, `moves` the
    old and new numbers of those that moved. `staff` and `by` are who imported it. `applied`: the entries were brought
    in line with its being in force.
    """

    number: int
    law: ImportedLaw
    title: str
    struck: frozenset[str]
    moves: dict[str, str]
    file: str
    staff: int
    by: str
    at: datetime
    applied: bool


class LawImports(Protocol):
    """Versions of laws that admins imported; withdrawn ones are kept, but no longer handed out."""

    def add(
        self,
        instrument: Instrument,
        *,
        version: date,
        in_force: date,
        struck: Collection[str],
        moves: Mapping[str, str],
        file: str,
        by: int,
        applied: bool,
        now: datetime,
    ) -> int:
        """Its number. The dates are in China."""

    def revision(self) -> tuple[int, int]:
        """Changes whenever `held` does."""

    def held(self) -> list[LawImport]:
        """In the order of importing."""

    def mark_applied(self, number: int, *, now: datetime) -> bool:
        """False if somebody did already."""

    def withdraw(self, number: int, *, now: datetime) -> bool:
        """False if it is withdrawn already, or unknown."""


class Audit(Protocol):
    """Who did what. Never a resident's words."""

    def note(self, who: int | None, what: str, about: str, *, now: datetime, where: str = "") -> None: ...

    def latest(self, limit: int) -> list[tuple[datetime, str, str, str]]:
        """(time, who, what, about), latest first."""


class Unit(Protocol):
    """One transaction."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def people(self) -> People: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def dialogues(self) -> Dialogues: ...
    @property
    def inquiries(self) -> Inquiries: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def entries(self) -> EntryVersions: ...
    @property
    def law_imports(self) -> LawImports: ...
    @property
    def audit(self) -> Audit: ...


class Store(Protocol):
    """The database."""

    def begin(self) -> AbstractContextManager[Unit]:
        """A transaction: committed when the block ends, rolled back when it raises.

        Inside one, another may be begun to read what is committed; to write there would be waiting for oneself.
        """


class Sender(Protocol):
    """Pushes a text to an address of one channel."""

    def send(self, delivery: Delivery) -> None:
        """Raises DeliveryFailed. A delivery sent twice reaches the resident once where the channel allows it."""


class Clock(Protocol):
    """The time, in UTC and aware."""

    def __call__(self) -> datetime: ...


Progress = Callable[[int, int], None]
"""Called with texts done and texts to do."""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One index snapshot, for the history page. `built_at` is aware."""

    id: str
    built_at: datetime
    counts: dict[str, int]
    current: bool


class Indexing(Protocol):
    """Building and publishing index snapshots."""

    def build(self, base: KnowledgeBase, *, now: datetime, progress: Progress) -> str:
        """Build from a base without faults and publish; the snapshot's id. Running processes pick it up."""

    def snapshots(self) -> list[SnapshotInfo]:
        """Latest first."""

    def roll_back(self, snapshot: str) -> None:
        """Publish an earlier snapshot. Raises NothingFound if it is not there."""
