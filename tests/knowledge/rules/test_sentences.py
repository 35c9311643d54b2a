import pytest

from knowledge.rules.sentences import LONGEST, long_sentences


@pytest.mark.parametrize(("length", "faults"), [(LONGEST, 0), (LONGEST + 1, 1)])
def test_the_limit_itself_is_short_enough(length: int, faults: int) -> None:
    assert len(list(long_sentences([(("answer",), "长" * length + "。")]))) == faults


@pytest.mark.parametrize("end", ["。", "！", "？", "；", "\n"])
def test_a_sentence_ends_where_a_reader_breathes(end: str) -> None:
    assert list(long_sentences([(("answer",), "长" * 40 + end + "长" * 40)])) == []


def test_every_long_sentence_is_told_with_its_place() -> None:
    spoken = [(("short",), "短。"), (("answer",), "长" * 61 + "。短。" + "长" * 70)]
    assert [place for _, place in long_sentences(spoken)] == [("answer",), ("answer",)]
