"""After a deletion nothing of the document remains: no byte in any file of the home, no term in the index."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy
import zstandard
from click.testing import CliRunner
from web_site import site

from app.cli import rogatio
from app.uploads import job_progress, job_records
from indexing.access import LOCAL_USER
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.embedded.schema import OWNER
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.corrections import correct
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.database import forget_deleted, open_database
from indexing.store.schema import Status

PLANTED = ("zarzaparrilla", "belfegor", "quetzalcoatl", "trapecista", "funambula", "titulado-oculto")
LETTER = "EXHORTO\n\nOperación Zarzaparrilla. Belfegor Pérez cometió un delito de blanqueo.\n\nQuetzalcoatl.\n"
OTHERS = {f"carta-{n}.txt": f"EXHORTO\n\nCarta número {n} sobre el decomiso de bienes.\n" for n in range(3)}
ZSTD = b"\x28\xb5\x2f\xfd"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home with a letter, corrected twice, among others, and what a killed rebuild left of all of them."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in OTHERS.items():
        (folder / name).write_text(content)
    (folder / "trapecista.txt").write_text(LETTER)
    installation = Installation(Settings(tmp_path / "home"))
    ingest(installation, [folder], IngestOptions("lima", "7/2031"))
    letter = document_of(installation, "trapecista.txt")
    correct(installation, letter, {"title": "Titulado-Oculto"})
    correct(installation, letter, {"page_text": f"{LETTER}\nFunambula.\n"}, page=1)
    orphan(installation)
    installation.close()
    return tmp_path / "home"


def document_of(installation: Installation, source: str) -> str:
    access = installation.store.access(LOCAL_USER)
    return next(one.id for one in installation.store.every_document(access) if one.source == source)


def orphan(installation: Installation) -> None:
    """Leave a generation as a rebuild that was killed does."""
    engine = installation.engine
    assert isinstance(engine, EmbeddedEngine)
    generations = engine._generations
    opened = generations.create("authority-lima")
    writer = opened.index.writer(15_000_000, 1)
    left = tantivy.Document()
    left.add_text(OWNER, "zarzaparrilla")
    writer.add_document(left)
    writer.commit()
    writer.wait_merging_threads()


def contents(home: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the bytes of every file, raw and decompressed."""
    for path in home.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            yield path, raw
            for start in (at for at in range(len(raw)) if raw.startswith(ZSTD, at)):
                reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(raw[start:]))
                try:
                    yield path, reader.read(1 << 24)
                except zstandard.ZstdError:
                    continue


def words_in_files(home: Path) -> set[tuple[str, str]]:
    """Return the planted words that a file or its name holds."""
    return {
        (word, str(path.relative_to(home)))
        for path, content in contents(home)
        for word in PLANTED
        if word.encode() in content.lower() or word in path.name.lower()
    }


def words_in_indexes(home: Path) -> set[tuple[str, str]]:
    """Return the planted words in the dictionaries of all generations, of which no segment may hold dead records."""
    found = set()
    for meta in home.rglob("meta.json"):
        searcher = tantivy.Index.open(str(meta.parent)).searcher()
        for word in PLANTED:
            for field in ("exact", "plain", "lemma", "passage_plain", "passage_lemma", "owner"):
                if searcher.doc_freq(field, word):
                    found.add((word, f"{meta.parent.name}: {field}"))
        assert not [one for one in json.loads(meta.read_text())["segments"] if one["deletes"]]
    return found


def test_nothing_is_left_of_a_deleted_document(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation = Installation(Settings(home))
    letter = document_of(installation, "trapecista.txt")
    installation.close()
    monkeypatch.setenv("ROGATIO_HOME", str(home))
    completed = CliRunner().invoke(rogatio, ["delete", letter, "--yes"])
    assert completed.exit_code == 0, completed.output
    assert words_in_files(home) | words_in_indexes(home) == set()
    installation = Installation(Settings(home))
    assert len(search(installation, SearchRequest("decomiso")).hits) == len(OTHERS), "the others are still found"
    installation.close()


def test_a_running_server_leaves_no_name_of_a_deleted_upload_in_its_database(home: Path) -> None:
    """The server keeps the database open, so that its log is emptied only where the deletion asks for it."""
    client = site(Settings(home), LOCAL_USER).test_client()
    installation = Installation(Settings(home))
    letter = document_of(installation, "trapecista.txt")
    job_records.add_job(installation.store, "j" * 32, "local", "lima", {}, "", [("trapecista.txt", 9)])
    job_progress.settle(installation.store, "j" * 32, "trapecista.txt", [1], status=Status.INDEXED, document=letter)
    assert client.delete(f"/api/v1/documents/{letter}").status_code == 204
    held = {
        path.name for path, content in contents(home) if path.name.startswith("records.") and b"trapecista" in content
    }
    assert held == set()
    installation.close()


def test_nothing_is_left_of_the_words_that_were_corrected(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation = Installation(Settings(home))
    letter = document_of(installation, "trapecista.txt")
    installation.close()
    monkeypatch.setenv("ROGATIO_HOME", str(home))
    for generation in (home / "index" / "authority-lima").glob("v*"):
        if generation.name != (home / "index" / "authority-lima" / "current").read_text():
            shutil.rmtree(generation)
    correction = ["correct", letter, "page_text", "EXHORTO\n\nCorregido.\n", "--page", "1"]
    completed = CliRunner().invoke(rogatio, correction)
    assert completed.exit_code == 0, completed.output
    assert words_in_indexes(home) == set()


def test_the_planted_words_are_found_before_the_deletion(home: Path) -> None:
    """The search of the other test sees what it looks for."""
    assert {word for word, _ in words_in_files(home)} >= set(PLANTED)


def test_the_password_of_files_is_never_stored_in_clear(tmp_path: Path) -> None:
    home = tmp_path / "home"
    app = site(Settings(home))
    data = {"collection": "lima", "password": "contraseña-de-archivos", "files": (io.BytesIO(b"x"), "x.txt")}
    job = app.test_client().post("/api/v1/jobs", data=data).json["id"]
    store = app.extensions["installation"].store
    held = job_records.job(store, store.access(LOCAL_USER), job)
    assert held.password == "contraseña-de-archivos"
    assert not [path for path in home.rglob("*") if path.is_file() and b"-de-archivos" in path.read_bytes()]


def test_the_log_of_the_database_is_emptied(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with database.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO collections (id, name, authority, state) VALUES ('zarzaparrilla', 'x', 'x', '')"
        )
    with database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM collections")
    forget_deleted(database)
    assert not any(b"zarzaparrilla" in path.read_bytes() for path in tmp_path.iterdir())
