"""What a resident's text turned out to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Speech(StrEnum):
    """What a text does."""

    QUESTION = "question"
    CHATTER = "chatter"
    GREETING = "greeting"
    THANKS = "thanks"
    CHOICE = "choice"
    MORE = "more"
    FORGET_ME = "forget_me"
    EMPTY = "empty"


class Urgency(StrEnum):
    """Dangers that come before any retrieval. Each has its own hotline wording."""

    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    CHILD_IN_DANGER = "child_in_danger"
    ONGOING_FRAUD = "ongoing_fraud"
    DETENTION = "detention"
    DEADLINE = "deadline"
    GROUP_CONFLICT = "group_conflict"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is normalised, with the mention stripped. `addressed`: private chat, or the bot was @-ed."""

    text: str
    speech: Speech
    in_group: bool
    addressed: bool
    urgency: Urgency | None = None
    wants_person: bool = False
    choice: int | None = None
