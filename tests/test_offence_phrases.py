"""Phrases of offences by element, cut by constituents; all texts are invented."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from nlp.elements.provision_elements import provision_elements
from nlp.elements.single_spaced import single_spaced

HEADINGS = {"es": "Artículo 1. ", "pt": "Art. 1. ", "en": "1. Title\n\n1. (1) ", "fr": "Article 1\n\n"}
PHRASES = {
    "pronoun for the object of a gerund": (
        "es", "object", "El que habiendo hallado de buena fe un cheque falso, lo circulare después, será castigado con multa.",
        ["un cheque falso"],
    ),
    "circumstance without a comma": (
        "es", "object", "La guardiana que durante la noche o dentro de los dos días siguientes ocultare a su pupilo será castigada con multa.",
        ["su pupilo"],
    ),
    "compound form": ("es", "object", "El que se hubiere procurado a sabiendas sellos falsos será castigado con multa.", ["sellos falsos"]),
    "knowingly": ("es", "mental_element", "El que se hubiere procurado a sabiendas sellos falsos será castigado con multa.", ["a sabiendas"]),
    "list within a circumstance": (
        "es", "object", "El que insulta a un vecino con señas, gritos o cantos será castigado con multa.", ["un vecino"],
    ),
    "manner within a noun phrase": (
        "es", "object", "El que destruye una cosa, total o parcialmente ajena, será castigado con multa.",
        ["una cosa, total o parcialmente ajena"],
    ),
    "place before the object": (
        "es", "object", "El que atenta, en lugar habitado, contra la paz o el descanso de otro será castigado con multa.",
        ["la paz o el descanso de otro"],
    ),
    "noun with its verb": ("es", "object", "El que haga uso malicioso de un sello será castigado con multa.", ["un sello"]),
    "infinitive without a comma": (
        "es", "object", "El funcionario que se niegue sin justa causa a entregar un vehículo será castigado con multa.", ["un vehículo"],
    ),
    "participle with its aim": (
        "es", "object", "El que emplee medios concebidos para dañar cosechas será castigado con multa.",
        ["medios concebidos para dañar cosechas"],
    ),
    "place behind a participle": (
        "es", "object", "El que traslade a una persona protegida dentro del territorio será castigado con multa.",
        ["una persona protegida"],
    ),
    "pronoun behind a preposition": (
        "es", "object", "El que usare con ella de un rigor innecesario será castigado con multa.", ["un rigor innecesario"],
    ),
    "any official of a kind": (
        "es", "subject", "En la misma pena incurrirá todo empleado del orden civil que se arrogare funciones ajenas.",
        ["todo empleado del orden civil"],
    ),
    "negligence in all its forms": (
        "es", "mental_element", "Será reprimido con multa el que por imprudencia, negligencia o impericia en su arte causare a otro un daño.",
        ["por imprudencia, negligencia o impericia en su arte"],
    ),
    "condition behind an aim": (
        "es", "mental_element", "Será reprimido con multa el que tomare parte en una junta, para cometer un fraude, si la junta fuere descubierta.",
        ["para cometer un fraude"],
    ),
    "sentence with empty lines": (
        "es", "subject", "Será reprimido con\n\nmulta el\n\nque causare a\n\notro un daño.", ["el\n\nque"],
    ),
    "accessory penalty": (
        "es", "subject", "Sufrirá la pena de multa y la accesoria que corresponda el que dañare un bien.", ["el que"],
    ),
    "preposition before a masculine noun": (
        "pt", "object", "Prestar a fugitivo, fora dos casos de família, auxílio material:\n\nPena - multa.", ["auxílio material"],
    ),
    "infinitive behind a preposition": (
        "pt", "conduct", "Auxiliar a subtrair-se à ação da autoridade:\n\nPena - multa.", ["Auxiliar a subtrair-se"],
    ),
    "sums to be paid": (
        "pt", "object", "Ordenar o cancelamento de restos a pagar:\n\nPena - multa.", ["o cancelamento de restos a pagar"],
    ),
    "feminine participle": (
        "fr", "object", "Quiconque aura ouvert des lettres confiées à la poste sera puni d'une amende.", ["des lettres confiées à la poste"],
    ),
    "place of the act": (
        "fr", "object", "Le fait de ne pas déposer devant le juge est puni d'une amende.", [],
    ),
    "state that is brought about": (
        "fr", "object", "Le fait de rendre accessible ou de diffuser une image est puni d'une amende.", ["une image"],
    ),
    "person before the object": (
        "fr", "object", "Le fait de pratiquer sur une personne une recherche est puni d'une amende.", ["une recherche"],
    ),
    "name with a complement": (
        "fr", "subject", "Le fait, pour un responsable de traitement de ne pas notifier une perte, est puni d'une amende.",
        ["un responsable de traitement"],
    ),
    "other offenders": (
        "fr", "subject", "Seront punies d'une amende les autres personnes qui auront commis un faux, et toutes personnes qui auront caché un acte.",
        ["les autres personnes", "toutes personnes"],
    ),
    "act named behind a reserve": (
        "fr", "object", "Sans préjudice des cas visés à l'article 9, le recrutement d'un mineur est puni d'une amende.", ["un mineur"],
    ),
    "condition of the act itself": (
        "fr", "aggravation", "La menace de commettre un vol est punie d'une amende lorsqu'elle est faite par écrit.", [],
    ),
    "list of what is known": (
        "fr", "mental_element", "Le fait, pour quiconque ayant connaissance de privations, de coups ou de menaces, de ne pas en informer le maire est puni d'une amende.",
        ["ayant connaissance de privations, de coups ou de menaces"],
    ),
    "guilty before liable": (
        "en", "object", "A person who contravenes subsection (3) is guilty of an offence and on summary conviction is liable to a fine.",
        ["subsection (3)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "element", "text", "expected"), PHRASES.values(), ids=PHRASES)
def test_phrases_of_an_element(language: str, element: str, text: str, expected: list[str]) -> None:
    whole = HEADINGS[language] + text
    parts = provision_elements(whole, "s. 1" if language == "en" else "art. 1", language)
    assert [whole[part.start : part.end] for part in parts if part.element == element] == expected


def test_a_lawful_exception_is_no_exemption_where_another_offence_is_reserved() -> None:
    text = "Artículo 1. Cuando se empleare fuego, siempre que el hecho no constituya delito más grave, la pena será de multa."
    assert "exemption" not in {part.element for part in provision_elements(text, "art. 1", "es")}


def test_runs_of_white_space_count_once_and_lead_back_to_their_places() -> None:
    single = single_spaced("el \n\nque  daña")
    assert single.text == "el que daña"
    assert single.original(3, 6) == (5, 8)
    assert single.reduced(5) == 3
