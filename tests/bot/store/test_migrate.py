from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from bot.store.base import Base
from bot.store.engine import SqlStore, make_engine
from bot.store.migrate import upgrade
from tests.bot.store.cast import NOW, QUESTION, message
from tests.bot.store.databases import Databases
from tests.bot.store.races import PROCESSES


@pytest.fixture
def empty(databases: Databases) -> str:
    return databases.empty()


@pytest.fixture
def engine(empty: str) -> Iterator[Engine]:
    made = make_engine(empty)
    yield made
    made.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(empty: str, engine: Engine) -> None:
    upgrade(empty)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(empty: str, engine: Engine) -> None:
    upgrade(empty)
    store = SqlStore(empty)
    with store.begin() as unit:
        unit.inbox.accept(message(), QUESTION, now=NOW)
    upgrade(empty)
    with store.begin() as unit:
        assert not unit.inbox.accept(message(), QUESTION, now=NOW)
    store.close()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE outbox (id INTEGER)")
    with pytest.raises(DBAPIError):
        upgrade(empty)
    assert inspect(engine).get_table_names() == ["outbox"]


def test_processes_that_start_at_once_make_one_upgrade(empty: str, engine: Engine) -> None:
    processes = [PROCESSES.Process(target=upgrade, args=(empty,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def upgrade_together(urls: list[str], start: Barrier) -> None:
    for url in urls:
        start.wait(30)
        upgrade(url)


def test_no_process_finds_a_new_sqlite_file_locked(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path}/{number}.db" for number in range(20)]
    start = PROCESSES.Barrier(4)
    processes = [PROCESSES.Process(target=upgrade_together, args=(urls, start)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]


def history() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return ScriptDirectory.from_config(config)


def test_the_history_is_one_line() -> None:
    assert len(history().get_heads()) == 1


def test_a_database_of_the_previous_version_is_brought_up_to_date_with_what_it_holds(
    empty: str, engine: Engine
) -> None:
    newest = history().get_revision("head")
    upgrade(empty, str(newest.down_revision))
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO villages (code, name, street) VALUES ('a', '虹桥村', '掘港街道')")
    upgrade(empty)
    store = SqlStore(empty)
    with store.begin() as unit:
        assert [village.name for village in unit.people.villages()] == ["虹桥村"]
    store.close()
