"""What goes between the page and the server, in both directions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.channels.demo.cast import CAST, CHANNEL, Seat
from bot.domain.delivery import Delivery
from bot.domain.message import Incoming, MessageKey

MAX_TEXT = 2_000
MAX_BODY = 32 * 1024
"""Bytes of a request's body: the longest text fits, even in emoji escaped as JSON."""

MAX_ACKED = 100


def _storable(text: str) -> str:
    """Without NUL, which PostgreSQL cannot store."""
    return text.replace("\0", "")


def _of_the_cast(member: str) -> str:
    if member not in CAST:
        raise ValueError("not of the cast")
    return member


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT), AfterValidator(_storable)
]


class FromPage(BaseModel):
    """What the page sends: nothing of another type, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Posted(FromPage):
    """One message. The page makes `id` once a message and `visit` once a browser, so a retry is the same message."""

    id: UUID
    visit: UUID
    village: str
    sender: Annotated[str, AfterValidator(_of_the_cast)]
    private: bool
    text: Text

    @model_validator(mode="after")
    def _adviser_in_the_group(self) -> Posted:
        if self.private and CAST[self.sender].adviser:
            raise ValueError("the adviser speaks in the group")
        return self

    def incoming(self, bots_name: str, *, now: datetime) -> Incoming:
        """For the conversation. A private chat is placed like one begun by scanning the village's QR code."""
        seat = Seat(CAST[self.sender], self.village, self.private)
        return Incoming(
            key=MessageKey(CHANNEL, str(self.id)),
            sender=seat.address(self.visit),
            text=self.text,
            sent_at=now,
            sender_name=seat.member.name,
            # A Chinese keyboard may write the sign in full width.
            mentioned=f"@{bots_name}" in self.text.replace("＠", "@"),
            scene=self.village if self.private else None,
        )


class Asked(FromPage):
    """Whose answers a poll asks for."""

    visit: UUID


class Acknowledged(FromPage):
    """Deliveries that stand on the page."""

    visit: UUID
    ids: Annotated[list[int], Field(min_length=1, max_length=MAX_ACKED)]


class Answered(BaseModel):
    """What a message gets at once; null: the bot keeps silent."""

    reply: str | None


class Outgoing(BaseModel):
    """A text that came later: an adviser's answer. It may come twice: the id tells."""

    id: int
    village: str
    private: bool
    to: str
    text: str

    @classmethod
    def of(cls, delivery: Delivery, seat: Seat) -> Outgoing:
        return cls(id=delivery.id, village=seat.village, private=seat.private, to=seat.member.id, text=delivery.text)


class Polled(BaseModel):
    """What is waiting for a visit, oldest first. It is given again until it is acknowledged."""

    deliveries: list[Outgoing]


class Acked(BaseModel):
    """The ids of those acknowledged that were still waiting."""

    acked: list[int]


class Fault(BaseModel):
    """Why a request was refused, for the page to show."""

    fault: str
