"""From the knowledge base to a published snapshot; only texts that are new are encoded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.documents import documents
from indexer.errors import KnowledgeFaulty
from indexer.snapshot import Manifest, SnapshotFolder
from indexer.vectors import SHIPPED, SHIPPED_ENTRIES, VectorStore
from knowledge.check import KnowledgeBase
from knowledge.files import fingerprint

if TYPE_CHECKING:
    from indexer.encoder import Encoder

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

    Raises KnowledgeFaulty before anything is written if the knowledge check finds faults.
    """
    if base.faults:
        raise KnowledgeFaulty("\n".join(map(str, base.faults)))
    held = list(documents(base))
    texts = [text for document in held for text in document.texts]
    store, own = VectorStore(encoder.name, encoder.dimension), data / "vectors.npz"
    if not full:
        store.read(SHIPPED)
        store.read(SHIPPED_ENTRIES)
    not_shipped = store.missing(texts)
    if not full:
        store.read(own)
    missing = sorted(store.missing(texts), key=len)
    for start in range(0, len(missing), BATCH):
        progress(start, len(missing))
        store.fill(missing[start : start + BATCH], encoder.passages)
    progress(len(missing) or 1, len(missing) or 1)  # Nothing to encode is done, too.
    folder = SnapshotFolder(data / "index")
    folder.path.mkdir(parents=True, exist_ok=True)
    if missing:
        store.write(own, not_shipped)
    manifest = folder.write(
        held,
        store.matrix(texts),
        list(base.answerable()),
        encoder=encoder.name,
        law_date=base.laws.on.isoformat(),
        knowledge=fingerprint(base.laws),
        encoded=len(missing),
        now=now,
    )
    folder.publish(manifest.id)
    folder.prune()
    return manifest
