"""From the knowledge base to a published snapshot; only texts that are new are encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indexer.confidence import confidence_for
from indexer.documents import documents, texts_asked, texts_said
from indexer.encoder import Encoder
from indexer.errors import KnowledgeFaulty
from indexer.recognition import RECOGNITIONS, examples
from indexer.snapshot import Manifest, SnapshotFolder
from indexer.tuned import tuned_for
from indexer.vectors import SHIPPED, SHIPPED_ASKED, SHIPPED_ENTRIES, Vectors, VectorStore
from knowledge.check import KnowledgeBase
from knowledge.files import fingerprint

BATCH = 32
Progress = Callable[[int, int], None]
"""Called with texts done and texts to do."""


def build(
    base: KnowledgeBase,
    encoder: Encoder,
    data: Path,
    *,
    now: datetime,
    full: bool = False,
    progress: Progress = lambda done, total: None,
) -> Manifest:
    """Build and publish. `data` is the data folder; `now` is aware; `full` encodes everything anew.

    Raises KnowledgeFaulty before anything is written if the knowledge check finds faults, and VectorFileError,
    TunedFileError or ConfidenceFileError for a damaged file.
    """
    if base.faults:
        raise KnowledgeFaulty("\n".join(map(str, base.faults)))
    held = list(documents(base))
    said = _Wanted(
        texts_said(held),
        VectorStore(encoder.name, encoder.dimension),
        encoder.passages,
        () if full else (SHIPPED, SHIPPED_ENTRIES),
        data / "vectors.npz",
    )
    asking = texts_asked(held)
    asked = _Wanted(
        [*asking, *examples(base)],
        VectorStore(encoder.asking, encoder.dimension),
        encoder.queries,
        () if full else (SHIPPED_ASKED,),
        data / "vectors-asked.npz",
    )
    missing = [(wanted, batch) for wanted in (said, asked) for batch in wanted.missing(anew=full)]
    total = sum(len(batch) for _, batch in missing)
    done = 0
    for wanted, batch in missing:
        progress(done, total)
        wanted.store.fill(batch, wanted.encode)
        done += len(batch)
    progress(total or 1, total or 1)  # Nothing to encode is done, too.
    folder = SnapshotFolder(data / "index")
    folder.path.mkdir(parents=True, exist_ok=True)
    if missing:
        said.keep()
        asked.keep()
    recognitions = {name: made(base) for name, made in RECOGNITIONS.items()}
    marks = {name: one.mark() for name, one in recognitions.items()}
    kept = {} if full else folder.kept(marks, encoder.name)
    manifest = folder.write(
        held,
        said.store.matrix(said.texts),
        asked.store.matrix(asking),
        {name: kept.get(name) or one.learn(asked.store) for name, one in recognitions.items()},
        list(base.answerable()),
        encoder=encoder.name,
        law_date=base.laws.on.isoformat(),
        recognitions=marks,
        tuned=tuned_for(encoder.name, data),
        confidence=confidence_for(encoder.name, data),
        knowledge=fingerprint(base.laws),
        encoded=total,
        now=now,
    )
    folder.publish(manifest.id)
    folder.prune()
    return manifest


@dataclass(slots=True)
class _Wanted:
    """Texts whose vectors are needed, and where these are: shipped, in the data folder's `own` file, or to encode."""

    texts: list[str]
    store: VectorStore
    encode: Callable[[Sequence[str]], Vectors]
    shipped: tuple[Path, ...]
    own: Path
    _not_shipped: list[str] = field(default_factory=list)

    def missing(self, *, anew: bool) -> list[list[str]]:
        """What is to be encoded, in batches, shortest first; `anew`: also what is in the file."""
        for path in self.shipped:
            self.store.read(path)
        self._not_shipped = self.store.missing(self.texts)
        if not anew:
            self.store.read(self.own)
        left = sorted(self.store.missing(self.texts), key=len)
        return [left[start : start + BATCH] for start in range(0, len(left), BATCH)]

    def keep(self) -> None:
        """Write what is not shipped to the file, for the next build."""
        self.store.write(self.own, self._not_shipped)
