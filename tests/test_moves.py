"""Documents moved between collections and case files, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hostile_files import mail
from postgresql_server import postgresql, why_missing
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import TOKEN, issue
from app.accounts.granting import hold_case_file, restrict_case_file
from app.audit.trail import EntryFilter, entries
from app.cli import rogatio
from app.documents.changes import Changes, change_documents
from app.requests.matching.schema import RequestPartyKeyRow
from app.requests.readings import read_pending
from app.web import create_app
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.ingest import ingest, process_pending
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.reading import Selection

LETTER = """CARTA ROGATORIA

Juzgado de Instrucción n.º 3 de Madrid. A las autoridades competentes de Colombia.

Hechos: {name} PÉREZ GÓMEZ, nacido el 3 de mayo de 1971, cometió un delito de blanqueo de capitales.
Asistencia solicitada: la declaración del testigo.
"""
LIMA = Principal("otto", frozenset({"lima"}), reads_public=True, writable=frozenset({"lima"}))
PARIS = Principal("ana", frozenset({"paris"}), reads_public=True, writable=frozenset({"paris"}))


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if getattr(request, "param", "sqlite") == "sqlite":
        opened = Installation(Settings(tmp_path / "home"))
        yield opened
        opened.close()
        return
    if reason := why_missing():
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
    with postgresql() as url:
        opened = Installation(Settings(tmp_path / "home", database_url=url))
        yield opened
        opened.close()


def filled(desk: Installation) -> None:
    folder = desk.settings.home.parent / "in"
    folder.mkdir()
    (folder / "one.txt").write_text(LETTER.format(name="Zarzaparrilla"))
    (folder / "copy.txt").write_text(LETTER.format(name="Zarzaparrilla"))
    message = mail("Exhorto", "Se adjunta la carta.", ("carta.txt", LETTER.format(name="Belfegor").encode()))
    (folder / "mail.eml").write_bytes(message.as_bytes())
    ingest(desk, [folder], IngestOptions("paris", "7"))
    read_pending(desk.store)


def documents(desk: Installation) -> dict[str, tuple[str, str, str, str]]:
    found = desk.store.every_document(desk.store.access(LOCAL_USER))
    return {one.source: (one.id, one.collection, one.case_file, one.status) for one in found}


def found_by(desk: Installation, principal: Principal, word: str) -> list[str]:
    return [hit.document_id for hit in search(desk, SearchRequest(word, mode="words"), principal).hits]


def settled(desk: Installation) -> None:
    process_pending(desk)
    read_pending(desk.store)


@pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)
def test_a_move_leaves_nothing_behind(desk: Installation) -> None:
    filled(desk)
    before = documents(desk)
    chosen = [before["one.txt"][0], before["mail.eml"][0]]
    moved = change_documents(desk, chosen, Changes({}, "lima", "9"))
    assert set(moved.documents) == {*chosen, before["carta.txt"][0]}
    assert moved.audited == {"moved_from": ["paris"], "moved_to": ["lima"]}
    settled(desk)
    after = documents(desk)
    for name in ("one.txt", "mail.eml", "carta.txt"):
        assert after[name] == (before[name][0], "lima", "9", "indexed")
    assert after["copy.txt"] == (before["copy.txt"][0], "paris", "7", "indexed")  # the copy takes the place
    assert found_by(desk, LIMA, "zarzaparrilla") == [before["one.txt"][0]]
    assert found_by(desk, PARIS, "zarzaparrilla") == [before["copy.txt"][0]]
    assert found_by(desk, LIMA, "belfegor") == [before["carta.txt"][0]]
    assert found_by(desk, PARIS, "belfegor") == []
    with Session(desk.store.database) as session:
        partitions = set(session.scalars(select(RequestPartyKeyRow.partition)))
    assert partitions == {"authority-lima", "authority-paris"}
    report = ingest(desk, [desk.settings.home.parent / "in"], IngestOptions("paris", "7"))
    assert (report.came_in, report.unchanged) == (4, 4)  # the same files are the same documents where they are now
    assert documents(desk) == after


def test_an_upload_does_not_follow_a_document_that_was_moved(desk: Installation, tmp_path: Path) -> None:
    (tmp_path / "a").write_text(LETTER.format(name="Asmodeo"))
    options = IngestOptions("paris")
    ingest(desk, [upload(tmp_path / "a", "a.txt", options)], options)
    (first,) = documents(desk).values()
    change_documents(desk, [first[0]], Changes({}, "lima"))
    settled(desk)
    ingest(desk, [upload(tmp_path / "a", "a.txt", options)], options)
    assert found_by(desk, LIMA, "asmodeo") == [first[0]]
    (second,) = found_by(desk, PARIS, "asmodeo")
    assert second != first[0]
    change_documents(desk, [second], Changes({}, "lima"))  # where the same file is already
    settled(desk)
    assert desk.store.document(desk.store.access(LOCAL_USER), second).duplicate_of == first[0]
    assert found_by(desk, LIMA, "asmodeo") == [first[0]]
    assert found_by(desk, PARIS, "asmodeo") == []


def test_who_may_not_write_both_places_moves_nothing(desk: Installation) -> None:
    filled(desk)
    before = documents(desk)
    letter, attached = before["one.txt"][0], before["carta.txt"][0]
    refused = [
        (PARIS, letter, Changes({}, "lima"), "indexing.no_such_collection"),
        (LIMA, letter, Changes({}, "lima"), "indexing.no_such_document"),
        (PARIS, letter, Changes({}, "public"), "indexing.no_such_collection"),
        (PARIS, attached, Changes({}, None, "8"), "indexing.moved_member"),
        (PARIS, letter, Changes({"language": "es"}), "indexing.not_correctable"),
        (PARIS, letter, Changes({}), "app.no_changes"),
        (PARIS, letter, Changes({}, "../x"), "app.bad_collection"),
    ]
    for principal, document, changes, code in refused:
        with pytest.raises(RogatioError) as caught:
            change_documents(desk, [document], changes, principal)
        assert caught.value.code == code
    restrict_case_file(desk.store, "paris", "secreto", restricted=True)
    with pytest.raises(RogatioError, match=r"indexing\.no_such_collection"):
        change_documents(desk, [letter], Changes({}, None, "secreto"), PARIS)
    hold_case_file(desk.store, "paris", "7", held=True)
    with pytest.raises(RogatioError, match=r"indexing\.legal_hold"):
        change_documents(desk, [letter], Changes({}, None, "8"), PARIS)
    assert documents(desk) == before


def client(desk: Installation, name: str) -> FlaskClient:
    asking = create_app({"SETTINGS": desk.settings, "WTF_CSRF_ENABLED": False}).test_client()
    asking.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(desk.store, name, TOKEN)}"
    with asking.session_transaction() as session:
        session["sign_in"] = issue(desk.store, name, "session")
    return asking


def test_changed_and_moved_on_the_page_and_by_the_api(tmp_path: Path) -> None:
    desk = Installation(Settings(tmp_path / "home"))
    filled(desk)
    add_account(desk.store, "ana", "officer", [Grant("authority", "paris")], author="test")
    asking, before = client(desk, "ana"), documents(desk)
    letter, message = before["one.txt"][0], before["mail.eml"][0]
    listed = asking.get("/documents").text
    assert f'name="document" value="{letter}"' in listed
    shown = asking.get(f"/documents/changes?document={letter}&document={message}").text
    assert "2 documentos" in shown
    posted = asking.post(
        "/documents/changes", data={"document": [letter, message], "case_file": "8", "jurisdiction": "ES"}
    )
    assert posted.status_code == 302
    answer = asking.post(
        "/api/v1/documents/changes", json={"documents": [letter], "case_file": "", "title": "Exhorto 5"}
    )
    assert [(one["case_file"], one["title"]) for one in answer.json["documents"]] == [("", "Exhorto 5")]
    refused = asking.post("/api/v1/documents/changes", json={"documents": [letter], "collection": "lima"})
    assert (refused.status_code, refused.json["code"]) == (404, "indexing.no_such_collection")
    settled(desk)
    access = desk.store.access(LOCAL_USER)
    assert [one.id for one in desk.store.documents(access, Selection(case_file="8", parent=""))][:1]
    assert desk.store.document(access, message).jurisdiction == "ES"
    assert found_by(desk, PARIS, "zarzaparrilla")
    desk.close()


def test_the_audit_trail_names_both_collections_of_a_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Installation(Settings(tmp_path / "home"))
    filled(desk)
    grants = [Grant("authority", "paris"), Grant("authority", "lima")]
    add_account(desk.store, "ana", "officer", grants, author="test")
    asking, before = client(desk, "ana"), documents(desk)
    letter, message = before["one.txt"][0], before["mail.eml"][0]
    asking.post("/api/v1/documents/changes", json={"documents": [letter], "collection": "lima"})
    asking.post("/documents/changes", data={"document": [message], "collection": "lima"})
    asking.post("/api/v1/documents/changes", json={"documents": [message], "case_file": "9"})
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    assert CliRunner().invoke(rogatio, ["move", letter, "--collection", "paris"]).exit_code == 0
    noted = [
        (one.action, one.objects.get("moved_from"), one.objects.get("moved_to"))
        for one in entries(desk.store, EntryFilter(operation="alteration"))
        if "moved_from" in one.objects
    ]
    assert sorted(noted) == [
        ("POST api.change_documents", ["paris"], ["lima"]),
        ("POST changes.changes", ["paris"], ["lima"]),
        ("move", ["lima"], ["paris"]),
    ]
    desk.close()
