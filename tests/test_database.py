"""Opening and migration of the database."""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect

from extraction.errors import RogatioError
from indexing.store.database import MIGRATIONS, newest_revision, open_database
from indexing.store.schema import Base

pytestmark = pytest.mark.migrations
ROOT = Path(__file__).parent.parent


def schemas() -> Iterator[str]:
    """Yield the modules that define tables."""
    for package in ("app", "indexing"):
        for file in (ROOT / package).rglob("*.py"):
            if "(Base):" in file.read_text("utf-8"):
                yield ".".join(file.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrations_make_the_tables_that_the_code_knows(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
    for schema in schemas():
        importlib.import_module(schema)
    database = open_database(url)
    tables = inspect(database)
    for table in Base.metadata.sorted_tables:
        assert {column["name"] for column in tables.get_columns(table.name)} == set(table.columns.keys())
        assert {index["name"] for index in tables.get_indexes(table.name)} == {index.name for index in table.indexes}
    database.dispose()


def _open(url: str) -> str:
    database = open_database(url)
    with database.connect() as connection:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def test_all_migrations_are_one_transaction(tmp_path: Path) -> None:
    """Else another process that opens the database may come between two of them."""
    begun: list[int] = []

    def begin(connection: Connection) -> None:
        begun.append(connection.get_execution_options().get("writes", 0))

    event.listen(Engine, "begin", begin)
    try:
        open_database(f"sqlite:///{tmp_path}/new.sqlite").dispose()
    finally:
        event.remove(Engine, "begin", begin)
    assert [one for one in begun if one] == [True]


def test_many_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_open, [f"sqlite:///{tmp_path}/new.sqlite"] * 8))) == 1


def _damaged(folder: Path) -> str:
    (folder / "records.sqlite").write_bytes(bytes(range(256)) * 32)
    return f"sqlite:///{folder / 'records.sqlite'}"


@pytest.mark.parametrize("url", ["nothing", "unknown://x/y", "postgresql://x@127.0.0.1:1/x", "sqlite:////proc/x/y", ""])
def test_a_database_that_cannot_be_opened_is_reported(tmp_path: Path, url: str) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.database_not_opened"):
        open_database(url or _damaged(tmp_path))


def test_the_newest_migration_is_known_by_its_file(tmp_path: Path) -> None:
    assert newest_revision() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_a_database_of_a_newer_rogatio_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/records.sqlite"
    database = open_database(url)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.dispose()
    with pytest.raises(RogatioError, match=r"indexing\.database_newer"):
        open_database(url)
