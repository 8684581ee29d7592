"""Workspaces and exports for people and programs: pages, the REST API, the command line."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from room_records import comparison, laws
from test_api import follows
from web_site import site

from app.cli import rogatio
from app.comparison.table import ComparisonRequest
from app.evidence.bag import PROVENANCE
from app.evidence.verification import verify_bundle
from app.rooms.comments import CellKey, comment, withdraw
from app.rooms.rooms import open_room, remove_member, set_member
from app.rooms.snapshots import freeze
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal

PARIS = Principal("paris", frozenset({"public", "paris"}))
LIMA = Principal("lima", frozenset({"public"}))
STRANGER = Principal("stranger", frozenset({"public", "paris"}))
SECRET = "zarzaparrilla"
QUESTION = ComparisonRequest(query="castigado prisión blanchiment", jurisdictions=("ES", "FR", "PE"), language="es")
CELL = {"source": "structure", "element": "penalty", "jurisdiction": "FR"}


class Table(Desk):
    """A room of two authorities, with a frozen version that quotes the files of one of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        held = laws(self)
        self.room = open_room(self.store, PARIS, "Sala de blanqueo", QUESTION).id
        set_member(self.store, PARIS, self.room, "lima", "member")
        freeze(self.installation, PARIS, self.room, comparison(self, held), "Borrador")

    def client(self, principal: Principal) -> FlaskClient:
        return site(self.installation.settings, principal, WTF_CSRF_ENABLED=False).test_client()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    made = Table(tmp_path_factory.mktemp("rooms"))
    yield made
    made.installation.close()


@pytest.fixture
def paris(desk: Table) -> FlaskClient:
    return desk.client(PARIS)


@pytest.fixture
def lima(desk: Table) -> FlaskClient:
    return desk.client(LIMA)


def pages(desk: Table) -> list[str]:
    room = f"/rooms/{desk.room}"
    return [
        room,
        f"{room}/versions/1",
        f"{room}/versions/1/changes",
        f"{room}/cell?source=structure&element=penalty&country=FR",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_for_a_member(desk: Table, paris: FlaskClient, language: str) -> None:
    assert "Sala de blanqueo" in paris.get(f"/rooms/?ui={language}").text
    for address in pages(desk):
        answer = paris.get(f"{address}{'&' if '?' in address else '?'}ui={language}")
        assert answer.status_code == 200, address
        assert f'<html lang="{language}">' in answer.text
    assert SECRET in paris.get(pages(desk)[1]).text


def test_a_stranger_learns_that_there_is_no_such_room(desk: Table) -> None:
    stranger = desk.client(STRANGER)
    assert desk.room not in stranger.get("/rooms/").text
    api = f"/api/v1/rooms/{desk.room}"
    own = [f"/rooms/{desk.room}/export", f"/rooms/{desk.room}/comments.csv"]
    read = [*pages(desk), *own, api, f"{api}/table", f"{api}/comments", f"{api}/versions/1"]
    for address in (*read, f"{api}/versions/1/changes", f"{api}/export?version=1"):
        answer = stranger.get(address)
        assert answer.status_code == 404, address
        assert "Sala de blanqueo" not in answer.text
        assert SECRET not in answer.text
    given = {"name": "x", "principal": "stranger", "role": "owner"}
    for address in ("versions", "comments", "members", "name", "closing", "members/removal", "comments/1/deletion"):
        assert stranger.post(f"/rooms/{desk.room}/{address}", data=given).status_code == 404, address
    assert stranger.delete(api).status_code == 404
    assert stranger.put(f"{api}/members/stranger", json={"role": "owner"}).status_code == 404


def test_a_member_sees_nothing_that_he_may_not_see(desk: Table, lima: FlaskClient) -> None:
    api = f"/api/v1/rooms/{desk.room}"
    read = [*pages(desk), f"{api}/table", f"{api}/versions/1", f"{api}/versions/1/changes", api]
    for address in read:
        answer = lima.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.text, address
    for name in ("csv", "docx", "xlsx"):
        content = lima.get(f"{api}/export?version=1&format={name}").data
        assert SECRET.encode() not in unpacked(content)
    assert SECRET.encode() in unpacked(desk.client(PARIS).get(f"{api}/export?version=1&format=docx").data)


def unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_cells_are_discussed(desk: Table, paris: FlaskClient, lima: FlaskClient) -> None:
    cell = {"source": "structure", "element": "penalty", "country": "FR"}
    answer = paris.post(
        f"/rooms/{desk.room}/comments", data={**cell, "text": "¿Y <b>la multa</b>?"}, follow_redirects=True
    )
    assert "¿Y &lt;b&gt;la multa&lt;/b&gt;?" in answer.text
    number = int(re.search(r'id="c(\d+)"', answer.text)[1])  # type: ignore[index]
    answer = lima.post(
        f"/rooms/{desk.room}/comments", data={**cell, "text": "375 000", "parent": number}, follow_redirects=True
    )
    assert "375 000" in answer.text
    assert re.search(r"2 comments, <strong>1 open</strong>", paris.get(f"/rooms/{desk.room}?ui=en").text)
    lima.post(f"/rooms/{desk.room}/comments/{number}/resolution", data={**cell, "done": "1"})
    assert "Resolved by lima" in paris.get(f"{pages(desk)[3]}&ui=en").text
    assert lima.post(f"/rooms/{desk.room}/comments/{number}/deletion", data=cell).status_code == 422
    paris.post(f"/rooms/{desk.room}/comments/{number}/deletion", data=cell)
    assert "375 000</p>" not in lima.get(pages(desk)[3]).text
    nowhere = {**cell, "element": "nothing", "text": "375 000"}
    assert paris.post(f"/rooms/{desk.room}/comments", data=nowhere).status_code == 404


def test_a_room_lists_what_was_said_in_it_also_of_cells_that_its_table_lost(desk: Table) -> None:
    of_elsewhere = CellKey("UNTOC_6", "conversion", "JM")
    posted = comment(desk.store, desk.store.access(PARIS), PARIS, desk.room, of_elsewhere, "=1+1; véase <b>Jamaica</b>")
    page = desk.client(PARIS).get(f"/rooms/{desk.room}?ui=es").text
    listed = page[page.index('id="comments-title"') : page.index('id="export-title"')]
    assert f"element=conversion&amp;country=JM#c{posted.id}" in listed
    assert "Convertir o transferir bienes" in listed
    assert "véase &lt;b&gt;Jamaica" in listed
    kept = desk.client(PARIS).get(f"/rooms/{desk.room}/comments.csv?language=pt")
    assert "sala-de-blanqueo" in kept.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(kept.data.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Comentário", "Elemento", "País", "Autor"]
    reported = next(line for line in lines if line[0] == str(posted.id))
    assert (reported[1][:9], reported[2], reported[3], reported[5]) == (
        "Converter",
        "Jamaica",
        "paris",
        "'=1+1; véase <b>Jamaica</b>",
    )
    withdraw(desk.store, desk.store.access(PARIS), PARIS, desk.room, posted.id)


def test_who_only_reads_is_informed_before_anything_of_the_cell(desk: Table) -> None:
    set_member(desk.store, PARIS, desk.room, "reader", "reader")
    reader = desk.client(Principal("reader", frozenset({"public"})))
    for element in ("penalty", "nothing"):
        answer = reader.post(f"/api/v1/rooms/{desk.room}/comments", json={**CELL, "element": element, "text": "x"})
        assert answer.json["code"] == "indexing.not_your_part"
    remove_member(desk.store, PARIS, desk.room, "reader")


def test_a_comment_of_a_hidden_cell_is_hidden(desk: Table, paris: FlaskClient, lima: FlaskClient) -> None:
    table = paris.get(f"/api/v1/rooms/{desk.room}/table").json
    place = [column["jurisdiction"] for column in table["columns"]].index("PE")
    row = next(row for row in table["rows"] if row["cells"][place]["quotations"])
    cell = {"source": row["source"], "element": row["element"], "jurisdiction": "PE"}
    posted = paris.post(f"/api/v1/rooms/{desk.room}/comments", json={**cell, "text": f"de {SECRET}"})
    assert posted.status_code == 201
    assert SECRET not in lima.get(f"/api/v1/rooms/{desk.room}/comments").text
    address = f"/rooms/{desk.room}/cell?source={row['source']}&element={row['element']}&country=PE"
    assert SECRET not in lima.get(address).text
    assert SECRET in paris.get(address).text


def test_a_room_is_opened_from_a_comparison_and_closed(desk: Table) -> None:
    client = desk.client(Principal("new", frozenset({"public"})))
    page = client.get("/compare/?q=castigado+blanchiment&country=FR&ui=en").text
    assert 'action="/rooms/"' in page
    answer = client.post("/rooms/", data={"name": "Mi sala", "q": "castigado blanchiment", "country": "FR"})
    room = answer.location
    assert "art. 324-1" in client.get(room).text
    assert client.post("/rooms/", data={"name": " ", "q": "x"}).status_code == 422
    frozen = client.post(f"{room}/versions", data={"label": "Uno"}, follow_redirects=True)
    assert "Uno" in frozen.text
    client.post(f"{room}/members", data={"principal": "lima", "role": "reader"})
    client.post(f"{room}/name", data={"name": "Otra"})
    assert "Otra" in desk.client(LIMA).get("/rooms/").text
    assert desk.client(LIMA).post(f"{room}/versions").status_code == 422
    client.post(f"{room}/closing")
    assert client.get(room).status_code == 404


@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf", "csv", "zip"])
def test_exports_are_files_with_safe_names(desk: Table, paris: FlaskClient, name: str) -> None:
    for address in (
        f"/rooms/{desk.room}/export?",
        f"/rooms/{desk.room}/export?version=1&",
        "/compare/export?q=blanchiment&country=FR&",
    ):
        answer = paris.get(f"{address}format={name}&language=fr")
        assert answer.status_code == 200
        assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+\.{name}"', answer.headers["Content-Disposition"])
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert len(answer.data) > 100


@pytest.mark.parametrize("export", ["rooms/ROOM/export?version=1&", "compare/export?q=blanchiment&country=FR&"])
@pytest.mark.parametrize("prefix", ["/", "/api/v1/"])
def test_a_bundle_has_the_table_and_the_originals_that_it_quotes(
    desk: Table, paris: FlaskClient, tmp_path: Path, prefix: str, export: str
) -> None:
    answer = paris.get(f"{prefix}{export.replace('ROOM', str(desk.room))}format=zip&language=fr")
    assert answer.status_code == 200, answer.text
    file = tmp_path / "table.zip"
    file.write_bytes(answer.data)
    assert verify_bundle(file).is_intact
    with zipfile.ZipFile(file) as archive:
        found = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert {"data/export/report.docx", "data/export/report.csv"} <= found.keys()
    originals = {name: content for name, content in found.items() if name.startswith("data/originals/")}
    assert any("blanchiment" in content.decode().lower() for content in originals.values())
    derived = json.loads(found[PROVENANCE])["wasDerivedFrom"].values()
    assert {relation["prov:usedEntity"] for relation in derived} == {f"bundle:{name}" for name in originals}


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"name": "Sala", "treaty": "NONE 1"}, 404),
        ({"name": "Sala", "concept": "NONE"}, 404),
        ({"name": "Sala", "q": "dinero", "date": "ayer"}, 422),
        ({"name": "Sala"}, 422),
        ({"name": "\u200b \u202e", "q": "dinero"}, 422),
        ({"name": "Sala\0", "q": "dinero"}, 400),
    ],
)
def test_a_room_is_not_opened_that_nobody_could_enter(paris: FlaskClient, form: dict[str, str], status: int) -> None:
    before = paris.get("/api/v1/rooms").json
    assert paris.post("/rooms/", data=form).status_code == status
    assert paris.get("/api/v1/rooms").json == before


def test_the_language_of_an_export_is_its_own(desk: Table, paris: FlaskClient) -> None:
    reported = {}
    for language in LANGUAGES:
        answer = paris.get(f"/rooms/{desk.room}/export?version=1&language={language}&ui=en")
        reported[language] = docx.Document(io.BytesIO(answer.data)).tables[0].rows[0].cells[0].text
    assert reported == {"es": "Elemento", "pt": "Elemento", "en": "Element", "fr": "Élément"}
    assert paris.get(f"/api/v1/rooms/{desk.room}/export?language=de").json["code"] == "app.bad_parameter"
    assert paris.get(f"/api/v1/rooms/{desk.room}/export?format=exe").json["code"] == "app.bad_parameter"


def test_a_law_is_exported_from_its_page(desk: Table, paris: FlaskClient, lima: FlaskClient) -> None:
    documents = {one["source"]: one["id"] for one in paris.get("/api/v1/documents").json["documents"]}
    page = paris.get(f"/documents/{documents['spanish.md']}?at=60").text
    assert f"/documents/{documents['spanish.md']}/akoma-ntoso" in page
    answer = paris.get(f"/documents/{documents['spanish.md']}/akoma-ntoso?unit=art.+301")
    assert answer.mimetype == "application/akn+xml"
    assert b"El que adquiera bienes" in answer.data
    assert lima.get(f"/api/v1/documents/{documents['secret.md']}/akoma-ntoso").status_code == 404


def test_the_api_follows_its_description(desk: Table) -> None:
    client = desk.client(Principal("program", frozenset({"public"})))
    made = client.post(
        "/api/v1/rooms", json={"name": "API", "question": {"query": "blanchiment", "jurisdictions": ["FR"]}}
    )
    assert made.status_code == 201
    follows(made.json, "Room")
    room = made.location
    assert client.patch(room, json={"name": "API 2"}).json["name"] == "API 2"
    posted = client.post(f"{room}/comments", json={**CELL, "text": "sí"}).json
    follows(posted, "Comment")
    assert client.patch(f"{room}/comments/{posted['id']}", json={"resolved": True}).status_code == 204
    (result,) = client.get(f"{room}/comments").json["comments"]
    assert result["resolved_by"] == "program"
    kept = client.post(f"{room}/versions", json={"label": "Uno"})
    follows(kept.json, "RoomVersion")
    assert client.get(kept.location).json["version"] == kept.json
    changes = client.get(f"{kept.location}/changes").json["changes"]
    assert {one["kind"] for one in changes} <= {"same"}
    assert client.put(f"{room}/members/lima", json={"role": "reader"}).status_code == 204
    assert {one["principal"] for one in client.get(room).json["members"]} == {"program", "lima"}
    assert client.delete(f"{room}/members/lima").status_code == 204
    assert client.delete(f"{room}/comments/{posted['id']}").status_code == 204
    refused = client.post(f"{room}/comments", json={**CELL, "element": "nothing", "text": "no"})
    assert (refused.status_code, refused.json["code"]) == (404, "app.no_such_cell")
    assert client.get(f"{kept.location}/changes?other=x").json["code"] == "app.bad_parameter"
    for question, code in (
        ({}, "indexing.nothing_to_compare"),
        ({"concept": "NONE"}, "nlp.no_such_concept"),
        ({"treaty": "NONE 1"}, "indexing.no_such_treaty_provision"),
        ({"query": "x", "date": "yesterday"}, "indexing.no_such_day"),
    ):
        assert client.post("/api/v1/rooms", json={"name": "x", "question": question}).json["code"] == code
        assert client.patch(room, json={"question": question}).json["code"] == code
    for body in (b"{", b"[]", b'{"name": 1}', b'{"name": "x", "question": 3}'):
        assert client.post("/api/v1/rooms", data=body, content_type="application/json").json["code"] == "app.bad_body"
    assert client.delete(room).status_code == 204
    assert client.get(room).status_code == 404


def test_rooms_on_the_command_line(desk: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    room = open_room(desk.store, LOCAL_USER, "Local", QUESTION).id
    runner = CliRunner()
    digest = runner.invoke(rogatio, ["rooms", room, "--freeze", "Uno"]).output.strip()
    result = json.loads(runner.invoke(rogatio, ["rooms", room, "--json"]).output)
    assert [(one["number"], one["label"], one["digest"]) for one in result["versions"]] == [(1, "Uno", digest)]
    for name in ("docx", "csv"):
        file = tmp_path / f"a.{name}"
        completed = runner.invoke(rogatio, ["export", room, str(file), "--version", "1", "--report-language", "pt"])
        assert completed.exit_code == 0, completed.output
        assert file.stat().st_size > 100
    law = next(one.id for one in desk.store.every_document(desk.store.access(LOCAL_USER)) if one.source == "french.md")
    assert runner.invoke(rogatio, ["export", law, str(tmp_path / "law.xml"), "--unit", "art. 324-1"]).exit_code == 0
    assert "blanchiment" in (tmp_path / "law.xml").read_text(encoding="utf-8")
    assert runner.invoke(rogatio, ["export", room, str(tmp_path / "a.exe")]).exit_code != 0


def test_decisions_are_voted_on_and_closed(desk: Table, paris: FlaskClient, lima: FlaskClient) -> None:
    address = f"/api/v1/rooms/{desk.room}/decisions"
    made = lima.post(address, json={"text": "Una definición común de «bienes»."})
    assert made.status_code == 201
    follows(made.json, "Decision")
    one = f"{address}/{made.json['id']}"
    assert lima.put(f"{one}/vote", json={"choice": "against"}).status_code == 204
    assert lima.put(f"{one}/vote", json={"choice": "for"}).status_code == 204, "a later vote replaces the earlier"
    paris.post(f"/rooms/{desk.room}/decisions/{made.json['id']}/votes", data={"choice": "abstention"})
    assert lima.put(f"{one}/outcome", json={"outcome": "adopted"}).json["code"] == "indexing.not_your_part"
    assert paris.put(f"{one}/outcome", json={"outcome": "adopted"}).status_code == 204
    assert lima.put(f"{one}/vote", json={"choice": "for"}).json["code"] == "indexing.decision_closed"
    (found,) = lima.get(address).json["decisions"]
    follows(found, "Decision")
    assert {vote["principal"]: vote["choice"] for vote in found["votes"]} == {"lima": "for", "paris": "abstention"}
    page = lima.get(f"/rooms/{desk.room}?ui=es").text
    assert "votó a favor" in page
    assert "Aprobada" in page
    report = docx.Document(io.BytesIO(lima.get(f"/rooms/{desk.room}/export?format=docx&language=es").data))
    assert any(one.text.startswith("Decisión (Aprobada") for one in report.paragraphs)
    table = lima.get(f"/rooms/{desk.room}/export?format=csv&language=es").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert any(row["Texto"].startswith("Decisión (Aprobada") for row in rows)
    assert all(None not in row and None not in row.values() for row in rows), "every line has every column"


def test_a_stranger_sees_no_decision(desk: Table) -> None:
    stranger = desk.client(STRANGER)
    assert stranger.get(f"/api/v1/rooms/{desk.room}/decisions").status_code == 404
    assert stranger.post(f"/api/v1/rooms/{desk.room}/decisions", json={"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"), [({"text": "  "}, "indexing.decision_empty"), ({"text": "x" * 2001}, "indexing.decision_empty")]
)
def test_a_decision_has_words(desk: Table, paris: FlaskClient, body: dict[str, str], code: str) -> None:
    assert paris.post(f"/api/v1/rooms/{desk.room}/decisions", json=body).json["code"] == code


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        ("decisions", {"text": " "}, 'name="text" rows="2" maxlength="2000" required aria-invalid="true"'),
        ("decisions", {"text": "b" * 2001}, "b" * 2001 + "</textarea>"),
        ("members", {"principal": "una <persona>", "role": "king"}, 'value="una &lt;persona&gt;"'),
        ("name", {"name": ""}, 'id="new-name" name="name" value="Sala de blanqueo"'),
        (
            "comments",
            {"source": "structure", "element": "penalty", "country": "FR", "text": "c" * 10_001},
            "c" * 10_001,
        ),
    ],
)
def test_a_refused_form_keeps_what_was_entered(
    desk: Table, paris: FlaskClient, form: str, given: dict[str, str], kept: str
) -> None:
    answer = paris.post(f"/rooms/{desk.room}/{form}?ui=en", data=given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert kept in answer.text


def test_a_workspace_without_a_name_keeps_its_comparison(paris: FlaskClient) -> None:
    answer = paris.post("/rooms/?ui=en", data={"name": " ", "q": "castigado prisión", "country": ["ES", "FR"]})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'name="q" value="castigado prisión"' in answer.text
    assert 'action="/rooms/"' in answer.text
