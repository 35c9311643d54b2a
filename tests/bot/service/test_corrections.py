"""Questions with known articles, from what advisers answered."""

from bot.ports import Basis
from bot.service.corrections import Correction, corrections
from tests.bot.service.cast import Town

QUESTION = "借给邻居三万他不还怎么办"


def in_force(law: str, article: str) -> Basis | None:
    return Basis(law, article, "", verbatim=True) if article != "第九条" else None


def answered(town: Town, *answers: str) -> list[Correction]:
    town.finder.sure = 0.001
    for number, answer in enumerate(answers):
        town.tells(f"{QUESTION}{number}", user=f"resident-{number}")
        (case,) = town.casework.waiting(town.staff("wang"))
        town.casework.answer(town.staff("li"), case.id, answer)
    with town.store.begin() as unit:
        return list(corrections(unit, in_force))


def test_an_answer_that_names_its_articles_teaches_them(town: Town) -> None:
    answer = "可以要。依据《民法典》第六百七十五条、第六百七十六条，《刑法》第一百三十三条之一不适用。"
    (found,) = answered(town, answer)
    assert found.text == f"{QUESTION}0"
    assert found.gold == (("民法典", "第六百七十五条"), ("民法典", "第六百七十六条"), ("刑法", "第一百三十三条之一"))
    assert found.answer == answer


def test_what_names_no_article_or_none_in_force_teaches_nothing(town: Town) -> None:
    assert answered(town, "先找村里调解。", "看《民法典》的规定。", "依据《旧法》第九条。") == []


def test_the_last_answer_of_a_case_counts(town: Town) -> None:
    answered(town, "依据《民法典》第一条。")
    (case,) = town.casework.done(town.staff("wang"))
    town.casework.claim(town.staff("li"), case.id)
    town.casework.answer(town.staff("li"), case.id, "更正：依据《民法典》第二条。")
    with town.store.begin() as unit:
        assert [one.gold for one in corrections(unit, in_force)] == [(("民法典", "第二条"),)]
