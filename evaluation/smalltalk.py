"""What the bot takes for no matter of law, of messages it was not shown; and which legal questions it so turns away.

The labelled questions, and from the evaluation data the talk of `chatter.jsonl` and all real questions. Real questions
were put to lawyers: those that are labelled as no matter of law are counted by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bot.domain.decision import Ignore, Policy, Talk, alarmed, decide
from bot.domain.question import Speech
from bot.domain.understanding import understand
from evaluation.alarm import Heard, hear
from evaluation.entries import read_as, vectors_for
from evaluation.files import rows
from evaluation.labelled import REAL, REAL_PART, Kind, Labelled
from indexer.encoder import Encoder
from indexer.recognition import speech
from knowledge.check import KnowledgeBase

LINES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
OTHERS_TALK = "chatter.jsonl"


class Group(StrEnum):
    """What a message is. One with the words of danger but no entry (`CALM`) may be any of them."""

    LAW = "law"
    OFF_TOPIC = "off-topic"
    CHATTER = "chatter"
    OTHERS_TALK = "others' chatter"
    ODD = "odd"
    CALM = "calm"


TO_BE_TOLD = frozenset({Group.OFF_TOPIC, Group.CHATTER, Group.OTHERS_TALK})
BY_KIND: Mapping[Kind, Group] = {Kind.OTHER: Group.OFF_TOPIC, Kind.CHATTER: Group.CHATTER, Kind.CALM: Group.CALM}


def group_of(one: Labelled) -> Group:
    """An entry makes it a matter of law, whatever it sounds like."""
    if one.entries:
        return Group.LAW
    if one.part == OTHERS_TALK:
        return Group.OTHERS_TALK
    if one.kind is Kind.OTHER and one.part == REAL_PART:
        return Group.ODD
    return BY_KIND.get(one.kind, Group.LAW)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message as heard, and the probability of each kind of talk."""

    heard: Heard
    talk: Mapping[Talk, float]

    @property
    def group(self) -> Group:
        return group_of(self.heard.message)

    def told(self, policy: Policy) -> bool:
        """By what was learned, whatever else the bot knows."""
        return max(self.talk.values()) >= policy.off_topic_at

    def turned_away(self, policy: Policy) -> bool:
        """What comes of it when it is said to the bot: rules, danger and sure answers come first."""
        question = understand(self.heard.message.text, in_group=False, mentioned=False)
        if question.speech not in (Speech.QUESTION, Speech.CHATTER):
            return True
        question = alarmed(question, self.heard.dangers, [self.heard.match], policy)
        return isinstance(decide(question, [self.heard.match], policy, self.talk), Ignore)

    def missed(self, policy: Policy) -> bool:
        """Talk that is troubled about, or a question of law that is not."""
        return self.group is not Group.CALM and self.turned_away(policy) != (self.group in TO_BE_TOLD)


@dataclass(frozen=True, slots=True)
class TalkLine:
    """At a threshold: how many messages of each group there are, are told by what was learned, are turned away."""

    at: float
    count: Mapping[str, int]
    told: Mapping[str, int]
    turned_away: Mapping[str, int]

    def __str__(self) -> str:
        parts = (
            f"{group} {self.told.get(group, 0)} -> {self.turned_away.get(group, 0)} of {self.count[group]}"
            for group in Group
            if group in self.count
        )
        return f"at {self.at:.2f}: {', '.join(parts)}"


def messages(questions: Sequence[Labelled], real: Path) -> list[Labelled]:
    """The labelled questions, and what the folder `real` of the evaluation data has beside them, if it is at hand."""
    known = {one.id for one in questions}
    found = list(questions)
    for name, kind in ((OTHERS_TALK, Kind.CHATTER), *((name, Kind.NONE) for name in REAL)):
        path = real / name
        beside = [row for row in rows(path) if row["id"] not in known] if path.is_file() else []
        found += [Labelled(row["id"], name, row["text"], kind, (), None) for row in beside]
    return found


def weigh(base: KnowledgeBase, encoder: Encoder, said: Sequence[Labelled]) -> list[Weighed]:
    """Every message, weighed by what is learned from all examples of the base. Raises ValueError if it has none."""
    vectors = vectors_for(base, encoder, said)
    learned = speech(base).learn(vectors.asked)
    if learned is None:
        raise ValueError("no examples of talk to learn from")
    weighed: list[Weighed] = []
    for heard in hear(base, vectors, said):
        text = read_as(heard.message)
        found = learned.probabilities(vectors.asked.matrix([text])[0], text)
        weighed.append(Weighed(heard, {talk: found.get(talk.value, 0.0) for talk in Talk}))
    return weighed


def talk_lines(weighed: Sequence[Weighed]) -> list[TalkLine]:
    """The trade-off between thresholds, with everything else as the policy has it."""
    return [_line(weighed, replace(Policy(), off_topic_at=at)) for at in LINES]


def _line(weighed: Sequence[Weighed], policy: Policy) -> TalkLine:
    return TalkLine(
        policy.off_topic_at,
        Counter(one.group.value for one in weighed),
        Counter(one.group.value for one in weighed if one.told(policy)),
        Counter(one.group.value for one in weighed if one.turned_away(policy)),
    )
