import pytest

from bot.domain.decision import Answer, Clarify, Decision, Escalate, Reason
from bot.domain.several import Piece, are_several, pieces

ANOTHER = "邻居家的树枝伸到我家院子里来了能不能砍"


def answered(entry: str, topic: str = "借贷") -> Piece:
    return Piece("借给他三万不还怎么办", Answer(entry, 0.97, Reason.CONFIDENT), topic, (entry,))


def unclear(text: str = ANOTHER, topic: str = "邻里", near: tuple[str, ...] = ("tree",), sure: float = 0.6) -> Piece:
    return Piece(text, Clarify(near, sure), topic, near)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("1、借条丢了怎么办 2、彩礼要不要退", ("借条丢了怎么办", "彩礼要不要退")),
        ("1.借条丢了怎么办2.彩礼要不要退3.低保怎么办", ("借条丢了怎么办", "彩礼要不要退", "低保怎么办")),
        ("(1)借条丢了怎么办（2）彩礼要不要退", ("借条丢了怎么办", "彩礼要不要退")),
        ("一、借条丢了怎么办；二、彩礼要不要退", ("借条丢了怎么办", "彩礼要不要退")),
        ("借条丢了怎么办？彩礼要不要退？", ("借条丢了怎么办？", "彩礼要不要退？")),
        ("借条丢了怎么办，还有彩礼要不要退", ("借条丢了怎么办", "彩礼要不要退")),
        ("借条丢了怎么办？另外一个问题，再婚要不要重新登记？", ("借条丢了怎么办？", "再婚要不要重新登记？")),
        ("借条丢了怎么办？另外想问一下，我家的地被占了。该找谁？", ("借条丢了怎么办？", "我家的地被占了。该找谁？")),
    ],
)
def test_a_message_is_cut_where_a_question_ends_or_another_is_announced(text: str, texts: tuple[str, ...]) -> None:
    assert pieces(text).texts == texts


@pytest.mark.parametrize(
    "text",
    [
        "借给他3.5万不还怎么办",
        "家里有老人，还有两个孩子，离婚了房子怎么分",
        "怎么办？？急！",
        "我借给他三万。他一直不还。怎么办？",
        "住1单元2号楼的怎么办",
        "",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert pieces(text).texts == (text,)


def test_a_few_words_after_a_story_do_not_stand_alone() -> None:
    story = pieces("我和他没领证，分手了彩礼要不要退？孩子归谁？")
    assert [story.stands_alone(text) for text in story.texts] == [True, False]
    bare = pieces("彩礼要不要退？孩子归谁？")
    assert [bare.stands_alone(text) for text in bare.texts] == [True, True]
    first = pieces("彩礼要不要退？我在厂里做了三年，没签过合同，有没有赔偿？")
    assert [first.stands_alone(text) for text in first.texts] == [True, True]
    led = pieces("我在厂里做了三年没签过合同，请问：1、孩子归谁 2、加班费怎么算")
    assert [led.stands_alone(text) for text in led.texts] == [False, False]


def test_two_sure_answers_are_several_only_if_they_differ() -> None:
    assert are_several([answered("loan"), answered("interest")])
    assert not are_several([answered("loan"), answered("loan")])


def test_a_sure_answer_and_clearly_another_matter_are_several() -> None:
    assert are_several([answered("loan"), unclear()])


@pytest.mark.parametrize(
    "other",
    [
        unclear(topic="借贷"),
        unclear(near=("tree", "loan")),
        unclear(text="能不能砍"),
        Piece(ANOTHER, Escalate(Reason.UNSURE), "邻里", ("tree",)),
    ],
    ids=["same topic", "near the sure one", "leaning", "of no known matter"],
)
def test_what_may_be_the_same_matter_stays_whole(other: Piece) -> None:
    assert not are_several([answered("loan"), other])


@pytest.mark.parametrize("decision", [Clarify(("tree",), 0.9), Escalate(Reason.UNSURE)])
def test_without_a_sure_answer_nothing_is_cut(decision: Decision) -> None:
    assert not are_several([Piece(ANOTHER, decision, "邻里", ("tree",)), unclear()])
