"""From SQLite and the embedded engine to PostgreSQL and Elasticsearch: the same records and answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from account_site import account_site
from click.testing import CliRunner, Result
from engine_kinds import elasticsearch_url
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from test_backup_postgresql import new_database

from app.cli import rogatio
from app.operations.migration import migrate
from app.rooms.rooms import open_room, rooms
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.database import utc
from indexing.store.rows import StoredDocument

ANA = Principal("ana", frozenset({"public"}))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an installation with accounts, letters with attachments, workspaces, alerts, readings."""
    site = account_site(tmp_path_factory.mktemp("migrated"))
    installation: Installation = site.app.extensions["installation"]
    installation.close()
    return installation.settings.home


def run(home: Path, database: str, *arguments: str, **more: str) -> Result:
    environment = {"ROGATIO_HOME": str(home), "ROGATIO_DATABASE_URL": database, **more}
    return CliRunner().invoke(rogatio, ["--language", "en", *arguments], env=environment)


def rows(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        own = ("alembic_version", "database_owner")  # of each database
        names = [name for name in inspect(engine).get_table_names() if name not in own]
        counted = {name: int(connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0) for name in names}
    engine.dispose()
    return counted


def documents(installation: Installation) -> list[StoredDocument]:
    """Return all documents, with times in UTC, whose zone SQLite does not keep."""
    store = installation.store
    return [replace(one, added=utc(one.added)) for one in store.documents(store.access(LOCAL_USER), limit=100)]


def test_every_record_is_moved_and_new_ones_are_numbered_after_them(postgresql_url: str, home: Path) -> None:
    target = new_database(postgresql_url, "moved")
    driver = make_url(target).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    before = rows(f"sqlite:///{home / 'records.sqlite'}")
    assert migrate(Settings(home, database_url=target)) == before == rows(driver)
    assert sum(count > 0 for count in before.values()) > 15
    one, other = Installation(Settings(home)), Installation(Settings(home, database_url=target))
    try:
        assert documents(one) == documents(other) != []
        assert [(room.id, room.name, room.question) for room in rooms(one.store, ANA)] == [
            (room.id, room.name, room.question) for room in rooms(other.store, ANA)
        ]
        question = rooms(other.store, ANA)[0].question
        open_room(other.store, ANA, "after the move", question)
        assert len(rooms(other.store, ANA)) == len(rooms(one.store, ANA)) + 1
    finally:
        one.close()
        other.close()
    assert run(home, target, "audit", "verify").exit_code == 0
    again = run(home, target, "migrate")
    assert isinstance(again.exception, RogatioError)
    assert again.exception.code == "app.database_not_empty"


@pytest.mark.elasticsearch
def test_one_command_moves_an_installation_to_both_servers(postgresql_url: str, home: Path) -> None:
    """The hits are those of before, and the file that is left is named."""
    target, prefix = new_database(postgresql_url, "twice"), f"m{uuid4().hex[:10]}"
    cluster = {
        "ROGATIO_ENGINE": "elasticsearch",
        "ROGATIO_ELASTICSEARCH_URL": elasticsearch_url(),
        "ROGATIO_ELASTICSEARCH_PREFIX": prefix,
    }
    held = json.loads(run(home, "", "search", "blanqueo", "--json").stdout)["hits"]
    moved = run(home, target, "migrate", **cluster)
    assert moved.exit_code == 0, moved.output
    assert str(home / "records.sqlite") in moved.output
    found = json.loads(run(home, target, "search", "blanqueo", "--json", **cluster).stdout)["hits"]
    ids, ids_before = ([hit["document_id"] for hit in hits] for hits in (found, held))
    assert ids[0] == ids_before[0]
    assert sorted(ids) == sorted(ids_before)  # hits of equal score have no common order
    url = cluster["ROGATIO_ELASTICSEARCH_URL"]
    settings = Settings(home, "elasticsearch", url, target, elasticsearch_prefix=prefix)
    with_cluster = Installation(settings)
    for partition in with_cluster.engine.partitions():
        with_cluster.engine.drop(partition)
    with_cluster.close()


@pytest.mark.parametrize("database", ["", "sqlite:////tmp/other.sqlite"])
def test_it_moves_to_postgresql_only(tmp_path: Path, database: str) -> None:
    with pytest.raises(RogatioError, match="migrates_to_postgresql"):
        migrate(Settings(tmp_path, database_url=database))


def test_without_records_nothing_is_moved(tmp_path: Path) -> None:
    with pytest.raises(RogatioError, match="nothing_to_migrate"):
        migrate(Settings(tmp_path, database_url="postgresql://127.0.0.1:9/none"))
