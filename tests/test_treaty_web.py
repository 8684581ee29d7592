"""Treaty paths as a page and in the REST API: in four languages, with the verified and unverified statements."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from web_site import site

from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.settings import Settings

ASKED = "from=ES&to=CO&date=2020-05-01&measure=bank_information&offence=ML"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return site(Settings(home=tmp_path_factory.mktemp("home"))).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_instruments_articles_and_what_was_verified(client: FlaskClient, language: str) -> None:
    shown = client.get(f"/requests/treaty-path?{ASKED}&ui={language}")
    assert shown.status_code == 200
    words = load("app.treaty_path")
    for stated in (
        words["certainty"]["conditional"][language],
        words["verification"]["verified"][language],
        words["verification"]["unverified"][language],
        load("app.instrument_names")["treaties"]["UNTOC"][language],
        "Fiscalía General de la Nación",
        "United Nations Treaty Collection",
    ):
        assert stated in shown.text


def test_a_reader_in_portugal_sees_the_words_of_portugal(client: FlaskClient) -> None:
    shown = client.get(f"/requests/treaty-path?{ASKED}&ui=pt-PT").text
    brazilian = client.get(f"/requests/treaty-path?{ASKED}&ui=pt").text
    assert "Participação verificada na fonte" in shown
    assert "Participação conferida com a fonte" in brazilian
    assert "Participação conferida com a fonte" not in shown
    answer = client.get("/api/v1/treaty-paths?from=PT&to=BR&date=2024-01-01&measure=bank_information&ui=pt-PT")
    texts = {note["text"] for path in answer.json["instruments"] for note in path["conditions"]}
    assert any("com pena privativa da liberdade" in text for text in texts)


def test_what_is_not_confirmed_is_separate(client: FlaskClient) -> None:
    # no source for the day in 2018 on which Paraguay was bound
    asked = ASKED.replace("to=CO", "to=PY").replace("2020-05-01", "2019-02-01")
    shown = client.get(f"/requests/treaty-path?{asked}&ui=en").text
    certain, apart = shown.split("<caption>")[1:]
    assert "Palermo Convention" in certain
    assert "Budapest Convention" not in certain
    assert "Budapest Convention" in apart


def test_an_authority_is_shown_with_the_sources_that_name_it(client: FlaskClient) -> None:
    shown = client.get("/requests/treaty-path?from=CO&to=NL&date=2024-01-01&measure=hearing_witness&ui=en").text
    assert "(AIRS) (Ministerie van Justitie en Veiligheid of the Netherlands" in shown


def test_the_form_alone(client: FlaskClient) -> None:
    shown = client.get("/requests/treaty-path?ui=en")
    assert shown.status_code == 200
    assert "<table" not in shown.text
    assert '<option value="HT">Haiti</option>' in shown.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("from=ES&to=ES&measure=freezing", "Both states are the same"),
        ("from=ES&to=Narnia&measure=freezing", "“Narnia” is not a known state"),
        ("from=ES&to=CO&measure=all", "“all” is not a known measure"),
        ("from=ES&to=CO&measure=freezing&date=31/05/2020", "“31/05/2020” is not a date"),
        ("from=ES&to=%3Cscript%3E&measure=freezing", "“&lt;script&gt;” is not a known state"),
    ],
)
def test_what_cannot_be_read_is_reported_above_the_form(client: FlaskClient, arguments: str, said: str) -> None:
    shown = client.get(f"/requests/treaty-path?{arguments}&ui=en")
    assert shown.status_code == 422
    assert said in shown.text
    assert "<form" in shown.text


def test_an_offence_that_is_not_recognised_is_said_to_be_so(client: FlaskClient) -> None:
    asked, said = "from=PT&to=ES&measure=search_seizure&ui=en&offence=", "“xyzzy” is not recognised as an offence"
    assert said in client.get(f"/requests/treaty-path?{asked}xyzzy").text
    assert said not in client.get(f"/requests/treaty-path?{asked}homicide").text
    answer = client.get(f"/api/v1/treaty-paths?{asked}xyzzy").json
    assert answer["offence"] is None
    assert said in answer["notices"][0]
    assert client.get(f"/api/v1/treaty-paths?{asked}ML").json["offence"] == "ML"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_central_authority_receives_what_goes_directly(client: FlaskClient, language: str) -> None:
    asked = "from=PT&to=ES&date=2026-01-01&measure=search_seizure"
    shown = client.get(f"/requests/treaty-path?{asked}&ui={language}").text
    order = load("app.treaty_path")["names"]["EIO"][language]
    before = shown.partition("Ministerio de la Presidencia")[0].rpartition("<p>")[0]
    assert order in before
    rows = client.get(f"/api/v1/treaty-paths?{asked}").json["instruments"]
    named = {row["instrument"]: row["central_authorities"]["requested"] for row in rows}
    assert named["EIO"] == []
    assert named["UNTOC"]


def test_where_nothing_serves_reciprocity_remains(client: FlaskClient) -> None:
    shown = client.get("/requests/treaty-path?from=HT&to=BO&date=1960-01-01&measure=freezing&ui=en")
    assert "reciprocity or comity" in shown.text


def test_the_api_answers_in_the_language_requested(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/treaty-paths?{ASKED}&ui=fr")
    assert answer.status_code == 200
    first = answer.get_json()["instruments"][0]
    assert first["instrument"] == "BILATERAL:CO-ES:assistance:1997"
    assert first["name"] == "Traité bilatéral d’entraide pénale, signé le 29 mai 1997"
    assert first["verification"] == "unverified"


def test_the_api_refuses_what_it_does_not_know(client: FlaskClient) -> None:
    answer = client.get("/api/v1/treaty-paths?from=ES&to=CO&measure=all")
    assert answer.status_code == 422
    assert answer.get_json()["code"] == "app.bad_measure"
    for language, measure in (("es", "embargo"), ("pt-PT", "apreensão"), ("en", "freezing"), ("fr", "saisie")):
        named = client.get(f"/api/v1/treaty-paths?from=ES&to=CO&measure=all&ui={language}").get_json()["title"]
        assert measure in named.casefold()
        assert "search_seizure" not in named
    assert client.get("/api/v1/treaty-paths").status_code == 422


def test_what_no_participation_is_recorded_of_is_folded(client: FlaskClient) -> None:
    shown = client.get("/requests/treaty-path?from=ES&to=CO&date=2026-01-01&measure=hearing_witness&ui=en").text
    folded = shown.partition("<summary>Participation not recorded: 3 instruments</summary>")[2]
    assert "Nassau Convention" in folded
    assert "Palermo Convention" not in folded
    answer = client.get("/api/v1/treaty-paths?from=ES&to=CO&date=2026-01-01&measure=hearing_witness").json
    states = {row["instrument"]: (row["recorded"], row["certainty"]) for row in answer["instruments"]}
    assert states["NASSAU"] == (False, "unverified")
    assert states["UNTOC"] == (True, "conditional")
