from pathlib import Path

from indexer.lexical import LexicalIndex

TEXTS = ["借款人应当按照约定返还借款", "承包地被收回", "遗产按照法定继承办理"]


def test_the_text_that_shares_words_scores_highest() -> None:
    index = LexicalIndex.build(TEXTS)
    assert [int(index.scores(question).argmax()) for question in ("借款不还", "承包地没了", "继承遗产")] == [0, 1, 2]


def test_a_question_of_unknown_words_scores_nothing() -> None:
    index = LexicalIndex.build(TEXTS)
    for question in ("", "👋👋", "zzz", "打牌三缺一"):
        assert index.scores(question).tolist() == [0, 0, 0]


def test_a_written_index_gives_the_same_scores(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.write(tmp_path)
    assert LexicalIndex.read(tmp_path).scores("借款").tolist() == index.scores("借款").tolist()
