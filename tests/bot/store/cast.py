"""The standing cast, and a question of theirs in every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from bot.domain.case import Candidate
from bot.domain.message import Address, Form, Incoming, MessageKey
from bot.domain.question import Urgency
from bot.ports import Unit

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHINA = timezone(timedelta(hours=8))
ASKER = Address("wechat/gh_1", "openid-lao-li")
IN_GROUP = Address("wechat/gh_1", "openid-lao-li", "group-7")
NEIGHBOUR = Address("wechat/gh_1", "openid-lao-wu")
QUESTION = "邻居老周借我三万块钱不还"
NAME = "老李"
CANDIDATE = Candidate("article", "民法典/第六百七十五条", "民法典第六百七十五条", 0.871)


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of the staff, and of the resident at ASKER."""

    chen: int
    zhao: int
    qian: int
    sun: int
    resident: int


def message(key: str = "m-1", *, sender: Address = ASKER) -> Incoming:
    return Incoming(
        MessageKey(sender.channel, key),
        sender,
        QUESTION,
        sent_at=NOW,
        sender_name=NAME,
        form=Form.VOICE,
        mentioned=True,
    )


def ask(
    unit: Unit,
    cast: Cast,
    *,
    sender: Address = ASKER,
    resident: int | None = None,
    village: str | None = "hongqiao",
    outcome: str = "escalate",
    now: datetime = NOW,
) -> int:
    """An inquiry of the resident."""
    return unit.inquiries.add(
        message(sender=sender),
        text=QUESTION,
        resident=cast.resident if resident is None else resident,
        village=village,
        outcome=outcome,
        reason="unsure",
        entry="loan-limitation",
        confidence=0.41,
        reply="由村法律顾问陈静答复",
        now=now,
    )


def open_case(
    unit: Unit,
    cast: Cast,
    *,
    inquiry: int | None = None,
    village: str | None = "hongqiao",
    urgency: Urgency | None = None,
    due: datetime = NOW + 60 * MINUTE,
) -> int:
    """A waiting case, put before 陈."""
    return unit.cases.open(
        inquiry=ask(unit, cast, village=village) if inquiry is None else inquiry,
        village=village,
        reason="unsure",
        urgency=urgency,
        assigned=cast.chen,
        suggestion="可以起诉",
        candidates=[CANDIDATE],
        due=due,
        now=NOW,
    )
