"""Cases on the boundary of every line."""

from dataclasses import replace

import pytest

from bot.domain.decision import (
    SMALL_TALK,
    Answer,
    Clarify,
    Escalate,
    Ignore,
    Match,
    Policy,
    Reason,
    Talk,
    alarmed,
    confidence,
    decide,
)
from bot.domain.question import Question, Speech, Urgency


def question(
    text: str = "一个够长的法律问题，问一问该怎么办才好",
    *,
    speech: Speech = Speech.QUESTION,
    in_group: bool = False,
    addressed: bool = True,
    urgency: Urgency | None = None,
    wants_person: bool = False,
) -> Question:
    return Question(text, speech, in_group, addressed, urgency, wants_person)


def matches(sure: float) -> list[Match]:
    """Two matches of which the first is right with this probability."""
    return [Match("a", "甲", "题", sure), Match("b", "乙", "题", 1 - sure)]


POLICY = Policy(
    answer_at=0.8,
    answer_in_group_at=0.9,
    clarify_at=0.4,
)


@pytest.mark.parametrize(
    ("sure", "expected"), [(0.801, Answer), (0.799, Clarify), (0.401, Clarify), (0.399, Escalate), (0.01, Escalate)]
)
def test_the_lines_between_answering_asking_back_and_a_person(sure: float, expected: type) -> None:
    assert isinstance(decide(question(), matches(sure), POLICY), expected)


def test_without_a_match_a_person_answers() -> None:
    assert decide(question(), [], POLICY) == Escalate(Reason.NO_ENTRY, 0.0)


@pytest.mark.parametrize(("sure", "expected"), [(0.901, Answer), (0.899, Ignore), (0.3, Ignore)])
def test_overheard_in_a_group_only_a_clear_question_is_taken_up(sure: float, expected: type) -> None:
    overheard = question(in_group=True, addressed=False)
    assert isinstance(decide(overheard, matches(sure), POLICY), expected)


def test_overheard_chatter_is_ignored_however_near_an_entry_it_is() -> None:
    chatter = question(speech=Speech.CHATTER, in_group=True, addressed=False)
    assert isinstance(decide(chatter, matches(0.99), POLICY), Ignore)


def test_danger_is_answered_with_a_sure_entry_and_alerts_or_goes_to_a_person() -> None:
    danger = question(urgency=Urgency.VIOLENCE, in_group=True, addressed=False)
    sure, unsure = decide(danger, matches(0.95), POLICY), decide(danger, matches(0.1), POLICY)
    assert isinstance(sure, Answer)
    assert (sure.entry, sure.reason, sure.urgency) == ("a", Reason.URGENT, Urgency.VIOLENCE)
    assert isinstance(unsure, Escalate)
    assert (unsure.entry, unsure.reason, unsure.urgency) == (None, Reason.URGENT, Urgency.VIOLENCE)


@pytest.mark.parametrize(
    "urgency", [Urgency.SELF_HARM, Urgency.CHILD_IN_DANGER, Urgency.DETENTION, Urgency.GROUP_CONFLICT]
)
def test_some_dangers_always_go_to_a_person(urgency: Urgency) -> None:
    assert isinstance(decide(question(urgency=urgency), matches(0.99), POLICY), Escalate)


def test_a_wish_for_a_person_beats_a_sure_entry_which_becomes_the_suggestion() -> None:
    decision = decide(question(wants_person=True), matches(0.95), POLICY)
    assert isinstance(decision, Escalate)
    assert (decision.entry, decision.reason) == ("a", Reason.ASKED_FOR_PERSON)


def test_small_talk_is_ignored_but_a_longer_story_is_taken_for_a_question() -> None:
    short, long = "字" * (SMALL_TALK - 1), "字" * SMALL_TALK
    assert isinstance(decide(question(short, speech=Speech.CHATTER), matches(0.1), POLICY), Ignore)
    assert isinstance(decide(question(long, speech=Speech.CHATTER), matches(0.1), POLICY), Escalate)


def test_at_most_three_options_are_offered() -> None:
    many = [Match(str(n), str(n), "题", 0.5) for n in range(5)]
    decision = decide(question(), many, POLICY)
    assert isinstance(decision, Clarify)
    assert decision.entries == ("0", "1", "2")


def test_the_confidence_is_that_of_the_first_match_or_none() -> None:
    assert confidence(matches(0.7)) == 0.7
    assert confidence([]) == 0


@pytest.mark.parametrize(
    ("by_rules", "dangers", "urgency"),
    [
        (None, {}, None),
        (Urgency.VIOLENCE, {}, Urgency.VIOLENCE),
        (None, {Urgency.VIOLENCE: 0.3, Urgency.SELF_HARM: 0.25}, Urgency.VIOLENCE),  # Together past the line.
        (None, {Urgency.VIOLENCE: 0.3, Urgency.SELF_HARM: 0.1}, None),
        (Urgency.DEADLINE, {Urgency.VIOLENCE: 0.3, Urgency.SELF_HARM: 0.1}, Urgency.DEADLINE),
        (Urgency.SELF_HARM, {Urgency.VIOLENCE: 0.005, Urgency.SELF_HARM: 0.01}, Urgency.SELF_HARM),
    ],
)
def test_danger_is_seen_by_rules_or_by_what_was_learned(
    by_rules: Urgency | None, dangers: dict[Urgency, float], urgency: Urgency | None
) -> None:
    policy = Policy(alarm_at=0.5)
    assert alarmed(question(urgency=by_rules), dangers, [], policy).urgency is urgency


@pytest.mark.parametrize(("chance", "urgency"), [(0.4, None), (0.7, Urgency.VIOLENCE)])
def test_over_a_sure_entry_and_unasked_in_a_group_the_alarm_must_be_surer(
    chance: float, urgency: Urgency | None
) -> None:
    policy = replace(POLICY, alarm_at=0.3, alarm_surely_at=0.6)
    dangers = {Urgency.VIOLENCE: chance}
    assert alarmed(question(), dangers, matches(0.9), policy).urgency is urgency
    assert alarmed(question(in_group=True, addressed=False), dangers, [], policy).urgency is urgency
    assert alarmed(question(), dangers, matches(0.5), policy).urgency is Urgency.VIOLENCE


@pytest.mark.parametrize(("talk", "reason"), [(Talk.OFF_TOPIC, Reason.OFF_TOPIC), (Talk.CHATTER, Reason.CHATTER)])
@pytest.mark.parametrize("sure", [0.69, 0.1])
def test_nobody_is_troubled_with_what_is_surely_talk(talk: Talk, reason: Reason, sure: float) -> None:
    line = POLICY.off_topic_at
    ignored = decide(question(), matches(sure), POLICY, {talk: line})
    assert isinstance(ignored, Ignore)
    assert ignored.reason is reason
    assert not isinstance(decide(question(), matches(sure), POLICY, {talk: line - 0.01}), Ignore)


def test_what_an_entry_likely_answers_is_asked_back_whatever_it_sounds_like() -> None:
    assert isinstance(decide(question(), matches(0.71), POLICY, {Talk.OFF_TOPIC: 1.0}), Clarify)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (question(urgency=Urgency.VIOLENCE), Escalate),
        (question(wants_person=True), Escalate),
        (question(), Answer),
    ],
    ids=["danger", "a wish for a person", "a sure answer"],
)
def test_what_matters_is_never_taken_for_talk(asked: Question, expected: type) -> None:
    sure = 0.9 if expected is Answer else 0.1
    assert isinstance(decide(asked, matches(sure), POLICY, {Talk.OFF_TOPIC: 1.0}), expected)
