"""Importing a law: exactly the entries that cite what changed leave the answers, at the right time, and all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.message import Address, Incoming, MessageKey
from bot.domain.people import Role, Staff
from bot.service.imported_laws import WithImportedLaws
from bot.service.law_importing import LawImporting, UnfitLaw
from bot.service.publishing import Publishing
from bot.store.engine import SqlStore
from bot.store.migrate import upgrade
from knowledge.check import KnowledgeBase, load
from knowledge.entry import Citation, EntryStatus
from knowledge.laws import LawSource
from tests.bot.console.fakes import NOON, Clock, Indexing
from tests.knowledge.test_impact import DIGEST, entries

LAW = "电子商务法"
PUBLISHED = date(2026, 6, 1)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    root = tmp_path_factory.mktemp("knowledge")
    cited = [("first", LAW, "第十七条"), ("second", LAW, "第十八条"), ("other", "民法典", "第一百八十八条")]
    for folder, text in (("entries", entries(*cited, ("refund", "示例条例", "第三条"))), ("digests", DIGEST)):
        (root / folder).mkdir()
        (root / folder / "file.yaml").write_text(text, "utf-8")
    return load(date(2026, 11, 24), root=root, laws=LawSource(date(2026, 11, 24)))


class Office:
    """李 is the admin, 陈 an adviser."""

    def __init__(self, folder: Path, files: KnowledgeBase) -> None:
        url = f"sqlite:///{folder / 'office.db'}"
        upgrade(url)
        self.clock = Clock()
        self.store = SqlStore(url)
        self.publishing = Publishing(
            self.store, WithImportedLaws(lambda: files, self.store), Indexing(self.clock), self.clock
        )
        self.importing = LawImporting(self.store, self.publishing, self.clock)
        self.li, self.chen = self._person("李", Role.ADMIN), self._person("陈", Role.ADVISER)

    def _person(self, name: str, role: Role) -> Staff:
        with self.store.begin() as unit:
            found = unit.people.staff(unit.accounts.add_staff(name=name, login=name, role=role))
        assert found is not None
        return found

    def law(self, **changes: str) -> bytes:
        """The law as it is, as a file, with other texts; an empty one takes the article out and moves the rest up."""
        articles = self.publishing.base().laws.articles_of(LAW)
        kept = [text for one in articles if (text := changes.get(one.number, one.text))]
        lines = [f"{one.number}　{text}" for one, text in zip(articles, kept, strict=False)]
        return "\n".join(["中华人民共和国电子商务法", *lines]).encode()

    def confirm(self, content: bytes, in_force: date = PUBLISHED) -> tuple[int, int]:
        done = self.importing.confirm(self.li, "法.txt", content, version=PUBLISHED, in_force=in_force)
        return done.taken_out, done.renumbered

    def out(self) -> set[str]:
        """Entries that are kept out of answers."""
        held = self.publishing.base().entries.items()
        return {key for key, (_, entry) in held if entry.status is EntryStatus.NEEDS_REVIEW}

    def cited(self, entry: str) -> tuple[Citation, ...]:
        return self.publishing.base().entries[entry][1].citations


@pytest.fixture
def office(tmp_path: Path, files: KnowledgeBase) -> Iterator[Office]:
    made = Office(tmp_path, files)
    yield made
    made.store.close()


def test_a_preview_changes_nothing(office: Office) -> None:
    found = office.importing.preview("法.txt", office.law(第十七条="另一回事。"))
    assert [hit.entry.id for hit in found.entries] == ["first"]
    assert (office.out(), office.importing.history()) == (set(), [])
    with office.store.begin() as unit:
        assert unit.audit.latest(10) == []


def test_exactly_the_entry_that_cites_the_changed_article_is_taken_out(office: Office) -> None:
    old = office.publishing.base().laws.find(LAW, "第十七条").text
    assert office.confirm(office.law(第十七条=old.replace("全面", "完整"))) == (1, 0)
    assert office.out() == {"first"}
    assert "完整" in office.publishing.base().laws.find(LAW, "第十七条").text
    assert office.publishing.versions("first")[0].body["status"] == "needs_review"
    with office.store.begin() as unit:
        notes = [note[2:] for note in unit.audit.latest(10)]
    assert notes == [
        ("停用待审的知识条目", "first 第1版，因《电子商务法》修改"),
        ("导入法规", "《电子商务法》2026-06-01 版，89 条"),
    ]


def test_an_entry_whose_article_only_moved_follows_it(office: Office) -> None:
    assert office.confirm(office.law(第十七条="")) == (1, 1)
    assert office.out() == {"first"}
    assert office.cited("second") == (Citation(law=LAW, article="第十七条"),)
    assert "搜索结果" in office.publishing.base().resolve(office.cited("second")[0]).text


def test_the_reason_for_a_review_is_named_by_the_number_the_entry_cites(office: Office) -> None:
    old = office.publishing.base().laws.find(LAW, "第十七条").text
    content = office.law(第十六条="", 第十七条=old.replace("全面", "完整"))
    assert office.confirm(content) == (1, 1)
    entries_now = office.publishing.base().entries
    assert office.importing.changed_under(entries_now["first"][1]) == ["《电子商务法》第十六条（2026-06-01 版）"]
    assert office.importing.changed_under(entries_now["second"][1]) == []


def test_before_the_day_it_takes_effect_the_old_law_counts_and_then_the_new_one(office: Office) -> None:
    later = date(2027, 1, 1)
    assert office.confirm(office.law(第十七条=""), in_force=later) == (1, 0)
    assert office.out() == {"first"}
    assert office.cited("second") == (Citation(law=LAW, article="第十八条"),)
    assert office.publishing.base().laws.present(LAW).version == date(2018, 8, 31)  # type: ignore[union-attr]  # A law that is gone fails here as well.
    assert office.importing.come_into_force() == 0
    reviewed = {**office.publishing.versions("first")[0].body, "status": "reviewed", "reviewed_on": "2026-11-24"}
    office.publishing.save(office.li, "消费", reviewed)
    assert office.out() == set()
    office.clock.at = datetime(2026, 12, 31, 16, 0, tzinfo=NOON.tzinfo)  # midnight in China
    assert office.importing.come_into_force() == 1
    assert office.importing.come_into_force() == 0
    assert office.out() == {"first"}
    assert office.cited("second") == (Citation(law=LAW, article="第十七条"),)


def test_without_an_old_text_all_that_rests_on_the_digests_of_an_older_version_is_taken_out(office: Office) -> None:
    office.confirm("示例条例\n第一条　甲。\n第二条　乙。\n第三条　收到商品之后可以要求退款。".encode())
    assert office.out() == {"refund"}
    assert office.publishing.base().resolve(Citation(law="示例条例", article="第一条")).verbatim


def test_the_same_version_as_the_digests_takes_nothing_out(office: Office) -> None:
    content = "示例条例\n第一条　甲。\n第二条　乙。\n第三条　收到商品之后可以要求退款。".encode()
    office.importing.confirm(office.li, "法.txt", content, version=date(2019, 3, 1), in_force=date(2019, 5, 1))
    assert office.out() == set()


def test_taking_an_import_back_restores_the_law_and_the_citations_and_leaves_the_review_to_a_person(
    office: Office,
) -> None:
    office.confirm(office.law(第十七条=""))
    office.importing.withdraw(office.li, office.importing.history()[0].number)
    assert office.importing.history() == []
    assert office.cited("second") == (Citation(law=LAW, article="第十八条"),)
    assert office.publishing.base().laws.present(LAW).version == date(2018, 8, 31)  # type: ignore[union-attr]  # A law that is gone fails here as well.
    assert office.out() == {"first"}


def test_only_the_latest_import_of_a_law_can_be_taken_back(office: Office) -> None:
    office.confirm(office.law(第十七条="甲。"))
    office.importing.confirm(
        office.li, "法.txt", office.law(第十八条="乙。"), version=date(2026, 8, 1), in_force=date(2026, 8, 1)
    )
    newest, older = office.importing.history()
    with pytest.raises(NotAllowed):
        office.importing.withdraw(office.li, older.number)
    office.importing.withdraw(office.li, newest.number)
    office.importing.withdraw(office.li, older.number)


def test_only_an_admin_imports_and_takes_back(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.importing.confirm(
            office.chen, "法.txt", office.law(第十七条="甲。"), version=PUBLISHED, in_force=PUBLISHED
        )
    office.confirm(office.law(第十七条="甲。"))
    with pytest.raises(NotAllowed):
        office.importing.withdraw(office.chen, office.importing.history()[0].number)


@pytest.mark.parametrize(
    ("changes", "version", "in_force", "words"),
    [
        ({"第十七条": "甲。"}, None, PUBLISHED, "请填写版本日期"),
        ({"第十七条": "甲。"}, PUBLISHED, None, "请填写施行日期"),
        ({"第十七条": "甲。"}, PUBLISHED, PUBLISHED - timedelta(days=1), "施行日期不能早于版本日期"),
        ({"第十七条": "甲。"}, date(2010, 1, 1), date(2010, 1, 1), "不用再导入这个旧版本"),
        ({}, date(2018, 8, 31), date(2019, 1, 1), "一字不差"),
    ],
)
def test_what_may_not_be_imported_is_refused_with_its_reason(
    office: Office, changes: dict[str, str], version: date | None, in_force: date | None, words: str
) -> None:
    with pytest.raises(UnfitLaw, match=words):
        office.importing.confirm(office.li, "法.txt", office.law(**changes), version=version, in_force=in_force)
    assert office.importing.history() == []


def test_an_excerpt_is_not_imported(office: Office) -> None:
    content = "中华人民共和国电子商务法\n第五条　甲。\n第六条　乙。".encode()
    with pytest.raises(UnfitLaw, match="这是节选"):
        office.confirm(content)


def test_past_answers_that_rest_on_the_change_are_counted(office: Office) -> None:
    with office.store.begin() as unit:
        message = Incoming(MessageKey("demo", "1"), Address("demo", "a"), "问", NOON)
        asked = unit.inquiries.add(
            message,
            text="问",
            resident=unit.people.resident(message.sender, now=NOON).id,
            village=None,
            outcome="answer",
            reason="sure",
            entry="first",
            confidence=1,
            reply="答",
            now=NOON,
        )
        for text in ("电子商务法第17条说得很清楚。", "电子商务法第十八条。"):
            case = unit.cases.open(
                inquiry=asked,
                village=None,
                reason="unsure",
                urgency=None,
                assigned=None,
                suggestion="",
                candidates=[],
                due=NOON,
                now=NOON,
            )
            unit.cases.note(case, by=office.li.id, what="答复", now=NOON, text=text)
    past = office.importing.past_answers(office.importing.preview("法.txt", office.law(第十七条="甲。")))
    assert (past.count, past.last, past.cases) == (1, NOON, (case - 1,))
