"""On the real model: the encoder, and the vectors that are shipped in its place."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from transformers import BertConfig, BertModel, BertTokenizerFast

from indexer.encoder import Encoder
from indexer.errors import EncoderUnavailable
from indexer.sentence import bundled
from indexer.text import article_passage
from indexer.vectors import SHIPPED, VectorStore
from knowledge.laws import LawSource

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def passages() -> list[str]:
    return [article_passage(article) for article in LawSource(TODAY).articles()]


def test_vectors_have_unit_length_and_one_row_a_text(encoder: Encoder) -> None:
    vectors = encoder.queries(["欠钱不还怎么办", "承包地被收回"])
    assert vectors.shape == (2, encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_question_is_nearer_to_the_article_that_answers_it(encoder: Encoder) -> None:
    question = encoder.queries(["欠钱不还怎么办"])
    about = encoder.passages(["借款人应当按照约定的期限返还借款。", "禁止在草原上开垦。"])
    near, far = (question @ about.T)[0]
    assert near > far


def test_questions_and_passages_are_encoded_with_different_prefixes(encoder: Encoder) -> None:
    assert not np.allclose(encoder.queries(["借款"]), encoder.passages(["借款"]), atol=1e-3)


def test_the_bundled_model_as_a_sentence_transformer_gives_the_same_vectors(encoder: Encoder) -> None:
    model, texts = bundled(), ["借钱不还怎么办", "承包地被收回"]
    assert model.get_embedding_dimension() == encoder.dimension
    assert np.allclose(model.encode_query(texts), encoder.queries(texts), atol=1e-5)
    assert np.allclose(model.encode_document(texts), encoder.passages(texts), atol=1e-5)


def test_any_other_model_is_loaded_by_sentence_transformers(tmp_path: Path) -> None:
    """A small real one, made here: a BERT of two layers with random weights and a vocabulary of characters."""
    made = tmp_path / "model"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"借钱不还怎么办承包地被收回"]
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    tokenizer = BertTokenizerFast(vocab=str(tmp_path / "vocab.txt"))
    tokenizer.save_pretrained(made)
    size = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(made)
    other = Encoder(str(made))
    assert other.dimension == 32
    assert other.name == str(made)
    vectors = other.queries(["借钱", "承包地"])
    assert vectors.shape == (2, 32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_model_that_is_not_there_names_the_setting() -> None:
    with pytest.raises(EncoderUnavailable, match="ENCODER=/nowhere/model"):
        Encoder("/nowhere/model")


def test_every_article_in_force_has_a_shipped_vector(encoder: Encoder, passages: list[str]) -> None:
    store = VectorStore(encoder.name, encoder.dimension)
    assert store.read(SHIPPED) > 23_000
    assert store.missing(passages) == []


def test_shipped_vectors_are_those_the_encoder_gives(encoder: Encoder, passages: list[str]) -> None:
    store = VectorStore(encoder.name, encoder.dimension)
    store.read(SHIPPED)
    sample = passages[::797]
    cosine = (store.matrix(sample) * encoder.passages(sample)).sum(axis=1)
    assert cosine.min() > 0.9995
