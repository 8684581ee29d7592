"""Short wordings of letters in four languages: marks of urgency, joined records, offices below a name, roles."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL\nQuito, 3 de marzo de 2025\n\n{}\n\nSOLICITUD DE ASISTENCIA JUDICIAL\n\n"
    "A la autoridad competente de la República de Colombia\n\n",
    "pt": "MINISTÉRIO PÚBLICO\nLisboa, 3 de março de 2025\n\n{}\n\nPEDIDO DE AUXÍLIO JUDICIÁRIO\n\n"
    "À autoridade competente da República Francesa\n\n",
    "en": "DEPARTMENT OF JUSTICE\nDublin, 3 March 2025\n\n{}\n\nREQUEST FOR MUTUAL ASSISTANCE\n\n"
    "To the competent authority of the Kingdom of Spain\n\n",
    "fr": "PARQUET GÉNÉRAL\nParis, le 3 mars 2025\n\n{}\n\nDEMANDE D'ENTRAIDE\n\n"
    "À l'autorité compétente de la République portugaise\n\n",
}


def reading(language: str, body: str, mark: str = "") -> RequestReading:
    text = HEADS[language].format(mark) + body + "\n"
    return read_request(text, annotate(text))


def first(read: RequestReading, field: str) -> Any:
    return next((proposal.value for proposal in read.fields.get(field, ())), None)


ASKED = {
    "es": "Se solicita tomar declaración a la testigo Ana Ruiz.",
    "pt": "Solicita-se a inquirição da testemunha Ana Reis.",
    "en": "We request that the witness Ann Reed be examined.",
    "fr": "Je vous prie de bien vouloir entendre le témoin Anne Roux.",
}
MARKS = [
    ("es", "URGENTE", True),
    ("es", "MUY URGENTE – CAUSA CON PRESO", True),
    ("pt", "Urgente", True),
    ("pt", "URGENTE - ARGUIDO PRESO", True),
    ("en", "URGENT", True),
    ("en", "URGENT: PERSON IN CUSTODY", True),
    ("fr", "TRÈS URGENT", True),
    ("fr", "Extrême urgence", True),
    ("es", "URGENTE: NO", None),
    ("en", "Urgent: no", None),
    ("fr", "CONFIDENTIEL", None),
]


@pytest.mark.parametrize(("language", "mark", "expected"), MARKS)
def test_a_line_marks_a_letter_as_urgent(language: str, mark: str, expected: bool | None) -> None:
    assert first(reading(language, ASKED[language], mark), "urgency") is expected


CALM = [
    ("es", "Se interesa el cumplimiento en el plazo de tres meses."),
    ("pt", "Solicita-se o cumprimento no prazo de três meses."),
    ("en", "Please execute this request within three months."),
    ("fr", "Je vous saurais gré d'exécuter la demande dans un délai de trois mois."),
]


@pytest.mark.parametrize(("language", "limit"), CALM)
def test_a_period_of_months_is_no_haste(language: str, limit: str) -> None:
    assert first(reading(language, f"{ASKED[language]}\n\n{limit}"), "urgency") is None


RECORDS = [
    ("es", "a) Que se obtenga la titularidad, los extractos y los soportes de las operaciones de la cuenta 44-1."),
    ("pt", "a) A remessa dos extratos, comprovantes e demais operações da conta 44-1 no Banco Sul."),
    ("en", "a) That the movements, vouchers and opening forms of the account 44-1 be provided."),
    ("fr", "a) Transmettre les relevés, les mouvements et les justificatifs du compte 44-1."),
]


@pytest.mark.parametrize(("language", "item"), RECORDS)
def test_joined_records_of_an_account_are_bank_information(language: str, item: str) -> None:
    title = {"es": "ASISTENCIA SOLICITADA", "pt": "DILIGÊNCIAS SOLICITADAS", "en": "ASSISTANCE REQUESTED"}
    read = reading(language, f"{title.get(language, 'MESURES DEMANDÉES')}\n\n{item}")
    assert [value["measure"] for value in _values(read, "measures")] == ["bank_information"]


def test_freezing_a_balance_asks_for_no_records() -> None:
    read = reading("es", "ASISTENCIA SOLICITADA\n\na) Que se disponga la inmovilización del saldo de dicha cuenta.")
    assert [value["measure"] for value in _values(read, "measures")] == ["freezing"]


OFFICES = [
    ("en", "Catherine Furlong\n\nAssistant Principal\n\nCentral Authority for Mutual Assistance"),
    ("es", "Elena Prado Ruiz\nAsesora jurídica\nAutoridad Central"),
    ("fr", "Anne Lemaire\nRédactrice\nBureau de l'entraide"),
    ("pt", "Joana Reis Matos\nAssessora jurídica\nAutoridade Central"),
]


@pytest.mark.parametrize(("language", "foot"), OFFICES)
def test_a_name_above_its_office_signs(language: str, foot: str) -> None:
    checks = reading(language, f"{ASKED[language]}\n\n{foot}").checks
    assert next(check.state for check in checks if check.key == "signature") == "present"


VICTIMS = [
    ("es", "La perjudicada es la sociedad titular del museo, Valdés Patrimonio S.A."),
    ("pt", "A lesada é a sociedade gestora do museu, Valdés Património Lda."),
    ("en", "The complainant is the museum's trustee company, Valdes Heritage Ltd."),
    ("fr", "La plaignante est la société gestionnaire du musée, Valdès Patrimoine SARL."),
]


@pytest.mark.parametrize(("language", "told"), VICTIMS)
def test_a_company_said_to_be_the_complainant_is_a_victim(language: str, told: str) -> None:
    heading = {"es": "HECHOS", "pt": "FACTOS", "en": "FACTS", "fr": "FAITS"}[language]
    read = reading(language, f"{heading}\n\n{told}\n\n{ASKED[language]}")
    assert [person["role"] for person in _values(read, "persons") if person["name"].startswith("Vald")] == ["victim"]


def _values(read: RequestReading, field: str) -> list[Any]:
    return [proposal.value for proposal in read.fields.get(field, ())]


def test_the_adjective_of_a_people_is_no_target() -> None:
    item = "1. That a controlled delivery of the parcel be authorised in Spanish territory on 4 and 5 December 2026."
    (measure,) = _values(reading("en", f"ASSISTANCE REQUESTED\n\n{item}"), "measures")
    assert (measure["measure"], measure["target"]) == ("controlled_delivery", None)


def test_a_date_in_figures_is_no_law() -> None:
    text = "levantamiento del secreto bancario de la cuenta ES79 2100 0813 6101 2345 6798 del 01/03/2021 al 31/12/2022;"
    labels = {span.label for span in annotate(f"3. Diligencias solicitadas\n\na) {text}\n\nb) declaración.").spans}
    assert "LAW" not in labels
