"""Birth dates beside a name without a word for birth, and apart from the name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

LETTERS = {
    "between commas": (
        "A las autoridades judiciales de Chile\n\nInvestigado: Gareth Owen Pryce, súbdito británico, 18/04/1972, "
        "vecino de Ramsgate. Se solicita que se le reciba declaración.",
        {"Gareth Owen Pryce": "1972-04-18"},
    ),
    "apart from the name": (
        "To the Central Authority of Spain\n\nThe suspect, Cedric Alleyne, is under investigation for fraud. He left "
        "the island in March 2024.\n\nParticulars. Date of birth: 8 December 1987. Height: 1.80 m.",
        {"Cedric Alleyne": "1987-12-08"},
    ),
    "of an act": (
        "To the Central Authority of Spain\n\nThe suspect, Cedric Alleyne, 12/05/2024, signed the contract. Please "
        "take a statement from him.",
        {"Cedric Alleyne": None},
    ),
    "of a hearing": (
        "Liège, le 27 novembre 2026\n\nObjet : rappel\n\nLa juge a sollicité l'audition de Julio HUAMÁN QUISPE. Aucune "
        "réponse ne nous est parvenue. L'audience étant fixée au 18 janvier 2024, je vous prie de répondre.",
        {"Julio HUAMÁN QUISPE": None},
    ),
    "in French": (
        "Au juge compétent d'Espagne\n\nLe mis en cause, Julien MERCIER, né à Lyon le 18 janvier 1984, sera entendu.",
        {"Julien MERCIER": "1984-01-18"},
    ),
    "behind a sign": (
        "Au juge compétent d'Espagne\n\nPrévenu : Jean-Yves Kerhoas, ° Gand 12.03.1969, sera entendu.",
        {"Jean-Yves Kerhoas": "1969-03-12"},
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_birth_dates_without_words_at_the_name(name: str) -> None:
    text, expected = LETTERS[name]
    values = [one.value for one in read_request(text, annotate(text)).fields.get("persons", ())]
    assert {str(one["name"]): one["birth_date"] for one in values if isinstance(one, Mapping)} == expected
