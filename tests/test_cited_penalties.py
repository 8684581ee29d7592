"""Penalties that an offence takes from another article of its law."""

from __future__ import annotations

import pytest

from app.comparison.ancillary_provisions import cited_units
from app.comparison.table import Provision


def _offence(text: str, unit: str, language: str, role: str = "basic") -> Provision:
    return Provision("d:1", "d", "public", "Law", "", unit, (), language, "", 1, 0, len(text), text, role=role)


@pytest.mark.parametrize(
    ("language", "unit", "text", "expected"),
    [
        (
            "fr",
            "art. L. 621-1",
            "Article L621-1\n\nLe fait de révéler une déclaration est puni des peines prévues à l'article L. 642-1.",
            [("d", "art. L. 642-1")],
        ),
        (
            "es",
            "art. 12",
            "Artículo 12. El que oculte bienes ajenos será castigado con la pena señalada en el artículo 145 bis.",
            [("d", "art. 145 bis")],
        ),
        ("pt", "art. 12", "Art. 12. Ocultar bens alheios:\n\nPena - a mesma pena do art. 155.", [("d", "art. 155")]),
        ("es", "art. 12", "Artículo 12. El que oculte bienes ajenos será castigado con prisión de un año.", []),
        (
            "es",
            "art. 12",
            "Artículo 12. El que oculte bienes será castigado con la pena del artículo 9 de la ley de aduanas.",
            [],
        ),
    ],
    ids=["French", "Spanish", "Portuguese", "a penalty of its own", "another law"],
)
def test_the_provision_whose_penalty_an_offence_takes(
    language: str, unit: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert list(cited_units([_offence(text, unit, language)])) == expected
    assert list(cited_units([_offence(text, unit, language, "special")])) == []
