"""Questions that are about the same thing, put together and named by the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering

from indexer.lexical import bigrams

Vectors = npt.NDArray[np.float32]

DISTANCE = 1.2
"""Between vectors of unit length with their mean taken off, up to which two groups are one (average linkage)."""

WORDS = 3


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
    """The character pairs that most of `texts` share and few of `among` have, at most three, none within a longer run.

    >>> characteristic(["工伤怎么办", "工伤找谁"], ["工伤怎么办", "工伤找谁", "离婚怎么办", "欠钱找谁"])[0]
    '工伤'
    """
    here = Counter(pair for text in texts for pair in set(bigrams(text)))
    everywhere = Counter(pair for text in among for pair in set(bigrams(text)))
    weight = {pair: count * log(1 + len(among) / everywhere[pair]) for pair, count in here.items()}
    chosen: list[str] = []
    for pair in sorted(weight, key=lambda pair: (-weight[pair], pair)):
        if len(chosen) == WORDS:
            break
        if not any(pair[0] == word[-1] or pair[-1] == word[0] for word in chosen):
            chosen.append(pair)
    return tuple(chosen)
