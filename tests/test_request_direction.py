"""State of an authority: incoming requests, the party to act, and permission to set it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from click.testing import CliRunner
from desk import Desk
from sqlalchemy import update
from sqlalchemy.orm import Session
from test_api import follows
from test_request_course import REQUEST
from test_request_search import FRENCH
from web_site import site

from app.accounts.authorities import set_authority_state
from app.cli import rogatio
from app.requests.direction import directions
from app.requests.life.events import NewEvent
from app.requests.life.recording import record_event
from app.requests.life.schema import RequestSummaryRow
from app.requests.readings import stored_reading
from app.requests.search.search import search_requests
from app.requests.statistics.counted_requests import counted_requests
from app.requests.waiting import waiting
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.store.schema import CollectionRow, DocumentRow

WAITS_FOR_US = (
    "1 solicitud espera nuestra actuación",
    "1 pedido aguarda a nossa atuação",
    "1 request waits for us",
    "1 demande attend une suite de notre part",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("direction"))
    access = made.store.access(LOCAL_USER)
    for name, text, kind in (("es-pe.txt", REQUEST, "rogatory_letter"), ("fr-cl.txt", FRENCH, "rogatory_letter")):
        document = made.bring(name, text, "lima", document_type=kind, date="2026-01-12")
        access = made.store.access(LOCAL_USER)
        stored_reading(made.store, access, document)
        record_event(made.store, access, LOCAL_USER, document, NewEvent("received", "2026-01-20"))
    yield made
    made.installation.close()


@pytest.mark.parametrize(
    ("requesting", "requested", "own", "direction"),
    [
        ("ES", "PE", "PE", "incoming"),
        ("ES", "PE", "ES", "outgoing"),
        ("ES", "GB-SCT", "GB", "incoming"),
        ("ES", "PE", "CL", "other"),
        ("ES", "", "PE", "other"),
        ("ES", "PE", "", ""),
    ],
)
def test_direction_by_the_state_of_the_authority(
    desk: Desk, requesting: str, requested: str, own: str, direction: str
) -> None:
    stored = desk.store.every_document(desk.store.access(LOCAL_USER))
    document = next(each.id for each in stored if each.source == "es-pe.txt")
    with Session(desk.store.database) as session:  # rolled back
        states = {"requesting": requesting, "requested": requested}
        session.execute(update(RequestSummaryRow).where(RequestSummaryRow.document == document).values(states))
        session.execute(update(CollectionRow).where(CollectionRow.id == "lima").values(state=own))
        assert dict(session.execute(directions()).tuples().all()).get(document, "") == direction


@pytest.mark.parametrize(("own", "direction"), [("PE", "outgoing"), ("ES", "incoming")])
def test_an_answer_goes_the_other_way(desk: Desk, own: str, direction: str) -> None:
    stored = desk.store.every_document(desk.store.access(LOCAL_USER))
    document = next(each.id for each in stored if each.source == "es-pe.txt")
    with Session(desk.store.database) as session:  # rolled back
        session.execute(update(DocumentRow).where(DocumentRow.id == document).values(document_type="response"))
        session.execute(update(CollectionRow).where(CollectionRow.id == "lima").values(state=own))
        assert dict(session.execute(directions()).tuples().all())[document] == direction


def test_direction_in_register_waiting_and_statistics(desk: Desk) -> None:
    access, store = desk.store.access(LOCAL_USER), desk.store
    set_authority_state(store, "lima", "")
    assert "direction" not in search_requests(desk.installation, access).facets
    assert waiting(store, access, date.today()).own == 0
    set_authority_state(store, "lima", "pe")
    (line,) = search_requests(desk.installation, access, "sentido:entrante").lines
    assert (line.document.source, line.direction) == ("es-pe.txt", "incoming")
    assert search_requests(desk.installation, access, "-direction:incoming").total == 1
    counts = waiting(store, access, date.today())
    assert (counts.own, counts.foreign, counts.requested) == (1, 0, 2)
    assert sorted(one.values("direction") for one in counted_requests(store, access, ("direction",))) == [
        ("incoming",),
        ("other",),
    ]


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("waits:own", ["es-pe.txt"]),
        ("espera:nosotros", ["es-pe.txt"]),
        ("waits:foreign", []),
        ('attend:"la otra parte"', []),
        ("aguarda:requerido", ["es-pe.txt", "fr-cl.txt"]),
        ("waits:requesting", []),
        ("-waits:us", ["fr-cl.txt"]),
    ],
)
def test_requests_are_found_by_the_side_that_has_to_act(desk: Desk, query: str, sources: list[str]) -> None:
    set_authority_state(desk.store, "lima", "PE")
    found = search_requests(desk.installation, desk.store.access(LOCAL_USER), query)
    assert sorted(line.document.source for line in found.lines) == sources


def test_page_api_and_command_tell_alike_who_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_authority_state(desk.store, "lima", "PE")
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    told = client.get("/api/v1/request-waiting").json
    follows(told, "RequestWaiting")
    assert told["waits"] == {"requesting": 0, "requested": 2, "own": 1, "foreign": 0}
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    run = CliRunner()
    assert json.loads(run.invoke(rogatio, ["--language", "en", "request-waiting", "--json"]).stdout) == told
    for language, words in zip(LANGUAGES, WAITS_FOR_US, strict=True):
        assert words in run.invoke(rogatio, ["--language", language, "request-waiting"]).stdout
        page = client.get(f"/requests/?ui={language}").text
        assert f'<a href="/requests/?q=waits:own">{words}</a>' in page
    stranger = site(desk.installation.settings, Principal("x", frozenset({"other"}))).test_client()
    assert stranger.get("/api/v1/request-waiting").json["waits"]["requested"] == 0


@pytest.mark.parametrize(
    ("collection", "state", "code"),
    [
        ("lima", "QQ", "app.no_such_state_code"),
        ("nowhere", "PE", "indexing.no_such_collection"),
    ],
)
def test_wrong_states_are_refused(desk: Desk, collection: str, state: str, code: str) -> None:
    with pytest.raises(RogatioError) as refused:
        set_authority_state(desk.store, collection, state)
    assert refused.value.code == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_administrators_sets_the_state(desk: Desk, language: str) -> None:
    client = site(desk.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()
    answer = client.post("/accounts/authorities/lima/state", data={"state": "PE"}, follow_redirects=True)
    assert answer.status_code == 200
    assert '<option value="PE" selected>' in client.get(f"/accounts?ui={language}").text
    assert client.post("/accounts/authorities/lima/state", data={"state": "??"}).status_code == 422


def test_state_on_the_command_line(desk: Desk) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home), "LANG": "en_GB"}
    shown = CliRunner().invoke(rogatio, ["collections", "--state", "lima", "PE", "--json"], env=environment)
    assert [one["state"] for one in json.loads(shown.stdout) if one["id"] == "lima"] == ["PE"]
    shown = CliRunner().invoke(rogatio, ["collections", "--state", "lima", "-", "--json"], env=environment)
    assert [one["state"] for one in json.loads(shown.stdout) if one["id"] == "lima"] == [""]
