"""Periods for which a letter wants data preserved, and the day that the radar computes from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from test_request_use_limitations import HEADS
from web_site import site

from app.requests.additions import add_value
from app.requests.deadlines.deadlines import DatedLetter, deadlines_of
from app.requests.deadlines.words import deadline_source
from app.requests.readings import stored_reading
from app.requests.review import decide, review
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

PERIODS = [
    ("es", "Se solicita conservar los datos por un plazo de noventa días.", 90, "day"),
    ("es", "Solicitamos la conservación rápida de los registros de la cuenta durante noventa (90) días.", 90, "day"),
    (
        "es",
        "Preserve el proveedor el buzón por un período no menor a 90 días, prorrogable por otros 60 días.",
        90,
        "day",
    ),
    ("es", "Plazo de conservación solicitado: 90 días.", 90, "day"),
    ("es", "Rogamos la conservación de los datos por 120 días; la solicitud se remitirá en 60 días.", 120, "day"),
    ("es", "Se asegurará la conservación de los datos por un término de ciento veinte días.", 120, "day"),
    ("pt", "Solicitamos a preservação dos dados da conta pelo prazo de 180 dias.", 180, "day"),
    ("pt", "Pedimos que a operadora preserve durante noventa dias o conteúdo da caixa de correio.", 90, "day"),
    ("pt", "Requer-se que sejam conservados os registos por, pelo menos, 90 dias, renováveis.", 90, "day"),
    ("pt", "Prazo de preservação pretendido: 60 dias", 60, "day"),
    ("en", "We ask that the traffic and content data be preserved for a period of at least ninety days.", 90, "day"),
    ("en", "We request you to order the expedited preservation of the logs for six months.", 6, "month"),
    ("en", "Please extend the preservation of the data for a further 90 days.", 90, "day"),
    ("en", "The data should be preserved for no less than 90 days.", 90, "day"),
    ("en", "Preservation period requested: 90 days", 90, "day"),
    ("fr", "Nous vous prions de faire conserver les données pendant une durée de trois mois.", 3, "month"),
    ("fr", "Merci d'ordonner la conservation rapide des données de trafic pour 90 jours au moins.", 90, "day"),
    ("fr", "Il est demandé de geler les données du compte pendant quatre-vingt-dix jours.", 90, "day"),
]
NO_PERIODS = [
    ("en", "Please preserve the mailbox; the logs are kept for 14 days only."),
    ("es", "Se solicita la conservación de los datos. Los registros se conservan 14 días."),
    ("pt", "Pede-se a preservação dos dados. Os registos são guardados por 30 dias apenas."),
    ("fr", "Il est demandé de conserver les données. Les journaux sont conservés pendant 10 jours."),
    ("es", "El proveedor solo conserva los registros durante 30 días, por lo que se solicita atención urgente."),
    ("es", "Se solicita conservar los mensajes intercambiados durante los 30 días anteriores al hecho."),
    ("es", "Conforme al artículo 29, apartado 7, la conservación tendrá una duración mínima de sesenta días."),
    ("es", "La Convención exige que toda conservación dure al menos sesenta días."),
    ("pt", "Os dados já foram preservados por 60 dias. Pedimos que sejam entregues."),
    ("pt", "A empresa guarda os registros por 180 dias. Solicita-se o envio dos registros."),
    ("en", "The provider retains its logs for 90 days. Please preserve the data."),
    ("en", "Please preserve the data; the formal request will be sent within 60 days."),
    ("en", "Under article 29(7) of the Convention preservation shall be for a period of at least sixty days."),
    ("fr", "Nous demandons le gel du compte bancaire pendant 90 jours."),
    ("fr", "L'opérateur conserve les journaux pendant 30 jours ; nous vous prions de les saisir."),
]


@pytest.mark.parametrize(("language", "sentence", "number", "unit"), PERIODS)
def test_a_period_of_preservation(language: str, sentence: str, number: int, unit: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    (found,) = read_request(text, annotate(text)).fields["preservation_period"]
    value: Any = found.value
    assert (value["number"], value["unit"]) == (number, unit)
    assert text[found.start : found.end] == value["text"]


@pytest.mark.parametrize(("language", "sentence"), NO_PERIODS)
def test_other_periods(language: str, sentence: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    assert "preservation_period" not in read_request(text, annotate(text)).fields


def test_the_minimum_of_the_treaty_is_named_as_such() -> None:
    letter = DatedLetter("d", "preservation_request", "2026-02-02", {}, "")
    (lapse,) = deadlines_of(letter, [], ())
    assert (lapse.key, lapse.day, lapse.days) == ("preservation_lapse", "2026-04-03", 60)
    assert "at least 60 days; the letter states no other period." in deadline_source(lapse, "en")
    value = {"number": 90, "unit": "day", "working": False, "text": "90 days"}
    fields = {"preservation_period": [{"id": "p", "value": value, "start": 3, "end": 9, "state": "proposed"}]}
    (asked,) = deadlines_of(DatedLetter("d", "preservation_request", "2026-02-02", fields, ""), [], ())
    assert (asked.key, asked.day, asked.days, asked.proposal) == ("preservation_period", "2026-05-03", 90, "p")
    assert asked.needs_follow_up
    sources = {deadline_source(asked, language) for language in LANGUAGES}
    assert len(sources) == len(LANGUAGES)
    assert all("60" in source and "29" in source for source in sources)


LETTER = """Fiscalía General, Bogotá (Colombia)
Radicado 110016000102202600345
Bogotá, 2 de febrero de 2026

SOLICITUD DE CONSERVACIÓN DE DATOS a las autoridades del Reino de España, artículo 29 del Convenio de Budapest.
Se solicita conservar durante noventa días los datos de tráfico de la cuenta de correo oculta@example.org.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.installation.close()


def test_the_radar_shows_the_period_of_the_letter_until_a_person_corrects_it(desk: Desk) -> None:
    letter = desk.bring("m.txt", LETTER, "bogota", document_type="preservation_request", date="2026-02-02")
    access = desk.store.access(LOCAL_USER)
    stored_reading(desk.store, access, letter)
    client = site(desk.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()

    def shown() -> list[tuple[str, str]]:
        found = client.get(f"/api/v1/requests/{letter}/course").json["deadlines"]
        return [(one["key"], one["day"]) for one in found]

    assert shown() == [("preservation_period", "2026-05-03")]
    assert "End of the preservation requested" in client.get(f"/requests/{letter}/course?ui=en").text
    (value,) = review(desk.store, access, letter).fields["preservation_period"]
    decide(desk.store, access, LOCAL_USER, letter, value.id, "corrected", "120 días")
    assert shown() == [("preservation_period", "2026-06-02")]
    decide(desk.store, access, LOCAL_USER, letter, value.id, "rejected", "")
    assert shown() == [("preservation_lapse", "2026-04-03")]
    add_value(desk.store, access, LOCAL_USER, letter, "preservation_period", "seis meses")
    assert shown() == [("preservation_period", "2026-08-02")]


@pytest.mark.parametrize("field", ["answer_period", "preservation_period"])
def test_an_added_period_is_shown(desk: Desk, field: str) -> None:
    letter = desk.bring("m.txt", LETTER, "bogota", document_type="preservation_request", date="2026-02-02")
    access = desk.store.access(LOCAL_USER)
    stored_reading(desk.store, access, letter)
    add_value(desk.store, access, LOCAL_USER, letter, field, "45 días")
    client = site(desk.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()
    page = client.get(f"/requests/{letter}?ui=en")
    assert (page.status_code, "45 días" in page.text) == (200, True)
