"""Questions people might ask, under the article that answers each: what the search learns their words from.

Nobody is shown them and nothing is answered from them, so they have no review date; an article that is not in force, or
not imported, is not searched, and what stands under it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import RootModel, StringConstraints

from knowledge.errors import EntryFault
from knowledge.files import ROOT
from knowledge.laws import Key, LawSource
from knowledge.rules.fault import Place
from knowledge.samples import Message, Sample, read_samples

Number = Annotated[str, StringConstraints(pattern=r"^第[一二三四五六七八九十百千零]+条(之[一二三四五六七八九十]+)?$")]
"""As printed, and in no other way of writing: a fault is found in the file by it, and no article stands there twice."""


class AskedFile(RootModel[dict[str, dict[Number, tuple[Message, ...]]]]):
    """law -> article -> questions."""

    def parts(self) -> Iterator[tuple[Place, tuple[Message, ...], Key]]:
        for law, articles in self.root.items():
            for number, questions in articles.items():
                yield (law, number), questions, (law, number)


def read_asked(laws: LawSource, root: Path = ROOT) -> tuple[dict[Key, list[str]], list[EntryFault]]:
    """All questions under `asked/` by article, and every fault found: of a law in force all articles must be there."""
    samples, faults = read_samples(root / "asked", root, AskedFile, AskedFile.parts)
    found: dict[Key, list[str]] = {}
    first: dict[Key, Sample[Key]] = {}
    for sample in samples:
        found.setdefault(sample.label, []).append(sample.text)
        first.setdefault(sample.label, sample)
    known = {article.key for article in laws.articles()} if found else set()
    in_force = {law for law, _ in known}
    faults += [
        first[key].fault("the law has no such article") for key in first if key[0] in in_force and key not in known
    ]
    return found, faults
