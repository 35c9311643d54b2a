"""What is recognised in a message besides its entry, and the texts that this is learned from at every build.

Examples of `knowledge/` say what is danger, talk, or no matter of law; how entries are asked stands for all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.kinds import RECIPE, KindClassifier
from indexer.text import text_hash
from indexer.vectors import VectorStore
from knowledge.check import KnowledgeBase
from knowledge.smalltalk.examples import Talk

CALM = ""
"""The kind of a message that tells of no danger."""

REST_WEIGHT = 0.3
"""Of an entry's way to ask among the examples: there are several times as many, and most are far from the line."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Examples as (kind, text), and further texts, which are all of one kind, `rest`."""

    told: tuple[tuple[str, str], ...]
    rest: str
    further: tuple[str, ...]

    def mark(self) -> str:
        """Changes when the examples do, or how they are learned from.

        The further texts do not count: they only stand for the rest, and one more or less changes nothing.
        """
        recipe = map(str, (*RECIPE, REST_WEIGHT, self.rest))
        return text_hash("\0".join((*recipe, *(part for example in self.told for part in example)))).hex()

    def learn(self, asked: VectorStore) -> KindClassifier | None:
        """`asked` holds the vectors of all texts, as questions. None where there are not two kinds to tell apart."""
        kinds = [*(kind for kind, _ in self.told), *(self.rest for _ in self.further)]
        if len(set(kinds)) < 2:
            return None
        texts = [*(text for _, text in self.told), *self.further]
        weights = [*(1.0 for _ in self.told), *(REST_WEIGHT for _ in self.further)]
        return KindClassifier.fit(asked.matrix(texts), texts, kinds, weights)


def danger(base: KnowledgeBase) -> Recognition:
    """The alarm. How a sensitive entry is asked may well tell of danger, so it is left out."""
    told = tuple((example.danger or CALM, example.text) for example in base.dangers)
    further = (text for _, entry in base.answerable() if not entry.sensitive for text in entry.asked)
    return Recognition(told, CALM, tuple(further))


def speech(base: KnowledgeBase) -> Recognition:
    """Matters of law, and what is none. Danger is always one; what is said in its words without any may be either."""
    told = [(sample.label.value, sample.text) for sample in base.talk]
    urgent = [(Talk.LAW.value, example.text) for example in base.dangers if example.danger is not None]
    further = (text for _, entry in base.answerable() for text in entry.asked)
    return Recognition((*told, *urgent), Talk.LAW.value, tuple(further))


RECOGNITIONS: Mapping[str, Callable[[KnowledgeBase], Recognition]] = {"danger": danger, "speech": speech}
"""By the name under which a snapshot keeps what was learned."""


def examples(base: KnowledgeBase) -> list[str]:
    """All texts that are learned from beside the ways entries are asked."""
    return [*(example.text for example in base.dangers), *(sample.text for sample in base.talk)]
