"""Where an offence ends and its punishment begins, whatever the words of the law; all texts are invented."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from nlp.elements.provision_elements import provision_elements

HEADINGS = {"es": "Artículo 7. Título\n\n", "pt": "Art. 7\n\n", "en": "7. Title\n\n", "fr": "Article 7\n\n"}
OFFENCES = [
    (
        "fr",
        "CA",
        "Quiconque contrevient à un ordre commet une infraction et encourt une amende de cinq mille dollars.",
        [
            ("subject", "Quiconque"),
            ("conduct", "contrevient à"),
            ("object", "un ordre"),
            ("penalty", "encourt une amende de cinq mille dollars"),
        ],
    ),
    (
        "fr",
        "SN",
        "Toute personne qui dissimule des registres est, en outre, passible d'un emprisonnement de six mois.",
        [
            ("subject", "Toute personne"),
            ("conduct", "dissimule"),
            ("object", "des registres"),
            ("penalty", "est, en outre, passible d'un emprisonnement de six mois"),
        ],
    ),
    (
        "es",
        "HN",
        "Quien guarde sellos falsos debe ser castigado con prisión de dos a tres años.",
        [
            ("subject", "Quien"),
            ("conduct", "guarde"),
            ("object", "sellos falsos"),
            ("penalty", "debe ser castigado con prisión de dos a tres años"),
        ],
    ),
    (
        "es",
        "HN",
        "A quien guarde sellos falsos se le debe imponer prisión de un año.",
        [
            ("subject", "A quien"),
            ("conduct", "guarde"),
            ("object", "sellos falsos"),
            ("penalty", "se le debe imponer prisión de un año"),
        ],
    ),
    (
        "pt",
        "ST",
        "Quem guardar selos falsos deve ser punido com prisão até dois anos.",
        [
            ("subject", "Quem"),
            ("conduct", "guardar"),
            ("object", "selos falsos"),
            ("penalty", "deve ser punido com prisão até dois anos"),
        ],
    ),
    (
        "en",
        "KE",
        "A person who keeps false seals must be punished with imprisonment for one year.",
        [
            ("subject", "A person"),
            ("conduct", "keeps"),
            ("object", "false seals"),
            ("penalty", "must be punished with imprisonment for one year"),
        ],
    ),
    (
        "fr",
        "NE",
        "Quiconque conserve des sceaux contrefaits doit être puni d'un an d'emprisonnement.",
        [
            ("subject", "Quiconque"),
            ("conduct", "conserve"),
            ("object", "des sceaux contrefaits"),
            ("penalty", "doit être puni d'un an d'emprisonnement"),
        ],
    ),
    (
        "fr",
        "CA",
        "Quiconque vend une arme dans l'intention qu'elle serve à un crime est coupable d'un acte criminel et passible de prison.",
        [
            ("subject", "Quiconque"),
            ("conduct", "vend"),
            ("object", "une arme"),
            ("mental_element", "dans l'intention qu'elle serve à un crime"),
            ("penalty", "est coupable d'un acte criminel et passible de prison"),
        ],
    ),
    (
        "en",
        "ZW",
        "Any person who uses a password shall be guilty of unauthorised use of a password and liable to a fine.",
        [
            ("subject", "Any person"),
            ("conduct", "uses"),
            ("object", "a password"),
            ("penalty", "shall be guilty of unauthorised use of a password and liable to a fine"),
        ],
    ),
    (
        "en",
        "ZM",
        "A person who destroys any fence shall, unless a heavier penalty is provided, be liable to a fine of ten pounds.",
        [
            ("subject", "A person"),
            ("conduct", "destroys"),
            ("object", "any fence"),
            ("penalty", "shall, unless a heavier penalty is provided, be liable to a fine of ten pounds"),
        ],
    ),
    (
        "en",
        "ZM",
        "Any person who hunts any elephant commits an offence: Provided that the Minister may grant exemptions.",
        [
            ("subject", "Any person"),
            ("conduct", "hunts"),
            ("object", "any elephant"),
            ("other", "Provided that the Minister may grant exemptions"),
        ],
    ),
    (
        "es",
        "AR",
        "El funcionario que autorice la obra se hará pasible de una multa de cien pesos.",
        [
            ("subject", "El funcionario"),
            ("conduct", "autorice"),
            ("object", "la obra"),
            ("penalty", "se hará pasible de una multa de cien pesos"),
        ],
    ),
    (
        "pt",
        "MZ",
        "Quem destruir bens públicos fica, ainda, sujeito a pena de multa.",
        [
            ("subject", "Quem"),
            ("conduct", "destruir"),
            ("object", "bens públicos"),
            ("penalty", "fica, ainda, sujeito a pena de multa"),
        ],
    ),
]
OBJECTS = [
    (
        "en",
        "Any person who enters any land or buildings in a violent manner is liable to a fine.",
        "any land or buildings",
    ),
    ("en", "Any person who hides a horse or uses it is liable to a fine.", "a horse"),
    ("en", "Any person who uses or causes to be used a false measure is liable to a fine.", "a false measure"),
    ("es", "El que mediante fuerza o amenaza coaccionara al juez será castigado con multa.", "al juez"),
    ("es", "El que removiera, ocultara o dañara libros de comercio será castigado con multa.", "libros de comercio"),
    ("en", "Any person who by force rescues any prisoner is liable to a fine.", "any prisoner"),
    (
        "en",
        "A person who makes false, malicious or vexatious complaints is liable to a fine.",
        "false, malicious or vexatious complaints",
    ),
    ("fr", "Quiconque aura porté atteinte à l'intimité d'autrui sera puni d'une amende.", "l'intimité d'autrui"),
    (
        "fr",
        "Celui qui importe ou tente d'importer, exporte ou tente d'exporter des spécimens protégés est puni d'une amende.",
        "des spécimens protégés",
    ),
]


@pytest.mark.parametrize(("language", "country", "text", "expected"), OFFENCES)
def test_an_offence_ends_before_its_punishment(
    language: str, country: str, text: str, expected: list[tuple[str, str]]
) -> None:
    text = HEADINGS[language] + text
    parts = provision_elements(text, "s. 7" if language == "en" else "art. 7", language, country)
    assert [(part.element, text[part.start : part.end]) for part in parts] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El que no será castigado por la tentativa responde por la amenaza."),
        ("fr", "La personne déclarée coupable n'est passible d'une pénalité qu'après un avis."),
        ("pt", "O crime não será punido com multa."),
    ],
)
def test_what_is_denied_does_not_punish(language: str, text: str) -> None:
    text = HEADINGS[language] + text
    assert "penalty" not in {part.element for part in provision_elements(text, "art. 7", language)}


@pytest.mark.parametrize(("language", "text", "expected"), OBJECTS)
def test_an_object_of_a_list_of_verbs(language: str, text: str, expected: str) -> None:
    text = HEADINGS[language] + text
    parts = provision_elements(text, "s. 7" if language == "en" else "art. 7", language)
    assert next(text[part.start : part.end] for part in parts if part.element == "object") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El que por acción culposa causara un daño será castigado con multa.", "por acción culposa"),
        (
            "es",
            "Quien contrajere matrimonio sabiendo que existe impedimento y ocultare esta circunstancia será sancionado con multa.",
            "sabiendo que existe impedimento",
        ),
        (
            "fr",
            "Est puni d'une amende celui qui, pour satisfaire son intérêt personnel, impose à autrui un travail.",
            "pour satisfaire son intérêt personnel",
        ),
        (
            "fr",
            "Il est interdit de vendre une arme dans l'intention qu'elle serve à un crime.\n\nQuiconque contrevient à "
            "cette interdiction est puni d'une amende.",
            "dans l'intention qu'elle serve à un crime",
        ),
    ],
)
def test_a_mental_element_is_a_whole_phrase(language: str, text: str, expected: str) -> None:
    text = HEADINGS[language] + text
    parts = provision_elements(text, "art. 7", language)
    assert [text[part.start : part.end] for part in parts if part.element == "mental_element"] == [expected]


def test_a_reference_is_no_object() -> None:
    text = HEADINGS["en"] + "A person who contravenes subsection (1) is liable to a fine."
    parts = provision_elements(text, "s. 7", "en")
    assert [part.element for part in parts] == ["subject", "conduct", "penalty"]
