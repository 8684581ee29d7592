"""Search over request files: query language, results, facets, and the access of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk
from web_site import site

from app.cli import rogatio
from app.requests.decisions import CORRECTED, REJECTED
from app.requests.life.events import NewEvent, events_of
from app.requests.life.recording import record_event, retract_event
from app.requests.readings import read_pending
from app.requests.review import decide, review
from app.requests.search.boolean_query import MAX_QUERY_LENGTH, Either, Part, Without, parse_query
from app.requests.search.query import Condition
from app.requests.search.search import search_requests
from app.requests.search.terms import example, facet_links
from app.requests.search.values import file_values
from app.wording import VARIETIES
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.store.schema import DocumentRow

MADRID = Principal("madrid", frozenset({"madrid"}))
SPANISH = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Referencia: Diligencias Previas 88/2031

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA INTERNACIONAL

Con base en el artículo 18 de la Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional.

HECHOS. Doña Amparo Quiroga Núñez, nacida el 3 de mayo de 1979, está investigada por un delito de blanqueo de capitales.

ASISTENCIA SOLICITADA. Se solicita la remisión de la información bancaria de la cuenta ES9121000418450200051332 entre el
1 de enero de 2029 y el 31 de diciembre de 2030. Se ruega la respuesta antes del 15 de octubre de 2032.
"""
FRENCH = """Tribunal judiciaire de Lyon (France)
Notre référence : 4471/31

Aux autorités judiciaires compétentes de la République du Chili

COMMISSION ROGATOIRE INTERNATIONALE

FAITS. Monsieur Étienne Vasseur est mis en examen pour trafic de stupéfiants.

MESURES DEMANDÉES. Il est demandé de procéder à l'audition du témoin Monsieur Hugo Brossard. URGENT.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("search"))
    made.bring("es.txt", SPANISH, "madrid", document_type="rogatory_letter", title="Carta 88/2031", date="2031-06-01")
    made.bring("fr.txt", FRENCH, "madrid", document_type="rogatory_letter", title="Lettre", date="2031-07-01")
    made.bring("lima.txt", SPANISH.replace("88/2031", "99/2031"), "lima", document_type="rogatory_letter")
    read_pending(made.store)
    yield made
    made.installation.close()


PERU, RESPONSE = Condition("requested", ("PE",)), Condition("type", ("response",))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("measure:bank_information", [Condition("measure", ("bank_information",))]),
        ('medida:"información bancaria"', [Condition("measure", ("bank_information",))]),
        ("REQUERIDO:Perú,uy", [Condition("requested", ("PE", "UY"))]),
        ("-requested:GB-SCT", [Condition("requested", ("GB-SCT",), negated=True)]),
        ("offence:ML", [Condition("broader_offence", ("ML",))]),
        ("infraction:blanchiment", [Condition("broader_offence", ("ML",))]),
        ('person:"Núñez Amparo"', [Condition("person", ("nunez", "amparo"), every=True)]),
        ("person:quir*", [Condition("person", ("quir*",), every=True)]),
        ("persona:Núñez,Paz", [Condition("person", ("nunez", "paz"))]),
        ("identifier:ES91-2100", [Condition("identifier", ("ES912100",))]),
        ("deadline:2031", [Condition("deadline", first="2031", end="2031~")]),
        ("deadline:2031-01..2031-03", [Condition("deadline", first="2031-01", end="2031-03~")]),
        ("date:<=3/4/2031", [Condition("date", first="", end="2031-04-03~")]),
        ("date:>2031-04", [Condition("date", first="2031-04~")]),
        ("instrument:Palermo", [Condition("instrument", ("UNTOC",))]),
        ("instrumento:Mérida,Budapeste", [Condition("instrument", ("UNCAC", "BUD"))]),
        ("traité:Palerme", [Condition("instrument", ("UNTOC",))]),
        ("authority:Palermo", [Condition("authority", ("palermo",), every=True)]),
        ("Palermo", [Condition("word", ("palermo",), every=True)]),
        ("is:urgente", [Condition("is", ("urgent",))]),
        ("Quiroga -Núñez", [Condition("word", ("quiroga",), every=True),
                            Condition("word", ("nunez",), every=True, negated=True)]),
        ("", []),
        (" : -: , ", []),
        ("NOT requested:PE", [Condition("requested", ("PE",), negated=True)]),
        ("NO -requerido:PE", [Condition("requested", ("PE",))]),
        ("(requested:PE) AND type:response", [PERU, RESPONSE]),
        ("requested:PE OU type:response", [Either(((PERU,), (RESPONSE,)))]),
        ("-(requested:PE O type:response)", [Without((Either(((PERU,), (RESPONSE,))),))]),
        ("requested:PE (type:response OR Lima)",
         [PERU, Either(((RESPONSE,), (Condition("word", ("lima",), every=True),)))]),
        ("AND requested:PE OR )", [PERU]),
        ("O Lima", [Condition("word", ("o",), every=True), Condition("word", ("lima",), every=True)]),
    ],
)  # fmt: skip
def test_query_language(query: str, expected: list[Part]) -> None:
    assert list(parse_query(query)) == expected


@pytest.mark.parametrize(
    ("query", "code", "near"),
    [
        ("requestd:UY", "app.unknown_request_field", "requested"),
        ("urgent:yes", "app.unknown_request_field", "is:urgent"),
        ("measure:bank_infomation", "app.unknown_request_value", "bank_information"),
        ("requested:Urugay", "app.unknown_request_value", "uruguay"),
        ("requested:Inglaterra", "app.no_such_request_value", ""),
        ("measure:inexistente", "app.no_such_request_value", ""),
        ("zzz:bar", "app.no_such_request_field", ""),
        ("measure:", "app.request_field_empty", ""),
        ("medida: bank_information", "app.request_field_empty", ""),
        ("Lima -requerido:", "app.request_field_empty", ""),
        ('mesure:""', "app.request_field_empty", ""),
        ("instrument:Turín", "app.no_such_request_value", ""),
        ("deadline:soon", "app.unknown_request_value", "2026"),
        ("x" * (MAX_QUERY_LENGTH + 1), "app.request_query_too_long", ""),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_nearest(query: str, code: str, near: str) -> None:
    with pytest.raises(RogatioError) as refused:
        parse_query(query)
    assert refused.value.code == code
    assert near in str(refused.value.facts.get("near", ""))
    assert ("near" in refused.value.facts) is code.startswith("app.unknown")
    assert all(refused.value.sentence(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["es.txt", "fr.txt"]),
        ("measure:bank_information requested:PE", ["es.txt"]),
        ("measure:bank_information requested:CL", []),
        ("-measure:bank_information", ["fr.txt"]),
        ("NOT measure:bank_information", ["fr.txt"]),
        ("measure:bank_information OR NOT measure:bank_information", ["es.txt", "fr.txt"]),
        ("NOT (measure:bank_information OR person:vasseur)", []),
        ("(offence:ML) instrument:UNTOC", ["es.txt"]),
        ("offence:ML", ["es.txt"]),
        ("instrument:UNTOC", ["es.txt"]),
        ("person:nunez", ["es.txt"]),
        ('person:"Vasseur Étienne"', ["fr.txt"]),
        ("identifier:ES91 identifier:ES91*", []),
        ("identifier:ES91*", ["es.txt"]),
        ("reference:88/2031", ["es.txt"]),
        ("deadline:2032-10", ["es.txt"]),
        ("deadline:<2032-10", []),
        ("date:2031-07..", ["fr.txt"]),
        ("authority:Lyon", ["fr.txt"]),
        ("is:urgent", ["fr.txt"]),
        ("quiroga", ["es.txt"]),
        ('"remisión de la información"', ["es.txt"]),
        ('"información remisión"', []),
        ("informaciones bancarias requested:PE", ["es.txt"]),
        ("remisión requested:CL", []),
        ("-remisión", ["fr.txt"]),
        ("requesting:ES,FR", ["es.txt", "fr.txt"]),
    ],
)
def test_what_a_query_finds(desk: Desk, query: str, found: list[str]) -> None:
    lines = search_requests(desk.installation, desk.store.access(MADRID), query).lines
    assert sorted(line.document.source for line in lines) == found


def test_facets_count_what_was_found_among_what_may_be_seen(desk: Desk) -> None:
    facets = search_requests(desk.installation, desk.store.access(MADRID)).facets
    assert {one.value: one.count for one in facets["requesting"]} == {"ES": 1, "FR": 1}
    assert "offence" not in search_requests(desk.installation, desk.store.access(MADRID), "requested:UY").facets
    assert search_requests(desk.installation, desk.store.access(LOCAL_USER)).total == 3


def test_pages_and_the_nearest_deadline_first(desk: Desk) -> None:
    access, today = desk.store.access(MADRID), date(2032, 1, 1)
    first = search_requests(desk.installation, access, limit=1, today=today)
    second = search_requests(desk.installation, access, start=1, limit=1, today=today)
    assert (first.total, [line.document.source for line in (*first.lines, *second.lines)]) == (2, ["es.txt", "fr.txt"])


def test_pages_api_and_command_find_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "medida:bank_information"
    client = site(desk.installation.settings, MADRID).test_client()
    (line,) = client.get("/api/v1/requests", query_string={"q": query}).json["requests"]
    assert (line["requested_state"], line["deadline"]) == ("PE", "2032-10-15")
    for language in LANGUAGES:
        page = client.get("/requests/", query_string={"q": query, "ui": language}).text
        assert "88/2031" in page
        assert "99/2031" not in page
        assert "4471/31" not in page
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    run = CliRunner().invoke(rogatio, ["requests", query, "--json"])
    assert {one["own_reference"] for one in json.loads(run.stdout)["requests"]} >= {line["own_reference"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_field_is_explained_above_the_list(desk: Desk, language: str) -> None:
    client = site(desk.installation.settings, MADRID).test_client()
    answer = client.get("/requests/", query_string={"q": "requestd:UY", "ui": language})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "requestd" in answer.text
    assert client.get("/api/v1/requests?q=requestd:UY").json["code"] == "app.unknown_request_field"


def test_the_newest_state_that_was_not_retracted_counts(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document = made.bring("es.txt", SPANISH, "madrid", document_type="rogatory_letter")
    made.bring("fr.txt", FRENCH, "madrid", document_type="rogatory_letter")
    access = made.store.access(LOCAL_USER)
    for code in ("received", "executed"):
        record_event(made.store, access, LOCAL_USER, document, NewEvent(code))

    def found(query: str) -> list[str]:
        return [line.document.source for line in search_requests(made.installation, access, query).lines]

    assert (found("status:executed"), found("estado:abierta"), found("status:unrecorded")) == (
        ["es.txt"], ["fr.txt"], ["fr.txt"],
    )  # fmt: skip
    for national in ("estado:diligenciada", "estado:cumplimentada", "estado:ejecutada", "situação:cumprido"):
        assert found(national) == ["es.txt"]
    retract_event(made.store, access, LOCAL_USER, document, events_of(made.store, access, document)[-1].id)
    assert (found("status:received,ended"), len(found("status:open")), found("-status:received")) == (
        ["es.txt"], 2, ["fr.txt"],
    )  # fmt: skip
    assert [(one.value, one.count) for one in search_requests(made.installation, access).facets["status"]] == [
        ("received", 1)
    ]
    made.installation.close()


def test_decisions_change_what_is_found(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document = made.bring("es.txt", SPANISH, "madrid", document_type="rogatory_letter")
    read_pending(made.store)
    access = made.store.access(LOCAL_USER)
    fields = review(made.store, access, document).fields
    state, offence = fields["requested_state"][0].id, fields["offences"][0].id
    decide(made.store, access, LOCAL_USER, document, state, CORRECTED, "Chile")
    decide(made.store, access, LOCAL_USER, document, offence, REJECTED)
    found = {query: search_requests(made.installation, access, query).total for query in
             ("requested:CL", "requested:PE", "offence:ML")}  # fmt: skip
    assert found == {"requested:CL": 1, "requested:PE": 0, "offence:ML": 0}
    made.installation.close()


@pytest.mark.parametrize("language", [*LANGUAGES, *VARIETIES])
def test_example_and_facets_are_in_the_words_of_the_reader(desk: Desk, language: str) -> None:
    shown = example(language)
    assert "_" not in shown
    parts = parse_query(shown)
    measure, requested, status, phrase = (part for part in parts if isinstance(part, Condition))
    assert (measure.values, requested.values, status.values) == (("bank_information",), ("UY",), ("open",))
    assert phrase.text.startswith('"')
    found = search_requests(desk.installation, desk.store.access(MADRID), "measure:bank_information")
    links = facet_links(found, "measure:bank_information", language)
    assert [(link.value, link.chosen, link.query) for link in links["measure"]] == [("bank_information", True, "")]
    assert all(
        parse_query(link.term) == parse_query(f"{field}:{link.value}") for field in links for link in links[field]
    )


def test_a_facet_narrows_a_query_with_operators_as_a_whole(desk: Desk) -> None:
    query = "measure:bank_information OR person:vasseur"
    found = search_requests(desk.installation, desk.store.access(MADRID), query)
    links = {link.value: link for link in facet_links(found, query, "en")["measure"]}
    narrowed = links["bank_information"]
    assert not narrowed.chosen
    assert narrowed.query == f"({query}) {narrowed.term}"
    assert search_requests(desk.installation, desk.store.access(MADRID), narrowed.query).total == narrowed.count


def test_a_request_is_found_by_the_case_file_that_the_register_shows() -> None:
    document = DocumentRow(
        title="European Investigation Order", source="eio.pdf", case_file="DEI-448", date="2026-11-05"
    )
    assert {("reference", "DEI448"), ("word", "dei"), ("word", "448")} <= file_values(document, {}, {})
