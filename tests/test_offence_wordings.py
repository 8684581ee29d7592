"""Whole phrases of offences in wordings of real codes: states of mind, offenders, acts, and several offences at once."""

# ruff: noqa: E501 (each provision is on one line)
from __future__ import annotations

import re

import pytest

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision
from nlp.elements.penalties import find_penalties
from nlp.elements.provision_elements import provision_elements

PHRASES = [
    # states of mind
    ("pt", "mental_element", "Art. 333. Oferecer vantagem indevida a funcionário público, para determiná-lo a praticar ato de ofício:\n\nPena - reclusão, de 2 a 12 anos.", ["para determiná-lo a praticar ato de ofício"]),
    ("pt", "mental_element", "Art. 152. Abusar da condição de sócio para, no todo ou em parte, desviar correspondência:\n\nPena - detenção, de 3 meses a 2 anos.", ["para, no todo ou em parte, desviar correspondência"]),
    ("pt", "mental_element", "Art. 289. Quem restitui moeda à circulação, depois de conhecer a falsidade, é punido com detenção, de 6 meses a 2 anos.", ["depois de conhecer a falsidade"]),
    ("es", "mental_element", "Artículo 244. El que utilizare un vehículo ajeno, sin ánimo de apropiárselo, será castigado con multa de dos a doce meses.", ["sin ánimo de apropiárselo"]),
    ("es", "mental_element", "Artículo 308. El que vende productos de fauna silvestre, cuyo origen no autorizado conoce o puede presumir, será reprimido con prisión de tres a cinco años.", ["cuyo origen no autorizado conoce o puede presumir"]),
    ("es", "mental_element", "Artículo 190. El que, en su provecho o de un tercero, se apropia de un bien mueble, será reprimido con prisión de dos a cuatro años.", ["en su provecho o de un tercero"]),
    ("fr", "mental_element", "Article 223-5\n\nLe fait d'entraver volontairement l'arrivée de secours est puni de sept ans d'emprisonnement.", ["volontairement"]),
    ("fr", "mental_element", "Article 435-1\n\nEst puni de dix ans d'emprisonnement le fait, par une personne dépositaire de l'autorité publique, de solliciter des dons, pour accomplir un acte de sa fonction, de sa mission ou de son mandat ou facilité par sa fonction.", ["pour accomplir un acte de sa fonction, de sa mission ou de son mandat ou facilité par sa fonction"]),
    ("en", "mental_element", "100. Where a request is made, any person who, knowing that the investigation is taking place, makes any disclosure is guilty of an offence.", ["knowing that the investigation is taking place"]),
    # offenders
    ("es", "subject", "Artículo 248. Cometen estafa los que, con ánimo de lucro, utilizaren engaño bastante. Los reos serán castigados con la pena de prisión de seis meses a tres años.", ["los que"]),
    ("pt", "subject", "Art. 313-A. Inserir ou facilitar, o funcionário autorizado, a inserção de dados falsos:\n\nPena - reclusão, de 2 a 12 anos.", ["o funcionário autorizado"]),
    ("pt", "subject", "Art. 311. Divulgar conteúdo sigiloso:\n\nPena - reclusão, de 1 a 4 anos.\n\n§ 1 ºNas mesmas penas incorre quem permite o acesso de pessoas não autorizadas.", ["quem"]),
    ("fr", "subject", "Article L163-3\n\nEst puni d'un emprisonnement de sept ans le fait pour toute personne :\n\n1. De contrefaire un chèque ;\n\n2. D'accepter un chèque contrefait.", ["toute personne"]),
    ("es", "subject", "Artículo 133. Los ascendientes,\n\ndescendientes, hermanos, tutores y cualesquiera persona que, con abuso de autoridad, cooperaren a la perpetración de los delitos serán reprimidos con prisión de dos a seis años.", ["Los ascendientes,\n\ndescendientes, hermanos, tutores y cualesquiera persona"]),
    ("es", "subject", "Artículo 418. Se impondrá multa de cien a tres mil veces el valor diario de la Unidad de Medida y Actualización vigente, siempre que dichas actividades no se realicen en zonas urbanas, al que sin autorización tale árboles.", ["al que"]),
    # acts
    ("es", "conduct", "ARTICULO 200. - Será reprimido con\n\nprisión de TRES (3) a DIEZ (10) años y multa de PESOS DIEZ\n\nMIL ($ 10.000) a PESOS DOSCIENTOS MIL ($ 200.000), el que envenenare aguas potables.", ["envenenare"]),
    ("es", "conduct", "Artículo 161.Omisión de medidas de protección a la población civil.El que omita la adopción de medidas, incurrirá en prisión de cuatro a ocho años.", ["omita"]),
    ("fr", "conduct", "Art. 17. Toute infraction aux interdictions prononcées en vertu de l'article 14 sera punie d'un emprisonnement de trois mois à un an.", ["Toute infraction aux"]),
    ("es", "object", "Artículo 122. La mujer que permitiere que otro se lo cause, incurrirá en prisión de dieciséis a cincuenta y cuatro meses.", ["que otro se lo cause"]),
    ("fr", "object", "Article L231-18\n\nLe fait de confirmer des informations mensongères sur la situation de la société est puni de cinq ans d'emprisonnement.", ["des informations mensongères sur la situation de la société"]),
]  # fmt: skip


def parts_of(language: str, text: str) -> list[tuple[str, str]]:
    number = re.search(r"L?\d+(?:-[A-Z\d]+)?", text)
    assert number
    label = f"{'s.' if language == 'en' else 'art.'} {number[0].replace('L', 'L. ')}"
    jurisdiction = {"es": "AR", "pt": "BR", "en": "IE", "fr": "FR"}[language]
    return [(one.element, text[one.start : one.end]) for one in provision_elements(text, label, language, jurisdiction)]


@pytest.mark.parametrize(("language", "element", "text", "expected"), PHRASES)
def test_an_element_is_a_whole_phrase(language: str, element: str, text: str, expected: list[str]) -> None:
    assert [words for name, words in parts_of(language, text) if name == element] == expected


def test_a_proviso_that_denies_raises_no_penalty() -> None:
    text = (
        "Artículo 418. Se impondrá pena de seis meses a nueve años de prisión, siempre que dichas actividades no se "
        "realicen en zonas urbanas, al que sin autorización destruya la vegetación forestal."
    )
    assert [name for name, _ in parts_of("es", text)] == ["penalty", "subject", "conduct", "object"]


def test_a_conditional_penalty_is_weighed_against_the_offence_before_it() -> None:
    text = (
        "Artículo 189. El que fabricare materiales radiactivos será reprimido con prisión de CINCO (5) a QUINCE (15) "
        "años.\n\nLa simple tenencia de armas de fuego de uso civil será reprimida con prisión de 6 (SEIS) meses a 2 "
        "(DOS) años.\n\nSi las armas fueren de guerra, la pena será de DOS (2) a SEIS (6) años de prisión."
    )
    assert [name for name, _ in parts_of("es", text) if name not in ("subject", "conduct", "object")] == [
        "penalty",
        "penalty",
        "aggravation",
    ]


@pytest.mark.parametrize(
    ("words", "kind", "bounds"),
    [
        ("multa de MIL PESOS ($ 1.000.-) a DIEZ MIL PESOS ($ 10.000.-)", "fine", (1000, 10000)),
        ("prisión de TRES (3) años y SEIS (6) meses a OCHO (8) años y SEIS (6) meses de reclusión", "imprisonment", (42, 102)),
    ],
)  # fmt: skip
def test_a_penalty_has_both_bounds(words: str, kind: str, bounds: tuple[float, float]) -> None:
    assert [(one.kind, (one.least, one.most)) for one in find_penalties(words, "es", "AR")] == [(kind, bounds)]


def test_the_offender_within_a_portuguese_act_does_not_cut_it() -> None:
    text = "Art. 313-A. Inserir ou facilitar, o funcionário autorizado, a inserção de dados falsos:\n\nPena - reclusão, de 2 a 12 anos."
    provision = Provision("1", "d", "c", "Lei", "BR", "art. 313-A", (), "pt", "", 1, 0, len(text), text, role="basic")
    rows = structure_rows([read_column(Column("BR", (provision,)))])
    assert [one.text for row in rows if row.element == "conduct" for one in row.cells[0].quotations] == [
        "Inserir ou facilitar, o funcionário autorizado, a inserção de dados falsos"
    ]
