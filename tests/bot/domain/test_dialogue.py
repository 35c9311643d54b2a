from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dialogue import IN_A_ROW, JOINED, Dialogue, joined
from bot.domain.understanding import MAX_LENGTH

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_what_was_said_two_minutes_ago_and_not_answered_is_in_a_row_and_no_longer() -> None:
    said = Dialogue().unheard("他不还", NOON)
    assert said.in_a_row(NOON + IN_A_ROW) == ("他不还",)
    assert said.in_a_row(NOON - IN_A_ROW) == ("他不还",)
    assert said.in_a_row(NOON + IN_A_ROW + SECOND) == ()
    assert said.answered("他不还", "loan").in_a_row(NOON) == ()


def test_a_row_keeps_the_latest_three_and_starts_anew_after_a_pause() -> None:
    said = Dialogue()
    for number in range(JOINED + 1):
        said = said.unheard(str(number), NOON + number * SECOND)
    assert said.in_a_row(NOON + 4 * SECOND) == ("1", "2", "3")
    later = NOON + 2 * IN_A_ROW
    assert said.unheard("又来了", later).in_a_row(later) == ("又来了",)


def test_a_question_asked_back_takes_the_place_of_the_one_answered_before() -> None:
    answered = Dialogue(case=7).answered("借钱不还怎么办", "loan", rest="其余")
    after = answered.unsettled("彩礼", NOON, asked="彩礼", options=["bride", "gift"])
    assert (after.asked, after.entry, after.options, after.rest) == ("彩礼", None, ("bride", "gift"), "")
    assert after.case == 7
    assert after.unsettled("不退", NOON, asked="彩礼 不退", case=8).case == 8


@given(st.lists(st.text(max_size=MAX_LENGTH), max_size=3), st.text(max_size=MAX_LENGTH))
def test_texts_joined_end_with_the_last_and_are_never_longer_than_what_is_read(earlier: list[str], text: str) -> None:
    whole = joined(earlier, text)
    assert whole.endswith(text)
    assert len(whole) <= MAX_LENGTH
