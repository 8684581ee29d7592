"""Numbers, nationalities, enclosures and secrecy of letters in further wordings."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.folding import fold
from nlp.pipeline import annotate
from nlp.requests.enclosures.evidence import pattern
from nlp.requests.proposal import Json
from nlp.requests.reading import read_request
from tests.test_request_known_names import persons
from tests.test_request_offences import HEADS


def values(language: str, text: str, field: str) -> list[Json]:
    """Return the values of a field that is read from a letter with ``text``."""
    letter = HEADS[language] + text
    return [one.value for one in read_request(letter, annotate(letter)).fields.get(field, ())]


def numbers(language: str, text: str) -> set[tuple[str, str]]:
    """Return kind and text of the identifiers of a letter."""
    found = values(language, text, "identifiers")
    return {(str(one["kind"]), str(one["text"])) for one in found if isinstance(one, dict)}


NUMBERS = [
    ("fr", "La société Delta Fruits SRL (numéro d'entreprise 0479.114.268) a reçu les fonds.", ("company_number", "0479.114.268")),
    ("pt", "A empresa Delta Frutas SRL (número de empresa 0479.114.268) recebeu os fundos.", ("company_number", "0479.114.268")),
    ("en", "The suspect fled in a blue Toyota Corolla TAB 4417 towards Port of Spain.", ("plate", "TAB 4417")),
    ("es", "Diligencias previas con N.I.G. 30030 43 2 2024 0012345 del Juzgado de Instrucción.", ("case_number", "30030 43 2 2024 0012345")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), NUMBERS)
def test_number_is_of_the_kind_that_its_words_tell(language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in numbers(language, text)


TWO = [
    ("en", "The accused Paul Reeves, a citizen of Jamaica and of Belize, was arrested.", "Paul Reeves", ["JM", "BZ"]),
    ("es", "El imputado Pablo Ruiz Vega, de nacionalidad chilena y española, fue detenido.", "Pablo Ruiz Vega", ["CL", "ES"]),
    ("pt", "O arguido Paulo Reis Vaz, de nacionalidade brasileira e italiana, foi detido.", "Paulo Reis Vaz", ["BR", "IT"]),
    ("fr", "Le mis en cause Paul Rives, de nationalité haïtienne et canadienne, a été arrêté.", "Paul Rives", ["HT", "CA"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name", "expected"), TWO)
def test_both_nationalities_of_a_person_are_read(language: str, text: str, name: str, expected: list[str]) -> None:
    assert persons(language, text)[name]["nationality"] == expected


NOT_ENCLOSED = [
    ("es", "ASISTENCIA SOLICITADA\n1. Certificación de antecedentes penales de Pablo Ruiz Vega.\n2. Interrogatorio de Pablo Ruiz Vega."),
    ("es", "Se solicita el interrogatorio de Pablo Ruiz Vega.\nAnexos: poder no."),
    ("pt", "Solicita-se o interrogatório de Paulo Reis Vaz.\nAnexos: procuração: não."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOT_ENCLOSED)
def test_order_and_denied_item_enclose_nothing(language: str, text: str) -> None:
    assert values(language, text, "annexes") == []


LABELS = [
    ("d'une copie du jugement", "copie du jugement"),
    ("by a copy of the judgment", "copy of the judgment"),
    ("de una copia de la sentencia", "copia de la sentencia"),
    ("de uma cópia da sentença", "cópia da sentença"),
]


@pytest.mark.parametrize(("words", "label"), LABELS)
def test_label_of_an_enclosure_begins_with_its_noun(words: str, label: str) -> None:
    opening = pattern("opening").match(fold(words))
    assert opening is not None
    assert words[opening.end() :] == label


def test_label_in_a_sentence_begins_with_its_noun() -> None:
    text = "Se acompaña de una traducción al portugués y de un pliego de preguntas."
    assert values("es", text, "annexes") == [{"label": "traducción al portugués"}]


SECRET = [
    ("es", "La investigación se encuentra bajo reserva conforme al Código de Procedimiento Penal."),
    ("es", "Las diligencias fueron declaradas secretas por resolución judicial."),
    ("pt", "O processo corre em segredo de justiça."),
    ("fr", "L'enquête est couverte par le secret."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SECRET)
def test_secret_proceedings_ask_for_confidentiality(language: str, text: str) -> None:
    assert values(language, text, "confidentiality") == [True]
