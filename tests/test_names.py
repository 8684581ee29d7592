"""Names of persons, organisations and places by their context."""

from __future__ import annotations

import pytest

from nlp.entities.name_lists import find_name_lists
from nlp.entities.names import find_names
from nlp.entities.person_names import couple_start, names_couple

PERSONS = [
    ("es", "El Sr. Juan Pérez Gómez compareció.", ["Juan Pérez Gómez"]),
    ("es", "don José María de la Cruz y Ortega", ["José María de la Cruz y Ortega"]),
    ("es", "Carlos Ruiz Mora, nacido el 3 de mayo de 1970", ["Carlos Ruiz Mora"]),
    ("es", "PÉREZ GÓMEZ, Juan, con DNI 12345678Z", ["PÉREZ GÓMEZ, Juan"]),
    ("es", "la investigada Ana Torres", ["Ana Torres"]),
    ("es", "seguida contra Pedro Ruiz Díaz por estafa", ["Pedro Ruiz Díaz"]),
    ("es", "Nombre: María López", ["María López"]),
    ("es", "hijo de Luis Mora y de Elena", ["Luis Mora"]),
    ("pt", "o arguido João da Silva e Sousa", ["João da Silva e Sousa"]),
    ("pt", "Maria dos Santos, portadora do CPF 123", ["Maria dos Santos"]),
    ("pt", "Juiz Federal Sérgio Antunes", ["Sérgio Antunes"]),
    ("en", "Mr Justice Brown delivered the judgment", ["Brown"]),
    ("en", "John O'Neill, born on 3 May 1970", ["John O'Neill"]),
    ("en", "Lord Hoffmann agreed with Dr Anna McDonald", ["Hoffmann", "Anna McDonald"]),
    ("fr", "M. Jean Dupont, né le 3 mai 1970 à Lyon", ["Jean Dupont"]),
    ("fr", "la nommée Marie-Claire Lefèvre", ["Marie-Claire Lefèvre"]),
    ("en", "I voted for the Berger report and against the Dubois-Klein report", ["Berger", "Dubois-Klein"]),
    ("en", "the Annual report, the Commission report and the Police report", []),
    ("en", "Mr President-in-Office of the Council", []),
    ("es", "El Sr. Juez de Instrucción y el Señor Fiscal General", []),
    ("fr", "Monsieur le Procureur de la République", []),
    ("es", "DELITOS CONTRA LA ADMINISTRACIÓN PÚBLICA", []),
    ("en", "the witness said", []),
    ("es", "Señor Comisario, su respuesta", []),
    ("es", "el Fiscal Militar de Lima", []),
    ("es", "la demanda contra Ruiz y Gómez por estafa", []),
]

ORGANISATIONS = [
    ("es", "la empresa Inversiones del Sur, S.A. transfirió", "Inversiones del Sur, S.A."),
    ("es", "Comercial Andina Ltda. pagó", "Comercial Andina Ltda."),
    ("es", "Grupo Norte S. de R.L. de C.V.", "Grupo Norte S. de R.L. de C.V."),
    ("pt", "a sociedade Construções Norte, Lda. recebeu", "Construções Norte, Lda."),
    ("en", "Acme Holdings Ltd was", "Acme Holdings Ltd"),
    ("fr", "Transports Leroy SARL a", "Transports Leroy SARL"),
    ("es", "en el Banco Santander", "Banco Santander"),
]

PLACES = [
    ("es", "domiciliado en Calle Mayor, 12, Madrid", "Calle Mayor, 12"),
    ("es", "natural de Santa Cruz de la Sierra, y", "Santa Cruz de la Sierra"),
    ("es", "Madrid, 3 de mayo de 2024", "Madrid"),
    ("pt", "residente em Vila Nova de Gaia.", "Vila Nova de Gaia"),
    ("en", "residing at 12 Baker Street, London", "12 Baker Street"),
    ("fr", "demeurant à Saint-Denis", "Saint-Denis"),
]


def names(text: str, language: str, label: str) -> list[str]:
    spans = find_names(text, language)
    assert all(" ".join(text[span.start : span.end].split()) == span.value or " " in span.value for span in spans)
    return list(dict.fromkeys(span.value for span in spans if span.label == label))


@pytest.mark.parametrize(("language", "text", "expected"), PERSONS)
def test_persons(language: str, text: str, expected: list[str]) -> None:
    assert names(text, language, "PERSON") == expected


@pytest.mark.parametrize(("language", "text", "expected"), ORGANISATIONS)
def test_organisations(language: str, text: str, expected: str) -> None:
    assert expected in names(text, language, "ORGANISATION")


@pytest.mark.parametrize(("language", "text", "expected"), PLACES)
def test_places(language: str, text: str, expected: str) -> None:
    assert expected in names(text, language, "LOCATION")


def test_a_name_once_known_is_found_again() -> None:
    text = "El imputado Juan Pérez Gómez huyó. Después JUAN PÉREZ GÓMEZ fue hallado; Juan Pérez Gómez declaró."
    spans = [span for span in find_names(text, "es") if span.label == "PERSON"]
    assert {text[span.start : span.end] for span in spans} == {"Juan Pérez Gómez", "JUAN PÉREZ GÓMEZ"}
    assert len({span.start for span in spans}) == 3


def test_an_unknown_language_still_has_companies() -> None:
    assert names("Van Dijk Transport B.V. is", "nl", "ORGANISATION") == ["Van Dijk Transport B.V."]


@pytest.mark.parametrize(
    ("text", "name", "couple"),
    [
        ("Les requérants, M. et Mme Robins, sont nés", "Robins", "M. et Mme Robins"),
        ("Les requérants , M . et Mme Robins , sont", "Robins", "M . et Mme Robins"),
        ("contra el Sr. y la Sra. Paz por", "Paz", "Sr. y la Sra. Paz"),
        ("Mr and Mrs Keegan live", "Keegan", "Mr and Mrs Keegan"),
        ("M. Robins et Mme Price", "Price", "Price"),
    ],
)
def test_a_couple_is_named_together(text: str, name: str, couple: str) -> None:
    at = text.index(name)
    assert text[couple_start(text, at) : at + len(name)] == couple
    assert names_couple(couple) == (couple != name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr.Smith spoke", ["Smith"]),
        ("Adv. Sri.Thomas P. Kuruvilla for the appellant", ["Thomas P. Kuruvilla"]),
        ("Accused No. 5 fired", []),
        ("Appellant through the learned counsel", []),
    ],
)
def test_titles_in_english(text: str, expected: list[str]) -> None:
    assert names(text, "en", "PERSON") == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Toutefois, le 8 décembre 2009, le président informa la cour."), ("pt", "DJe, 11 mar. 2018")],
)
def test_a_word_before_a_date_is_no_place(language: str, text: str) -> None:
    assert names(text, language, "LOCATION") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à savoir MM. F. Gölcüklü, B. Walsh, M. A. Lopes Rocha et L. Wildhaber, en présence",
         ["F. Gölcüklü", "B. Walsh", "A. Lopes Rocha", "L. Wildhaber"]),
        ("Mmes Leroy et Petit-Jean", ["Leroy", "Petit-Jean"]),
        ("Mes Dupont et Leroy, avocats", ["Dupont", "Leroy"]),
        ("Los señores Juan Pérez, D. Luis de la Torre y José Paz", ["Juan Pérez", "Luis de la Torre", "José Paz"]),
        ("Os Srs. João Silva e Pedro da Costa", ["João Silva", "Pedro da Costa"]),
        ("Messrs. Smith, Jones, and O'Brien attended", ["Smith", "Jones", "O'Brien"]),
        ("MM. Robins", []),
        ("Mes parents, Jean et Marie", []),
        ("Señores Diputados, Presidente y Ministro", []),
    ],
)  # fmt: skip
def test_a_list_of_persons_behind_one_title(text: str, expected: list[str]) -> None:
    assert [span.value for span in find_name_lists(text)] == expected
