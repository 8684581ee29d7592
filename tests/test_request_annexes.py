"""Annexes of requests that come as files of their own: a type of their own, no request, linked with what they name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk, request_readings
from flask.testing import FlaskClient
from lxml import html
from test_api import follows
from web_site import site

from app.document_kinds import OTHER, kind_of
from app.requests.life.stored_links import all_links
from app.requests.schema import READ_TYPES, REQUEST_TYPES
from extraction.errors import LANGUAGES
from indexing.access import Principal
from nlp.pipeline import annotate
from nlp.requests.checks.numbers import annex_number
from nlp.requests.letter_types.annexes import ANNEX
from nlp.requests.reading import letter_type, read_request

ARO = Principal("aro", frozenset({"public", "aro"}))
QUESTIONS_ES = """ANEXO II
CARTA ROGATORIA No. 214 DE 2026
CUESTIONARIO PARA EL TESTIGO ÍÑIGO LARRAURI
1. Diga el testigo si conoce a Jorge Montoya y desde cuándo.
2. Diga quién abrió la cuenta ES91 2100 0418 4502 0005 1332.
3. Diga si informó de las transferencias recibidas el 17 de mayo de 2023.
"""
LAW_ES = """ANEXO I
CARTA ROGATORIA No. 214 DE 2026
DISPOSICIONES PENALES APLICABLES
LEY 599 DE 2000 (Código Penal)
Artículo 323. Lavado de activos. El que adquiera, resguarde, invierta, transporte o custodie bienes que tengan su origen
en actividades de tráfico de drogas incurrirá en prisión de diez (10) a treinta (30) años.
"""
LAW_FR = """Annexe 1 à la commission rogatoire internationale n° 12/2026
Textes applicables
Code pénal, article 324-1 : Le blanchiment est le fait de faciliter, par tout moyen, la justification mensongère de
l'origine des biens. Il est puni de cinq ans d'emprisonnement et de 375 000 euros d'amende.
"""
ANNEXES = [
    QUESTIONS_ES,
    LAW_ES,
    LAW_FR,
    "QUESTIONÁRIO PARA A TESTEMUNHA MARIA CLARA FONTES\nCarta rogatória n.º 88/2026\n1. Conhece o arguido?\n",
    "Questionário\n(Anexo ao pedido de auxílio judiciário mútuo 5/2026)\n1. Há quanto tempo conhece a vítima?\n",
    "ANEXO III - Quesitos para a testemunha Joana Prado\n1. A senhora assinou o contrato?\n2. Quem o redigiu?\n",
    "Annex II to letter of request DPP/MLA/2026/077\nQuestions for the witness Marva Reid\n1. Do you know him?\n",
    "ANNEX B\nLETTER OF REQUEST 45MX/2026/LOR\nSchedule of bank accounts\n1. 404-112-889, National Commercial Bank\n",
    "Appendix 1: text of the relevant provisions (request for mutual legal assistance CA/MLA/2026/19)\n"
    "Larceny Act, section 22. Whosoever steals is liable to imprisonment for ten years.\n",
    "Annexe n° 2\nDemande d'entraide EPI/2026/1187\nListe des comptes\nIBAN FR76 3000 6000 0112 3456 7890 189\n",
    "PLIEGO DE PREGUNTAS PARA LA TESTIGO Ana Ruiz\nExhorto 77/2026\n1. Para que diga si conoce a la víctima.\n",
]
OTHERS = [
    # the letter itself, though it is annexed to another one
    "ANEXO I\nCARTA ROGATORIA No. 214 DE 2026\nA la autoridad judicial competente del Reino de España\n"
    "Se solicita la declaración del testigo Íñigo Larrauri por los hechos del proceso penal.\n",
    # a form that is the annex of the act that prescribes it
    "ANEXO A\nORDEN EUROPEA DE INVESTIGACIÓN (OEI)\nSección A\nEstado de emisión: España\nSección B\nUrgencia\n"
    "Sección C\nMedidas: toma de declaración de un testigo\n",
    # the schedule of a law on requests
    "SCHEDULE 1\nRequests for mutual legal assistance\n1. A request for mutual legal assistance shall be in writing.\n"
    "2. The Central Authority may refuse a request that relates to a political offence.\n",
    # a questionnaire that no court has to do with
    "CUESTIONARIO DE SATISFACCIÓN\n1. ¿Está contento con el servicio?\n",
]


@pytest.mark.parametrize("text", ANNEXES)
def test_an_annex_in_a_file_of_its_own_is_no_letter(text: str) -> None:
    annotations = annotate(text)
    assert letter_type(text, annotations).document_type.label == ANNEX
    reading = read_request(text, annotations)
    assert reading.document_type.value == ANNEX
    assert not reading.fields.keys() & {"deadlines", "issuing_authority", "persons", "measures", "requesting_state"}
    assert all(check.state == "present" for check in reading.checks)


@pytest.mark.parametrize("text", OTHERS)
def test_letters_forms_and_laws_are_no_annexes(text: str) -> None:
    annotations = annotate(text)
    assert letter_type(text, annotations).document_type.label != ANNEX
    assert read_request(text, annotations).document_type.value != ANNEX


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (QUESTIONS_ES, "214 DE 2026"),
        (LAW_FR, "12/2026"),
        ("ANNEX II to our letter of request of 6 November 2026, DPP/MLA/2026/077\nQuestions for the witness\n1. Who?\n",
         "DPP/MLA/2026/077"),
    ],
)  # fmt: skip
def test_an_annex_names_its_request(text: str, number: str) -> None:
    found = read_request(text, annotate(text)).fields["identifiers"]
    numbers = [one.value for one in found if one.value["kind"] == "case_number"]  # type: ignore[index, call-overload]
    assert [one["text"] for one in numbers] == [number]


def test_annexes_are_read_but_in_no_register() -> None:
    assert ANNEX not in REQUEST_TYPES
    assert ANNEX in READ_TYPES
    assert kind_of(ANNEX) == OTHER


REQUEST = """Fiscalía General de la Nación
Dirección de Asuntos Internacionales
Bogotá D.C., 6 de noviembre de 2026
Radicado No. 202617000{number:.3}

CARTA ROGATORIA No. {number}

A la autoridad central del Reino de España, Madrid

Hechos. Entre el 12 de febrero de 2022 y el 30 de agosto de 2024, Jorge Montoya Restrepo, nacido el 3 de marzo de 1966,
giró a España el dinero de la venta de cocaína como pago de importaciones que nunca se realizaron, en contra de lo
dispuesto en el artículo 323 de la Ley 599 de 2000.

Asistencia solicitada
1. La declaración como testigo de Íñigo Larrauri Bengoa, con arreglo al cuestionario adjunto.

Luz Adriana Caicedo Valbuena
Directora de Asuntos Internacionales
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("annexes"))
    for name, number in (("a.txt", "214 DE 2026"), ("other.txt", "215 DE 2026")):
        made.bring(name, REQUEST.format(number=number), "aro", date="2026-11-06")
    made.bring("law.txt", LAW_ES, "aro")
    made.bring("questions.txt", QUESTIONS_ES.replace("No. 214 DE 2026", "n.º 214/2026"), "aro")
    made.read_requests()
    yield made
    made.installation.close()


@pytest.fixture(scope="module")
def ids(desk: Desk) -> dict[str, str]:
    return desk.ids(ARO)


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, ARO, WTF_CSRF_ENABLED=False).test_client()


def test_annexes_are_proposed_for_the_request_that_they_name(desk: Desk, ids: dict[str, str]) -> None:
    found = {(one.letter, one.request, one.kind) for one in all_links(desk.store, desk.store.access(ARO))}
    assert found == {(ids["law.txt"], ids["a.txt"], ANNEX), (ids["questions.txt"], ids["a.txt"], ANNEX)}


def test_an_annex_is_not_in_the_register(desk: Desk, client: FlaskClient, ids: dict[str, str]) -> None:
    listed = client.get("/api/v1/requests").json["requests"]
    assert {one["document_id"] for one in listed} == {ids["a.txt"], ids["other.txt"]}
    assert client.get(f"/api/v1/requests/{ids['law.txt']}").status_code == 404
    assert {one.document.source for one in request_readings(desk.store, desk.store.access(ARO))} == {
        "a.txt",
        "other.txt",
    }


def test_the_course_of_a_request_names_its_annexes(client: FlaskClient, ids: dict[str, str]) -> None:
    course = client.get(f"/api/v1/requests/{ids['a.txt']}/course").json
    follows(course, "RequestCourse")
    assert {(one["letter"], one["kind"]) for one in course["letters"]} == {
        (ids["law.txt"], ANNEX),
        (ids["questions.txt"], ANNEX),
    }
    assert len([one for one in course["timeline"] if one["lane"] == "letters"]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_link_annexes_as_documents(client: FlaskClient, ids: dict[str, str], language: str) -> None:
    for address in (f"/requests/{ids['a.txt']}/course", "/requests/links"):
        page = html.fromstring(client.get(f"{address}?ui={language}").data)
        assert page.xpath(f"//a[@href='/documents/{ids['law.txt']}']"), address
    own = client.get(f"/requests/{ids['law.txt']}/course?ui={language}")
    assert own.status_code == 200
    page = html.fromstring(own.data)
    assert page.xpath(f"//a[@href='/requests/{ids['a.txt']}/course']")
    assert not page.xpath("//select[@name='code']")


def test_people_confirm_that_an_annex_belongs_to_a_request(client: FlaskClient, ids: dict[str, str]) -> None:
    link = {"letter": ids["questions.txt"], "request": ids["a.txt"], "kind": ANNEX, "verdict": "confirmed"}
    assert client.post("/api/v1/request-links", json=link).status_code == 201
    wrong = client.post("/api/v1/request-links", json={**link, "letter": ids["a.txt"], "request": ids["law.txt"]})
    assert wrong.status_code == 404


def test_what_an_annex_holds_is_not_asked_for(client: FlaskClient, ids: dict[str, str]) -> None:
    found = client.get(f"/api/v1/requests/{ids['a.txt']}/completion-letter").json
    follows(found, "CompletionLetter")
    assert {"key": "offence_text_and_penalty", "document": ids["law.txt"], "kind": ANNEX} in found["supplied"]
    assert "offence_text_and_penalty" not in {item["key"] for item in found["items"]}
    reviewed = client.get(f"/api/v1/requests/{ids['a.txt']}").json
    follows(reviewed, "Request")
    assert reviewed["supplied"] == found["supplied"]
    other = client.get(f"/api/v1/requests/{ids['other.txt']}/completion-letter").json
    assert "offence_text_and_penalty" in {item["key"] for item in other["items"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_request_says_that_its_annex_has_what_is_missing(
    client: FlaskClient, ids: dict[str, str], language: str
) -> None:
    for address in (f"/requests/{ids['a.txt']}", f"/requests/{ids['a.txt']}/completion-letter"):
        page = html.fromstring(client.get(f"{address}?ui={language}").data)
        words = {"es": "contenido en el anexo", "pt": "contido no anexo", "en": "given in the annex", "fr": "l’annexe"}
        assert any(words[language] in one.text for one in page.xpath(f"//a[@href='/documents/{ids['law.txt']}']")), (
            address
        )


def test_provisions_transcribed_in_an_annex_are_checked_with_its_request(
    client: FlaskClient, ids: dict[str, str]
) -> None:
    report = client.get(f"/api/v1/requests/{ids['a.txt']}/transcriptions").json
    follows(report, "TranscriptionReport")
    assert [(one["document_id"], one["citation"]) for one in report["checks"]] == [(ids["law.txt"], "Artículo 323")]
    page = html.fromstring(client.get(f"/requests/{ids['a.txt']}/transcriptions?ui=en").data)
    assert page.xpath(f"//section[@class='transcription']//a[starts-with(@href, '/documents/{ids['law.txt']}')]")


@pytest.mark.parametrize(
    ("name", "number"), [("Anexo II", 2), ("ANEXO n.º 3", 3), ("Annex B", 2), ("Annexe 1", 1), ("Cuestionario", 0)]
)
def test_annexes_are_told_by_their_number(name: str, number: int) -> None:
    assert annex_number(name) == number
