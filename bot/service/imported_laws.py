"""The knowledge files on the law as it is with what admins imported."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from bot.ports import Store
from knowledge.check import KnowledgeBase


class WithImportedLaws:
    """`files` gives the checked base of today's files (the same object all day); an import is there at once."""

    def __init__(self, files: Callable[[], KnowledgeBase], store: Store) -> None:
        self._files = files
        self._store = store
        self._lock = Lock()
        self._held: tuple[KnowledgeBase, tuple[int, int], KnowledgeBase] | None = None

    def __call__(self) -> KnowledgeBase:
        files = self._files()
        with self._store.begin() as unit:
            revision = unit.law_imports.revision()
        with self._lock:
            if self._held is None or self._held[0] is not files or self._held[1] != revision:
                self._held = (files, revision, self._merged(files))
            return self._held[2]

    def _merged(self, files: KnowledgeBase) -> KnowledgeBase:
        with self._store.begin() as unit:
            imported = [held.law for held in unit.law_imports.held()]
        return files.with_laws(files.laws.with_imported(imported)) if imported else files
