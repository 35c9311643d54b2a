"""Kinds, learned from a handful of examples, with vectors that say nothing: words alone must do."""

from pathlib import Path

import numpy as np
import pytest

from indexer.kinds import WORD_WEIGHT, KindClassifier, weight, words
from indexer.recognition import CALM

TEXTS = [
    "他在砸门",
    "他又在砸门了",
    "门被他砸开了",
    "钱刚转出去",
    "刚把钱转走",
    "钱转给骗子了",
    "明天开会",
    "白菜五毛",
    "后天停电",
]
KINDS = ["violence"] * 3 + ["ongoing_fraud"] * 3 + [CALM] * 3
NOWHERE = np.zeros(8, np.float32)


def classifier(kinds: list[str] = KINDS) -> KindClassifier:
    return KindClassifier.fit(np.zeros((len(TEXTS), 8), np.float32), TEXTS, kinds)


@pytest.mark.parametrize(
    ("text", "kind"), [("谁在砸我家门", "violence"), ("钱转出去了怎么办", "ongoing_fraud"), ("后天开会", CALM)]
)
def test_a_message_is_told_by_its_words(text: str, kind: str) -> None:
    found = classifier().probabilities(NOWHERE, text)
    assert max(found, key=lambda one: found[one]) == kind
    assert sum(found.values()) == pytest.approx(1)


def test_two_kinds_are_enough() -> None:
    found = classifier(["violence"] * 3 + [CALM] * 6).probabilities(NOWHERE, "门被砸了")
    assert set(found) == {"violence", CALM}
    assert found["violence"] > 0.5
    assert sum(found.values()) == pytest.approx(1)


def test_what_is_read_back_says_the_same(tmp_path: Path) -> None:
    held = classifier()
    held.write(tmp_path / "kinds.npz")
    read = KindClassifier.read(tmp_path / "kinds.npz")
    assert read.probabilities(NOWHERE, "砸门") == pytest.approx(held.probabilities(NOWHERE, "砸门"))


def test_each_word_has_one_place_and_together_they_have_one_length() -> None:
    once, thrice, nothing = words("砸门"), words("砸门砸门砸门"), words("？！")
    assert len(once) == 3  # 砸门, 砸, 门
    assert len(thrice) == 4  # 门砸
    assert set(once) < set(thrice)
    assert len(nothing) == 0
    for places in (once, thrice):
        assert len(places) * weight(places) ** 2 == pytest.approx(WORD_WEIGHT**2)


def test_a_text_without_words_is_told_by_its_vector_alone() -> None:
    assert sum(classifier().probabilities(NOWHERE, "？！").values()) == pytest.approx(1)
