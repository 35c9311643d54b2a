import pytest

from bot.domain.language import danger_in_english, is_other_language
from bot.domain.question import Urgency


@pytest.mark.parametrize(
    "text",
    [
        "My boss has not paid me for three months",
        "Chồng tôi không cho tôi gặp con",
        "مەن ئىشلىگەن ھەقنى ئالالمىدىم",
        "월급을 못 받았어요",
        "Помогите мне",
        "help!",
        "call me [手机号] please sir",
    ],
)
def test_words_without_chinese_are_another_language(text: str) -> None:
    assert is_other_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍👍👍",
        "[Facepalm][Rose]",
        "https://example.com/a-page?of=words",
        "13812345678",
        "3.5%",
        "ok",
        "WiFi",
        "我的iPhone15 Pro Max被偷了",
        "?",
        "me@example.com",
    ],
)
def test_what_has_chinese_or_no_words_is_not(text: str) -> None:
    assert not is_other_language(text)


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Please help me", Urgency.VIOLENCE),
        ("he will KILL her", Urgency.VIOLENCE),
        ("I want to kill myself", Urgency.SELF_HARM),
        ("thinking of suicide", Urgency.SELF_HARM),
        ("my skill is low", None),
        ("can you help with a contract", None),
    ],
)
def test_danger_named_in_english_is_recognised(text: str, urgency: Urgency | None) -> None:
    assert danger_in_english(text) is urgency
