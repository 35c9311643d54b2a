"""Snapshots (索引快照): immutable folders, published by one atomic step.

index/
  CURRENT                      the id of the published snapshot; replaced atomically
  20261124T093000-1f2e3d4c/    manifest.json, documents.jsonl, dense.faiss, lexical/, entries.json;
                                   where there are entries ranker/, where there are examples danger.npz, speech.npz
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.articles import ArticleRanker, article_ranker
from indexer.confidence import Confidence
from indexer.dense import DenseIndex
from indexer.documents import Document, article_texts, corpus_of
from indexer.errors import IndexUnavailable
from indexer.kinds import KindClassifier
from indexer.lexical import LexicalIndex
from indexer.ranking import EntryRanker, EntryTexts, labels_of
from indexer.text import bare
from indexer.tuned import Tuned
from indexer.vectors import Vectors
from knowledge.entry import Entry

FORMAT = 15
KEEP = 10
"""Snapshots kept for a roll-back, at about 115 MB each, or 170 MB where the law has changed since the one before."""

_UNREADABLE = (OSError, ValueError, KeyError, TypeError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was built from. `built_at` is UTC in ISO 8601; `content` is a hash over all texts in order.

    `rules` is the same over the digests and articles alone, on which BM25 is built; `tuned` a hash of what was learned
    about finding them, empty if nothing was.
    `recognitions` has, for each, a hash over its examples and how they are learned from. `knowledge` is the fingerprint
    of the knowledge files and of the law versions in force.
    """

    id: str
    format: int
    encoder: str
    dimension: int
    built_at: str
    law_date: str
    counts: dict[str, int]
    encoded: int
    content: str
    rules: str
    tuned: str
    recognitions: dict[str, str]
    knowledge: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An opened snapshot. `heads` are the entries', found by `ranker`, then the digests' and articles', one text each,
    found by
    `articles`.

    `entries` are the entries as they were when it was built: id -> (topic, entry). `asked` gives the position in
    `heads` of the entry whose question or variant a bare text is. `confidence` says how sure the
    first of them is, if it was fitted for the encoder. `ranker` is None where there are no entries, `danger`
    and `speech` where there are no examples to learn from.
    """

    manifest: Manifest
    heads: list[dict[str, str]]
    articles: ArticleRanker
    confidence: Confidence | None
    ranker: EntryRanker | None
    danger: KindClassifier | None
    speech: KindClassifier | None
    entries: dict[str, tuple[str, Entry]]
    asked: dict[str, int]


class SnapshotFolder:
    """The folder all snapshots of an installation live in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> str | None:
        """The id of the published snapshot, or None before the first."""
        try:
            return (self.path / "CURRENT").read_text("utf-8").strip() or None
        except FileNotFoundError:
            return None

    def ids(self) -> list[str]:
        """All complete snapshots, oldest first."""
        return sorted(manifest.parent.name for manifest in self.path.glob("*/manifest.json"))

    def manifests(self) -> list[Manifest]:
        """The manifests of all complete snapshots of today's format, oldest first."""
        read = [json.loads((self.path / key / "manifest.json").read_text("utf-8")) for key in self.ids()]
        return [Manifest(**fields) for fields in read if fields.get("format") == FORMAT]

    def publish(self, snapshot: str) -> None:
        """Make a snapshot the one in use, also an earlier one. Raises IndexUnavailable if it is not there."""
        if snapshot not in self.ids():
            raise IndexUnavailable(f"no snapshot {snapshot}")
        partial = self.path / "CURRENT.partial"
        with partial.open("w", encoding="utf-8") as file:
            file.write(snapshot)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.path / "CURRENT")

    def write(
        self,
        documents: Sequence[Document],
        said: Vectors,
        asked: Vectors,
        learned: Mapping[str, KindClassifier | None],
        entries: Sequence[tuple[str, Entry]],
        *,
        encoder: str,
        law_date: str,
        recognitions: dict[str, str],
        tuned: Tuned | None,
        confidence: Confidence | None,
        knowledge: str,
        encoded: int,
        now: datetime,
    ) -> Manifest:
        """A new snapshot, complete or not there at all. It is not yet published.

        `documents` begin with the entries. `said` has a row for each of their texts, `asked` for each as it is asked.
        """
        texts = [text for document in documents for text in document.texts]
        ours = [document for document in documents if document.kind == "entry"]
        rules = [text for document in documents[len(ours) :] for text in document.texts]
        content = _hash(texts)
        kinds = [document.kind for document in documents]
        manifest = Manifest(
            id=f"{now:%Y%m%dT%H%M%S%f}-{content[:8]}",
            format=FORMAT,
            encoder=encoder,
            dimension=int(said.shape[1]),
            built_at=now.isoformat(timespec="seconds"),
            law_date=law_date,
            counts={kind: kinds.count(kind) for kind in sorted(set(kinds))},
            encoded=encoded,
            content=content,
            rules=_hash(rules),
            tuned=tuned.mark() if tuned is not None else "",
            recognitions=recognitions,
            knowledge=knowledge,
        )
        partial = self.path / f".{manifest.id}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        if ours:
            said_by = labels_of([len(document.texts) for document in ours])
            asked_by = labels_of([document.asked for document in ours])
            known = EntryTexts(texts[: len(said_by)], said_by, said[: len(said_by)], asked_by, asked)
            EntryRanker.fit(known).write(partial / "ranker")
        for name, classifier in learned.items():
            if classifier is not None:
                classifier.write(partial / f"{name}.npz")
        self._write_articles(documents, rules, said[len(texts) - len(rules) :], tuned, manifest, partial)
        with (partial / "documents.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(document.head(), ensure_ascii=False) + "\n" for document in documents)
        bodies = [[topic, entry.model_dump(mode="json")] for topic, entry in entries]
        if confidence is not None:
            confidence.write(partial / "confidence.json")
        (partial / "entries.json").write_text(json.dumps(bodies, ensure_ascii=False), "utf-8")
        (partial / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), "utf-8")
        partial.rename(self.path / manifest.id)
        return manifest

    def prune(self, *, keep: int = KEEP) -> None:
        """Delete all but the newest `keep` snapshots and the published one. A process that has one open keeps it."""
        for old in self.ids()[:-keep]:
            if old != self.current():
                shutil.rmtree(self.path / old)

    def kept(self, recognitions: Mapping[str, str], encoder: str) -> dict[str, KindClassifier]:
        """What earlier snapshots learned from the same in the same way with the same encoder, by name.

        The entries they also saw may have changed since: they only stand for the rest, and one changes nothing.
        """
        found: dict[str, KindClassifier] = {}
        for earlier in reversed(self.manifests()):
            for name, mark in recognitions.items():
                path = self.path / earlier.id / f"{name}.npz"
                same = (earlier.recognitions.get(name), earlier.encoder) == (mark, encoder)
                if same and name not in found and path.exists():
                    found[name] = KindClassifier.read(path)
        return found

    def _write_articles(
        self,
        documents: Sequence[Document],
        passages: Sequence[str],
        said: Vectors,
        tuned: Tuned | None,
        manifest: Manifest,
        folder: Path,
    ) -> None:
        """What finds digests and articles; linked from an earlier snapshot where that was built from the same."""
        same = [self.path / earlier.id for earlier in self.manifests() if earlier.rules == manifest.rules]
        dense, lexical = folder / "dense.faiss", folder / "lexical"
        if same:
            os.link(same[-1] / "dense.faiss", dense)
            shutil.copytree(same[-1] / "lexical", lexical, copy_function=os.link)
        else:
            DenseIndex.build(said).write(dense)
            LexicalIndex.build(passages).write(lexical)
        corpus = corpus_of(documents)
        texts = article_texts(documents, corpus)
        ranker = article_ranker(texts, DenseIndex.read(dense), LexicalIndex.read(lexical))
        if tuned is not None:
            ranker = tuned.teach(ranker, corpus)
        ranker.write(folder / "articles")

    def open(self, *, encoder: str) -> Snapshot:
        """The published snapshot. Raises IndexUnavailable if there is none, it is damaged, or of another encoder."""
        current = self.current()
        if current is None:
            raise IndexUnavailable("no snapshot is published; run `python -m indexer build`")
        folder = self.path / current
        try:
            manifest = Manifest(**json.loads((folder / "manifest.json").read_text("utf-8")))
            _refuse_other(manifest, encoder)
            lines = (folder / "documents.jsonl").read_text("utf-8").splitlines()
            heads: list[dict[str, Any]] = [json.loads(line) for line in lines]
            ranker, confidence = folder / "ranker", folder / "confidence.json"
            entries = _entries(folder / "entries.json")
            return Snapshot(
                manifest=manifest,
                heads=heads,
                articles=ArticleRanker.read(
                    folder / "articles", DenseIndex.read(folder / "dense.faiss"), LexicalIndex.read(folder / "lexical")
                ),
                confidence=Confidence.read(confidence) if confidence.exists() else None,
                ranker=EntryRanker.read(ranker) if ranker.exists() else None,
                danger=_classifier(folder / "danger.npz"),
                speech=_classifier(folder / "speech.npz"),
                entries=entries,
                asked=_asked(heads, entries),
            )
        except _UNREADABLE as fault:
            raise IndexUnavailable(f"snapshot {current} cannot be read: {fault}") from fault


def _hash(texts: Sequence[str]) -> str:
    return blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()


def _entries(path: Path) -> dict[str, tuple[str, Entry]]:
    held = [(topic, Entry.model_validate(body)) for topic, body in json.loads(path.read_text("utf-8"))]
    return {entry.id: (topic, entry) for topic, entry in held}


def _asked(heads: list[dict[str, Any]], entries: dict[str, tuple[str, Entry]]) -> dict[str, int]:
    return {
        bare(text): at
        for at, head in enumerate(heads)
        if head["kind"] == "entry"
        for text in entries[head["id"]][1].asked
    }


def _classifier(path: Path) -> KindClassifier | None:
    return KindClassifier.read(path) if path.exists() else None


def _refuse_other(manifest: Manifest, encoder: str) -> None:
    if manifest.format != FORMAT or manifest.encoder != encoder:
        raise IndexUnavailable(
            f"snapshot {manifest.id} was built in format {manifest.format} with {manifest.encoder}; "
            f"this process needs format {FORMAT} with {encoder}"
        )
