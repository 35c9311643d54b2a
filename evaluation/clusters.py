"""Questions that are about the same thing, put together and named by the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering

Vectors = npt.NDArray[np.float32]

DISTANCE = 1.28
"""Between vectors of unit length with their mean taken off, up to which two groups are one (average linkage). Read on
340 lay questions: at 1.2 a third stand alone, at 1.35 different matters run together."""

WORDS = 3

_RUN = re.compile(r"[一-鿿]+")
_GRAMMAR = frozenset(
    "的了吗呢么吧啊在和与是我你他她它们有没不就也都还这那个着被给对把要想说会能可以怎办人现来去到后前上下里一"
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Positions of questions, the most typical first, and the words that tell them from the others."""

    members: tuple[int, ...]
    words: tuple[str, ...]


def clusters(texts: Sequence[str], vectors: Vectors) -> list[Cluster]:
    """Every text in one cluster, the largest first. `vectors` has one row of unit length a text."""
    if len(texts) < 2:
        return [Cluster((at,), characteristic([text], [text])) for at, text in enumerate(texts)]
    centred = vectors - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), np.float32(1e-12))
    model = AgglomerativeClustering(n_clusters=None, linkage="average", distance_threshold=DISTANCE).fit(centred)
    found = []
    for label in range(int(model.labels_.max()) + 1):
        members = np.flatnonzero(model.labels_ == label)
        order = np.argsort(-(centred[members] @ centred[members].sum(axis=0)), kind="stable")
        typical: list[int] = members[order].tolist()
        found.append(Cluster(tuple(typical), characteristic([texts[at] for at in typical], texts)))
    return sorted(found, key=lambda cluster: (-len(cluster.members), cluster.members))


def characteristic(texts: Sequence[str], among: Sequence[str]) -> tuple[str, ...]:
    """The words that most of `texts` share and few of `among` have, at most three, none of them part of another.

    >>> characteristic(["工伤认定怎么办", "工伤认定找谁"], ["工伤认定怎么办", "工伤认定找谁", "离婚怎么办"])
    ('工伤认定',)
    """
    here = Counter(word for text in texts for word in _words(text))
    everywhere = Counter(word for text in among for word in _words(text))
    shared = [word for word, count in here.items() if count > 1] or list(here)
    ranked = sorted(shared, key=lambda word: (-here[word] * log(1 + len(among) / everywhere[word]), -len(word), word))
    chosen: list[str] = []
    for word in ranked:
        if len(chosen) < WORDS and not any(word in other or other in word or _overlap(word, other) for other in chosen):
            chosen.append(word)
    return tuple(chosen)


def _words(text: str) -> set[str]:
    """Every run of 2 to 4 characters that neither begins nor ends with a character of grammar."""
    runs = _RUN.findall(text)
    found = (run[at : at + size] for run in runs for size in (2, 3, 4) for at in range(len(run) - size + 1))
    return {word for word in found if not _GRAMMAR & {word[0], word[-1]}}


def _overlap(one: str, other: str) -> bool:
    """Whether one ends as the other begins: 工伤认, 伤认定."""
    return any(one[-size:] == other[:size] or other[-size:] == one[:size] for size in (1, 2, 3))
