"""Short wordings of letters in four languages: marks of urgency, joined records, offices below a name, roles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import nlp
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
    assert (measure["measure"], measure["target"]) == ("controlled_delivery", "parcel")


def test_a_date_in_figures_is_no_law() -> None:
    text = "levantamiento del secreto bancario de la cuenta ES79 2100 0813 6101 2345 6798 del 01/03/2021 al 31/12/2022;"
    labels = {span.label for span in annotate(f"3. Diligencias solicitadas\n\na) {text}\n\nb) declaración.").spans}
    assert "LAW" not in labels


PERIODS = [
    # the only event narrated, in a letter without an account of the facts
    ("es", "El día 16 de febrero de 2024 fue hallado muerto en su domicilio de Cuenca el comerciante.", "2024-02-16"),
    ("pt", "Recordo os factos: em 13 de maio de 2024, junto a Portel, um camião colheu dois ciclistas.", "2024-05-13"),
    ("en", "In the course of an inspection on 27 March 2024 officers opened a container of timber.", "2024-03-27"),
    ("fr", "Le 12 avril 2024 elles ont passé la frontière, un jour de marché, avec une inconnue.", "2024-04-12"),
    # steps of the proceedings, births and treaties
    ("es", "Acompaño testimonio del auto dictado por el juzgado de Cuenca el 4 de febrero de 2024.", None),
    ("pt", "Contra ela foi expedido em 13 de outubro de 2024, pelo juízo de Évora, mandado de prisão.", None),
    ("en", "The suspect, born at Anna Regina on the coast, on 8 December 1987, lives in Madrid now.", None),
    ("fr", "L'intéressé est mis en accusation par ordonnance du 5 février 2024 du juge de Rennes.", None),
]


@pytest.mark.parametrize(("language", "told", "expected"), PERIODS)
def test_the_only_event_told_dates_the_facts(language: str, told: str, expected: str | None) -> None:
    period = first(reading(language, f"{told}\n\n{ASKED[language]}"), "facts_period")
    assert period == ({"from": expected, "to": expected} if expected else None)


ITEMS = [
    ("es", "Se solicita:\n\na) los extractos de la cuenta 44-1, de enero a junio de 2024;\nb) las facturas de 2023."),
    ("pt", "Solicita-se:\n\na) o histórico das chamadas do número 44-1, de abril a junho de 2024;\nb) cópia da ficha."),
    ("en", "We request:\n\n(a) the statements of account 44-1, from January to June 2024;\n(b) a copy of the file."),
    ("fr", "Je vous prie de :\n\na) transmettre les relevés du compte 44-1, de janvier à juin 2024 ;\nb) le dossier."),
]


@pytest.mark.parametrize(("language", "items"), ITEMS)
def test_the_period_of_requested_records_is_not_that_of_the_facts(language: str, items: str) -> None:
    assert first(reading(language, items), "facts_period") is None


def test_a_period_of_which_the_beginning_is_stated_ends_with_the_last_act() -> None:
    told = "HECHOS\n\nDesde marzo de 2024 el sospechoso vendió armas. El último viaje se hizo el 8 de mayo de 2024."
    period = first(reading("es", f"{told}\n\nSOLICITUD\n\n{ASKED['es']}"), "facts_period")
    assert period == {"from": "2024-03", "to": "2024-05-08"}


def test_repeated_words_are_separated() -> None:
    """A group such as ``(?:\\W*\\w+){1,14}`` splits each word in every way, which takes exponential time."""
    resources = Path(nlp.__file__).parent / "resources"
    repeated = re.compile(r"\(\?:\\W\*\\w\+\)[{*+]|\(\?:\\w\+\\W\*\)[{*+]|\(\?:\\w\+ \?\)[{*+]|\(\?: \?\\w\+\)[{*+]")
    assert [path.name for path in resources.glob("*.yaml") if repeated.search(path.read_text("utf-8"))] == []


RECORDS_OF_REGISTERS = [
    ("en", "We request the ownership history of the yacht Blue Heron.", {"production_documents"}),
    ("pt", "Solicita-se o envio das declarações de importação de madeira da sociedade.", {"production_documents"}),
    ("es", "Se solicita el historial registral de la embarcación Estrella.", {"production_documents"}),
    ("en", 'We request that you find out who "Don Pedro" is.', {"identify_locate_person"}),
    ("fr", "Je vous prie de bien vouloir établir qui se cache derrière « Le Grand ».", {"identify_locate_person"}),
]


@pytest.mark.parametrize(("language", "asked", "expected"), RECORDS_OF_REGISTERS)
def test_the_keeper_of_a_vehicle_is_in_a_register_and_a_nickname_hides_a_person(
    language: str, asked: str, expected: set[str]
) -> None:
    measures = reading(language, asked).fields.get("measures", ())
    assert {one.value["measure"] for one in measures if isinstance(one.value, dict)} == expected


SAID = [
    ("es", "urgency", "Prioridad: ALTA.", True),
    ("es", "urgency", "El vuelo sale mañana; necesitamos que actúen hoy mismo.", True),
    ("fr", "urgency", "Il y a péril en la demeure.", True),
    ("en", "urgency", "A swift answer is critical because the child may be taken out of the country.", True),
    ("es", "urgency", "Se ruega su más pronto diligenciamiento.", None),
    ("en", "urgency", "The Minister made an urgent statement to Parliament about the company.", None),
    ("es", "urgency", "Agradeceremos que se dé a la carta trato preferente.", True),
    ("es", "urgency", "Se solicita su cumplimiento sin dilación alguna.", True),
    ("es", "urgency", "El tribunal no puede esperar: rogamos celeridad.", True),
    ("pt", "urgency", "Roga-se tramitação célere, por estar próximo o fim do prazo.", True),
    ("pt", "urgency", "O bloqueio reveste-se da maior pressa.", True),
    ("pt", "urgency", "É assunto que não consente delongas.", True),
    ("en", "urgency", "We should be grateful for expedition in this case.", True),
    ("en", "urgency", "The warrant runs out on Friday, so sooner rather than later, please.", True),
    ("en", "urgency", "Any delay would allow him to sell the boat.", True),
    ("fr", "urgency", "Nous vous saurions gré d'agir toutes affaires cessantes.", True),
    ("fr", "urgency", "Une prompte exécution est sollicitée.", True),
    ("fr", "urgency", "Prière d'y donner suite sans tarder.", True),
    ("es", "urgency", "Urgencia: no solicitada.", None),
    ("en", "urgency", "Section B. Urgency: box not ticked.", None),
    ("fr", "urgency", "Urgence : aucune.", None),
    ("pt", "urgency", "Não se pede com pressa alguma.", None),
    ("es", "urgency", "En otra causa se pidió celeridad al juzgado.", None),
    ("es", "confidentiality", "Manténgase la petición fuera del expediente público.", True),
    ("pt", "confidentiality", "Agradecemos que a existência da carta fique entre as autoridades que a executam.", True),
    ("en", "confidentiality", "Classification: RESTRICTED", True),
    ("fr", "confidentiality", "Diffusion restreinte", True),
    ("es", "confidentiality", "No existe inconveniente en que el interesado conozca la solicitud.", None),
    ("en", "confidentiality", "There is no objection to the subject learning of this letter.", None),
    ("fr", "confidentiality", "La présente n'a rien de confidentiel.", None),
]


@pytest.mark.parametrize(("language", "field", "words", "expected"), SAID)
def test_haste_and_secrecy_in_other_words(language: str, field: str, words: str, expected: bool | None) -> None:
    assert first(reading(language, f"{ASKED[language]}\n\n{words}"), field) is expected


MANNERS = [
    ("es", "Los documentos deberán venir foliados y con el sello de la entidad en cada hoja.", True),
    ("pt", "É indispensável que as perguntas sejam feitas pela ordem em que vão no questionário.", True),
    ("en", "He must first be cautioned in the terms set out in Annex 2.", True),
    ("es", "El testigo declaró bajo juramento en 2021 ante este Juzgado.", False),
]


@pytest.mark.parametrize(("language", "words", "is_asked"), MANNERS)
def test_manner_of_execution_in_other_words(language: str, words: str, is_asked: bool) -> None:
    found = reading(language, f"{ASKED[language]}\n\n{words}").fields.get("special_procedure", ())
    assert any(words[:20] in str(one.value) for one in found) is is_asked
