"""The labelled questions: every label is a right one, and none was taken from the knowledge base."""

from pathlib import Path

import pytest

from evaluation.__main__ import today
from evaluation.labelled import Kind, labelled
from indexer.text import bare
from knowledge.check import load


def test_labels_name_entries_and_fit_their_kind() -> None:
    ids = {entry.id for _, entry in load(today()).answerable()}
    held = labelled(Path("no-such-folder"))
    assert len(held) >= 800
    assert len({one.id for one in held}) == len(held)
    for one in held:
        assert set(one.entries) <= ids, one.id
        assert len(one.entries) <= 3, one.id
        assert (one.urgency is not None) == (one.kind is Kind.URGENT), one.id
        assert bool(one.entries) == (one.kind is Kind.ENTRY) or one.kind is Kind.CALM, one.id


def test_no_labelled_question_is_one_of_an_entrys_own() -> None:
    ours = {bare(text) for _, entry in load(today()).answerable() for text in entry.asked}
    assert [one.id for one in labelled(Path("no-such-folder")) if bare(one.text) in ours] == []


def test_a_row_without_text_is_read_from_the_evaluation_data_or_left_out(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text('{"id": "q1", "kind": "none", "entries": []}\n', "utf-8")
    assert labelled(tmp_path / "nothing", tmp_path) == []
    data = tmp_path / "data"
    data.mkdir()
    (data / "lay_questions.jsonl").write_text('{"id": "q1", "text": "怎么办"}\n', "utf-8")
    assert [(one.id, one.part, one.text) for one in labelled(data, tmp_path)] == [("q1", "real", "怎么办")]


def test_a_faulty_row_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    good = '{"id": "a", "text": "问", "kind": "none", "entries": []}\n'
    (tmp_path / "part.jsonl").write_text(good + good.replace("none", "nothing"), "utf-8")
    with pytest.raises(ValueError, match=r"part\.jsonl:2: .*nothing"):
        labelled(tmp_path, tmp_path)
