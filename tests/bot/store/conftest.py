from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.domain.people import Rank, Role, Village
from bot.ports import Store
from bot.store.engine import SqlStore
from tests.bot.store.cast import ASKER, NOW, Cast
from tests.bot.store.databases import Databases, SqliteDatabases, postgresql_databases


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    if request.param == "sqlite":
        yield SqliteDatabases(tmp_path_factory.mktemp("databases"))
        return
    with postgresql_databases() as made:
        yield made


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.migrated()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = SqlStore(url)
    yield opened
    opened.close()


@pytest.fixture
def cast(store: Store) -> Cast:
    """Adviser 陈 of 虹桥村, her colleague 赵, 孙 of the judicial office, and 钱, adviser of another village."""
    with store.begin() as unit:
        unit.people.save_village(Village("hongqiao", "虹桥村", "掘港街道"))
        unit.people.save_village(Village("xinyuan", "新园社区", "掘港街道"))
        chen, zhao, qian = (
            unit.accounts.add_staff(name=name, login=login, role=Role.ADVISER)
            for name, login in (("陈静", "chen"), ("赵敏", "zhao"), ("钱进", "qian"))
        )
        sun = unit.accounts.add_staff(name="孙所长", login="sun", role=Role.JUDICIAL_OFFICE)
        unit.people.set_chain("hongqiao", [(Rank.ADVISER, chen), (Rank.DEPUTY, zhao), (Rank.JUDICIAL_OFFICE, sun)])
        unit.people.set_chain("xinyuan", [(Rank.ADVISER, qian)])
        resident = unit.people.resident(ASKER, now=NOW).id
    return Cast(chen, zhao, qian, sun, resident)
