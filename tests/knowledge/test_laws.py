"""On the real law package: what DESIGN measured wrong in it must come out right."""

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import LawSourceError, NotInForce, UnknownArticle, UnknownLaw
from knowledge.laws import AUTHORITY, LawSource

TODAY = date(2026, 11, 24)
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(scope="module")
def laws() -> LawSource:
    return LawSource(TODAY)


def test_an_article_is_found_by_any_way_of_writing_its_law_and_number(laws: LawSource) -> None:
    article = laws.find("《中华人民共和国民法典》", "第675条")
    assert article.key == ("民法典", "第六百七十五条")
    assert article.text.startswith("借款人应当按照约定的期限返还借款。")
    assert article.chapter == "借款合同"


def test_inserted_articles_have_keys_of_their_own(laws: LawSource) -> None:
    assert "醉酒驾驶机动车" in laws.find("刑法", "第一百三十三条之一").text
    assert "醉酒驾驶机动车" not in laws.find("刑法", "第一百三十三条").text


def test_every_law_is_there_in_one_version_only(laws: LawSource) -> None:
    keys = [article.key for article in laws.articles()]
    assert len(keys) == len(set(keys)) > 23_000
    assert len({law.name for law in laws.laws()}) == len(laws.laws())


def test_the_land_contract_law_is_in_force_whatever_the_package_says(laws: LawSource) -> None:
    assert "承包期内" in laws.find("农村土地承包法", "第二十七条").text


@pytest.mark.parametrize(
    ("law", "day", "version"),
    [
        ("农业法", TODAY, date(2012, 12, 28)),
        ("农业法", NEW_YEAR, date(2026, 8, 28)),
        ("商标法", TODAY, date(2019, 4, 23)),
        ("商标法", NEW_YEAR, date(2026, 6, 26)),
    ],
)
def test_a_revision_applies_from_its_day_of_effect_and_not_before(law: str, day: date, version: date) -> None:
    assert LawSource(day).find(law, "第一条").version == version


def test_a_law_not_yet_in_force_is_not_cited(laws: LawSource) -> None:
    with pytest.raises(NotInForce):
        laws.find("医疗保障法", "第一条")
    assert LawSource(NEW_YEAR).find("医疗保障法", "第一条")


def test_an_article_changed_by_an_amendment_the_package_lacks_is_not_cited(laws: LawSource) -> None:
    with pytest.raises(NotInForce):
        laws.find("刑法", "第一百六十五条")


def test_what_does_not_exist_is_refused_and_never_guessed(laws: LawSource) -> None:
    with pytest.raises(UnknownLaw):
        laws.find("婚姻法", "第一条")
    with pytest.raises(UnknownArticle):
        laws.find("民法典", "第一千二百六十一条")
    with pytest.raises(UnknownArticle):
        laws.find("民法典", "某条")


@pytest.mark.parametrize("number", [204, 239, 322, 385, 457, 462, 594, 978, 988, 1039, 1118, 1163, 1258])
def test_headings_of_the_next_part_are_cut_off_the_article(laws: LawSource, number: int) -> None:
    text = laws.find("民法典", f"第{number}条").text
    assert text.endswith(("。", "；", "："))


def test_articles_after_the_supplement_heading_are_filed_there(laws: LawSource) -> None:
    assert laws.find("民法典", "第1258条").chapter == "建筑物和物件损害责任"
    assert laws.find("民法典", "第1259条").chapter == "附则"


def test_no_residue_of_tables_pictures_or_ascii_quotes_is_left(laws: LawSource) -> None:
    residue = re.compile(r'-{10}|\{width|!\d+\{|\+-{3}|"[^"\n]*"')
    assert [article.key for article in laws.articles() if residue.search(article.text)] == []


def test_a_package_that_laws_toml_does_not_fit_is_refused(tmp_path: Path) -> None:
    authority = tmp_path / "laws.toml"
    authority.write_text(re.sub(r'"7772c5d4af34" = .*\n', "", AUTHORITY.read_text("utf-8")), "utf-8")
    with pytest.raises(LawSourceError, match="7772c5d4af34"):
        list(LawSource(TODAY, authority=authority).articles())


def test_a_broken_laws_toml_names_the_fault(tmp_path: Path) -> None:
    authority = tmp_path / "laws.toml"
    authority.write_text("[in_force\n", "utf-8")
    with pytest.raises(LawSourceError, match=r"laws\.toml"):
        LawSource(TODAY, authority=authority).laws()
