"""Places in treaties, in the citation style of each language."""

from __future__ import annotations

import pytest

from app.treaty_citations import element_place, treaties_cited, treaty_cited, treaty_name, treaty_place
from extraction.errors import LANGUAGES
from nlp.elements.instruments import instrument, instruments, treaty_provisions


@pytest.mark.parametrize(
    ("pinpoint", "language", "said"),
    [
        ("UNTOC 6(1)(a)(i)", "es", "art. 6.1 a) i)"),
        ("UNTOC 6(1)(a)(i)", "pt", "art. 6º, § 1º, al. a, i"),
        ("UNTOC 6(1)(a)(i)", "pt-PT", "art. 6.º, n.º 1, al. a), i)"),
        ("UNTOC 6(1)(a)(i)", "en", "art. 6(1)(a)(i)"),
        ("UNTOC 6(1)(a)(i)", "fr", "art. 6, par. 1 a) i)"),
        ("UNTOC 18(4)-(5)", "en", "art. 18(4)-(5)"),
        ("UNTOC 18(4)-(5)", "fr", "art. 18, par. 4-5"),
        ("UNTOC 6(2)(a)-(b)", "es", "art. 6.2 a)-b)"),
        ("UNTOC-SOM 3(a)+6(1)", "en", "art. 3(a) and art. 6(1)"),
        ("EU 2011/36 2(3)+18a", "pt", "art. 2º, § 3º e art. 18-A"),
        ("BUD 2", "es", "art. 2"),
        ("UNTOC 12-13", "fr", "art. 12-13"),
        ("UNTOC 12-13", "es", "arts. 12-13"),
        ("UNCAC 42(2)-(4)", "pt", "art. 42, §§ 2º-4º"),
        ("UNCAC 42(2)-(4)", "pt-PT", "art. 42.º, n.os 2-4"),
        ("BUD 2-10", "pt", "arts. 2º-10"),
        ("BUD 2-10", "pt-PT", "arts. 2.º-10.º"),
        ("UNTOC 18(10)", "pt", "art. 18, § 10"),
        ("UNTOC-TIP 3+5", "es", "art. 3 y art. 5"),
        ("CICC IX", "pt", "art. IX"),
        ("FATF 24-25", "fr", "recommandations 24-25"),
        ("FATF 9-23", "en", "recommendations 9-23"),
        ("EU 2024/1260", "es", ""),
        ("CETS211", "en", ""),
    ],
)
def test_places_are_cited_as_the_language_does(pinpoint: str, language: str, said: str) -> None:
    assert treaty_place(pinpoint, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_has_a_place_and_its_treaty_a_name(language: str) -> None:
    for model in instruments().values():
        assert treaty_name(model.treaty, language)
        assert all(element_place(one, model, language) for one in model.elements)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_provision_that_concepts_refer_to_is_cited_in_words(language: str) -> None:
    grouped = treaties_cited(treaty_provisions(), language)
    assert sorted(one for _, places in grouped for one, _ in places) == sorted(treaty_provisions())
    assert all(place for _, places in grouped for _, place in places)
    assert [one for one, _ in dict(grouped)[treaty_name("UNTOC 6", language)]][:2] == ["UNTOC 2(a)", "UNTOC 2(h)+6(2)"]


def test_a_treaty_is_cited_by_its_name_and_place() -> None:
    assert treaty_cited("UNTOC 6", "pt") == "Convenção de Palermo, art. 6º"
    assert treaty_cited("UNTOC 6", "pt-PT") == "Convenção de Palermo, art. 6.º"
    assert treaty_cited("EU 2002/584/JHA", "es") == "Decisión marco 2002/584/JAI"
    assert treaty_cited("EU 2017/1371 3(2)(d)", "en") == "Directive (EU) 2017/1371, art. 3(2)(d)"


def test_the_place_in_another_treaty_names_it() -> None:
    model = instrument("UNTOC_6")
    assert element_place(model.element("autonomous"), model, "en") == "Directive (EU) 2018/1673, art. 3(3)(a)"
    assert element_place(model.element("conversion"), model, "en") == "art. 6(1)(a)(i)"
