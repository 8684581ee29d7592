"""Letter asking for missing information: its points with their articles, its language, its file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from test_api import follows
from test_request_translations import BOTH, ORIGINAL
from web_site import site

from app.cli import rogatio
from app.exports.report import file_name, safe_name
from app.requests.deadlines.deadlines import STATED, Deadline
from app.requests.hearing_check import hearing_checks
from app.requests.letters.completion_letter import PORTUGAL
from app.requests.schema import RequestReadingRow
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.access import Principal
from indexing.store.writing import writing

LIMA = Principal("lima", frozenset({"lima"}))
LETTER = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Referencia: CRI 88/2026

Madrid, 12 de enero de 2026

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA INTERNACIONAL

Con base en el artículo 18 de la Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional.

HECHOS. El investigado Ramiro Osorio Lleras transfirió fondos a cuentas de Lima.

ASISTENCIA SOLICITADA. Se solicita la remisión de los extractos de la cuenta 193-2203344-0-11 y cualquier otra
diligencia que resulte útil. El juicio oral está señalado para el 15 de octubre de 2099.

Fdo.: Juana Prieto Salas, Magistrada-Juez
"""
PORTUGUESE = """Ministério Público, Departamento Central de Investigação e Ação Penal, Lisboa (Portugal)
Processo n.º 12/24.1TELSB
Às autoridades judiciárias competentes da República do Peru

CARTA ROGATÓRIA

Solicita-se a remessa dos extratos da conta 193-2203344-0-11.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("letter"))
    made.bring("es.txt", LETTER, "lima", document_type="rogatory_letter", date="2026-01-12")
    made.bring("pt.txt", PORTUGUESE, "lima", document_type="rogatory_letter", date="2026-01-12")
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, LIMA, WTF_CSRF_ENABLED=False).test_client()


def document(desk: Desk, name: str) -> str:
    return next(one.id for one in desk.store.every_document(desk.store.access(LIMA)) if one.source == name)


NOT_RAISED = (
    "present", "order", "reciprocity", "to_verify", "named", "no_penalty_needed", "no_period_needed", "of_reminder",
)  # fmt: skip


def test_every_reason_is_requested_in_every_language() -> None:
    held = load("app.requests.letters.completion_letter")
    raised = {reason for reason in load("nlp.request_checks")["reasons"] if reason.partition(".")[2] not in NOT_RAISED}
    assert held["items"].keys() == raised
    for stated in (*held["items"].values(), *held["words"].values()):
        assert set(LANGUAGES) <= stated.keys() <= {*LANGUAGES, PORTUGAL}
        assert len({frozenset(re.findall(r"{(\w+)}", words)) for words in stated.values()}) == 1


def test_each_point_has_its_article(desk: Desk, client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/requests/{document(desk, 'es.txt')}/completion-letter")
    follows(answer.json, "CompletionLetter")
    items = {one["key"]: one for one in answer.json["items"]}
    assert answer.json["language"] == "es"
    assert "18.15" in items["measure_precision"]["article"]
    assert items["period_of_records"]["article"] == ""
    assert "Ramiro Osorio Lleras" in items["identity"]["text"]
    assert "fórmula abierta" in items["measure_precision"]["text"]
    assert "signature" not in items
    assert any("18.16" in line for line in answer.json["closing"])
    assert any("15 de octubre de 2099" in line for line in answer.json["closing"])


def test_file_is_in_the_language_of_the_requester(desk: Desk, client: FlaskClient) -> None:
    answer = client.get(f"/requests/{document(desk, 'pt.txt')}/completion-letter.docx")
    file = docx.Document(io.BytesIO(answer.data))
    text = "\n".join(one.text for one in file.paragraphs)
    assert "Resumo dos factos" in text
    assert "Com os melhores cumprimentos" in text
    assert file.core_properties.language == PORTUGAL
    numbered = [one.text for one in file.paragraphs if one.style.name == "List Number"]
    assert len(numbered) >= 3


@pytest.mark.parametrize("language", [*LANGUAGES, PORTUGAL])
def test_letter_in_each_language(desk: Desk, client: FlaskClient, language: str) -> None:
    page = client.get(f"/requests/{document(desk, 'es.txt')}/completion-letter?language={language}&ui=fr").text
    subject = load("app.requests.letters.completion_letter")["words"]["subject"]
    assert subject.get(language, subject[language[:2]]).partition("{")[0].split(":")[0] in page


def test_the_letter_is_offered_only_where_something_is_missing(desk: Desk, client: FlaskClient) -> None:
    found = document(desk, "pt.txt")
    pages = (f"/requests/{found}", f"/requests/{found}/course")
    assert all("/completion-letter" in client.get(page).text for page in pages)
    with writing(desk.store) as session:
        row = session.get_one(RequestReadingRow, found)
        before = row.reading
        row.reading = before | {"preflight": [check | {"state": "present"} for check in before["preflight"]]}
    assert not any("/completion-letter" in client.get(page).text for page in pages)
    with writing(desk.store) as session:
        session.get_one(RequestReadingRow, found).reading = before


def test_points_can_be_left_out(desk: Desk, client: FlaskClient) -> None:
    address = f"/api/v1/requests/{document(desk, 'es.txt')}/completion-letter"
    assert [one["key"] for one in client.get(f"{address}?item=identity").json["items"]] == ["identity"]
    assert client.get(f"{address}?item=signature").json["code"] == "app.nothing_to_ask"
    assert client.get(f"{address}?language=de").json["code"] == "app.bad_parameter"


def test_letter_of_another_authority_is_not_written(desk: Desk) -> None:
    stranger = site(desk.installation.settings, Principal("madrid", frozenset({"madrid"}))).test_client()
    for suffix in ("completion-letter", "completion-letter.docx"):
        assert stranger.get(f"/requests/{document(desk, 'es.txt')}/{suffix}").status_code == 404


def test_letter_on_the_command_line(desk: Desk, tmp_path: Path) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home)}
    arguments = ["request-letter", document(desk, "es.txt"), str(tmp_path / "a.docx"), "--letter-language", "fr"]
    assert CliRunner().invoke(rogatio, arguments, env=environment).exit_code == 0
    assert docx.Document(str(tmp_path / "a.docx")).core_properties.language == "fr"


def test_values_that_the_translation_gives_otherwise_are_asked_for(desk: Desk, client: FlaskClient) -> None:
    text = BOTH.format(**(ORIGINAL | {"passport": "AV482931"}))
    desk.bring("fr.txt", text, "lima", document_type="rogatory_letter", date="2026-03-04")
    identifier = document(desk, "fr.txt")
    values = "«\u00a0AV482913\u00a0» dans l’original et «\u00a0AV482931\u00a0» dans la traduction"
    letter = client.get(f"/api/v1/requests/{identifier}/completion-letter").json
    assert letter["language"] == "fr"
    assert any(item["key"] == "translation" and values in item["text"] for item in letter["items"])
    checks = client.get(f"/api/v1/requests/{identifier}").json["preflight"]
    assert next(check for check in checks if check["key"] == "translation")["state"] == "doubtful"
    file = docx.Document(io.BytesIO(client.get(f"/requests/{identifier}/completion-letter.docx").data))
    assert any(values in paragraph.text for paragraph in file.paragraphs)


@pytest.mark.parametrize(
    ("days", "ended", "reason"),
    [
        (["2026-11-18"], False, "hearing_date.past"),
        (["2026-12-08"], False, "hearing_date.near"),
        (["2026-11-29"], False, "hearing_date.near"),
        (["2026-11-18", "2026-12-08"], False, "hearing_date.near"),
        (["2026-11-18", "2027-03-01"], False, None),
        (["2027-03-01"], False, None),
        (["2026-11-18"], True, None),
    ],
)
def test_a_hearing_must_leave_time_to_execute(days: list[str], ended: bool, reason: str | None) -> None:
    hearings = [Deadline("d", "hearing", day, STATED, start=4, end=14, met=ended) for day in days]
    other = Deadline("d", "answer_by", "2026-11-01", STATED)
    found = hearing_checks([other, *hearings], date(2026, 11, 29))
    assert [check["reason"] for check in found] == ([reason] if reason else [])


def test_a_hearing_that_has_passed_is_in_page_api_and_letter(desk: Desk, client: FlaskClient) -> None:
    text = LETTER.replace("15 de octubre de 2099", "15 de octubre de 2026")
    desk.bring("past.txt", text, "lima", document_type="rogatory_letter", date="2026-01-12")
    identifier = document(desk, "past.txt")
    checks = {check["key"]: check for check in client.get(f"/api/v1/requests/{identifier}?ui=es").json["preflight"]}
    assert checks["hearing_date"]["state"] == "doubtful"
    assert text[checks["hearing_date"]["start"] : checks["hearing_date"]["end"]] == "15 de octubre de 2026"
    items = client.get(f"/api/v1/requests/{identifier}/completion-letter").json["items"]
    assert any("15 de octubre de 2026" in item["text"] for item in items if item["key"] == "hearing_date")
    closing = client.get(f"/api/v1/requests/{identifier}/completion-letter").json["closing"]
    assert not any("15 de octubre de 2026" in line for line in closing)
    assert "ya ha pasado" in client.get(f"/requests/{identifier}?ui=es").text


def test_the_letter_goes_through_the_authority_that_the_request_names(desk: Desk, client: FlaskClient) -> None:
    body = (
        "{}, transmite o pedido de auxílio da 13.ª Vara Federal de São Paulo às autoridades de Portugal.\n\nÀ "
        "Procuradoria-Geral da República, Lisboa\n\nPede-se a remessa dos extratos da conta 193-2203344-0-11."
    )
    senders = {
        "mj.txt": "O Ministério da Justiça e Segurança Pública do Brasil",
        "vara.txt": "A Justiça Federal do Brasil",
    }
    for name, sender in senders.items():
        desk.bring(name, body.format(sender), "lima", document_type="mla_request", date="2026-11-12")
        address = f"/api/v1/requests/{document(desk, name)}/completion-letter"
        lines = " ".join(client.get(address).json["recipient"])
        assert ("Ministério da Justiça" in lines) == (name == "mj.txt"), lines


def test_an_authority_that_sends_its_own_request_is_named_once(desk: Desk, client: FlaskClient) -> None:
    text = (
        "MINISTÈRE DE LA JUSTICE ET DE LA SÉCURITÉ PUBLIQUE\nPort-au-Prince, Haïti, le 9 novembre 2026\n\nÀ l'autorité "
        "centrale de la République française\n\nNous demandons l'audition de Monsieur Gaspard Delorme avant l'audience "
        "du 15 octobre 2026."
    )
    desk.bring("ht.txt", text, "lima", document_type="mla_request", date="2026-11-09")
    letter = client.get(f"/api/v1/requests/{document(desk, 'ht.txt')}/completion-letter").json
    assert len(letter["recipient"]) == 1, letter["recipient"]


PRESERVATION = """Cybercrime Unit, Garda National Bureau, Dublin (Ireland)
Our reference: GNCCB 77/2026
To the 24/7 contact point of Spain

REQUEST FOR EXPEDITED PRESERVATION OF DATA

Under Article 29 of the Convention on Cybercrime, please preserve the logs of the mailbox ana@example.es.
"""


@pytest.mark.parametrize("language", [*LANGUAGES, PORTUGAL])
def test_what_is_urgent_is_not_held_until_the_answer(desk: Desk, client: FlaskClient, language: str) -> None:
    desk.bring("urgent.txt", PRESERVATION, "lima", document_type="preservation_request", date="2026-01-12")
    address = f"/api/v1/requests/{document(desk, 'urgent.txt')}/completion-letter?language={language}"
    words = load("app.requests.letters.completion_letter")["words"]
    urgent = words["urgent"].get(language, words["urgent"][language[:2]]).partition("{by}")[2]
    assert any(line.endswith(urgent) for line in client.get(address).json["closing"])


def test_an_order_of_the_union_keeps_its_capital(desk: Desk, client: FlaskClient) -> None:
    desk.bring("order.txt", LETTER.replace("ROGATORIA", "EUROPEA"), "lima", document_type="eio", date="2026-01-12")
    address = f"/api/v1/requests/{document(desk, 'order.txt')}/completion-letter?language="
    assert "your European Investigation Order" in client.get(f"{address}en").json["subject"]
    assert "su orden europea de investigación" in client.get(f"{address}es").json["subject"]


def test_the_doubt_on_a_treaty_is_for_the_desk_alone(desk: Desk, client: FlaskClient) -> None:
    letter = re.sub("Con base en .*?\n", "Con base en el Protocolo de San Luis.\n", LETTER)
    desk.bring("doubt.txt", letter, "lima", document_type="rogatory_letter", date="2026-01-12")
    answer = client.get(f"/api/v1/requests/{document(desk, 'doubt.txt')}/completion-letter?language=en").json
    (basis,) = (item["text"] for item in answer["items"] if item["key"] == "legal_basis")
    assert basis.endswith("San Luis Protocol.")
    page = client.get(f"/requests/{document(desk, 'doubt.txt')}?ui=en").text
    assert "San Luis Protocol" in page
    assert "depositary" in page


@pytest.mark.parametrize(
    ("language", "name"), [("es", "informacion-complementaria"), ("fr", "renseignements-complementaires")]
)
def test_the_file_of_the_letter_is_named_by_the_reference_and_its_kind(
    desk: Desk, client: FlaskClient, language: str, name: str
) -> None:
    letter = LETTER.replace("CRI 88/2026", "CRI 91/2026")
    desk.bring("named.txt", letter, "lima", document_type="rogatory_letter", date="2026-01-12")
    address = f"/requests/{document(desk, 'named.txt')}/completion-letter.docx?language={language}"
    assert client.get(address).headers["Content-Disposition"] == f'attachment; filename="cri-91-2026-{name}.docx"'


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Ref: 12/2026 «ñ».pdf", "Ref_ 12_2026 «ñ».pdf"),
        ("con.pdf", "_con.pdf"),
        ("a?. .", "a_"),
        ("carta.pdf", "carta.pdf"),
    ],
)
def test_a_file_keeps_its_name_as_far_as_windows_allows_it(given: str, name: str) -> None:
    assert safe_name(given) == name
    assert file_name("CON", "docx") == "rogatio-con.docx"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "El control lee solo la carta."),
        ("pt", "A conferência lê apenas este expediente."),
        ("pt-PT", "A verificação lê apenas este expediente."),
        ("en", "The check reads the letter alone."),
        ("fr", "Le contrôle ne lit que la lettre."),
    ],
)
def test_what_the_check_does_not_read_in_the_case_file_is_named(tmp_path: Path, language: str, words: str) -> None:
    made = Desk(tmp_path)
    letter = made.bring_into("7/2026", "es.txt", LETTER, "lima", document_type="rogatory_letter", date="2026-01-12")
    annex = made.bring_into("7/2026", "anexo.txt", "Código Penal, artículo 30. Pena de dos años.", "lima")
    alone = made.bring("sola.txt", LETTER.replace("88/2026", "89/2026"), "lima", document_type="rogatory_letter")
    asking = site(made.installation.settings, LIMA, WTF_CSRF_ENABLED=False).test_client()
    for page in (f"/requests/{letter}", f"/requests/{letter}/completion-letter"):
        shown = asking.get(f"{page}?ui={language}").text
        assert words in shown
        assert f'href="/documents/{annex}">anexo.txt</a>' in shown
    assert words not in asking.get(f"/requests/{alone}?ui={language}").text
    made.installation.close()


TWO_ACCOUNTS = """Fiscalía General de la Nación
Bogotá D.C., 6 de noviembre de 2026
Radicado No. {reference}

CARTA ROGATORIA

A la autoridad central del Reino de España, Madrid

Hechos. Entre el 12 de febrero de 2022 y el 30 de agosto de 2024, Ramiro Osorio Lleras, nacido el 3 de marzo de 1966,
recibió en Bogotá dinero de la venta de cocaína, que giró a España como pago de importaciones que nunca se realizaron.
Los hechos configuran lavado de activos, artículo 323 de la Ley 599 de 2000, con pena de prisión de diez a treinta años.

Asistencia solicitada
1. Obtener de Banco Sabadell los extractos de la cuenta ES91 2100 0418 4502 0005 1332, entre el 1 de febrero de 2022 y
el 31 de diciembre de 2024.
2. Obtener del BBVA los extractos de la cuenta ES79 2100 0813 6101 2345 6798, por el mismo período.

Luz Adriana Caicedo Valbuena
Directora de Asuntos Internacionales
"""
MORE = """Fiscalía General de la Nación
Bogotá D.C., 25 de noviembre de 2026
Radicado No. 20261700103377

A la autoridad central del Reino de España, Madrid

Asunto: Ampliación de la carta rogatoria, radicado {reference}

En alcance a nuestra carta rogatoria, radicado {reference}, se precisa que el número de la segunda cuenta es {number}.

Luz Adriana Caicedo Valbuena
"""


@pytest.mark.parametrize(
    ("number", "rejected", "asked"),
    [
        ("ES79 2100 0813 6101 2345 6789", False, False),
        ("ES79 2100 0813 6101 2345 6789", True, True),
        ("ES91 2100 0418 4502 0005 1332", False, True),  # the other account of the request
        ("ES76 2077 0024 0031 0257 5766", False, True),  # another account
    ],
)
def test_what_a_supplement_gives_is_not_asked_for(tmp_path: Path, number: str, rejected: bool, asked: bool) -> None:
    made, reference = Desk(tmp_path), "20261700098431"
    letter = made.bring("a.txt", TWO_ACCOUNTS.format(reference=reference), "lima", document_type="rogatory_letter")
    text = MORE.format(reference=reference, number=number)
    more = made.bring("b.txt", text, "lima", document_type="supplement", date="2026-11-25")
    asking = site(made.installation.settings, LIMA, WTF_CSRF_ENABLED=False).test_client()
    assert asking.get(f"/api/v1/requests/{more}").status_code == 200
    if rejected:
        link = {"letter": more, "request": letter, "kind": "supplement", "verdict": "rejected"}
        assert asking.post("/api/v1/request-links", json=link).status_code == 201
    found = asking.get(f"/api/v1/requests/{letter}/completion-letter").json
    follows(found, "CompletionLetter")
    wanted = [item["text"] for item in found["items"] if item["key"] == "identifiers"]
    assert any("6798" in text for text in wanted) == asked, found
    assert (found["supplied"] == [{"key": "identifiers", "document": more, "kind": "supplement"}]) != asked
    page = asking.get(f"/requests/{letter}/completion-letter?ui=es").text
    assert ("contenido en la ampliación" in page) != asked
    made.installation.close()


@pytest.mark.parametrize("language", [*LANGUAGES, PORTUGAL])
def test_one_wrong_number_of_one_account_holds_up_no_other_measure(
    desk: Desk, client: FlaskClient, language: str
) -> None:
    desk.bring("two.txt", TWO_ACCOUNTS.format(reference="2026-77"), "lima", document_type="rogatory_letter")
    address = f"/api/v1/requests/{document(desk, 'two.txt')}/completion-letter?language={language}&item="
    words = load("app.requests.letters.completion_letter")["words"]
    for item, key in (("identifiers", "in_part"), ("legal_basis", "basis")):
        ending = words[key].get(language, words[key][language[:2]]).partition("{by}")[2]
        assert any(line.endswith(ending) for line in client.get(f"{address}{item}").json["closing"]), item
