"""What is searched, where a law was imported: its articles, and no longer the digests that stood in for them."""

from datetime import date
from pathlib import Path

from indexer.documents import documents
from knowledge.check import load
from knowledge.importing import read_text
from knowledge.laws import Article, ImportedLaw, LawSource, LawVersion

TODAY = date(2026, 11, 24)

DIGEST = """\
instrument: 示例条例
title: 示例条例
version: 2019-03-01
in_force: 2019-05-01
digests:
  - {article: 第一条, title: 退款, rule: 收到商品之后可以要求退款。}
"""


def test_imported_articles_are_searched_in_place_of_digests(tmp_path: Path) -> None:
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "file.yaml").write_text(DIGEST, "utf-8")
    base = load(TODAY, root=tmp_path, laws=LawSource(TODAY))
    law = read_text("示例条例\n第一条　甲。\n第二条　乙。".encode())
    version = LawVersion("import-1", law.name, date(2026, 1, 1), date(2026, 1, 1))
    articles = [Article(law.name, one.number, one.text, one.chapter, version.version) for one in law.articles]
    imported = base.with_laws(base.laws.with_imported([ImportedLaw(version, tuple(articles))]))

    def of(law: str) -> list[tuple[str, str]]:
        return [(one.kind, one.id) for one in documents(imported) if one.law == law]

    assert of("示例条例") == [("article", "示例条例第一条"), ("article", "示例条例第二条")]
    assert len(of("民法典")) == 1260
