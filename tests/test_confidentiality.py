"""Two authorities in one installation: no route reveals the files of one to the other."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from web_site import site
from whole_jobs import run_job

from app import job_steps
from app.alerts.alerts import alerts, save_search
from app.cli import rogatio
from app.comparison.table import Comparison, ComparisonRequest
from app.people.occurrences import document_entities
from app.rooms.comments import CellKey, comment
from app.rooms.rooms import open_room, rooms
from app.rooms.snapshots import freeze
from app.uploads import job_records
from indexing.access import LOCAL_USER, Collection, Principal
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.corrections import delete
from indexing.ingest.ingest import ingest as ingest_files
from indexing.installation import Installation, open_installation
from indexing.search.request import FACETS, SearchRequest
from indexing.settings import Settings
from indexing.store.writing import begin_batch, ensure_collection

PARIS = Principal("paris", frozenset({"public", "paris"}))
LIMA = Principal("lima", frozenset({"public", "lima"}))
SECRETS = ("zarzaparrilla", "belphegor", "2031/xq-77", "expediente-oculto", "15999/2033", "bombarda")
LETTER = """EXHORTO — CARTA ROGATORIA

Asunto: Operación Zarzaparrilla

Juzgado de Instrucción n.º 3 de Bombarda. A las autoridades competentes de Vanuatu.

Hechos: Belphegor PÉREZ cometió un delito de blanqueo de capitales, castigado en el artículo 9 de la Ley 15999/2033,
según consta en el expediente 2031/XQ-77. Se solicita el embargo de sus cuentas.
"""
LAW = "LEY 8/2030, de 3 de mayo\n\nArtículo 1. Objeto.\nEl blanqueo de capitales será castigado.\n"
QUERIES = (
    *SECRETS,
    "Zarzaparilla",  # one letter short: what a suggestion would put right
    "belfegor",
    "Ley 15999/2033",
    "art. 9 Ley 15999/2033",
    "blanqueo",
    "delito",
    "*parrilla",
    "zarza*",
    '"operación zarzaparrilla"',
    '"embargo cuentas"~5',
    "blanqueo NOT ley",
    "NOT ley",
    "país:vu",
    "expediente:expediente-oculto",
    "coleccion:paris",
    "carta",
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("two")
    (folder / "law").mkdir()
    (folder / "files").mkdir()
    (folder / "law" / "ley.txt").write_text(LAW)
    (folder / "files" / "zarzaparrilla.txt").write_text(LETTER)
    (folder / "files" / "belphegor.pdf").write_bytes(b"%PDF-1.7 nothing")
    held = Settings(folder / "home")
    installation = open_installation(held)
    ingest_files(installation, [folder / "law"], IngestOptions())
    ingest_files(installation, [folder / "files"], IngestOptions("paris", "expediente-oculto", title="Belphegor"))
    job_records.add_job(installation.store, "a" * 32, "paris", "paris", {"case_file": "expediente-oculto"}, "", [])
    work_of_paris(installation)
    installation.close()
    return held


def work_of_paris(installation: Installation) -> None:
    """Let Paris save a search and open a room whose names tell its secrets."""
    save_search(installation.store, PARIS, SearchRequest("zarzaparrilla"))
    made = open_room(installation.store, PARIS, "Operación Zarzaparrilla", ComparisonRequest(query="belphegor"))
    cell = CellKey("structure", "penalty", "VU")
    comment(
        installation.store,
        installation.store.access(PARIS),
        PARIS,
        made.id,
        cell,
        "expediente-oculto",
        quoted=["paris"],
    )
    freeze(installation, PARIS, made.id, Comparison(made.question, "2026-01-01", (), ()), "belphegor")


def ids_of_paris(app: Flask, document: str) -> dict[str, str | int]:
    """Return what every kind of argument of an address is, for what Paris alone may see."""
    store = app.extensions["installation"].store
    entities = document_entities(store, store.access(PARIS), document)
    return {
        "document_id": document,
        "job_id": "a" * 32,
        "number": 1,
        "concept_id": "ML",
        "entity_key": entities[0].key if entities else "0" * 32,
        "alert_id": alerts(store, PARIS)[0].id,
        "room_id": rooms(store, PARIS)[0].id,
        "instrument_id": "UNTOC_6",
        "element_id": "conversion",
    }


def addresses(app: Flask, document: str) -> Iterator[str]:
    """Yield every address that can be read, with every query, facet, filter and place that may tell something."""
    values = ids_of_paris(app, document)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            own = {key: values.get(key, "ES") for key in rule.arguments}
            yield app.url_map.bind("localhost").build(rule.endpoint, own)
    facets = "".join(f"&facet={name}" for name in FACETS)
    for query in QUERIES:
        yield f"/?q={query}"
        yield f"/api/v1/search?q={query}{facets}"
        for group in ("document", "jurisdiction", "document_type"):
            yield f"/?q={query}&group={group}"
        for more in ("mode=meaning", "mode=words", "in_force=any", "in_force=2019-05-01"):
            yield f"/api/v1/search?q={query}&{more}{facets}"
    for name, value in (
        ("collection", "paris"),
        ("case_file", "expediente-oculto"),
        ("jurisdiction", "VU"),
        ("document_type", "letter_rogatory"),
    ):
        yield f"/?{name}={value}"
        yield f"/documents?{name}={value}"
        yield f"/api/v1/documents?{name}={value}"
        yield f"/api/v1/search?q=&{name}={value}{facets}"


def revealed(answer: str, address: str) -> set[str]:
    """Return the secrets in an answer that its address did not contain."""
    return {secret for secret in SECRETS if secret in answer.lower() and secret not in address.lower()}


def document_of(settings: Settings) -> str:
    store = open_installation(settings).store
    access = store.access(LOCAL_USER)
    return next(one.id for one in store.every_document(access) if one.source == "zarzaparrilla.txt")


def test_a_stranger_learns_nothing_by_any_address(settings: Settings) -> None:
    document = document_of(settings)
    owner, stranger = site(settings, PARIS), site(settings, LIMA)
    to_owner: set[str] = set()
    for address in addresses(stranger, document):
        answer = stranger.test_client().get(address + ("&" if "?" in address else "?") + "ui=en")
        text = answer.get_data().decode(errors="replace")  # some addresses give files
        assert revealed(text, address) == set(), address
        assert document in address or document not in text, address
        to_owner |= revealed(owner.test_client().get(address).get_data().decode(errors="replace"), address)
    assert to_owner == set(SECRETS), "the same addresses tell the owner all of it"


@pytest.mark.parametrize("query", QUERIES)
def test_what_a_stranger_gets_is_what_there_would_be_without_the_others_files(settings: Settings, query: str) -> None:
    """Counts, facets, scores, suggestions and what is held: the same as for who sees the public law alone."""
    answers = []
    for principal in (LIMA, Principal("reader", frozenset({"public"}))):
        client = site(settings, principal).test_client()
        asked = {"q": query, "facet": list(FACETS)}
        answers.append(client.get("/api/v1/search", query_string=asked).json)
    assert answers[0] == answers[1]
    assert not [held for request in answers[0]["citations"] for held in request["held"]]


@pytest.mark.parametrize("suffix", ["", "/original", "/text", "/annotations", "/structure", "/pages/1.webp"])
def test_what_may_not_be_seen_is_as_what_is_not_there(settings: Settings, suffix: str) -> None:
    client = site(settings, LIMA).test_client()
    document, other = document_of(settings), "f0" * 12
    hidden, missing = (client.get(f"/api/v1/documents/{one}{suffix}") for one in (document, other))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.text.replace(document, other) == missing.text
    assert {**hidden.headers} == {**missing.headers}


def test_the_same_bytes_in_two_authorities_are_reported_to_neither(settings: Settings, tmp_path: Path) -> None:
    installation = open_installation(settings)
    (tmp_path / "copy.txt").write_text(LETTER)
    report = ingest_files(installation, [tmp_path / "copy.txt"], IngestOptions("tokyo"), LOCAL_USER)
    assert (report.indexed, report.duplicates) == (1, 0)
    client = site(settings, Principal("tokyo", frozenset({"tokyo"}))).test_client()
    (held,) = client.get("/api/v1/documents").json["documents"]
    assert held["duplicate_of"] == ""
    assert "paris" not in client.get(f"/documents/{held['id']}").text.lower()
    delete(installation, held["id"])
    installation.close()


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return site(settings, PARIS).test_client()


@pytest.mark.parametrize("suffix", ["", "/original"])
def test_nothing_of_a_document_stays_in_a_cache(client: FlaskClient, settings: Settings, suffix: str) -> None:
    answer = client.get(f"/documents/{document_of(settings)}{suffix}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/", "/help", "/api/v1/status", "/static/rogatio.css", "/nothing", "/jobs/"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "[::2]"])
def test_a_host_that_is_not_ours_is_refused(client: FlaskClient, address: str, host: str) -> None:
    assert client.get(address, headers={"Host": host}).status_code in (400, 404)
    assert not revealed(client.get(address, headers={"Host": host}).text, "")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://[", "file://", "http://localhost:9@evil.example"]
)
@pytest.mark.parametrize("address", ["/upload", "/api/v1/jobs"])
def test_a_page_of_another_site_changes_nothing(client: FlaskClient, address: str, origin: str) -> None:
    data = {"collection": "paris", "files": (io.BytesIO(b"x"), "x.txt")}
    assert client.post(address, data=data, headers={"Origin": origin}).status_code in (400, 403)
    assert not client.get("/api/v1/jobs").json["jobs"][0]["files"], "nothing was taken in"


def test_every_form_asks_for_its_token(settings: Settings) -> None:
    app = site(settings)  # the local user, to whom no form is refused for another reason
    changing = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(changing) >= 3
    for rule in changing:
        if not rule.rule.startswith("/api/"):
            address = rule.rule.replace("<document_id>", document_of(settings)).replace("<int:number>", "1")
            assert app.test_client().post(address, data={"title": "x"}).status_code == 400, rule


NAMES = ["a\r\nSet-Cookie: x=1.txt", 'a"; filename="b.exe.txt', "carta\u202efdp.txt", "ñandú «á» 文.txt", "a\x00b.txt"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_download_has_a_safe_name(tmp_path: Path, name: str) -> None:
    installation = open_installation(Settings(tmp_path / "home"))
    (tmp_path / "x").write_text("Artículo 1. Texto <script>alert(1)</script>.")
    ingest_files(installation, [upload(tmp_path / "x", name, IngestOptions())])
    (document,) = installation.store.documents(installation.store.access(LOCAL_USER))
    client = site(installation.settings).test_client()
    answer = client.get(f"/documents/{document.id}/original")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in answer.headers
    assert "\u202e" not in answer.headers["Content-Disposition"]
    assert "%E2%80%AE" not in answer.headers["Content-Disposition"]
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert "<script>alert" not in client.get(f"/documents/{document.id}").text
    assert "<script>alert" not in client.get("/?q=texto").text


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Installation]:
    installation = open_installation(Settings(tmp_path / "home"))
    yield installation
    installation.close()


def uploaded(installation: Installation, name: str) -> str:
    job = job_records.new_job_id()
    folder = job_records.staging(installation.settings.home, job)
    folder.mkdir(parents=True)
    (folder / "1").write_text(LETTER)
    job_records.add_job(installation.store, job, "local", "public", {"title": "Belphegor"}, "", [(name, 10)])
    ensure_collection(installation.store, Collection("public", "public"), LOCAL_USER)
    return job


def test_a_deleted_document_s_name_is_nowhere_on_the_disk(desk: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    job = uploaded(desk, "zarzaparrilla.txt")
    run_job(desk, LOCAL_USER, job)
    (file,) = job_records.job_files(desk.store, job)
    assert file.document
    monkeypatch.setenv("ROGATIO_HOME", str(desk.settings.home))
    result = CliRunner().invoke(rogatio, ["delete", "--yes", file.document])
    assert result.exit_code == 0, result.output
    assert [one.name for one in job_records.job_files(desk.store, job)] == [""]
    with desk.store.database.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.close()
    kept = [path for path in desk.settings.home.rglob("*") if path.is_file()]
    holding = {
        path.name for path in kept for secret in ("zarzaparrilla", "Belphegor") if secret.encode() in path.read_bytes()
    }
    assert {name for name in holding if "sqlite" in name} == set()


def test_two_consumers_do_not_work_at_one_job(desk: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    job, going_on, ran = uploaded(desk, "a.txt"), threading.Event(), []
    second = threading.Event()

    def ingest(*_: object, **__: object) -> None:
        ran.append(1)
        going_on.set()
        second.wait(20)

    monkeypatch.setattr(job_steps, "ingest", ingest)
    first = threading.Thread(target=run_job, args=(desk, LOCAL_USER, job))
    first.start()
    assert going_on.wait(20)
    run_job(desk, LOCAL_USER, job)
    second.set()
    first.join()
    run_job(desk, LOCAL_USER, job)
    assert ran == [1]
    assert job_records.job(desk.store, desk.store.access(LOCAL_USER), job).finished


def test_writers_of_records_wait_for_each_other(desk: Installation) -> None:
    uploaded(desk, "a.txt")
    failed: list[Exception] = []

    def write(installation: Installation) -> None:
        try:
            for _ in range(40):
                begin_batch(installation.store, "public", "local")
        except Exception as error:
            failed.append(error)

    others = [open_installation(desk.settings) for _ in range(4)]
    threads = [threading.Thread(target=write, args=(one,)) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(desk.store.batches(desk.store.access(LOCAL_USER), 1000)) == 160
    for one in others:
        one.close()


def test_an_error_of_a_job_is_logged_without_a_word_of_it(
    desk: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("zarzaparrilla")

    monkeypatch.setattr(job_steps, "ingest", broken)
    job = uploaded(desk, "zarzaparrilla.txt")
    run_job(desk, LOCAL_USER, job)
    assert job in caplog.text
    assert "ValueError" in caplog.text
    assert revealed(caplog.text.replace('raise ValueError("zarzaparrilla")', ""), "") == set()
