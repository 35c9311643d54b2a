"""What an entry may ask after its answer, and what a question tells of it already."""

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.entry import Entry, Fact
from tests.evaluation.entries import WAGES

SIGNED: dict[str, Any] = {"reply": "签了", "said": ["签了合同", "签合同"]}
UNSIGNED: dict[str, Any] = {"reply": "没签", "said": ["没签合同", "没有合同"], "say": "没签的，先把证据留好。"}
CONTRACT: dict[str, Any] = {"ask": "签了劳动合同吗？", "choices": [SIGNED, UNSIGNED]}


def asking(*facts: dict[str, Any]) -> Entry:
    return Entry.model_validate({**WAGES.model_dump(mode="json"), "facts": facts})


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("老板没签合同，工资不给", "没签"),
        ("当初签了合同的，工资不给", "签了"),
        ("我在厂里没有合同", "没签"),
        ("工资不给怎么办", None),
        ("签没签合同有关系吗", None),
        ("签过没有签过合同有关系吗", None),
        ("有没有合同都能要吗", None),
        ("先是没签合同，后来签了合同", None),
    ],
)
def test_the_longest_word_tells_the_choice_unless_it_asks_whether(question: str, reply: str | None) -> None:
    choice = Fact.model_validate(CONTRACT).told(question)
    assert (choice.reply if choice is not None else None) == reply


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"ask": "签了劳动合同"}, "string_pattern_mismatch"),
        ({"ask": "签" * 30 + "？"}, "string_too_long"),
        ({"choices": [UNSIGNED]}, "too_short"),
        ({"choices": [UNSIGNED, *({"reply": f"第{at}种"} for at in range(4))]}, "too_long"),
        ({"choices": [UNSIGNED, {"reply": "没签"}]}, "reply_twice"),
        ({"choices": [UNSIGNED, {"reply": "签了", "said": ["没签合同"]}]}, "said_twice"),
        ({"choices": [SIGNED, {"reply": "没签"}]}, "idle_fact"),
        ({"choices": [SIGNED, {**UNSIGNED, "entry": "wages"}]}, "say_and_entry"),
        ({"choices": [SIGNED, {**UNSIGNED, "say": "太短"}]}, "string_too_short"),
        ({"choices": [SIGNED, {**UNSIGNED, "said": ["没"]}]}, "string_too_short"),
        ({"choices": [SIGNED, {**UNSIGNED, "reply": "没" * 16}]}, "string_too_long"),
    ],
)
def test_a_fact_that_cannot_be_asked_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Fact.model_validate({**CONTRACT, **changes})
    assert refused.value.errors()[0]["type"] == fault


def test_an_entry_asks_for_two_facts_at_most() -> None:
    assert len(asking(CONTRACT, CONTRACT).facts) == 2
    with pytest.raises(ValidationError):
        asking(CONTRACT, CONTRACT, CONTRACT)


def test_what_is_asked_offered_and_added_is_spoken_and_told_apart_by_its_place() -> None:
    spoken = dict(asking(CONTRACT).spoken())
    assert spoken["facts", 0, "ask"] == CONTRACT["ask"]
    assert spoken["facts", 0, "choices", 0, "reply"] == "签了"
    assert spoken["facts", 0, "choices", 1, "say"] == UNSIGNED["say"]
    assert ("facts", 0, "choices", 0, "say") not in spoken
