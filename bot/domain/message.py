"""A message as every channel hands it over, and the reply it gets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Form(StrEnum):
    """What kind of message came in. A voice message has its transcript as text."""

    TEXT = "text"
    VOICE = "voice"
    OTHER = "other"
    FOLLOW = "follow"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class MessageKey:
    """What makes a message the same message when a channel delivers it again."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where an answer goes: `channel` (wechat/ACCOUNT, gateway/NAME, demo), the asker, and the group asked in."""

    channel: str
    user: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, verified and parsed. `scene` is the village code of a scanned QR code; times are aware."""

    key: MessageKey
    sender: Address
    text: str
    sent_at: datetime
    sender_name: str = ""
    form: Form = Form.TEXT
    mentioned: bool = False
    scene: str | None = None

    @property
    def in_group(self) -> bool:
        return self.sender.group is not None


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said at once. `text` is None for silence; `inquiry` the stored inquiry, if there is one."""

    text: str | None
    inquiry: int | None = None
