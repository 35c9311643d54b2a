from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import wording
from bot.domain.case import ALLOWED, CaseState
from bot.domain.delivery import DELAYS, next_try
from bot.domain.errors import DeliveryFailed
from bot.domain.hotlines import HOTLINES
from bot.domain.manners import ADVISER_TALKS, COOL_DOWN, may_speak
from bot.domain.people import Role, Staff
from bot.domain.privacy import masked
from bot.domain.question import Urgency
from bot.domain.wording import Desk, Sayable

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
DESK = Desk("河港村", "村法律顾问陈敏")
ENTRY = Sayable(
    question="问",
    short="短的说法。",
    answer="结论在前。",
    steps=["先做这个", "再做那个"],
    evidence=["转账记录"],
    deadlines=[],
    where=["司法所"],
    basis=["《民法典》第六百七十五条", "《民法典》第六百七十九条", "《刑法》第二百六十六条", "《刑法》第六十四条"],
    sensitive=False,
)


def test_an_answer_says_conclusion_steps_evidence_basis_and_the_way_to_a_person_in_this_order() -> None:
    text = wording.full_answer(ENTRY, DESK)
    marks = [
        "结论在前",
        "1. 先做这个",
        "2. 再做那个",
        "转账记录",
        "《民法典》第六百七十五条、第六百七十九条",
        "司法所",
        "不是律师意见",
        "陈敏",
        "12348",
    ]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    assert "注意期限" not in text


def test_articles_of_a_law_whose_title_holds_another_are_named_together() -> None:
    title = "《最高人民法院关于适用《民法典》婚姻家庭编的解释（一）》"
    text = wording.full_answer(replace(ENTRY, basis=[f"{title}第四十四条", f"{title}第四十六条"]), DESK)
    assert f"【依据】{title}第四十四条、第四十六条\n" in text


def test_danger_comes_first_in_every_answer() -> None:
    for urgency in Urgency:
        assert wording.full_answer(ENTRY, DESK, urgency=urgency).startswith(HOTLINES[urgency])
        assert HOTLINES[urgency] in wording.escalated(DESK, NOON, urgency=urgency)


def test_of_a_sensitive_matter_a_group_hears_little() -> None:
    from dataclasses import replace

    assert "《" not in wording.group_answer(replace(ENTRY, sensitive=True), "李婶")
    assert wording.group_answer(ENTRY, "李婶").startswith("@李婶 短的说法。")


def test_a_hand_off_says_who_by_when_and_the_free_ways() -> None:
    text = wording.escalated(DESK, NOON)
    for part in ("河港村", "村法律顾问陈敏", "11月25日（周三）12:00", "12348", "法律援助"):
        assert part in text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("身份证320623199001011234给了他", "身份证[身份证号]给了他"),
        ("打138 1234 5678", "打[手机号]"),
        ("卡6222021234567890123", "卡[银行卡号]"),
        ("0513-84512345", "[电话]"),
        ("借了30000元，2021年1月1日", "借了30000元，2021年1月1日"),
    ],
)
def test_numbers_that_identify_are_masked_and_amounts_are_not(text: str, kept: str) -> None:
    assert masked(text) == kept


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_the_bot_cools_down_and_leaves_the_talking_to_an_adviser() -> None:
    second = timedelta(seconds=1)
    assert may_speak(addressed=False, last_spoke=None, adviser_spoke=None, now=NOON)
    assert not may_speak(addressed=False, last_spoke=NOON - COOL_DOWN + second, adviser_spoke=None, now=NOON)
    assert may_speak(addressed=False, last_spoke=NOON - COOL_DOWN, adviser_spoke=None, now=NOON)
    assert not may_speak(addressed=False, last_spoke=None, adviser_spoke=NOON - ADVISER_TALKS + second, now=NOON)
    assert may_speak(addressed=True, last_spoke=NOON, adviser_spoke=NOON, now=NOON)


def test_a_failed_delivery_is_tried_again_later_and_later_until_it_is_given_up() -> None:
    passing, final = DeliveryFailed("busy", permanent=False), DeliveryFailed("45015", permanent=True)
    assert [next_try(passing, tries, now=NOON) for tries in range(1, len(DELAYS) + 2)] == [
        *(NOON + d for d in DELAYS),
        None,
    ]
    assert next_try(final, 1, now=NOON) is None


def test_every_case_state_has_a_way_on() -> None:
    assert set(ALLOWED) == set(CaseState)
    assert all(ALLOWED[state] for state in CaseState)
    assert all(state not in ALLOWED[state] for state in CaseState)


def test_an_adviser_sees_their_villages_and_only_these() -> None:
    chen = Staff(1, "陈敏", "chen", Role.ADVISER, frozenset({"hegang"}))
    assert chen.may_see("hegang")
    assert not chen.may_see("dongqiao")
    assert not chen.may_see(None)
    assert Staff(2, "李所长", "li", Role.JUDICIAL_OFFICE, frozenset({"hegang"})).may_see(None)
    assert Staff(3, "王芳", "wang", Role.ADMIN, frozenset()).may_see("dongqiao")
    assert not Staff(3, "王芳", "wang", Role.ADMIN, frozenset(), active=False).may_see("dongqiao")
