"""Course of a request: states and transitions, linked letters, responsible party, deadlines, timeline."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk, request_readings
from flask.testing import FlaskClient
from lxml import html
from test_api import follows
from web_site import site

from app.cli import rogatio
from app.job_steps import run_slice
from app.requests.life.course import courses, proposed_statuses
from app.requests.life.events import Event, fits
from app.requests.life.statuses import (
    milestones,
    milestones_for,
    needs_ground,
    next_statuses,
    statuses,
    takes_ground,
    waits_for,
)
from app.requests.life.stored_links import all_links
from app.requests.life.timeline import WIDTH, Moment, timeline_chart
from app.requests.readings import stored_reading, unread_requests
from app.requests.schema import RequestReadingRow
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.access import LOCAL_USER, Principal
from indexing.store.writing import writing
from nlp.requests.letter_types.outcomes import find_outcome

MADRID = Principal("madrid", frozenset({"public", "madrid"}))
REQUEST = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Referencia: CRI 88/2026

Madrid, 12 de enero de 2026

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA INTERNACIONAL

HECHOS. Entre marzo de 2024 y mayo de 2025 doña Amparo Quiroga Lleras, nacida el 3 de mayo de 1979, transfirió fondos.

ASISTENCIA SOLICITADA. Se solicita la remisión de la información bancaria de la cuenta ES9121000418450200051332.
El juicio oral está señalado para el 15 de octubre de 2099.
"""
REMINDER = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Madrid, 20 de abril de 2026

A la autoridad judicial competente de la República del Perú

RECORDATORIO. Se reitera la comisión rogatoria CRI 88/2026, de 12 de enero de 2026, aún no cumplimentada.
"""
ANSWER = """Fiscalía de la Nación, Lima (Perú)
Oficio 4471-2026-UCJIE

Lima, 2 de junio de 2026

RESPUESTA A LA COMISIÓN ROGATORIA. A las autoridades del Reino de España.

En respuesta a su comisión rogatoria CRI 88/2026, comunicamos que ha sido parcialmente cumplimentada.
"""
PRESERVATION = """Fiscalía General, Bogotá (Colombia)
Radicado 110016000102202600345
Bogotá, 2 de febrero de 2026

SOLICITUD DE CONSERVACIÓN DE DATOS a las autoridades del Reino de España, artículo 29 del Convenio de Budapest.
Se solicita conservar los datos de tráfico de la cuenta de correo oculta@example.org y de la dirección IP 203.0.113.7.
"""
FOLLOW_UP = """Fiscalía General, Bogotá (Colombia)
Radicado 110016000102202600345
Bogotá, 10 de marzo de 2026

SOLICITUD DE ASISTENCIA JUDICIAL a las autoridades del Reino de España.
Se solicita la entrega de los datos de tráfico de la cuenta de correo oculta@example.org.
"""
LATE = """Fiscalía de la Nación, Lima (Perú)
Oficio 9001-2026-UCJIE

Lima, 2 de julio de 2026

RESPUESTA. A las autoridades del Reino de España. La diligencia solicitada fue cumplida.
"""
LETTERS = {
    "request.txt": (REQUEST, "rogatory_letter", "2026-01-12"),
    "reminder.txt": (REMINDER, "reminder", "2026-04-20"),
    "answer.txt": (ANSWER, "response", "2026-06-02"),
    "preservation.txt": (PRESERVATION, "preservation_request", "2026-02-02"),
    "follow_up.txt": (FOLLOW_UP, "mla_request", "2026-03-10"),
}

WITHDRAWAL = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Madrid, 3 de julio de 2026

A la autoridad judicial competente de la República del Perú

RETIRADA DE LA COMISIÓN ROGATORIA. Sobreseída la causa, este Juzgado retira la comisión rogatoria CRI 88/2026.
"""


def test_a_withdrawal_belongs_to_its_request_and_reports_it_withdrawn(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    request = made.bring("request.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-12")
    letter = made.bring("letter.txt", WITHDRAWAL, "madrid", date="2026-07-03")
    access = made.store.access(LOCAL_USER)
    for document in unread_requests(made.store, access):
        stored_reading(made.store, access, document.id)
    (found,) = courses(made.store, access, [request]).values()
    assert [(link.letter, link.kind) for link in found.letters] == [(letter, "withdrawal")]
    known = courses(made.store, access, [request, letter])
    (reported,) = proposed_statuses(known[request], known)
    assert (reported.status, reported.day, reported.quote) == ("withdrawn", "2026-07-03", "RETIRADA")
    made.installation.close()


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an installation with the letters and their readings."""
    folder = tmp_path_factory.mktemp("course")
    made = Desk(folder)
    for name, (text, kind, day) in LETTERS.items():
        made.bring(name, text, "madrid", document_type=kind, date=day)
    made.bring("copy.txt", ANSWER, "lima", document_type="response", date="2026-06-02")
    made.read_requests()
    made.installation.close()
    return folder


@pytest.fixture
def desk(letters: Path, tmp_path: Path) -> Iterator[Desk]:
    """Yield a copy of the installation for one test, which records events and links in it."""
    shutil.copytree(letters / "home", tmp_path / "home")
    made = Desk(tmp_path)
    yield made
    made.installation.close()


@pytest.fixture
def ids(desk: Desk) -> dict[str, str]:
    held = request_readings(desk.store, desk.store.access(MADRID))
    return {one.document.source: one.document.id for one in held}


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()


def test_transitions_name_states_that_there_are() -> None:
    for status in statuses():
        assert set(next_statuses(status)) <= set(statuses()) - {status}
        assert waits_for(status) in ("requesting", "requested", "nobody")
        assert takes_ground(status) or not needs_ground(status)
    assert load("app.requests.life.statuses")["milestone_for"].keys() == set(milestones())
    rules = load("app.requests.deadlines.rules")["rules"]
    known = {*statuses(), *load("app.requests.life.statuses")["milestones"], "follow_up"}
    assert {rule["from"] for rule in rules.values()} | {one for rule in rules.values() for one in rule["met"]} <= known


@pytest.mark.parametrize(
    ("kind", "measures", "status", "expected"),
    [
        ("rogatory_letter", ["bank_information"], "executing", ()),
        ("rogatory_letter", ["freezing", "hearing_witness"], "", ("recognised",)),
        ("eio", ["hearing_witness"], "received", ("recognised",)),
        ("provisional_arrest_request", ["extradition"], "sent", ("arrested",)),
        ("preservation_request", [], "received", ("data_preserved",)),
        ("mla_request", ["data_preservation"], "executed", ("data_preserved",)),
        ("extradition_request", ["extradition"], "closed", ()),
        ("eio", [], "withdrawn", ()),
    ],
)
def test_a_milestone_is_offered_where_it_may_happen(
    kind: str, measures: list[str], status: str, expected: tuple[str, ...]
) -> None:
    assert milestones_for(kind, measures, status) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Se devuelve la comisión rogatoria sin diligenciar.", "returned"),
        ("El exhorto ha sido parcialmente cumplimentado.", "partially_executed"),
        ("A carta rogatória foi devidamente cumprida.", "executed"),
        ("The request is refused under article 4.", "refused"),
        ("Further information is required before it can be executed.", "info_requested"),
        ("Nous accusons réception de votre demande.", "acknowledged"),
        ("Votre demande a été exécutée.", "executed"),
        ("Assunto: Resposta parcial. O termo de depoimento segue em anexo.", "partially_executed"),
        ("La demande a été exécutée en partie.", "partially_executed"),
        ("La asistencia ha sido denegada por auto de 20 de noviembre.", "refused"),
        ("O pedido foi indeferido.", "refused"),
        ("La ejecución queda aplazada mientras se tramita la causa.", "postponed"),
        ("No procede dar cumplimiento a lo interesado, por tratarse de un delito político.", "refused"),
        ("O Superior Tribunal de Justiça negou o exequatur à carta rogatória.", "refused"),
        ("Your request has been refused because the conduct would not constitute an offence.", "refused"),
        ("We regret that we are not in a position to execute the letter of request.", "refused"),
        ("La demande ne peut être exécutée : elle est rejetée au motif de l'ordre public.", "refused"),
        ("Le garde des sceaux a refusé l'entraide.", "refused"),
        ("La diligencia se encuentra en suspenso hasta que concluya el proceso interno.", "postponed"),
        ("O cumprimento da carta foi adiado por três meses.", "postponed"),
        ("The Central Authority has decided to defer execution until the trial is over.", "postponed"),
        ("Le procureur a décidé de surseoir à l'exécution de la demande.", "postponed"),
        ("Devuelvo a usted el exhorto sin haberse practicado la notificación.", "returned"),
        ("Restituímos o pedido, por não vir acompanhado de tradução.", "returned"),
        ("We are returning the request, which was not accompanied by a translation.", "returned"),
        ("La demande vous est renvoyée sans avoir pu être exécutée.", "returned"),
        ("Su comisión rogatoria fue recibida en este despacho el 12 de octubre.", "acknowledged"),
        ("O vosso pedido deu entrada nesta Procuradoria em 4 de maio.", "acknowledged"),
        ("We confirm receipt of your request dated 3 November 2026.", "acknowledged"),
        ("Votre demande est parvenue à mon parquet le 12 octobre.", "acknowledged"),
        ("Remito las diligencias practicadas en cumplimiento de su petición.", "executed"),
        ("A carta rogatória foi cumprida e segue devolvida com o auto de inquirição.", "executed"),
        ("Your request was executed on 3 July and the records are attached.", "executed"),
        ("Il a été satisfait à votre demande ; les procès-verbaux sont joints.", "executed"),
        ("Solo se pudo recibir declaración a uno de los dos testigos; el otro no fue habido.", "partially_executed"),
        ("Foi ouvida apenas uma das testemunhas; a outra não foi localizada.", "partially_executed"),
        ("Your request has been executed save for item 3.", "partially_executed"),
        ("Un seul des deux témoins a pu être entendu.", "partially_executed"),
        ("Sírvase precisar el domicilio del testigo.", "info_requested"),
        ("Queira informar a morada atual da testemunha.", "info_requested"),
        ("In order to proceed, please provide the date of birth of the account holder.", "info_requested"),
        ("Il conviendrait de préciser le numéro du compte.", "info_requested"),
        ("Se devuelve la carta rogatoria debidamente diligenciada.", "executed"),
        ("O pedido não foi executado.", None),
        ("El acusado se negó a declarar y la vista fue suspendida.", None),
        ("O arguido recusou prestar declarações.", None),
        ("The accused refused to answer questions and the trial was postponed.", None),
        ("La banque a refusé le virement et l'audience a été reportée.", None),
        ("La solicitud no ha sido denegada.", None),
        ("La solicitud aún no ha sido ejecutada ni diligenciada.", None),
        ("La demande n'a pas été exécutée.", None),
        ("Le remitimos un saludo.", None),
    ],
)
def test_what_an_answer_reports(text: str, status: str | None) -> None:
    found = find_outcome(text, [(0, len(text))])
    assert (found.status if found else None) == status


def test_letters_are_linked_within_their_collection(desk: Desk, ids: dict[str, str]) -> None:
    names = {identifier: name.removesuffix(".txt") for name, identifier in ids.items()}
    found = {
        (names[one.letter], names[one.request], one.kind)
        for one in all_links(desk.store, desk.store.access(LOCAL_USER))
    }
    assert found == {
        ("reminder", "request", "reminder"),
        ("answer", "request", "answer"),
        ("follow_up", "preservation", "follow_up"),
    }


def test_course_of_a_request(client: FlaskClient, ids: dict[str, str]) -> None:
    follows(client.get(f"/api/v1/requests/{ids['request.txt']}/course").json, "RequestCourse")
    found = client.get(f"/api/v1/requests/{ids['request.txt']}/course").json
    assert found["status"] is None
    assert [one["kind"] for one in found["letters"]] == ["reminder", "answer"]
    assert [one["status"] for one in found["proposed_statuses"]] == ["partially_executed"]
    (deadline,) = found["deadlines"]
    assert (deadline["key"], deadline["day"], deadline["met"]) == ("hearing", "2099-10-15", False)
    assert deadline["sentence"].startswith("El juicio oral está señalado")
    assert [one["lane"] for one in found["timeline"]] == ["facts", "letters", "letters", "letters", "deadlines"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "1 carta vinculada se está leyendo de nuevo"),
        ("pt", "1 expediente vinculado está sendo lido novamente"),
        ("pt-PT", "1 expediente vinculado está a ser lido de novo"),
        ("en", "1 linked letter is being read again"),
        ("fr", "1 lettre rattachée est de nouveau en cours de lecture"),
    ],
)
def test_a_link_stays_while_its_letter_is_read_again(
    desk: Desk, client: FlaskClient, ids: dict[str, str], language: str, said: str
) -> None:
    request, answer = ids["request.txt"], ids["answer.txt"]
    decided = {"letter": answer, "request": request, "kind": "answer", "verdict": "confirmed"}
    assert client.post("/api/v1/request-links", json=decided).status_code == 201
    with writing(desk.store) as session:
        session.get_one(RequestReadingRow, answer).version = "an older one"
        session.get_one(RequestReadingRow, ids["reminder.txt"]).version = "an older one"
    client.post("/api/v1/request-links", json=decided | {"letter": ids["reminder.txt"], "verdict": "rejected"})
    page = html.fromstring(client.get(f"/requests/{request}/course?ui={language}").data)
    assert said in page.text_content()
    (listed,) = page.xpath("//section[@aria-labelledby='letters-title']/ul/li")
    assert listed.xpath(f".//a[@href='/documents/{answer}']")
    assert client.get(f"/api/v1/requests/{request}/course").json["letters_being_read"] == [answer]
    for one in unread_requests(desk.store, desk.store.access(LOCAL_USER)):
        stored_reading(desk.store, desk.store.access(LOCAL_USER), one.id)
    assert said not in client.get(f"/requests/{request}/course?ui={language}").text


def test_states_are_recorded_in_their_order(client: FlaskClient, ids: dict[str, str]) -> None:
    address = f"/api/v1/requests/{ids['request.txt']}"
    before = client.post(f"{address}/events", json={"code": "received", "day": "2026-01-11"})
    assert before.json["code"] == "app.event_before_letter"
    answer = client.post(f"{address}/events", json={"code": "received", "day": "2026-01-20", "reason": "Por valija."})
    assert answer.status_code == 201
    assert (answer.json["status"], answer.json["waits_for"], answer.json["waiting_state"]) == (
        "received", "requested", "PE",
    )  # fmt: skip
    assert [one["day"] for one in answer.json["deadlines"] if one["key"] == "service_level"] == ["2026-04-20"]
    for body, code in (
        ({"code": "sent"}, "app.transition_refused"),
        ({"code": "lost"}, "app.no_such_status"),
        ({"code": "acknowledged", "day": "2026-01-19"}, "app.late_status_refused"),
        ({"code": "acknowledged", "day": "2999-01-19"}, "app.event_day_future"),
        ({"code": "recognised", "day": "2026-01-11"}, "app.event_before_letter"),
        ({"code": "arrested", "day": "1026-01-19"}, "app.bad_event_day"),
        ({"code": "acknowledged", "day": "19/01"}, "app.bad_event_day"),
        ({"code": "refused"}, "app.ground_missing"),
        ({"code": "refused", "ground": "mood"}, "app.form_invalid"),
        ({"code": "executed", "source": "0" * 32}, "indexing.no_such_document"),
    ):
        assert client.post(f"{address}/events", json=body).json["code"] == code
    answer = client.post(f"{address}/events", json={"code": "executed", "source": ids["answer.txt"]})
    assert {bool(one["met"]) for one in answer.json["deadlines"]} == {True}
    assert answer.json["proposed_statuses"] == []
    number = answer.json["events"][-1]["id"]
    answer = client.delete(f"{address}/events/{number}")
    assert (answer.json["status"], answer.json["events"][-1]["retracted"]) == ("received", True)
    assert client.delete(f"{address}/events/{number}").status_code == 404


def test_a_state_recorded_late_takes_its_place_by_its_day(client: FlaskClient, ids: dict[str, str]) -> None:
    request = ids["request.txt"]
    address = f"/api/v1/requests/{request}"
    for code, day in (("executed", "2026-06-02"), ("received", "2026-01-20"), ("under_review", "2026-03-01")):
        answer = client.post(f"{address}/events", json={"code": code, "day": day})
        assert (answer.status_code, answer.json["status"], answer.json["since"]) == (201, "executed", "2026-06-02")
    assert [one["code"] for one in answer.json["events"]] == ["received", "under_review", "executed"]
    assert [one["met"] for one in answer.json["deadlines"] if one["key"] == "service_level"] == [True]
    found = client.get("/api/v1/requests?q=status:executed").json
    assert [one["document_id"] for one in found["requests"]] == [request]
    assert client.get("/api/v1/requests?q=status:under_review").json["total"] == 0
    page = html.fromstring(client.get(f"/requests/{request}/course").data)
    late = page.xpath("//select[@id='code']/optgroup[2]/option/@value")
    assert "acknowledged" in late
    assert "closed" not in late
    refused = client.post(f"{address}/events", json={"code": "closed", "day": "2026-02-01"})
    assert refused.json["code"] == "app.late_status_refused"
    days = {"code": "closed", "day": "2999-02-01"}
    assert "2999-02-01" in client.post(f"/requests/{request}/events", data=days).text


@pytest.mark.parametrize("day", ["", "2026", "2026-01"])
def test_an_answer_without_a_day_reports_a_state_after_those_recorded(day: str) -> None:
    states = [
        Event(number, "letter", code, when, "", "", "", "madrid", datetime(2026, 1, 20, tzinfo=UTC))
        for number, (code, when) in enumerate((("sent", "2026-01-13"), ("received", "2026-01-20")), start=1)
    ]
    assert fits(states, "executed", day)
    assert not fits(states, "sent", day)


@pytest.mark.parametrize(("day", "asked"), [("2026-06-02", False), ("2026-06", True)])
def test_the_day_of_a_reported_state_is_asked_for_if_the_answer_has_none(tmp_path: Path, day: str, asked: bool) -> None:
    made = Desk(tmp_path)
    request = made.bring("request.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-12")
    answer = made.bring("answer.txt", ANSWER, "madrid", document_type="response", date=day)
    for letter in (request, answer):
        stored_reading(made.store, made.store.access(LOCAL_USER), letter)
    client = site(made.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    page = client.get(f"/requests/{request}/course").text
    assert ('<input type="date" name="day" required>' in page) == asked
    assert (f'name="day" value="{day}"' in page) != asked


@pytest.mark.parametrize(
    ("reference", "belongs", "letter", "request_"),
    [
        ("Ref. 88/2026", "this", "", ""),
        ("Ref.: CRI 88/2026", "this", "late.txt", "request.txt"),
        ("cri-88-2026", "this", "late.txt", "request.txt"),
        ("Oficio 4471-2026-UCJIE", "other", "answer.txt", "late.txt"),
    ],
)
def test_a_letter_is_linked_by_the_reference_of_the_other(
    desk: Desk, reference: str, belongs: str, letter: str, request_: str
) -> None:
    late = desk.bring("late.txt", LATE, "madrid", document_type="response", date="2026-07-02")
    stored_reading(desk.store, desk.store.access(LOCAL_USER), late)
    held = request_readings(desk.store, desk.store.access(MADRID))
    ids = {one.document.source: one.document.id for one in held}
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    data = {"reference": reference, "belongs": belongs, "kind": "answer"}
    answer = client.post(f"/requests/{late}/links", data=data)
    links = {(one.letter, one.request, one.verdict) for one in all_links(desk.store, desk.store.access(MADRID))}
    if letter:
        assert answer.status_code == 302
        assert (ids[letter], ids[request_], "confirmed") in links
    else:
        assert "app.no_letter_with_reference" in answer.text
        assert not any(verdict for _, _, verdict in links)


def test_of_several_letters_with_a_reference_one_is_chosen(desk: Desk, ids: dict[str, str]) -> None:
    again = desk.bring("again.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-13")
    stored_reading(desk.store, desk.store.access(LOCAL_USER), again)
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    address = f"/requests/{ids['answer.txt']}/links"
    data = {"reference": "CRI 88/2026", "belongs": "this", "kind": "answer"}
    answer = client.post(address, data=data)
    page = html.fromstring(client.get(answer.location).data)
    offered = set(page.xpath("//select[@id='other']/option/@value")) - {""}
    assert offered == {again, ids["request.txt"]}
    assert page.xpath("//select[@id='belongs']/option[@selected]/@value") == ["this"]
    assert client.post(address, data={"other": again, "belongs": "this", "kind": "answer"}).status_code == 302
    links = all_links(desk.store, desk.store.access(MADRID))
    assert [one.request for one in links if one.verdict] == [again]


def test_a_link_is_decided_by_a_reference_through_the_api(desk: Desk, ids: dict[str, str]) -> None:
    """Either side may be given by its reference; several letters with it are named to choose from."""
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    body = {"letter": ids["answer.txt"], "request": "Ref. CRI 88/2026", "kind": "answer", "verdict": "confirmed"}
    assert client.post("/api/v1/request-links", json=body).json["document_id"] == ids["request.txt"]
    by_answer = body | {"letter": "Oficio 4471-2026-UCJIE", "request": ids["request.txt"], "verdict": "rejected"}
    assert client.post("/api/v1/request-links", json=by_answer).status_code == 201
    links = {(one.letter, one.verdict) for one in all_links(desk.store, desk.store.access(MADRID))}
    assert (ids["answer.txt"], "rejected") in links
    assert client.post("/api/v1/request-links", json=body | {"request": "Ref. 999/1999"}).status_code == 422
    again = desk.bring("again.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-13")
    stored_reading(desk.store, desk.store.access(LOCAL_USER), again)
    refused = client.post("/api/v1/request-links", json=body)
    assert refused.json["code"] == "app.several_with_reference"
    assert again in refused.text
    assert ids["request.txt"] in refused.text


def test_a_link_names_the_other_letter(client: FlaskClient, ids: dict[str, str]) -> None:
    answer = client.post(f"/requests/{ids['request.txt']}/links", data={"belongs": "other", "kind": "answer"})
    assert answer.status_code == 422
    assert "app.no_letter_to_link" in answer.text


def test_an_uploaded_answer_is_offered_its_request(desk: Desk, ids: dict[str, str]) -> None:
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    texts = {"nota.txt": ANSWER.replace("4471", "4472"), "suelta.txt": LATE}
    files = [(io.BytesIO(text.encode()), name) for name, text in texts.items()]
    job = client.post("/api/v1/jobs", data={"collection": "madrid", "document_type": "response", "files": files}).json
    run_slice(desk.installation, MADRID, job["id"])
    page = html.fromstring(client.get(f"/jobs/{job['id']}?ui=en").data)
    first, second = page.xpath("//table[@class='files']/tbody/tr")
    assert first.xpath(f".//a[@href='/requests/{ids['request.txt']}/course']")
    assert "Link with its request" in second.text_content()
    fields = {one.get("name"): one.get("value") for one in first.xpath(".//form//input")}
    confirmed = client.post("/requests/links", data={**fields, "verdict": "confirmed"})
    assert confirmed.location == f"/jobs/{job['id']}"
    assert "confirmed" in html.fromstring(client.get(f"{confirmed.location}?ui=en").data).text_content()


def test_preservation_runs_until_the_request_that_follows(client: FlaskClient, ids: dict[str, str]) -> None:
    address = f"/api/v1/requests/{ids['preservation.txt']}/course"
    (lapse,) = client.get(address).json["deadlines"]
    assert (lapse["key"], lapse["day"], lapse["since_event"], lapse["met"]) == (
        "preservation_lapse", "2026-04-03", "letter", False,
    )  # fmt: skip
    body = {"letter": ids["follow_up.txt"], "request": ids["preservation.txt"], "kind": "follow_up"}
    assert client.post("/api/v1/request-links", json=body | {"verdict": "confirmed"}).status_code == 201
    assert client.get(address).json["deadlines"][0]["met"]
    client.post("/api/v1/request-links", json=body | {"verdict": "rejected"})
    assert not client.get(address).json["deadlines"][0]["met"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "twin"}, "app.form_invalid"),
        ({"verdict": "maybe"}, "app.form_invalid"),
        ({"letter": "preservation.txt"}, "app.link_refused"),
        ({"letter": "0" * 32}, "indexing.no_such_document"),
    ],
)
def test_wrong_links_are_refused(client: FlaskClient, ids: dict[str, str], change: dict[str, str], code: str) -> None:
    body = {"letter": "follow_up.txt", "request": "preservation.txt", "kind": "follow_up", "verdict": "confirmed"}
    sent = {key: ids.get(value, value) for key, value in (body | change).items()}
    assert client.post("/api/v1/request-links", json=sent).json["code"] == code


def test_a_letter_of_another_authority_is_neither_seen_nor_linked(
    desk: Desk, client: FlaskClient, ids: dict[str, str]
) -> None:
    lima = Principal("lima", frozenset({"lima"}))
    copy = next(one.document.id for one in request_readings(desk.store, desk.store.access(lima)))
    body = {"letter": copy, "request": ids["request.txt"], "kind": "answer", "verdict": "confirmed"}
    assert client.post("/api/v1/request-links", json=body).status_code == 404
    stranger = site(desk.installation.settings, lima, WTF_CSRF_ENABLED=False).test_client()
    for address in ("course", "events"):
        assert stranger.get(f"/requests/{ids['request.txt']}/{address}").status_code in (404, 405)
    assert stranger.post(f"/requests/{ids['request.txt']}/events", data={"code": "closed"}).status_code == 404
    assert "CRI 88/2026" not in stranger.get("/requests/links").text
    everything = site(desk.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()
    assert everything.post("/api/v1/request-links", json=body).json["code"] == "app.link_refused"


def received(client: FlaskClient, request: str) -> None:
    """Record that the requested authority received a request."""
    answer = client.post(f"/api/v1/requests/{request}/events", json={"code": "received", "day": "2026-01-20"})
    assert answer.status_code == 201


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_each_language(client: FlaskClient, ids: dict[str, str], language: str) -> None:
    received(client, ids["request.txt"])
    page = client.get(f"/requests/{ids['request.txt']}/course?ui={language}").text
    assert page.count("<circle") == 6
    assert load("app.labels")["request_event"]["received"][language] in page
    assert "El juicio oral está señalado" in page
    assert "CRI 88/2026" in client.get(f"/requests/links?ui={language}").text


def test_recording_on_the_page(client: FlaskClient, ids: dict[str, str]) -> None:
    address = f"/requests/{ids['follow_up.txt']}"
    data = {"code": "sent", "day": "2026-03-10", "reason": "Valija 12."}
    assert client.post(f"{address}/events", data=data).status_code == 302
    assert client.post(f"{address}/events", data={"code": "draft"}).status_code == 422
    page = client.get(f"{address}/course?ui=en").text
    assert "Valija 12." in page
    data = {"letter": ids["reminder.txt"], "request": ids["request.txt"], "kind": "reminder", "verdict": "confirmed"}
    assert client.post("/requests/links", data=data).location.endswith("/requests/links")


def test_course_on_the_command_line(desk: Desk, ids: dict[str, str]) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home), "LANG": "en_GB"}
    arguments = ["request-course", ids["preservation.txt"], "--record", "data_preserved", "--day", "2026-02-05"]
    shown = CliRunner().invoke(rogatio, arguments, env=environment)
    assert shown.exit_code == 0
    assert "2026-04-06  End of assured preservation" in shown.stdout
    shown = CliRunner().invoke(rogatio, [*arguments[:2], "--json"], env=environment)
    follows(json.loads(shown.stdout), "RequestCourse")
    assert CliRunner().invoke(rogatio, [*arguments[:2], "--link", ids["answer.txt"]], env=environment).exit_code == 2
    by_reference = ["--link", "Oficio 4471-2026-UCJIE", "--kind", "answer", "--json"]
    linked = CliRunner().invoke(rogatio, ["request-course", ids["request.txt"], *by_reference], env=environment)
    assert [one["letter"] for one in json.loads(linked.stdout)["letters"] if one["verdict"] == "confirmed"]


def test_days_waiting(desk: Desk, client: FlaskClient, ids: dict[str, str]) -> None:
    received(client, ids["request.txt"])
    of = courses(desk.store, desk.store.access(MADRID), ids.values())[ids["request.txt"]]
    assert of.waiting_days(date(2026, 1, 30)) == 10


def test_life_goes_with_its_document(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document = made.bring("request.txt", REQUEST, "madrid", document_type="rogatory_letter")
    client = site(made.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()
    assert client.post(f"/api/v1/requests/{document}/events", json={"code": "received"}).status_code == 201
    assert client.delete(f"/api/v1/documents/{document}").status_code == 204
    assert client.get(f"/api/v1/requests/{document}/course").status_code == 404
    made.installation.close()


def test_facts_before_and_deadlines_after_the_axis_are_one_mark_each() -> None:
    facts = [Moment("facts", "facts", f"20{year:02}", number=year - 9) for year in range(10, 22)]
    states = [Moment("states", "received", "2026-01-10", number=13)]
    later = [Moment("deadlines", "limitation", f"20{40 + year}-01-01", number=14 + year) for year in range(3)]
    chart = timeline_chart([*facts, *states, *later], date(2026, 2, 1))
    assert chart is not None
    labels = {lane.name: [mark.label for mark in lane.marks] for lane in chart.lanes}
    assert labels == {"facts": ["← 1–12"], "letters": [], "states": ["13"], "deadlines": ["14–16 →"]}
    assert all(mark.x + mark.width < WIDTH - 30 for lane in chart.lanes for mark in lane.marks)


def test_long_facts_do_not_cover_others() -> None:
    facts = [Moment("facts", "facts", "2026-01", "2026-12", number=1), Moment("facts", "facts", "2026-06", number=2)]
    days = [Moment("states", "received", day, number=3) for day in ("2026-01-10", "2026-12-20")]
    chart = timeline_chart([*facts, *days], date(2026, 2, 1))
    assert chart is not None
    first, second = chart.lanes[0].marks
    assert second.y > first.y


def test_labels_of_constants_follow_the_reader(client: FlaskClient) -> None:
    shown = []
    for language in LANGUAGES:
        with client.application.test_request_context(f"/?ui={language}"):
            client.application.preprocess_request()
            if not shown:  # compiled for the first reader, as templates are
                template = client.application.jinja_env.from_string("{{ 'proposed'|label('request_state') }}")
            shown.append(template.render())
    assert shown == ["propuesto", "proposto", "proposed", "proposé"]
