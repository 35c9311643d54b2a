"""Small entries for tests, found by an encoder that only counts words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.encoder import Encoder
from indexer.lexical import bigrams
from knowledge.entry import Entry


class PairEncoder(Encoder):
    """Vectors of character pairs hashed to 64 places: texts that share words are near."""

    def __init__(self) -> None:
        self.name = "pairs"

    @property
    def dimension(self) -> int:
        return 64

    def queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for pair in bigrams(text):
                row[sum(map(ord, pair)) % 64] += 1
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12))
        return vectors

    passages = queries


def entry(key: str, question: str, variants: Sequence[str]) -> Entry:
    return Entry.model_validate(
        {
            "id": key,
            "question": question,
            "variants": variants,
            "short": f"{question}，要看具体情况。",
            "answer": f"{question}。" * 6,
            "steps": [f"{question}，先问村法律顾问"],
            "where": ["村人民调解委员会"],
            "citations": [{"law": "民法典", "article": "第一百八十八条"}],
            "reviewed_on": "2026-11-24",
            "reviewed_by": "editor",
        }
    )


WAGES = entry(
    "wages",
    "老板拖欠工资怎么办",
    ["老板拖欠工资不给", "工资拖欠半年了", "老板不发工资", "邻居家的狗咬人了"],  # The last one is in the wrong place.
)
DOGS = entry("dogs", "邻居的狗咬人谁赔", ["被邻居的狗咬了", "邻居家狗咬人", "狗咬人谁赔钱", "被狗咬了找谁"])
LOANS = entry("loans", "借条丢了还能要钱吗", ["借条丢了怎么要钱", "借条没了", "丢了借条能要钱吗", "没有借条能要吗"])
