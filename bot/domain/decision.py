"""The decision: answer, ask back, hand to a person, or stay silent. Pure; the lines stand in one policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.followup import Part
from bot.domain.question import Question, Speech, Urgency


class Reason(StrEnum):
    """Why a decision fell as it did, for the ledger and the evaluation."""

    CONFIDENT = "confident"
    CHOSEN = "chosen"
    FOLLOW_UP = "follow_up"
    AMBIGUOUS = "ambiguous"
    UNSURE = "unsure"
    NO_ENTRY = "no_entry"
    ASKED_FOR_PERSON = "asked_for_person"
    URGENT = "urgent"
    OTHER_LANGUAGE = "other_language"
    INDEX_UNAVAILABLE = "index_unavailable"
    NOT_KNOWN = "not_known"
    CHATTER = "chatter"
    OFF_TOPIC = "off_topic"
    NOT_ADDRESSED = "not_addressed"


class Talk(StrEnum):
    """What is no legal question: something asked that is no legal matter, and nothing asked at all."""

    OFF_TOPIC = "off_topic"
    CHATTER = "chatter"


NO_TALK: Mapping[Talk, float] = {}

ANSWERED_TOO = frozenset({Urgency.VIOLENCE, Urgency.ONGOING_FRAUD, Urgency.DEADLINE})
"""Dangers for which a sure entry is said after the hotline; an adviser is alerted all the same."""


SMALL_TALK = 15
"""Characters. What asks nothing and is shorter is small talk; a longer story is taken for a question."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found, and the probability that it is the right one, 0..1."""

    entry: str
    title: str
    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A law article found, and the probability that it answers, 0..1. Nobody has read it beside the question."""

    law: str
    article: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Policy:
    """Where the lines lie, on the probability that the first entry is right.

    `python -m evaluation fit` fits that probability on the labelled questions, with and without an entry, and prints
    what each line would answer and how much of it rightly.
    """

    answer_at: float = 0.88
    answer_in_group_at: float = 0.92
    clarify_at: float = 0.35
    clarify_surely_at: float = 0.7
    """From here on even what sounds like talk is asked back: 顶楼漏雨该谁修 sounds like it."""
    options: int = 3
    alarm_at: float = 0.2
    """The probability of any danger from which on a person is alerted, whatever the rules say."""
    alarm_surely_at: float = 0.6
    """The same where a sure entry would be said, since an everyday question may well sound like trouble, and for what
    was said in a group to nobody in particular."""
    off_topic_at: float = 0.8
    """The probability of being no legal matter, or no question at all, from which on nobody is troubled with it."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A choice of a fact of an entry, both by number from 0."""

    fact: int
    choice: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Say this entry; of one that was just said, only the `parts` asked for, or what the fact `picked` changes."""

    entry: str
    confidence: float
    reason: Reason
    urgency: Urgency | None = None
    parts: tuple[Part, ...] = ()
    picked: Picked | None = None


@dataclass(frozen=True, slots=True)
class Clarify:
    """Offer these entries' questions, at most three; without any, ask what it is about."""

    entries: tuple[str, ...]
    confidence: float
    reason: Reason = Reason.AMBIGUOUS


@dataclass(frozen=True, slots=True)
class Escalate:
    """A person answers. `entry` is what the bot would have said, if anything; `urgency` brings the hotline."""

    reason: Reason
    confidence: float = 0.0
    entry: str | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    """Say nothing."""

    reason: Reason
    confidence: float = 0.0


Decision = Answer | Clarify | Escalate | Ignore


def confidence(matches: Sequence[Match]) -> float:
    """The probability that the first match is the right entry, 0..1; 0 without a match."""
    return matches[0].confidence if matches else 0.0


def alarmed(question: Question, dangers: Mapping[Urgency, float], matches: Sequence[Match], policy: Policy) -> Question:
    """The question with the danger it tells of: by the rules, or by what was learned from examples.

    `dangers` is the probability of each kind; empty where nothing was learned. What the rules see is never explained
    away: that would spare some jokes the hotline, and cost somebody help.
    """
    if question.urgency is not None or not dangers:
        return question
    chance = sum(dangers.values())
    overheard = question.in_group and not question.addressed
    surely = overheard or confidence(matches) >= policy.answer_at
    line = policy.alarm_surely_at if surely else policy.alarm_at
    likeliest = max(dangers, key=lambda kind: dangers[kind]) if chance >= line else None
    return replace(question, urgency=likeliest)


def decide(
    question: Question, matches: Sequence[Match], policy: Policy, talk: Mapping[Talk, float] = NO_TALK
) -> Decision:
    """The decision for a question (not a greeting or a choice). `matches` are best first, all within scope; `talk` is
    the probability of each kind of talk, empty where nothing was learned.
    """
    sure = confidence(matches)
    best = matches[0].entry if matches else None
    if question.urgency is not None:
        if best is not None and sure >= policy.answer_at and question.urgency in ANSWERED_TOO:
            return Answer(best, sure, Reason.URGENT, question.urgency)
        return Escalate(Reason.URGENT, sure, best if sure >= policy.clarify_at else None, question.urgency)
    if question.wants_person:
        return Escalate(Reason.ASKED_FOR_PERSON, sure, best if sure >= policy.clarify_at else None)
    if question.in_group and not question.addressed:
        return _overheard(question, matches, sure, policy)
    if best is not None and sure >= policy.answer_at:
        return Answer(best, sure, Reason.CONFIDENT)
    if sure < policy.clarify_surely_at and (reason := _taken_for_talk(talk, policy)) is not None:
        return Ignore(reason, sure)
    if sure >= policy.clarify_at:
        return Clarify(tuple(match.entry for match in matches[: policy.options]), sure)
    if question.speech is not Speech.QUESTION and len(question.text) < SMALL_TALK and not _is_law(talk):
        return Ignore(Reason.CHATTER, sure)
    return Escalate(Reason.NO_ENTRY if not matches else Reason.UNSURE, sure)


def _taken_for_talk(talk: Mapping[Talk, float], policy: Policy) -> Reason | None:
    if talk.get(Talk.OFF_TOPIC, 0) >= policy.off_topic_at:
        return Reason.OFF_TOPIC
    return Reason.CHATTER if talk.get(Talk.CHATTER, 0) >= policy.off_topic_at else None


def _is_law(talk: Mapping[Talk, float]) -> bool:
    """Was it learned that this is more likely a matter of law than talk?"""
    return bool(talk) and sum(talk.values()) < 0.5


def _overheard(question: Question, matches: Sequence[Match], sure: float, policy: Policy) -> Decision:
    """Said in a group to nobody in particular: only a clear legal question is taken up."""
    if question.speech is not Speech.QUESTION:
        return Ignore(Reason.CHATTER, sure)
    if matches and sure >= policy.answer_in_group_at:
        return Answer(matches[0].entry, sure, Reason.CONFIDENT)
    return Ignore(Reason.NOT_ADDRESSED, sure)
