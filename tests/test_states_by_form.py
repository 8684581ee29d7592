"""States told by forms that they alone use."""

import pytest

from nlp.annotations import Hints
from nlp.jurisdiction import find_jurisdiction


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("O Estatuto, aprovado pela Lei n.º 59/VIII/2014, de 18 de março, institui a pensão.", "pt", "CV"),
        (
            "IN THE SUPREME COURT OF THE VIRGIN ISLANDS\nOn Appeal from the Superior Court, Division of St. Croix",
            "en",
            "VI",
        ),
        ("Section 906A TCA deals with this. See the Tax and Duty Manual (TDM) Part 38-04-04e.", "en", "IE"),
        ("aprovada pelo Decreto-Lei n.º 53/2021, publicado no Boletim Oficial n.º 76, Ia Série", "pt", "CV"),
    ],
)
def test_a_form_of_one_state_tells_it(text, language, state):
    assert find_jurisdiction(text, Hints(), {}, (), language).code == state
