import pytest

from knowledge.entry import Entry, EntryStatus
from knowledge.rules.facts import misled, told_already
from tests.evaluation.entries import DOGS, LOANS, WAGES

RETIRED = DOGS.model_copy(update={"status": EntryStatus.RETIRED})
ENTRIES = {entry.id: ("主题", entry) for entry in (WAGES, LOANS, RETIRED)}


def leading_to(target: str) -> Entry:
    choices = [{"reply": "写了", "said": ["写了欠条"]}, {"reply": "没写", "entry": target}]
    return Entry.model_validate(
        {**WAGES.model_dump(mode="json"), "facts": [{"ask": "写了欠条吗？", "choices": choices}]}
    )


def test_a_choice_may_lead_to_an_entry_that_is_answered() -> None:
    assert list(misled(leading_to("loans"), ENTRIES)) == []


@pytest.mark.parametrize(
    ("target", "why"),
    [("cats", "which does not exist"), ("dogs", "which is not in use"), ("wages", "which is this entry")],
)
def test_a_choice_that_leads_nowhere_is_named_with_its_place(target: str, why: str) -> None:
    assert list(misled(leading_to(target), ENTRIES)) == [
        (f"a choice leads to {target}, {why}", ("facts", 0, "choices", 1, "entry"))
    ]


def test_a_fact_that_the_question_of_the_entry_tells_is_named() -> None:
    asking = leading_to("loans")
    assert list(told_already(asking)) == []
    telling = asking.model_copy(update={"question": "老板写了欠条不给工资怎么办"})
    assert list(told_already(telling)) == [("the question itself tells 写了", ("facts", 0))]
