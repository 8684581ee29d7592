"""Offences whose words look like another element, and objects behind verbs of any form; all texts are invented."""

from __future__ import annotations

import pytest

from nlp.elements.provision_elements import provision_elements

COUNTRIES = {"es": "AR", "pt": "BR", "en": "IE", "fr": "FR"}
OFFENCES = [
    (
        "a verb of aggravation in an offence",
        "es",
        "Artículo 1. Será reprimido con prisión de dos a seis años el que, conociendo un embargo por sanciones "
        "pecuniarias, agravare su propia insolvencia.",
        [("subject", "el que"), ("object", "su propia insolvencia")],
    ),
    (
        "an attempt among the acts of an offence",
        "en",
        "1. Whoever commits, or attempts to commit, by flooding any such damage shall be punished with imprisonment "
        "for two years.",
        [("subject", "Whoever")],
    ),
    (
        "help among the acts of an offence",
        "fr",
        "Article 1\n\nLe fait, pour tout gardien, d'ouvrir une porte est puni de deux ans d'emprisonnement.",
        [("subject", "tout gardien"), ("object", "une porte")],
    ),
    (
        "an offender named by an impersonal sentence",
        "en",
        "1. It shall be an offence for any person to distribute any leaflet which is obscene.",
        [("subject", "any person")],
    ),
    (
        "an amount before the offender",
        "es",
        "Artículo 1. Será reprimido con prisión de quince días a un año, el que destruyere una cosa ajena.",
        [("subject", "el que"), ("object", "una cosa ajena")],
    ),
    (
        "a compound tense",
        "fr",
        "Article 1\n\n"
        "Quiconque a déplacé, tenté de déplacer ou accompagné un enfant sans accomplir les formalités est puni "
        "d'un an d'emprisonnement.",
        [("subject", "Quiconque"), ("object", "un enfant")],
    ),
    (
        "verbs of the present tense",
        "fr",
        "Article 1\n\n"
        "Quiconque construit ou exploite un ouvrage, réalise des travaux ou exerce une activité est puni d'une "
        "amende de 2 000 euros.",
        [("subject", "Quiconque"), ("object", "un ouvrage"), ("object", "des travaux"), ("object", "une activité")],
    ),
    (
        "kinds of fault",
        "fr",
        "Article 1\n\n"
        "Quiconque, par maladresse, imprudence ou inobservation des règlements, a causé un incendie est puni "
        "d'un an d'emprisonnement.",
        [
            ("subject", "Quiconque"),
            ("mental_element", "par maladresse, imprudence ou inobservation des règlements"),
            ("object", "un incendie"),
        ],
    ),
    (
        "a verb with a preposition and short verbs",
        "en",
        "1. Whoever buys, or sells, or disposes of, any instrument shall be punished with imprisonment for two years.",
        [("subject", "Whoever"), ("object", "any instrument")],
    ),
    (
        "the name of the act before its penalty",
        "en",
        "1. Whoever hides any record commits an offence, and upon conviction, shall be sentenced to imprisonment for a "
        "term not exceeding two years.",
        [("subject", "Whoever"), ("conduct", "hides"), ("object", "any record")],
    ),
    (
        "other offenders",
        "fr",
        "Article 1\n\n"
        "Sont punis d'un an d'emprisonnement ceux qui exercent l'activité de notaire ou ceux qui se "
        "prévalent de ce titre.",
        [("subject", "ceux qui"), ("object", "l'activité de notaire")],
    ),
    (
        "a line that ends before a name",
        "es",
        "Artículo 1. Sellos\n\nSerá reprimido con prisión de dos años el que falsificare un sello de la Ciudad de\n"
        "La Plata.",
        [("subject", "el que"), ("object", "un sello de la Ciudad de\nLa Plata")],
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"), [one[1:] for one in OFFENCES], ids=[one[0] for one in OFFENCES]
)
def test_an_offence_has_its_offender_and_object(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    label = "s. 1" if language == "en" else "art. 1"
    parts = provision_elements(text, label, language, COUNTRIES[language])
    reported = [(part.element, text[part.start : part.end]) for part in parts]
    wanted = {element for element, _ in expected}
    assert [one for one in reported if one[0] in wanted] == expected
    assert {"conduct"} <= {element for element, _ in reported}
    assert not {"aggravation", "attempt", "participation"} & {element for element, _ in reported}


@pytest.mark.parametrize(
    ("language", "text", "element"),
    [
        ("es", "Artículo 1. La pena se agravará en un tercio cuando el que robare fuere funcionario.", "aggravation"),
        ("en", "1. A person who attempts to commit an offence under this Act is guilty of an offence.", "attempt"),
    ],
)
def test_a_clause_that_is_about_degrees_or_attempts_stays_so(language: str, text: str, element: str) -> None:
    label = "s. 1" if language == "en" else "art. 1"
    assert {part.element for part in provision_elements(text, label, language, COUNTRIES[language])} == {element}


def test_items_of_a_penalty_that_name_an_act_are_conduct() -> None:
    text = (
        "Article 1 Sont punis des peines prévues pour les contraventions de la cinquième classe :\n\n"
        "1° Le fait d'organiser une course sans déclaration ;\n\n2° Le fait de fournir de faux renseignements."
    )
    parts = provision_elements(text, "art. 1", "fr", "FR")
    assert [text[part.start : part.end] for part in parts if part.element == "object"] == [
        "une course",
        "faux renseignements",
    ]
