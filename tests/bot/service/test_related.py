"""Articles that may bear on a question which a person is to answer."""

from bot.domain.question import Urgency
from tests.bot.service.cast import Town

QUESTION = "借给邻居三万他不还怎么办"
RELATED = "【可能相关的规定】《民法典》第六百七十五条（"


def test_what_a_person_is_to_answer_comes_with_the_likely_articles_and_they_are_called_no_answer(town: Town) -> None:
    town.finder.sure = 0.001
    said = town.tells(QUESTION)
    assert RELATED in said  # The less likely one is left out.
    assert "不能当答复" in said
    assert "最晚" in said


def test_an_article_that_is_not_in_force_today_is_not_named(town: Town) -> None:
    town.finder.sure, town.book.checkable = 0.001, False
    assert "可能相关" not in town.tells(QUESTION)


def test_an_answer_a_group_and_danger_come_without(town: Town) -> None:
    assert "可能相关" not in town.tells(QUESTION)
    town.finder.sure = 0.001
    assert "可能相关" not in town.tells(QUESTION, group="g-hegang", mentioned=True)
    town.finder.dangerous = {"不活": Urgency.SELF_HARM}
    assert "可能相关" not in town.tells("我不活了，钱要不回来")
