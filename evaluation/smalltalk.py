"""What is told to be no matter of law, of messages nothing was learned from; and which legal questions are turned away.

Labelled questions, and from the evaluation data the talk of `chatter.jsonl` and all real questions. These were put to
lawyers, so they are law, also those that are labelled as another matter: they are counted by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluation.files import rows
from evaluation.labelled import REAL, Kind, Labelled
from indexer.encoder import Encoder
from indexer.recognition import examples, speech
from indexer.vectors import SHIPPED_ASKED, VectorStore
from knowledge.check import KnowledgeBase
from knowledge.lexicon.expansion import shipped
from knowledge.smalltalk.examples import Talk

LINES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
TALK = "chatter.jsonl"
REAL_PART = "lay"
"""The labelled questions whose texts are real."""


class Group(StrEnum):
    """What a message is, and so what is right. `CALM` has the words of danger and no entry; it may be any of them."""

    OFF_TOPIC = "off-topic"
    CHATTER = "chatter"
    TALK = "talk"
    LAW = "law"
    ODD = "odd"
    CALM = "calm"


KINDS: Mapping[Kind, Group] = {Kind.OTHER: Group.OFF_TOPIC, Kind.CHATTER: Group.CHATTER, Kind.CALM: Group.CALM}


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    text: str
    group: Group


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message and the probability that it is each kind of what is no matter of law."""

    message: Message
    chances: Mapping[str, float]

    def turned_away(self, at: float) -> bool:
        """As the decision does: one of the kinds alone must reach the line."""
        return max(self.chances.values()) >= at

    def missed(self, at: float) -> bool:
        wanted = self.message.group in (Group.OFF_TOPIC, Group.CHATTER, Group.TALK)
        return self.message.group is not Group.CALM and self.turned_away(at) != wanted


@dataclass(frozen=True, slots=True)
class TalkLine:
    """How many of each group are turned away at a threshold, and how many there are."""

    at: float
    turned_away: Mapping[str, int]
    count: Mapping[str, int]

    def __str__(self) -> str:
        parts = (f"{group} {self.turned_away.get(group, 0)} of {held}" for group, held in self.count.items())
        return f"at {self.at:.2f} turned away: {', '.join(parts)}"


def messages(questions: Sequence[Labelled], real: Path) -> list[Message]:
    """The labelled questions, and what the folder `real` of the evaluation data has beside them, if it is at hand."""
    found = [Message(one.id, one.text, _group(one)) for one in questions]
    known = {one.id for one in questions}
    for name, group in ((TALK, Group.TALK), *((name, Group.LAW) for name in REAL)):
        path = real / name
        beside = (row for row in rows(path) if row["id"] not in known) if path.is_file() else ()
        found += [Message(row["id"], row["text"], group) for row in beside]
    return found


def _group(one: Labelled) -> Group:
    if one.entries:
        return Group.LAW
    if one.kind is Kind.OTHER and one.part == REAL_PART:
        return Group.ODD
    return KINDS.get(one.kind, Group.LAW)


def weigh(base: KnowledgeBase, encoder: Encoder, said: Sequence[Message]) -> list[Weighed]:
    """Every message, weighed by what is learned from all examples of the base. Raises ValueError if it has none."""
    read = [shipped().corrected(one.text) for one in said]
    asked = VectorStore(encoder.asking, encoder.dimension)
    asked.read(SHIPPED_ASKED)
    asked.fill([*read, *examples(base), *(text for _, one in base.answerable() for text in one.asked)], encoder.queries)
    learned = speech(base).learn(asked)
    if learned is None:
        raise ValueError("no examples of talk to learn from")
    found = map(learned.probabilities, asked.matrix(read), read)
    return [
        Weighed(one, {kind: chance for kind, chance in chances.items() if kind != Talk.LAW})
        for one, chances in zip(said, found, strict=True)
    ]


def talk_lines(weighed: Sequence[Weighed]) -> list[TalkLine]:
    """The trade-off between thresholds."""
    count = Counter(one.message.group.value for one in weighed)
    return [
        TalkLine(at, Counter(one.message.group.value for one in weighed if one.turned_away(at)), count) for at in LINES
    ]
