import pytest

from knowledge.rules.promises import promises


def claims(text: str) -> list[str]:
    return [message.removeprefix("a promise nobody can make: ") for message, _ in promises([(("answer",), text)])]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("这官司包赢。", "包赢"),
        ("证据在手，肯定能赢。", "肯定能赢"),
        ("起诉就一定胜诉。", "一定胜诉"),
        ("我们百分百帮你要回来。", "百分百"),
        ("先交钱，不赢不要钱。", "不赢不要钱"),
        ("这样做没有任何风险。", "没有任何风险"),
        ("可以托关系问问。", "托关系"),
        ("我是律师，听我的。", "我是律师"),
    ],
)
def test_a_promise_of_an_outcome_a_connection_or_a_false_name_is_told(text: str, claim: str) -> None:
    assert claims(text) == [claim]


@pytest.mark.parametrize(
    "text",
    [
        "谁也不能保证胜诉。",
        "不要托关系、走后门。",
        "凡是说“包赢”“不赢不要钱”的，都要当心。",
        "证据够，法院一般会支持。",
        "法院可以判他百分之二十的违约金。",
        "找个律师问问，打 12348 免费。",
    ],
)
def test_what_is_denied_or_quoted_is_no_promise(text: str) -> None:
    assert claims(text) == []


def test_a_denial_reaches_to_the_end_of_its_clause_only() -> None:
    assert claims("别急，这官司包赢。") == ["包赢"]


def test_the_same_claim_is_told_once_at_its_first_place() -> None:
    spoken = [(("short",), "别急。"), (("answer",), "包赢。"), (("steps", 1), "包赢。")]
    assert list(promises(spoken)) == [("a promise nobody can make: 包赢", ("answer",))]
