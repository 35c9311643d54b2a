from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.check import KnowledgeBase
from tests.bot.console.world import World, knowledge_base


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return knowledge_base(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def world(tmp_path: Path, base: KnowledgeBase) -> Iterator[World]:
    made = World(tmp_path, base)
    yield made
    made.store.close()


@pytest.fixture
def empty(tmp_path: Path, base: KnowledgeBase) -> Iterator[World]:
    """Before the first start: nobody there."""
    made = World(tmp_path, base, people=False)
    yield made
    made.store.close()
