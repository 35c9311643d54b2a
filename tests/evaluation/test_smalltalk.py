"""What counts as talk that is told, and as a question of law that is turned away."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.decision import Match, Policy, Talk
from bot.domain.question import Urgency
from evaluation.alarm import Heard
from evaluation.labelled import Kind, Labelled
from evaluation.smalltalk import LINES, OTHERS_TALK, Group, Weighed, group_of, messages, talk_lines

POLICY = Policy(off_topic_at=0.8)


def message(text: str, kind: Kind, part: str = "no-entry", entries: tuple[str, ...] = ()) -> Labelled:
    return Labelled(text, part, text, kind, entries, None)


def weighed(one: Labelled, *, off_topic: float = 0, chatter: float = 0, danger: float = 0, sure: float = 0) -> Weighed:
    heard = Heard(one, {Urgency.VIOLENCE: danger}, Match("entry", "", "", sure))
    return Weighed(heard, {Talk.OFF_TOPIC: off_topic, Talk.CHATTER: chatter})


ASKED = message("明天会不会下雨", Kind.OTHER)
OWED = message("老板欠我两个月工资怎么办", Kind.NONE)


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (message("明天下雨吗", Kind.OTHER), Group.OFF_TOPIC),
        (message("明天下雨吗", Kind.OTHER, part="lay"), Group.ODD),
        (message("早上好", Kind.CHATTER), Group.CHATTER),
        (message("早上好", Kind.CHATTER, part=OTHERS_TALK), Group.OTHERS_TALK),
        (message("他在砸门", Kind.URGENT), Group.LAW),
        (message("电影里砸门真吓人", Kind.CALM), Group.CALM),
        (message("门砸坏了谁赔", Kind.CALM, entries=("damage",)), Group.LAW),
    ],
)
def test_a_message_counts_as_what_it_is_labelled(one: Labelled, group: Group) -> None:
    assert group_of(one) is group


@pytest.mark.parametrize(("chance", "told"), [(0.79, False), (0.8, True)])
def test_one_kind_alone_must_reach_the_line(chance: float, told: bool) -> None:
    assert weighed(ASKED, off_topic=chance, chatter=0.2).told(POLICY) is told
    assert weighed(ASKED, off_topic=chance).turned_away(POLICY) is told
    assert weighed(ASKED, off_topic=chance).missed(POLICY) is not told
    assert weighed(OWED, off_topic=chance).missed(POLICY) is told


def test_danger_and_a_sure_answer_come_before_talk() -> None:
    assert weighed(OWED, chatter=0.9).turned_away(POLICY)
    assert not weighed(OWED, chatter=0.9, danger=0.9).turned_away(POLICY)
    assert not weighed(OWED, chatter=0.9, sure=0.99).turned_away(POLICY)


def test_what_sounds_like_danger_without_any_is_never_missed() -> None:
    one = weighed(message("电影里砸门真吓人", Kind.CALM), chatter=0.9)
    assert not one.missed(POLICY)
    assert not replace(one, talk={Talk.CHATTER: 0.0}).missed(POLICY)


def test_a_line_counts_by_group() -> None:
    said = [weighed(ASKED, off_topic=0.72), weighed(OWED), weighed(OWED, chatter=0.62)]
    lines = talk_lines(said)
    assert [line.at for line in lines] == list(LINES)
    at = {line.at: line for line in lines}
    assert str(at[0.6]) == "at 0.60: law 1 -> 1 of 2, off-topic 1 -> 1 of 1"
    assert str(at[0.7]) == "at 0.70: law 0 -> 0 of 2, off-topic 1 -> 1 of 1"


def test_what_is_labelled_is_not_counted_again_as_real(tmp_path: Path) -> None:
    rows = [{"id": ASKED.id, "text": "明天会不会下雨"}, {"id": "real", "text": "彩礼退不退"}]
    (tmp_path / "lay_questions.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (tmp_path / OTHERS_TALK).write_text(json.dumps({"id": "talk", "text": "早"}), "utf-8")
    found = messages([ASKED], tmp_path)
    assert [(one.id, group_of(one)) for one in found] == [
        (ASKED.id, Group.OFF_TOPIC),
        ("talk", Group.OTHERS_TALK),
        ("real", Group.LAW),
    ]
    assert messages([ASKED], tmp_path / "no-such-folder") == [ASKED]
