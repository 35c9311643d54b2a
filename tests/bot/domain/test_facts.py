import pytest

from bot.domain.facts import is_unknown, next_open, picked, told
from knowledge.entry import Choice, Fact

SIGNED = Fact(
    ask="签合同了吗？",
    choices=(
        Choice(reply="签了", said=("签了合同",)),
        Choice(reply="没签", said=("没签", "没有签"), say="没签满一个月的，可以要双倍工资。"),
    ),
)
LEFT = Fact(
    ask="现在还在厂里吗？",
    choices=(
        Choice(reply="还在", said=("还在厂里",)),
        Choice(reply="走了", said=("辞职",), entry="wage-quit"),
    ),
)
FACTS = (SIGNED, LEFT)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("没签", 1),
        ("没签。", 1),
        ("签了", 0),
        ("一直没有签，老板讲不用签的，口头说好就行", 1),
        ("没签怎么办", 1),
        ("没签合同的话能不能要双倍工资啊", None),
        ("我家的狗咬人了", None),
        ("签没签合同", None),
    ],
)
def test_a_reply_in_words_picks_a_choice_and_a_question_of_its_own_does_not(text: str, number: int | None) -> None:
    assert picked(SIGNED, text) == number


def test_the_first_fact_that_was_not_told_is_asked_and_each_once() -> None:
    assert next_open(FACTS, "老板欠薪", after=None) == 0
    assert next_open(FACTS, "老板欠薪，没签合同", after=None) == 1
    assert next_open(FACTS, "老板欠薪", after=0) == 1
    assert next_open(FACTS, "老板欠薪，我辞职了", after=0) is None
    assert next_open(FACTS, "老板欠薪", after=1) is None


def test_what_was_told_is_found_in_the_order_of_the_facts() -> None:
    assert [choice.reply for choice in told(FACTS, "我辞职了，合同没签")] == ["没签", "走了"]


@pytest.mark.parametrize("text", ["不知道", "不清楚", "我不晓得", "不记得了", "忘了"])
def test_who_does_not_know_is_heard(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize("text", ["不知道怎么办", "我不知道他把钱弄到哪个地方去了反正是没有了"])
def test_who_asks_or_tells_more_is_not_taken_for_not_knowing(text: str) -> None:
    assert not is_unknown(text)
