"""What goes over the wire, in both directions."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from bot.channels.gateway.bridge import Bridge
from bot.channels.gateway.refused import Refused
from bot.domain.delivery import Delivery
from bot.domain.message import Address, Form, Incoming, MessageKey, Reply

MAX_BODY = 64 * 1024
"""Bytes of a request's body: the longest text and quote fit, even escaped as JSON, unless written in emoji."""

MAX_TEXT = 8_000
MAX_QUOTE = 2_000
MAX_ACKED = 100
_MAX_FLAWS = 20
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _storable(text: str) -> str:
    """Without NUL, which PostgreSQL cannot store: a resident is not refused for it."""
    return text.replace("\0", "")


def _iso(value: object) -> object:
    # pydantic would also take 1700000000, as a number and as a string.
    if not isinstance(value, str) or re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", value) is None:
        raise ValueError("must be ISO 8601 with a time and an offset")
    return value


def _plausible(moment: datetime) -> datetime:
    """In UTC. The far ends of the calendar cannot be converted."""
    if not _EARLIEST <= moment < _LATEST:
        raise ValueError("must be between 2000 and 2100")
    return moment.astimezone(UTC)


# Ids are logged and become keys: no control characters, no line separators.
Id = Annotated[
    str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$")
]
Name = Annotated[str, StringConstraints(max_length=128), AfterValidator(_storable)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_storable)]
Quote = Annotated[str, StringConstraints(max_length=MAX_QUOTE), AfterValidator(_storable)]
SentAt = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_iso), AfterValidator(_plausible)]


class _Read(BaseModel):
    # Strict, and nothing unknown: so no body signed for one path, nor a push sent back, is valid on another.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Person(_Read):
    """Who wrote a message: an id that stays the same, and the name shown (may be empty)."""

    id: Id
    name: Name


class Posted(_Read):
    """One message said in a group or in a private chat."""

    id: Id = Field(description="Unique in this bridge for good, and the same when the message is posted again.")
    # Required although it may be null: forgotten, it would send a long private answer into a group.
    group: Id | None = Field(description="The group's id; null for a private chat.")
    sender: Person
    text: Text = Field(description="As written, mentions included; of a voice message its transcript.")
    sent_at: SentAt = Field(description="ISO 8601 with an offset, such as 2026-11-24T09:30:00+08:00.")
    kind: Literal["text", "voice", "other"] = Field(
        default="text", description="other: pictures, files, stickers, and voice without a transcript."
    )
    mentioned: bool = Field(default=False, description="Was the bot's account @-ed? @所有人 does not count.")
    quote: Quote | None = Field(
        default=None,
        description="Another person's words this message answers; left out when the bot's own are quoted.",
    )

    def incoming(self, bridge: Bridge) -> Incoming:
        """For the conversation. Words quoted to the bot belong to the question; quoted to others, they do not."""
        addressed = self.mentioned or self.group is None
        return Incoming(
            key=MessageKey(bridge.channel, self.id),
            sender=Address(bridge.channel, self.sender.id, self.group),
            text=f"{self.text}\n{self.quote}" if self.quote and addressed else self.text,
            sent_at=self.sent_at,
            sender_name=self.sender.name,
            form=Form(self.kind),
            mentioned=self.mentioned,
        )


class Acknowledged(_Read):
    """Deliveries that have reached their group or chat."""

    ids: Annotated[list[int], Field(min_length=1, max_length=MAX_ACKED)]


class Said(BaseModel):
    """A text to post, and whom to @ with it."""

    text: str
    mention: str | None = Field(description="In a group, the id of the person to @; the text does not hold the @.")


class Answered(BaseModel):
    """What a message gets at once; posting it again gets the same. A null reply: say nothing."""

    reply: Said | None
    inquiry: int | None = Field(description="The number of the stored question, if it was one.")

    @classmethod
    def of(cls, incoming: Incoming, reply: Reply) -> Answered:
        if reply.text is None:
            return cls(reply=None, inquiry=reply.inquiry)
        if not incoming.in_group:
            return cls(reply=Said(text=reply.text, mention=None), inquiry=reply.inquiry)
        text = reply.text.removeprefix(f"@{incoming.sender_name} ")
        return cls(reply=Said(text=text, mention=incoming.sender.user), inquiry=reply.inquiry)


class Outgoing(Said):
    """A text sent later, by push or poll. It may come twice: the id tells."""

    id: int
    group: str | None = Field(description="The group to post in; null: the private chat with `user`.")
    user: str

    @classmethod
    def of(cls, delivery: Delivery) -> Outgoing:
        to = delivery.to
        mention = to.user if to.group is not None else None
        return cls(id=delivery.id, group=to.group, user=to.user, text=delivery.text, mention=mention)


class Polled(BaseModel):
    """What is waiting, oldest first. It is given again until it is acknowledged."""

    deliveries: list[Outgoing]


class Acked(BaseModel):
    """The ids of those acknowledged that were still waiting for this bridge."""

    acked: list[int]


class Flaw(BaseModel):
    """One field and what is wrong with it."""

    field: str
    fault: str


class Fault(BaseModel):
    """Why a request was refused. `incident`: on 500, the number under which the log knows it."""

    fault: str
    flaws: list[Flaw] = []
    incident: str | None = None


_Model = TypeVar("_Model", bound=_Read)


def read(model: type[_Model], body: bytes) -> _Model:
    """The body as a model. Raises Refused: 400 for what is not JSON, 422 with the fields for what does not fit."""
    try:
        return model.model_validate_json(body)
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is not JSON in UTF-8")
    flaws = [(".".join(map(str, flaw["loc"])) or "(body)", flaw["msg"]) for flaw in found[:_MAX_FLAWS]]
    raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "the message does not have the form expected", flaws)
