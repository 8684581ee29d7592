"""Concepts of the provisions of the same law to which a provision refers."""

from __future__ import annotations

import pytest

from nlp.concepts.tagging import cued_provisions
from nlp.folding import fold
from nlp.provision_roles.referred import cited_numbers, referred_concepts
from nlp.provision_roles.subjects import found_tags
from nlp.structure.structure import find_structure

CODE = """Artículo 10. Hurto

El que se apodere de una cosa mueble ajena será penado con prisión de uno a tres años.

Artículo 11. Incendio

El que provoque un incendio será penado con prisión de dos a seis años.

Artículo 12

La misma pena se aplicará a quien cometa el hecho del {reference} durante la noche.
"""


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("es", "Las penas de los artículos 231, 232 bis y 233 se aumentarán.", {"231", "232bis", "233"}),
        ("es", "El hecho previsto en el artículo 12 de la Ley 30.096.", set()),
        ("pt", "Nas mesmas penas dos arts. 121-A e 129 incorre quem.", {"121a", "129"}),
        ("en", "A person guilty of an offence under section 17(2) or 18A.", {"17", "18a"}),
        ("en", "An offence under section 5 of the Bail Act.", set()),
        ("en", "An offence under section 5 of this Act.", {"5"}),
        ("fr", "Les peines prévues aux articles L. 222-1, 295 et 296.", {"222-1", "295", "296"}),
        ("fr", "Les peines prévues à l'article 30 du code pénal.", set()),
    ],
)
def test_the_numbers_of_provisions_of_the_same_law_are_read(language: str, text: str, numbers: set[str]) -> None:
    assert cited_numbers(fold(text), language) == numbers


@pytest.mark.parametrize(
    ("reference", "concept", "other"),
    [("artículo 10", "THEFT", "ARSON"), ("artículo 11", "ARSON", "THEFT"), ("artículo 4 de la Ley 30", None, "ARSON")],
)
def test_a_provision_has_the_concepts_of_those_it_refers_to(reference: str, concept: str | None, other: str) -> None:
    text = CODE.format(reference=reference)
    units = find_structure(text, (), document_type="code", language="es", jurisdiction="PE")
    cued = list(cued_provisions(text, units, "es", "PE"))
    referred = referred_concepts(text, cued, [found_tags(cues) for _, cues in cued], len(cued) - 1)
    assert other not in referred
    assert concept is None or concept in referred


def test_the_previous_article_is_followed() -> None:
    text = CODE.format(reference="artículo anterior")
    units = find_structure(text, (), document_type="code", language="es", jurisdiction="PE")
    cued = list(cued_provisions(text, units, "es", "PE"))
    assert "ARSON" in referred_concepts(text, cued, [found_tags(cues) for _, cues in cued], len(cued) - 1)
