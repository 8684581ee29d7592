"""Gap matrices in the REST API: the functions of the pages, as described, within the access of the caller."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from desk import Desk
from flask.testing import FlaskClient
from matrix_laws import COUNTRIES, matrix_desk
from test_api import follows
from web_site import site

from indexing.access import Principal

ANA = Principal("ana", frozenset({"public"}))
BRUNO = Principal("bruno", frozenset({"public"}))
LIMA = Principal("lima", frozenset({"lima"}))
API = "/api/v1/matrix/UNTOC_6"
CELL = f"{API}/conversion/PE"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = matrix_desk(tmp_path_factory.mktemp("matrix-api"))
    yield made
    made.installation.close()


def client(desk: Desk, principal: Principal) -> FlaskClient:
    return site(desk.installation.settings, principal).test_client()


@pytest.fixture(scope="module")
def ana(desk: Desk) -> FlaskClient:
    return client(desk, ANA)


def cells(answer: Any) -> dict[tuple[str, str], Any]:
    return {(one["element"], one["country"]): one for one in answer["cells"]}


def test_instruments_with_the_places_of_their_elements(ana: FlaskClient) -> None:
    result = ana.get("/api/v1/instruments", headers={"Accept-Language": "fr"}).json["instruments"]
    assert len(result) == 25
    for one in result:
        follows(one, "Instrument")
    (model,) = [one for one in result if one["id"] == "UNTOC_6"]
    assert model["elements"][0] == ana.get("/api/v1/instruments/untoc-6?ui=fr").json["elements"][0]
    assert (model["elements"][0]["pinpoint"], model["elements"][0]["place"]) == (
        "UNTOC 6(1)(a)(i)",
        "art. 6, par. 1 a) i)",
    )
    checked = {one["id"]: (one["official_text"], one["qualified"]) for one in model["elements"]}
    assert checked["acquisition"] == ("United Nations, Treaty Series, vol. 2225, p. 209", True)
    assert checked["autonomous"] == ("", False)


def test_a_matrix_is_elements_by_countries_on_a_day(ana: FlaskClient) -> None:
    result = ana.get(f"{API}?country=ES&country=PE").json
    follows(result, "Matrix")
    assert result["countries"] == ["ES", "PE"]
    assert len(result["cells"]) == 2 * len(result["instrument"]["elements"])
    assert ana.get(API).json["countries"] == list(COUNTRIES)
    assert cells(result)["conversion", "ES"]["proposals"][0]["pinpoint"] == "art. 1"
    earlier = ana.get(f"{API}?country=ES&country=FR&date=2015-01-01").json
    assert (earlier["date"], earlier["to_look_at"]) == ("2015-01-01", ["ES"])
    assert cells(earlier)["conversion", "FR"]["state"] == "no_law"


def test_a_cell_has_the_words_of_its_proposals(ana: FlaskClient) -> None:
    result = ana.get(CELL).json
    follows(result, "MatrixCell")
    first = result["proposals"][0]
    assert first["text"].startswith("El que convierte")
    marked = {first["text"][start - first["start"] : end - first["start"]] for start, end in first["marks"]}
    assert "convierte" in marked
    assert first["title"] == "Ley contra el lavado de activos"
    assert ana.get(f"{API}/negligent/PE").json["proposals"] == []


def test_a_verdict_is_set_read_again_and_kept(desk: Desk, ana: FlaskClient) -> None:
    proposal = ana.get(CELL).json["proposals"][0]
    place = {"document_id": proposal["document_id"], "start": proposal["start"]}
    first = ana.post(f"{CELL}/verdicts", json={"verdict": "unknown"})
    stated = ana.post(f"{CELL}/verdicts", json={"verdict": "implemented", "note": "Entera.", "evidence": [place]})
    assert (first.status_code, stated.status_code) == (201, 201)
    follows(stated.json, "Verdict")
    assert (stated.json["author"], stated.json["evidence"][0]["end"]) == ("ana", proposal["end"])
    readings = f"{CELL}/verdicts/{stated.json['id']}/readings"
    assert ana.post(readings, json={"agrees": True}).json["code"] == "indexing.own_verdict"
    bruno = client(desk, BRUNO)
    again = bruno.post(readings, json={"agrees": False, "note": "Falta el fin."})
    follows(again.json, "Verdict")
    assert (again.status_code, again.json["confirmed"], again.json["readings"][0]["author"]) == (201, False, "bruno")
    assert (
        bruno.post(f"{CELL}/verdicts/{first.json['id']}/readings", json={"agrees": True}).json["code"]
        == "indexing.verdict_replaced"
    )
    result = ana.get(f"{CELL}/verdicts").json["verdicts"]
    assert [one["verdict"] for one in result] == ["implemented", "unknown"]
    whole = ana.get(CELL).json["verdict"]
    follows(whole, "Verdict")
    assert whole["evidence"][0]["text"].startswith("El que convierte")
    assert whole["evidence"][0]["changed"] is False
    changes = ana.get(f"{API}/changes?country=PE&since=2020-01-01").json["changes"]
    for one in changes:
        follows(one, "VerdictChange")
    assert [(one["before"], one["verdict"], one["agrees"], one["author"]) for one in changes] == [
        ("implemented", "implemented", False, "bruno"),
        ("unknown", "implemented", None, "ana"),
        ("", "unknown", None, "ana"),
    ]
    assert ana.get(f"{API}/changes?country=PE&since=2999-01-01").json["changes"] == []
    page = ana.get("/matrix/UNTOC_6?country=PE&since=2020-01-01&ui=en").text
    assert 'class="new-mark"' in page


def test_the_law_is_looked_through_in_the_background(desk: Desk) -> None:
    app = site(desk.installation.settings, ANA)
    app.extensions["jobs"].start()
    try:
        own = app.test_client()
        request = own.post(f"{API}/look?country=ES&date=2015-01-01")
        assert (request.status_code, request.json) == (202, {"countries": ["ES"]})
        deadline = time.monotonic() + 120
        while (result := own.get(request.location).json)["to_look_at"] and time.monotonic() < deadline:
            time.sleep(0.2)
        assert cells(result)["acquisition", "ES"]["proposals"][0]["pinpoint"] == "art. 1"
    finally:
        app.extensions["jobs"].stop()


@pytest.mark.parametrize("address", [API, "/matrix/UNTOC_6"])
def test_countries_may_be_a_list(ana: FlaskClient, address: str) -> None:
    listed, repeated = (
        ana.get(f"{address}?{countries}&ui=en") for countries in ("countries=es,FR", "country=ES&country=FR")
    )
    assert listed.status_code == 200
    assert listed.json == repeated.json if address == API else "Spain" in listed.text and "Peru" not in listed.text


def test_it_is_exported(ana: FlaskClient) -> None:
    answer = ana.get(f"{API}/export?country=ES&date=2015-01-01&format=docx&language=pt")
    cell = docx.Document(io.BytesIO(answer.data)).tables[0].rows[0].cells[1].text
    assert (answer.status_code, cell) == (200, "Espanha")


@pytest.mark.parametrize(
    ("method", "address", "body", "status", "code"),
    [
        ("get", "/api/v1/instruments/UNTOC_99", None, 404, "nlp.no_such_instrument"),
        ("get", "/api/v1/matrix/UNTOC_99", None, 404, "nlp.no_such_instrument"),
        ("get", f"{API}?country=Peru", None, 422, "app.bad_parameter"),
        ("get", f"{API}?countries=ES,QQ", None, 422, "indexing.no_such_filter_value"),
        ("get", f"{API}?country=PÉ", None, 422, "app.bad_parameter"),
        ("get", f"{API}?countries=ES,Peru", None, 422, "app.bad_parameter"),
        ("get", f"{API}?date=soon", None, 422, "indexing.no_such_day"),
        ("get", f"{API}?collection=nowhere", None, 404, "indexing.no_such_collection"),
        ("get", f"{API}/nothing/PE", None, 404, "nlp.no_such_element"),
        ("get", f"{API}/conversion/Peru", None, 422, "app.bad_parameter"),
        ("get", f"{API}/conversion/%01%0A", None, 422, "app.bad_parameter"),
        ("get", f"{CELL}/verdicts?collection=nowhere", None, 404, "indexing.no_such_collection"),
        ("post", f"{API}/look?country=1", None, 422, "app.bad_parameter"),
        ("post", f"{API}/look", {"countries": ["ES"]}, 422, "app.bad_body"),
        ("post", f"{CELL}/verdicts", {}, 422, "app.bad_body"),
        ("post", f"{CELL}/verdicts", {"verdict": 3}, 422, "app.bad_body"),
        ("post", f"{CELL}/verdicts", {"verdict": "fine"}, 422, "indexing.no_such_element_verdict"),
        ("post", f"{CELL}/verdicts", {"verdict": "implemented"}, 422, "indexing.verdict_needs_evidence"),
        ("post", f"{CELL}/verdicts", {"verdict": "reserved"}, 422, "indexing.verdict_needs_note"),
        ("post", f"{CELL}/verdicts", {"verdict": "unknown", "law_date": "x"}, 422, "indexing.no_such_day"),
        ("post", f"{CELL}/verdicts/999/readings", {"agrees": True}, 404, "indexing.no_such_line"),
        ("post", f"{CELL}/verdicts/1/readings", {"agrees": "yes"}, 422, "app.bad_body"),
    ],
)
def test_errors(ana: FlaskClient, method: str, address: str, body: Any, status: int, code: str) -> None:
    answer = ana.open(address, method=method.upper(), json=body)
    follows(answer.json, "Problem")
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_nobody_sees_or_judges_what_is_not_his(desk: Desk, ana: FlaskClient) -> None:
    lima = client(desk, LIMA)
    for address in (API, CELL, f"{CELL}/verdicts", f"{API}/export"):
        assert lima.get(address).json["code"] == "indexing.no_such_collection", address
    assert lima.post(f"{CELL}/verdicts", json={"verdict": "unknown"}).status_code == 404
    own = lima.get(f"{API}?collection=lima&country=PE").json
    assert {cell["state"] for cell in own["cells"]} == {"no_law"}
    result = ana.get(f"{CELL}/verdicts").json["verdicts"]
    number = result[0]["id"] if result else 1
    reading = lima.post(f"{CELL}/verdicts/{number}/readings?collection=lima", json={"agrees": True})
    assert reading.json["code"] == "indexing.no_such_line"
    hidden = next(one["id"] for one in client(desk, LIMA).get("/api/v1/documents").json["documents"])
    evidence = [{"document_id": hidden, "start": 0, "end": 5}]
    answer = ana.post(f"{CELL}/verdicts", json={"verdict": "implemented", "evidence": evidence})
    assert (answer.status_code, answer.json["code"]) == (404, "indexing.no_such_document")
