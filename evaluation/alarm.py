"""What the alarm catches of the labelled messages, none of which it was shown, and what it raises for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.decision import Match, Policy, alarmed
from bot.domain.question import Speech, Urgency
from bot.domain.understanding import understand
from evaluation.entries import ask, read_as
from evaluation.held_out import EntryVectors
from evaluation.labelled import Kind, Labelled
from indexer.confidence import SHIPPED_CONFIDENCE, Confidence
from indexer.recognition import danger
from knowledge.check import KnowledgeBase

LINES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Heard:
    """A labelled message, the probability of each danger, and the entry found for it."""

    message: Labelled
    dangers: dict[Urgency, float]
    match: Match

    def urgency(self, policy: Policy) -> Urgency | None:
        question = understand(self.message.text, in_group=False, mentioned=False)
        if question.speech not in (Speech.QUESTION, Speech.CHATTER):
            return None
        return alarmed(question, self.dangers, [self.match], policy).urgency


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """At a threshold: the share of urgent messages caught, of the kind caught rightly, and the alarms raised for others
    (`calm` of the 70 that only sound urgent, `others` of all the rest).
    """

    at: float
    caught: float
    right_kind: float
    calm: int
    others: int

    def __str__(self) -> str:
        return (
            f"at {self.at:.2f}: {self.caught:.1%} caught, {self.right_kind:.1%} as what they are; "
            f"{self.calm} calm ones and {self.others} others alarmed about"
        )


def hear(base: KnowledgeBase, vectors: EntryVectors, messages: Sequence[Labelled]) -> list[Heard]:
    """Every message, by rules and by an alarm learned from all examples of the base; `vectors` hold all of them."""
    learned = danger(base).learn(vectors.asked)
    if learned is None:
        raise ValueError("no examples of danger to learn from")
    confidence = Confidence.read(SHIPPED_CONFIDENCE)
    heard: list[Heard] = []
    for one in ask(base, vectors, messages):
        text = read_as(one.question)
        found = learned.probabilities(vectors.asked.matrix([text])[0], text)
        heard.append(Heard(one.question, {kind: found.get(kind.value, 0.0) for kind in Urgency}, one.match(confidence)))
    return heard


def lines(heard: Sequence[Heard]) -> list[AlarmLine]:
    """The trade-off between thresholds, with everything else as the policy has it."""
    return [line(heard, Policy(alarm_at=at)) for at in LINES]


def line(heard: Sequence[Heard], policy: Policy) -> AlarmLine:
    """What the policy does with the messages."""
    urgent = [one for one in heard if one.message.kind is Kind.URGENT]
    alarms = [one for one in heard if one.message.kind is not Kind.URGENT and one.urgency(policy) is not None]
    calm = sum(one.message.kind is Kind.CALM for one in alarms)
    return AlarmLine(
        at=policy.alarm_at,
        caught=sum(one.urgency(policy) is not None for one in urgent) / len(urgent),
        right_kind=sum(one.urgency(policy) is one.message.urgency for one in urgent) / len(urgent),
        calm=calm,
        others=len(alarms) - calm,
    )
