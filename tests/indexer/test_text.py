from datetime import date

from indexer.text import HASH_BYTES, article_passage, text_hash
from knowledge.laws import Article


def test_a_passage_says_what_law_and_chapter_an_article_stands_in() -> None:
    article = Article("民法典", "第六百七十五条", "借款人应当按照约定的期限返还借款。", "借款合同", date(2020, 5, 28))
    assert article_passage(article) == "民法典 借款合同：借款人应当按照约定的期限返还借款。"


def test_the_hash_is_the_same_in_every_process_and_differs_by_one_character() -> None:
    assert text_hash("借款") == bytes.fromhex(text_hash("借款").hex())
    assert len(text_hash("借款")) == HASH_BYTES
    assert text_hash("借款") != text_hash("借款 ")
