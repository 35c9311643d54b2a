import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.question import Speech, Urgency
from bot.domain.understanding import MAX_LENGTH, normalise, understand, urgency_of


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("借给邻居三万没写借条，他不还怎么办", Speech.QUESTION),
        ("邻居盖房挡了我家光", Speech.QUESTION),
        ("网上刷单被骗了两万", Speech.QUESTION),
        ("今晚打牌三缺一", Speech.CHATTER),
        ("[红包]", Speech.EMPTY),
        ("👍👍👍", Speech.EMPTY),
        ("谢谢张律师", Speech.THANKS),
        ("大家早上好", Speech.GREETING),
        ("在吗？", Speech.GREETING),
        ("2", Speech.CHOICE),
        ("选第二个", Speech.CHOICE),
        ("３。", Speech.CHOICE),
        ("详细", Speech.MORE),
        ("请删除我的信息", Speech.FORGET_ME),
        ("新鲜草莓上门，扫码优惠", Speech.CHATTER),
        ("", Speech.EMPTY),
    ],
)
def test_what_a_text_does_is_recognised(text: str, speech: Speech) -> None:
    assert understand(text, in_group=True, mentioned=False).speech is speech


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("老公打我，我该找谁", Urgency.VIOLENCE),
        ("他拿着刀在门口，快来人", Urgency.VIOLENCE),
        ("我不想活了", Urgency.SELF_HARM),
        ("她喝了农药怎么办", Urgency.SELF_HARM),
        ("邻居老头对我家小孩乱摸", Urgency.CHILD_IN_DANGER),
        ("网上刷单被骗了两万", Urgency.ONGOING_FRAUD),
        ("我儿子被拘留了", Urgency.DETENTION),
        ("我表哥在缅甸赌场欠了债回不来，我能替他报警吗", Urgency.DETENTION),
        ("明天上诉就到期了", Urgency.DEADLINE),
        ("几十个人围在工地要打起来", Urgency.GROUP_CONFLICT),
    ],
)
def test_danger_is_recognised(text: str, urgency: Urgency) -> None:
    assert urgency_of(text) is urgency


@pytest.mark.parametrize(
    "text", ["承包地被村里收回去了，合法吗", "离婚了彩礼要不要退", "爸妈没留遗嘱，老房子怎么分", "今晚打牌三缺一"]
)
def test_ordinary_questions_are_not_called_dangerous(text: str) -> None:
    assert urgency_of(text) is None


def test_the_mention_is_stripped_also_when_the_name_has_spaces() -> None:
    question = understand("@法润 助手 借条丢了怎么办", in_group=True, mentioned=True, names=["法润 助手"])
    assert question.text == "借条丢了怎么办"
    assert question.addressed


@pytest.mark.parametrize("wish", ["转人工", "我要找律师", "找村里的法律顾问", "不要机器人"])
def test_a_wish_for_a_person_is_heard(wish: str) -> None:
    assert understand(wish, in_group=False, mentioned=False).wants_person


def test_a_private_message_is_always_addressed_and_a_group_message_only_with_a_mention() -> None:
    assert understand("怎么办", in_group=False, mentioned=False).addressed
    assert not understand("怎么办", in_group=True, mentioned=False).addressed


@given(st.text(max_size=3_000))
def test_anything_can_be_understood_and_nothing_grows(text: str) -> None:
    question = understand(text, in_group=False, mentioned=False)
    assert len(question.text) <= MAX_LENGTH
    assert normalise(question.text) == question.text
    assert (question.choice is not None) == (question.speech is Speech.CHOICE)
