import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.followup import Part, adds, leans, parts_asked


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("那要多久？", (Part.DEADLINES,)),
        ("还来得及吗", (Part.DEADLINES,)),
        ("要带什么材料", (Part.EVIDENCE,)),
        ("去哪里办", (Part.WHERE,)),
        ("找谁", (Part.WHERE,)),
        ("这事谁来管？", (Part.WHERE,)),
        ("那我该怎么办", (Part.STEPS,)),
        ("流程是什么呢", (Part.STEPS,)),
        ("那要带哪些证据，去哪里办？", (Part.EVIDENCE, Part.WHERE)),
    ],
)
def test_a_question_for_a_part_of_the_last_answer_is_recognised(text: str, parts: tuple[Part, ...]) -> None:
    assert parts_asked(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "那离婚要多久",
        "没有证据呢",
        "去哪里起诉",
        "多久能拿到钱",
        "要多少钱",
        "你是谁",
        "东西被偷了",
        "那",
        "",
        "借条丢了找谁",
    ],
)
def test_what_says_anything_besides_is_no_question_for_a_part(text: str) -> None:
    assert parts_asked(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("那要是他把房子过户给他儿子了这钱还要得回来吗", True),
        ("我和她没领证只办了酒席，彩礼给了十几万，这种情况呢？", True),
        ("要带什么", True),
        ("一二三四五六七八九十一二", True),
        ("一二三四五六七八九十一二三", False),
        ("那个老板欠我一年的工资不给怎么办", False),
        ("但凡有一点办法我也不来问村里的律师", False),
    ],
)
def test_what_is_short_or_goes_on_like_a_talk_leans_on_what_was_said(text: str, expected: bool) -> None:
    assert leans(text) is expected


@pytest.mark.parametrize(
    "text", ["我还有个情况没讲", "补充一下，他是我堂弟", "对了，借条是他老婆写的", "刚才说错了，是两万"]
)
def test_what_says_of_itself_that_it_belongs_to_the_above_is_heard(text: str) -> None:
    assert adds(text)


@pytest.mark.parametrize("text", ["借条丢了怎么办", "房子漏水楼上不管还有理了"])
def test_another_question_does_not_belong_to_the_above(text: str) -> None:
    assert not adds(text)


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert set(parts_asked(text)) <= set(Part)
    assert leans(text) or not parts_asked(text) or len(text) > 12
