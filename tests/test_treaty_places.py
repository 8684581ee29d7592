"""Places in treaties, cited as each language does."""

from __future__ import annotations

import pytest

from app.treaty_places import element_place, treaty_name, treaty_place
from extraction.errors import LANGUAGES
from nlp.elements.instruments import instrument, instruments


@pytest.mark.parametrize(
    ("pinpoint", "language", "said"),
    [
        ("UNTOC 6(1)(a)(i)", "es", "art. 6.1 a) i)"),
        ("UNTOC 6(1)(a)(i)", "pt", "art. 6.º, n.º 1, al. a), i)"),
        ("UNTOC 6(1)(a)(i)", "en", "art. 6(1)(a)(i)"),
        ("UNTOC 6(1)(a)(i)", "fr", "art. 6, par. 1 a) i)"),
        ("UNTOC 18(4)-(5)", "en", "art. 18(4)-(5)"),
        ("UNTOC 18(4)-(5)", "fr", "art. 18, par. 4-5"),
        ("UNTOC 6(2)(a)-(b)", "es", "art. 6.2 a)-b)"),
        ("UNTOC-SOM 3(a)+6(1)", "en", "art. 3(a) and art. 6(1)"),
        ("EU 2011/36 2(3)+18a", "pt", "art. 2.º, n.º 3 e art. 18.º-A"),
        ("BUD 2", "es", "art. 2"),
    ],
)
def test_places_are_cited_as_the_language_does(pinpoint: str, language: str, said: str) -> None:
    assert treaty_place(pinpoint, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_has_a_place_and_its_treaty_a_name(language: str) -> None:
    for model in instruments().values():
        assert treaty_name(model.treaty, language)
        assert all(element_place(one, model, language) for one in model.elements)


def test_the_place_in_another_treaty_names_it() -> None:
    model = instrument("UNTOC_6")
    assert element_place(model.element("autonomous"), model, "en") == "Directive (EU) 2018/1673, art. 3(3)(a)"
    assert element_place(model.element("conversion"), model, "en") == "art. 6(1)(a)(i)"
