"""Periods that a letter states for its answer: what is one, and the day that is computed from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from test_request_use_limitations import HEADS
from web_site import site

from app.requests.deadlines.deadlines import DatedLetter, deadlines_of
from app.requests.deadlines.words import deadline_source
from app.requests.life.events import Event, NewEvent
from app.requests.life.recording import record_event
from app.requests.readings import stored_reading
from app.requests.review import decide, review
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

PERIODS = [
    ("es", "Se ruega remitir lo actuado en un plazo de quince días desde su recepción.", 15, "day", "receipt"),
    ("es", "Le agradeceríamos una respuesta dentro de los 30 días siguientes al recibo.", 30, "day", "receipt"),
    ("es", "Plazo para la respuesta: 45 días.", 45, "day", "receipt"),
    ("es", "Se solicita cumplirlo en el plazo de un mes desde la fecha de la presente.", 1, "month", "letter"),
    ("es", "Se agradece dar respuesta en un plazo de treinta (30) días desde el recibo.", 30, "day", "receipt"),
    ("es", "La información debe enviarse en el plazo de diez días.", 10, "day", "receipt"),
    ("es", "Rogamos contesten, en todo caso, antes de 30 días desde la recepción.", 30, "day", "receipt"),
    ("es", "Se solicita citarlo con una antelación mínima de treinta días a la audiencia.", 30, "day", "hearing"),
    ("es", "Por favor responda en un plazo de 90 días.", 90, "day", "receipt"),
    ("es", "Favor de responder dentro de 20 días.", 20, "day", "receipt"),
    ("es", "Respóndase en el plazo de diez días.", 10, "day", "receipt"),
    ("pt", "Por favor responda no prazo de 90 dias.", 90, "day", "receipt"),
    ("pt", "Favor responder em até 25 dias.", 25, "day", "receipt"),
    ("en", "Please reply in no more than 30 days.", 30, "day", "receipt"),
    ("en", "Response required within 30 days.", 30, "day", "receipt"),
    ("fr", "Répondez s'il vous plaît dans les 60 jours.", 60, "day", "receipt"),
    ("fr", "Réponse attendue sous 45 jours.", 45, "day", "receipt"),
    ("pt", "Solicita-se a devolução da presente, devidamente cumprida, no prazo de dez dias.", 10, "day", "receipt"),
    ("pt", "Roga-se resposta em até 30 (trinta) dias a contar do recebimento.", 30, "day", "receipt"),
    ("pt", "Aguardamos retorno no prazo de quinze dias.", 15, "day", "receipt"),
    ("en", "Please let us have the records within 30 days of receipt of this letter.", 30, "day", "receipt"),
    ("en", "We should be grateful for your reply within two weeks.", 2, "week", "receipt"),
    ("en", "We should be glad to have this cured within 45 days of the date hereof.", 45, "day", "letter"),
    ("en", "We ask for an answer within a fortnight.", 14, "day", "receipt"),
    ("fr", "Une réponse dans un délai d'un mois serait appréciée.", 1, "month", "receipt"),
    ("fr", "Nous vous prions de nous répondre sous quinzaine.", 15, "day", "receipt"),
    ("fr", "Merci de bien vouloir exécuter la présente sous 48 heures.", 48, "hour", "receipt"),
    ("fr", "Nous vous prions de transmettre les relevés dans un délai de trente jours.", 30, "day", "receipt"),
    ("es", "El plazo para responder es de treinta días a contar de la recepción.", 30, "day", "receipt"),
    (
        "es",
        "El plazo máximo para la devolución de la comisión rogatoria cumplimentada es de 45 días.",
        45,
        "day",
        "receipt",
    ),
    ("es", "El término para la ejecución de las diligencias solicitadas es de tres meses.", 3, "month", "receipt"),
    ("es", "Se pide el cumplimiento en 40 días.", 40, "day", "receipt"),
    ("es", "Las autoridades requeridas disponen de treinta días para cumplir la solicitud.", 30, "day", "receipt"),
    ("pt", "O prazo para resposta é de 30 dias a contar do recebimento.", 30, "day", "receipt"),
    ("pt", "O prazo de cumprimento é de 90 dias.", 90, "day", "receipt"),
    ("pt", "Pede-se o cumprimento em 60 dias.", 60, "day", "receipt"),
    ("pt", "O prazo de resposta é de trinta dias a partir da data da presente.", 30, "day", "letter"),
    ("pt", "Concede-se prazo de 45 (quarenta e cinco) dias para resposta.", 45, "day", "receipt"),
    ("pt", "Aguarda-se resposta no prazo de 30 dias.", 30, "day", "receipt"),
    ("pt", "Agradece-se que seja dado cumprimento ao pedido no prazo de 60 dias.", 60, "day", "receipt"),
    ("pt", "Secção B: urgência. Prazo mais curto: 15 dias a contar da receção.", 15, "day", "receipt"),
    (
        "es",
        "Se agradecerá que se dé cumplimiento en un plazo de treinta días desde su recepción.",
        30,
        "day",
        "receipt",
    ),
    ("es", "Sección B. Plazo más breve: 10 días.", 10, "day", "receipt"),
    ("fr", "Section B : urgence. Délai plus court : 20 jours à compter de la réception.", 20, "day", "receipt"),
    ("en", "Section B: urgency. Shorter time limit: 12 days.", 12, "day", "receipt"),
    ("en", "The time limit for a reply is 30 days from receipt.", 30, "day", "receipt"),
    ("en", "The period for execution is 90 days.", 90, "day", "receipt"),
    ("en", "The time allowed for execution of this letter is 90 days.", 90, "day", "receipt"),
    ("en", "The time limit for your answer is 21 days from the date of this request.", 21, "day", "letter"),
    ("en", "Execution in 30 days is requested.", 30, "day", "receipt"),
    ("en", "You have 30 days to reply.", 30, "day", "receipt"),
    ("fr", "Le délai de réponse est de 30 jours à compter de la réception.", 30, "day", "receipt"),
    ("fr", "Le délai d'exécution de la commission rogatoire est de quatre mois.", 4, "month", "receipt"),
    ("fr", "Le délai pour répondre est fixé à quinze jours.", 15, "day", "receipt"),
    ("fr", "Le délai de transmission des pièces est d'un mois.", 1, "month", "receipt"),
    ("fr", "Vous disposez de 30 jours pour répondre.", 30, "day", "receipt"),
]
NO_PERIODS = [
    ("es", "El demandado deberá contestar la demanda en el plazo de quince días."),
    ("es", "Se solicita conservar los datos por un plazo de noventa días."),
    ("es", "La solicitud formal será remitida en el plazo de sesenta días."),
    ("es", "Se ruega cumplir lo pedido en el plazo de 30 días, que vence el 3 de marzo de 2027."),
    ("pt", "O réu poderá contestar no prazo de quinze dias."),
    ("en", "A formal request will be sent within sixty days."),
    ("en", "He may appeal within 14 days."),
    ("en", "Please preserve the data for 90 days."),
    ("fr", "L'intéressé pourra former opposition dans les quinze jours de la remise."),
    ("fr", "Une demande formelle vous sera adressée dans les soixante jours."),
    ("es", "El plazo de ejecución de la obra es de 90 días."),
    ("es", "El plazo para contestar la demanda es de veinte días."),
    ("pt", "O prazo de devolução da mercadoria é de 7 dias."),
    ("pt", "O banco tem 10 dias para responder aos clientes."),
    ("en", "The time limit for a response to the statement of claim is 28 days."),
    ("en", "He has 30 days to reply."),
    ("en", "The limitation period is 6 months."),
    ("fr", "Le délai de réponse du défendeur est de 15 jours."),
    ("fr", "Le délai d'exécution des travaux est de 90 jours."),
]


@pytest.mark.parametrize(("language", "sentence", "number", "unit", "since"), PERIODS)
def test_a_period_for_the_answer(language: str, sentence: str, number: int, unit: str, since: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    fields = read_request(text, annotate(text)).fields
    (found,) = fields["answer_period"]
    value: Any = found.value
    assert (value["number"], value["unit"], value["working"], value["from"]) == (number, unit, False, since)
    assert text[found.start : found.end] == value["text"]
    assert "deadlines" not in fields


@pytest.mark.parametrize(("language", "sentence"), NO_PERIODS)
def test_other_periods(language: str, sentence: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    assert "answer_period" not in read_request(text, annotate(text)).fields


@pytest.mark.parametrize("words", ["10 días hábiles", "diez (10) dias úteis", "10 working days", "dix jours ouvrables"])
def test_working_days(words: str) -> None:
    text = f"{HEADS['es']}Se ruega responder dentro de {words}.\n\n"
    (found,) = read_request(text, annotate(text)).fields["answer_period"]
    assert isinstance(found.value, dict)
    assert (found.value["number"], found.value["working"]) == (10, True)


def period(number: int, unit: str, *, since: str = "receipt", working: bool = False) -> dict[str, Any]:
    value = {"number": number, "unit": unit, "working": working, "from": since, "text": f"{number} {unit}"}
    return {"answer_period": [{"id": "p", "value": value, "start": 3, "end": 9, "state": "proposed"}]}


TRIAL = {"date": "2026-05-20", "reason": "hearing"}
HEARING = {"deadlines": [{"id": "h", "value": TRIAL, "start": 0, "end": 1, "state": "proposed"}]}
RECEIVED = Event(1, "d", "received", "2026-03-02", "", "", "", "ana", datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "letter", "events", "day", "since"),
    [
        (period(30, "day"), "2026-02-20", [RECEIVED], "2026-04-01", "received"),
        (period(30, "day"), "2026-02-20", [], "2026-03-22", "letter"),
        (period(30, "day", since="letter"), "2026-02-20", [RECEIVED], "2026-03-22", "letter_date"),
        (period(30, "day"), "", [], "2026-04-09", "entered"),
        (period(2, "week"), "2026-02-20", [RECEIVED], "2026-03-16", "received"),
        (period(1, "month", since="letter"), "2026-01-31", [], "2026-02-28", "letter_date"),
        (period(48, "hour"), "2026-02-20", [RECEIVED], "2026-03-04", "received"),
        (period(10, "day", working=True), "2026-02-20", [RECEIVED], "2026-03-16", "received"),
        (HEARING | period(30, "day", since="hearing"), "2026-02-20", [RECEIVED], "2026-04-20", "hearing"),
    ],
)
def test_the_last_day(fields: Any, letter: str, events: list[Event], day: str, since: str) -> None:
    found = deadlines_of(DatedLetter("d", "reminder", letter, fields, "2026-03-10"), events, ())
    (computed,) = [one for one in found if one.key.startswith("answer_period")]
    assert (computed.day, computed.since_event, computed.origin, computed.proposal) == (day, since, "computed", "p")
    sources = {deadline_source(computed, language) for language in LANGUAGES}
    assert len(sources) == len(LANGUAGES)


def test_a_period_before_a_hearing_without_a_day_has_no_last_day() -> None:
    fields = period(30, "day", since="hearing")
    assert deadlines_of(DatedLetter("d", "reminder", "2026-02-20", fields), [], ()) == ()


LETTER = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Madrid, 12 de enero de 2026

A la autoridad judicial competente de la República del Perú

RECORDATORIO. Se reitera la comisión rogatoria CRI 88/2026, aún no cumplimentada.
Se ruega remitir lo actuado en un plazo de treinta días desde su recepción.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.installation.close()


def test_pages_show_the_day_with_its_source_until_a_person_corrects_the_period(desk: Desk) -> None:
    letter = desk.bring("m.txt", LETTER, "madrid", document_type="reminder", date="2026-01-12")
    access = desk.store.access(LOCAL_USER)
    stored_reading(desk.store, access, letter)
    client = site(desk.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()

    def shown() -> dict[str, Any]:
        (one,) = client.get(f"/api/v1/requests/{letter}/course").json["deadlines"]
        return {key: one[key] for key in ("key", "day", "since_event")}

    assert shown() == {"key": "answer_period", "day": "2026-02-11", "since_event": "letter"}
    record_event(desk.store, access, LOCAL_USER, letter, NewEvent("received", "2026-01-20"))
    assert shown() == {"key": "answer_period", "day": "2026-02-19", "since_event": "received"}
    assert "19 February 2026" in client.get(f"/requests/{letter}?ui=en").text
    course = client.get(f"/requests/{letter}/course?ui=en").text
    assert "Period stated in the letter. From 20 January 2026 (received)." in course
    assert "en un plazo de treinta días desde su recepción" in course
    (value,) = review(desk.store, access, letter).fields["answer_period"]
    decide(desk.store, access, LOCAL_USER, letter, value.id, "corrected", "40 días")
    assert shown()["day"] == "2026-03-01"
    with pytest.raises(RogatioError, match="unknown_request_value"):
        decide(desk.store, access, LOCAL_USER, letter, value.id, "corrected", "pronto")
    assert date.fromisoformat(shown()["day"]) > date(2026, 2, 19)
