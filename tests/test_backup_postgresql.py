"""Backup and restore with PostgreSQL, by its own programs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from postgresql_server import postgresql, why_missing
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.cli import rogatio
from app.operations.backup import back_up
from app.operations.postgresql_dump import connection_string
from extraction.errors import RogatioError
from indexing.installation import Installation
from indexing.settings import Settings

LETTER = "CARTA ROGATORIA\n\nJuzgado de Bombarda. Hechos: {name} cometió un delito de blanqueo de capitales.\n"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if reason := why_missing() or ("" if shutil.which("pg_dump") else "pg_dump is not installed"):
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
    with postgresql() as url:
        yield url


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database."""
    return new_database(server, f"b{abs(hash(request.node.nodeid)):x}"[:20])


def new_database(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def run(home: Path, database: str, *arguments: str) -> Result:
    environment = {"ROGATIO_HOME": str(home), "ROGATIO_DATABASE_URL": database}
    return CliRunner().invoke(rogatio, ["--language", "en", *arguments], env=environment)


def filled(tmp_path: Path, database: str) -> Path:
    """Return the home of an installation of two letters."""
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    for name in ("zarzaparrilla", "belfegor"):
        (folder / f"{name}.txt").write_text(LETTER.format(name=name.title()))
    done = run(home, database, "ingest", str(folder), "--collection", "lima")
    assert done.exit_code == 0, done.output
    return home


def hits(home: Path, database: str, word: str) -> list[tuple[str, str]]:
    found = json.loads(run(home, database, "search", word, "--json").stdout)["hits"]
    return [(hit["document_id"], hit["title"]) for hit in found]


def test_a_restored_database_gives_the_same_answers(server: str, database: str, tmp_path: Path) -> None:
    home, file = filled(tmp_path, database), tmp_path / "b.tar.zst"
    made = run(home, database, "backup", str(file))
    assert made.exit_code == 0, made.output
    assert "documents: 2" in made.output
    new, other = tmp_path / "new", new_database(server, "restored")
    restored = run(new, other, "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert {path.name for path in new.iterdir()}.isdisjoint({"records.pgdump", "records.sqlite", "backup.json"})
    for word in ("zarzaparrilla", "blanqueo"):
        assert hits(home, database, word) == hits(new, other, word) != []
    assert run(new, other, "verify").exit_code == 0
    assert run(new, other, "audit", "verify").exit_code == 0


def test_nothing_is_restored_over_tables_or_into_another_kind_of_database(
    server: str, database: str, tmp_path: Path
) -> None:
    home, file = filled(tmp_path, database), tmp_path / "b.tar.zst"
    assert run(home, database, "backup", str(file)).exit_code == 0
    new = tmp_path / "new"
    for target, code in ((database, "app.database_not_empty"), ("", "app.backup_other_database")):
        refused = run(new, target, "restore", str(file))
        assert isinstance(refused.exception, RogatioError)
        assert refused.exception.code == code
        assert not new.exists()
    assert len(hits(home, database, "blanqueo")) == 2


def test_a_missing_program_is_named_and_nothing_is_left(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file = filled(tmp_path, database), tmp_path / "b.tar.zst"
    held = Installation(Settings(home, database_url=database))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RogatioError, match=r"app\.postgresql_program_missing: The program pg_dump"):
        back_up(held, file)
    assert not file.exists()
    assert not [path for path in (home / "work").rglob("*") if path.is_file()]
    held.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ana:secret@db:5433/rogatio", "host='db' port='5433' user='ana' dbname='rogatio'"),
        ("postgresql:///rogatio?host=/run/pg&sslmode=require", "host='/run/pg' dbname='rogatio' sslmode='require'"),
        ("postgresql://a%27b@/r", "user='a\\'b' dbname='r'"),
    ],
)
def test_the_password_is_no_argument_of_a_program(url: str, expected: str) -> None:
    assert connection_string(make_url(url)) == expected
