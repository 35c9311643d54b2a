"""Asking from the command line: the same conversation as every channel, over a database that is thrown away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import assemble, utc_now
from bot.demo import seed
from bot.domain.decision import Answer, Clarify, Decision, Escalate, Ignore
from bot.domain.message import Address, Incoming, MessageKey
from bot.ports import Retriever
from bot.settings import Settings
from bot.store.migrate import upgrade

CHANNEL = "ask"


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of `ask --batch`."""

    id: str
    decision: str
    text: str | None
    entry_ids: list[str]
    citations: list[dict[str, str]]
    confidence: float
    urgent: str | None
    reason: str

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


class Asker:
    """Each question comes from another resident. `scratch` is a folder for the throw-away database."""

    def __init__(self, settings: Settings, scratch: Path, village: str | None) -> None:
        database = f"sqlite:///{scratch / 'ask.db'}"
        upgrade(database)
        self._service = assemble(settings.model_copy(update={"database_url": SecretStr(database)}))
        seed(self._service.store, utc_now, settings.url, scratch / "first-start.txt")
        self._village = village

    @property
    def retriever(self) -> Retriever:
        """What it finds entries with."""
        return self._service.conversation.retriever

    def ask(self, key: str, text: str, *, group: bool) -> Asked:
        """What a resident would be told, and what was decided."""
        conversation = self._service.conversation
        address = Address(CHANNEL, f"resident-{key}", f"group-{key}" if group else None)
        message = Incoming(
            MessageKey(CHANNEL, key), address, text, utc_now(), sender_name="群友" if group else "", scene=self._village
        )
        outcome = conversation.consider(message)
        conversation.accept(message)
        reply = conversation.say(message, outcome)
        decision = outcome.decision
        parts = [part.decision for part in outcome.parts] or [decision]
        cited = [part.entry for part in parts if isinstance(part, Answer)]
        entries = list(dict.fromkeys(cited)) if outcome.parts else _entries(decision)
        return Asked(
            id=key,
            decision=type(decision).__name__.lower(),
            text=reply.text,
            entry_ids=entries,
            citations=[citation for entry in dict.fromkeys(cited) for citation in self._citations(entry)],
            confidence=round(decision.confidence, 4),
            urgent=outcome.question.urgency,
            reason=decision.reason,
        )

    def _citations(self, entry: str) -> list[dict[str, str]]:
        knowledge = self._service.conversation.speaker.knowledge
        held = knowledge.entry(entry)
        basis = knowledge.basis(held[1]) if held is not None else None
        return [{"law": cited.law, "article": cited.article} for cited in basis or ()]


def _entries(decision: Decision) -> list[str]:
    match decision:
        case Answer(entry=entry):
            return [entry]
        case Clarify(entries=entries):
            return list(entries)
        case Escalate(entry=entry):
            return [entry] if entry is not None else []
        case Ignore():
            return []
