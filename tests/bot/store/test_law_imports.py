from dataclasses import replace
from datetime import date

from bot.ports import Store, Unit
from knowledge.importing import ImportedArticle, Instrument
from knowledge.laws import Article
from tests.bot.store.cast import MINUTE, NOW, Cast

LAW = Instrument(
    "中华人民共和国示例法",
    (
        ImportedArticle("第一条", "甲：\n（一）乙。", ("第一章 总则",)),
        ImportedArticle("第一条之一", "丙。", ("第一章 总则",)),
    ),
)


def add(unit: Unit, cast: Cast, law: Instrument = LAW, *, applied: bool = True) -> int:
    return unit.law_imports.add(
        law,
        version=date(2026, 6, 1),
        in_force=date(2026, 7, 1),
        struck={"第三条", "第二条"},
        moves={"第四条": "第五条"},
        file="示例法.docx",
        by=cast.chen,
        applied=applied,
        now=NOW,
    )


def test_an_import_comes_back_word_for_word(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        assert unit.law_imports.held() == []
        number = add(unit, cast)
    with store.begin() as unit:
        [held] = unit.law_imports.held()
    assert (held.number, held.title, held.by, held.at) == (number, "中华人民共和国示例法", "陈静", NOW)
    assert (sorted(held.struck), held.moves) == (["第三条", "第二条"], {"第四条": "第五条"})
    assert (held.law.version.name, held.law.version.version) == ("示例法", date(2026, 6, 1))
    assert held.law.version.in_force == date(2026, 7, 1)
    assert held.law.articles == (
        Article("示例法", "第一条", "甲：\n（一）乙。", "总则", date(2026, 6, 1)),
        Article("示例法", "第一条之一", "丙。", "总则", date(2026, 6, 1)),
    )


def test_the_revision_changes_with_every_import_and_withdrawal(store: Store, cast: Cast) -> None:
    seen = []
    with store.begin() as unit:
        seen.append(unit.law_imports.revision())
        first = add(unit, cast)
        seen.append(unit.law_imports.revision())
        second = add(unit, cast, replace(LAW, title="另一示例法"))
        seen.append(unit.law_imports.revision())
        assert unit.law_imports.withdraw(first, now=NOW)
        seen.append(unit.law_imports.revision())
        assert unit.law_imports.withdraw(second, now=NOW)
        seen.append(unit.law_imports.revision())
    assert len(set(seen[:4])) == 4
    assert seen[4] == seen[0]


def test_a_withdrawn_import_is_no_longer_handed_out(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        number = add(unit, cast)
        assert unit.law_imports.withdraw(number, now=NOW)
        assert not unit.law_imports.withdraw(number, now=NOW + MINUTE)
        assert unit.law_imports.held() == []


def test_an_import_is_applied_once(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        number = add(unit, cast, applied=False)
        assert [held.applied for held in unit.law_imports.held()] == [False]
        assert unit.law_imports.mark_applied(number, now=NOW)
        assert not unit.law_imports.mark_applied(number, now=NOW)
        assert [held.applied for held in unit.law_imports.held()] == [True]
