"""What was learned from questions with known articles: one file, shipped with the project or in the data folder.

Of the questions themselves only vectors are kept, and their words veiled.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from indexer.article_questions import Corpus
from indexer.articles import ArticleRanker
from indexer.combination import Combination
from indexer.errors import TunedFileError
from indexer.heads import Heads
from indexer.manner import Manner
from indexer.taught import Questions
from indexer.unit import unit
from indexer.vectors import Vectors, coded, decoded
from knowledge.laws import Key

SHIPPED_TUNED = Path(__file__).with_name("tuned.npz")
OWN_TUNED = "tuned.npz"
"""In the data folder; goes before the shipped one."""

SAME = 0.999
"""Cosine from which on two questions are the same: the vectors that are kept have 16 bits."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """`vectors` (questions, dimension) of the questions as the encoder of that name gives them, `words` their words and
    those of the answers, veiled, `gold` the articles of each; `manner` (asked, dimension) the vectors of how people ask
    about each article of `asked`; `record` says what it was learned from and what it found of questions it was not
    taught.
    """

    encoder: str
    heads: Heads
    combination: Combination
    vectors: Vectors
    words: tuple[str, ...]
    gold: tuple[tuple[Key, ...], ...]
    manner: Vectors
    asked: tuple[Key, ...]
    record: dict[str, Any] = field(default_factory=dict)

    def teach(self, ranker: ArticleRanker, corpus: Corpus) -> ArticleRanker:
        """The ranker of the corpus with what was learned; articles that are not there are left out."""
        questions = Questions(self.vectors, self.words, [corpus.known(keys) for keys in self.gold])
        manner = Manner.of(self.manner, map(corpus.places.get, self.asked))
        return ranker.taught_anew(self.heads, manner, questions, self.combination)

    def mark(self) -> str:
        """Changes with anything that changes what is found."""
        told = blake2b(
            json.dumps([self.encoder, self.words, self.gold, self.asked], ensure_ascii=False).encode(), digest_size=8
        )
        arrays = self.combination.arrays().values()
        for array in (self.heads.asking, self.heads.said, self.vectors, self.manner, *arrays):
            told.update(np.ascontiguousarray(array).tobytes())
        return told.hexdigest()

    def write(self, path: Path) -> None:
        """In one atomic step; heads and vectors in 16 bits, the manner in seven."""
        codes, scales = coded(self.manner)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez_compressed(
                file,
                allow_pickle=False,
                encoder=np.array(self.encoder),
                asking=self.heads.asking.astype(np.float16),
                said=self.heads.said.astype(np.float16),
                vectors=self.vectors.astype(np.float16),
                words=np.array("\n".join(self.words).encode()),
                gold=np.array(json.dumps(self.gold, ensure_ascii=False)),
                codes=codes,
                scales=scales,
                asked=np.array(json.dumps(self.asked, ensure_ascii=False)),
                record=np.array(json.dumps(self.record, ensure_ascii=False)),
                **self.combination.arrays(),
            )
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> Tuned:
        """Raises TunedFileError."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                held = dict(stored)
            vectors = held["vectors"].astype(np.float32)
            words = tuple(bytes(held["words"]).decode().split("\n"))
            gold = tuple(tuple((law, article) for law, article in keys) for keys in json.loads(str(held["gold"])))
            asked = tuple((law, article) for law, article in json.loads(str(held["asked"])))
            manner = decoded(held["codes"], held["scales"])
            if not len(gold) == len(words) == len(vectors) or len(asked) != len(manner):
                raise ValueError(
                    f"{len(vectors)} questions, words of {len(words)}, articles of {len(gold)}; "
                    f"{len(asked)} articles asked about, {len(manner)} vectors"
                )
            return cls(
                encoder=str(held["encoder"]),
                heads=Heads(held["asking"].astype(np.float32), held["said"].astype(np.float32)),
                combination=Combination.of(held),
                vectors=unit(vectors),
                words=words,
                gold=gold,
                manner=manner,
                asked=asked,
                record=json.loads(str(held["record"])),
            )
        except KeyError as fault:
            raise TunedFileError(f"{path.name}: {fault}; it is of another version: learn it anew") from fault
        except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as fault:
            raise TunedFileError(f"{path.name}: {fault}") from fault


def tuned_for(encoder: str, data: Path) -> Tuned | None:
    """What was learned for this encoder, by the installation itself or else as shipped. Raises TunedFileError."""
    for path in (data / OWN_TUNED, SHIPPED_TUNED):
        if path.is_file() and (tuned := Tuned.read(path)).encoder == encoder:
            return tuned
    return None
