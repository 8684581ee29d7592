"""Classified and misplaced documents are quarantined: counted, not searchable, then released, moved or deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import hostile_files as hostile
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import TOKEN, issue
from app.cli import rogatio
from app.web import create_app
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.reading import Selection

LETTER = """CARTA ROGATORIA

Juzgado de Instrucción n.º 3 de Madrid. A las autoridades competentes de Colombia.

Hechos: el investigado cometió un delito de blanqueo de capitales con {word}.
Asistencia solicitada: la declaración del testigo.
"""
MARKED = "SECRETO\n\n" + LETTER.format(word="zarzaparrilla")
PLAIN = LETTER.format(word="quetzalcoatl")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Letters of Paris, one of them marked, and a letter that was uploaded to published law."""
    folder = tmp_path_factory.mktemp("quarantine")
    for name, text in (("a.txt", MARKED), ("b.txt", PLAIN), ("c.txt", LETTER.format(word="belfegor"))):
        (folder / name).write_text(text)
    opened = Installation(Settings(folder / "home"))
    report = ingest(opened, [folder / "a.txt", folder / "b.txt"], IngestOptions("paris"))
    assert (report.came_in, report.indexed, report.quarantined) == (2, 1, 1)
    public = IngestOptions()
    assert ingest(opened, [upload(folder / "c.txt", "c.txt", public)], public).quarantined == 1
    add_account(opened.store, "ana", "officer", [Grant("authority", "paris")], author="test")
    yield opened
    opened.close()


def client(desk: Installation, name: str = "ana") -> FlaskClient:
    asking = create_app({"SETTINGS": desk.settings, "WTF_CSRF_ENABLED": False}).test_client()
    asking.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(desk.store, name, TOKEN)}"
    return asking


def document(desk: Installation, source: str) -> str:
    (found,) = desk.store.documents(desk.store.access(LOCAL_USER), Selection(source=source))
    return found.id


def test_what_is_in_quarantine_is_not_found_and_nothing_is_derived_of_it(desk: Installation) -> None:
    for word in ("zarzaparrilla", "belfegor"):
        assert not search(desk, SearchRequest(word, mode="words")).hits
    marked = desk.store.document(desk.store.access(LOCAL_USER), document(desk, "a.txt"))
    assert (marked.status, marked.error) == ("quarantined", "indexing.classification_marking")
    assert marked.title == ""
    assert not desk.store.derived.is_read(marked.sha256)


def test_the_status_counts_them(desk: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(desk.settings.home))
    completed = CliRunner().invoke(rogatio, ["--language", "en", "status"])
    assert completed.exit_code == 0
    assert "in quarantine  2" in completed.output


def test_only_who_may_change_the_collection_sees_its_quarantine(desk: Installation) -> None:
    asking = client(desk)
    listed = asking.get("/api/v1/documents?status=quarantined").json["documents"]
    assert [one["source"] for one in listed] == ["a.txt"]
    assert asking.get(f"/api/v1/documents/{document(desk, 'c.txt')}").status_code == 404
    page = asking.get(f"/api/v1/documents/{document(desk, 'a.txt')}").json
    assert page["status"] == "quarantined"


def test_the_text_of_what_is_in_quarantine_is_refused_with_the_reason(desk: Installation) -> None:
    asking, marked = client(desk), document(desk, "a.txt")
    for what in ("text", "annotations"):
        answer = asking.get(f"/api/v1/documents/{marked}/{what}")
        assert (answer.status_code, answer.json["code"]) == (409, "indexing.quarantined")


def test_ingesting_again_reports_the_quarantine_again(desk: Installation) -> None:
    folder = desk.settings.home.parent
    assert ingest(desk, [folder / "a.txt"], IngestOptions("paris")).quarantined == 1


def test_a_letter_named_as_one_by_the_operator_may_be_published(desk: Installation) -> None:
    """The command line names its collection on purpose."""
    (desk.settings.home.parent / "d.txt").write_text(LETTER.format(word="asmodeo"))
    assert ingest(desk, [desk.settings.home.parent / "d.txt"], IngestOptions()).indexed == 1


def test_released_by_the_api_and_by_the_command_line(desk: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    marked, misplaced = document(desk, "a.txt"), document(desk, "c.txt")
    asking = client(desk)
    assert asking.post(f"/api/v1/documents/{misplaced}/release").status_code == 404
    assert asking.post(f"/api/v1/documents/{marked}/release").json["status"] == "waiting"
    assert asking.post(f"/api/v1/documents/{marked}/release").json["code"] == "indexing.not_quarantined"
    monkeypatch.setenv("ROGATIO_HOME", str(desk.settings.home))
    completed = CliRunner().invoke(rogatio, ["move", misplaced, "--collection", "paris", "--case-file", "7"])
    assert completed.exit_code == 0, completed.output
    for word in ("zarzaparrilla", "belfegor"):  # the run that read the one has read the other
        (hit,) = search(desk, SearchRequest(word, mode="words")).hits
        assert hit.collection == "paris"


CONTENTS = st.sampled_from(
    [
        b"Act 5 of 2030\n\nSection 1. Confiscation of vessels.\n",
        b"TOP SECRET\n\nLetter.\n",
        b"",
        b"%PDF-1.4 nothing",
        hostile.BILLION_LAUGHS.encode(),
        hostile.nested(12),
        hostile.zipped(("one.txt", b"SECRETO\n\ncarta"), ("two.txt", b"Ley 7"), ("two.txt", b"Ley 7")),
        hostile.with_link("passwd", "/etc/passwd"),
        hostile.lying_about_size(10, 100_000),
        hostile.bag({"a.txt": b"Ley 8"}, listed={"a.txt": b"Ley 9"}),
        hostile.png(60_000, 60_000),
        bytes(range(256)) * 8,
    ]
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CONTENTS, min_size=3, max_size=9))
def test_every_file_is_counted_once(tmp_path: Path, contents: list[bytes]) -> None:
    opened = Installation(Settings(tmp_path / "home"))
    for number, content in enumerate(contents):
        (tmp_path / f"{number}.bin").write_bytes(content)
    completed: list[str] = []
    report = ingest(
        opened,
        [tmp_path / f"{number}.bin" for number in range(len(contents))],
        IngestOptions("paris"),
        on_event=lambda event: completed.append(event.status),
    )
    opened.close()
    assert report.came_in == report.indexed + report.duplicates + report.failed + report.quarantined
    assert report.came_in == len(completed) >= len(contents)


def test_a_package_is_read_without_its_marked_member(tmp_path: Path) -> None:
    opened, buffer = Installation(Settings(tmp_path / "home")), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("marked.txt", MARKED)
        package.writestr("plain.txt", PLAIN)
    (tmp_path / "in.zip").write_bytes(buffer.getvalue())
    report = ingest(opened, [tmp_path / "in.zip"], IngestOptions("paris"))
    opened.close()
    assert (report.came_in, report.indexed, report.quarantined) == (3, 2, 1)
