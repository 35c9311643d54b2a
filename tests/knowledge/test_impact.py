"""A new version of a law: exactly the entries that cite what changed are hit, and the law source has its text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge.__main__ import main
from knowledge.check import KnowledgeBase, load
from knowledge.entry import Citation, EntryStatus
from knowledge.errors import NotInForce, UnknownArticle, UnknownLaw
from knowledge.files import fingerprint
from knowledge.impact import follow, impact
from knowledge.importing import ImportedArticle, Instrument
from knowledge.laws import Article, ImportedLaw, LawSource, LawVersion

TODAY = date(2026, 11, 24)
LAW = "电子商务法"


def entries(*cited: tuple[str, str, str]) -> str:
    """A file of entries, each (id, law, article)."""
    return "topic: 消费\ncontacts: [法律援助热线 12348]\nentries:\n" + "\n".join(
        f"""\
  - id: {key}
    question: {key} 的问题
    variants: [问法一 {key}, 问法二 {key}, 问法三 {key}, 问法四 {key}]
    short: 这是给群里看的一句短答，请看依据。
    answer: 这是一段足够长的答复，没有任何数字，只用来测试法律修改之后哪些条目会被停用，哪些不受影响，仅此而已。
    steps: [先保留证据]
    where: [法律援助热线 12348]
    citations: [{{law: {law}, article: {article}}}]
    reviewed_on: 2026-11-20
    reviewed_by: editor"""
        for key, law, article in cited
    )


DIGEST = """\
instrument: 示例条例
title: 示例条例
version: 2019-03-01
in_force: 2019-05-01
digests:
  - {article: 第三条, title: 退款, rule: 收到商品之后可以要求退款。}
  - {article: 第四条, title: 赔偿, rule: 造成损失的应当赔偿损失。}
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    root = tmp_path_factory.mktemp("knowledge")
    cited = [("first", LAW, "第十七条"), ("second", LAW, "第十八条"), ("last", LAW, "第八十九条")]
    cited += [("other", "民法典", "第一百八十八条"), ("refund", "示例条例", "第三条")]
    for folder, text in (("entries", entries(*cited)), ("digests", DIGEST)):
        (root / folder).mkdir()
        (root / folder / "file.yaml").write_text(text, "utf-8")
    found = load(TODAY, root=root, laws=LawSource(TODAY))
    assert found.faults == []
    return found


def revised(base: KnowledgeBase, law: str = LAW, version: date = date(2026, 6, 1), **changes: str) -> Instrument:
    """The law as it is, with other texts for some numbers; an empty one takes the article out and moves the rest up."""
    texts = [(article.number, changes.get(article.number, article.text)) for article in base.laws.articles_of(law)]
    kept = [text for _, text in texts if text]
    numbers = [number for number, _ in texts][: len(kept)]
    articles = tuple(ImportedArticle(number, text) for number, text in zip(numbers, kept, strict=True))
    return Instrument(law, articles, version=version, in_force=version)


def imported(instrument: Instrument, in_force: date | None = None, version: date | None = None) -> ImportedLaw:
    held = version or instrument.version or TODAY
    return ImportedLaw(
        LawVersion("import-1", instrument.name, held, in_force or held),
        tuple(Article(instrument.name, one.number, one.text, one.chapter, held) for one in instrument.articles),
    )


def test_only_the_entry_that_cites_the_changed_article_is_hit(base: KnowledgeBase) -> None:
    old = base.laws.find(LAW, "第十七条").text
    found = impact(base, revised(base, 第十七条=old.replace("全面", "完整")))
    assert [hit.entry.id for hit in found.entries] == ["first"]
    assert [change.old for change in found.comparison.changed] == ["第十七条"]
    assert (found.followers, found.digests, found.comparison.repealed) == ((), (), ())
    assert found.strikes([Citation(law="民法典", article="第十七条"), Citation(law=LAW, article="第十七条")])
    assert not found.strikes([Citation(law="民法典", article="第十七条"), Citation(law=LAW, article="第十八条")])


def test_an_article_repealed_hits_its_entry_and_those_behind_it_follow(base: KnowledgeBase) -> None:
    found = impact(base, revised(base, 第十七条=""))
    assert [(hit.entry.id, hit.articles) for hit in found.entries] == [("first", ("第十七条",))]
    assert [hit.entry.id for hit in found.followers] == ["second", "last"]
    moved = follow(found.followers[0].entry, LAW, found.comparison.moves)
    assert moved.citations == (Citation(law=LAW, article="第十七条"),)


def test_an_older_version_than_the_one_held_hits_nothing(base: KnowledgeBase) -> None:
    found = impact(base, revised(base, version=date(2015, 1, 1), 第十七条="甲。"))
    assert (found.newer_held, found.entries, found.followers) == (date(2018, 8, 31), (), ())


@pytest.mark.parametrize(("version", "hit"), [(date(2019, 3, 1), []), (date(2024, 1, 1), ["refund"])])
def test_without_an_old_text_a_newer_version_hits_all_that_rests_on_the_digests(
    base: KnowledgeBase, version: date, hit: list[str]
) -> None:
    found = impact(base, Instrument("示例条例", (ImportedArticle("第一条", "甲。"),), version=version))
    assert not found.compared
    assert [one.entry.id for one in found.entries] == hit
    assert len(found.digests) == 2 * len(hit)


def test_an_import_in_force_is_the_law_and_digests_give_way_to_it(base: KnowledgeBase) -> None:
    articles = tuple(ImportedArticle(number, f"{number}的原文。") for number in ("第一条", "第二条", "第三条"))
    laws = base.laws.with_imported([imported(Instrument("示例条例", articles, version=date(2019, 3, 1)))])
    changed = base.with_laws(laws)
    cited = changed.resolve(Citation(law="示例条例", article="第三条"))
    assert (cited.text, cited.verbatim) == ("第三条的原文。", True)
    with pytest.raises(UnknownArticle):
        changed.resolve(Citation(law="示例条例", article="第四条"))
    assert changed.entries["refund"][1].status is EntryStatus.REVIEWED
    assert base.entries == changed.entries


def test_an_entry_whose_article_is_gone_needs_review_whatever_was_marked(base: KnowledgeBase) -> None:
    only = Instrument(LAW, (ImportedArticle("第一条", "甲。"),), version=date(2026, 6, 1))
    changed = base.with_laws(base.laws.with_imported([imported(only)]))
    states = {key: entry.status for key, (_, entry) in changed.entries.items()}
    assert {key for key, state in states.items() if state is EntryStatus.NEEDS_REVIEW} == {"first", "second", "last"}


def test_the_newest_version_in_force_on_the_day_counts(base: KnowledgeBase) -> None:
    new = revised(base, 第一条="新的第一条。")
    later, older = imported(new, in_force=date(2027, 1, 1)), imported(new, version=date(2015, 1, 1))
    assert "新的" not in base.laws.with_imported([later, older]).find(LAW, "第一条").text
    new_year = LawSource(date(2027, 1, 1), imported=[later])
    assert new_year.find(LAW, "第一条").text == "新的第一条。"
    assert [version.id for version in new_year.laws() if version.name == LAW] == ["import-1"]
    same_day = imported(new, version=date(2018, 8, 31), in_force=date(2019, 1, 1))
    assert base.laws.with_imported([same_day]).find(LAW, "第一条").text == "新的第一条。"


def test_an_import_of_a_version_that_has_ended_does_not_bring_it_back() -> None:
    old = imported(Instrument("农业法", (ImportedArticle("第一条", "甲。"),), version=date(2012, 12, 28)))
    assert LawSource(TODAY, imported=[old]).find("农业法", "第一条").text == "甲。"
    assert LawSource(date(2027, 2, 1), imported=[old]).find("农业法", "第一条").text != "甲。"


def test_the_index_is_told_that_an_import_is_in_force(base: KnowledgeBase) -> None:
    law = imported(revised(base))
    assert fingerprint(base.laws) != fingerprint(base.laws.with_imported([law]))
    later = imported(revised(base), in_force=date(2027, 1, 1))
    assert fingerprint(base.laws) == fingerprint(base.laws.with_imported([later]))


def test_a_law_not_begun_is_not_in_force_and_an_unknown_one_unknown(base: KnowledgeBase) -> None:
    coming = imported(
        Instrument("新法", (ImportedArticle("第一条", "甲。"),), version=TODAY), in_force=date(2027, 1, 1)
    )
    with pytest.raises(NotInForce):
        base.laws.with_imported([coming]).find("新法", "第一条")
    with pytest.raises(UnknownLaw):
        base.laws.find("新法", "第一条")


def test_the_command_prints_the_impact_and_names_the_fault_of_an_unreadable_file(tmp_path: Path) -> None:
    file = tmp_path / "全新示例条例.md"
    file.write_text(
        "# 全新示例条例\n\n（2026年1月1日公布）\n\n第一条 甲。\n\n第二条 本条例自2026年3月1日起施行。\n", "utf-8"
    )
    run = CliRunner().invoke(main, ["impact", str(file), "--json"])
    found = json.loads(run.output)
    assert (run.exit_code, found["added"], found["entries"]) == (0, ["第一条", "第二条"], [])
    assert (found["law"], found["in_force"]) == ("全新示例条例", "2026-03-01")
    file.write_text("# 示例条例\n\n第一条 甲。\n\n第三条 乙。\n", "utf-8")
    failed = CliRunner().invoke(main, ["impact", str(file)])
    assert failed.exit_code == 1
    assert "第 5 行：第一条之后直接是第三条" in failed.output
