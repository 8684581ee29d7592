"""Laws named in a text that are later than its stated date."""

from __future__ import annotations

import pytest

from nlp.later_laws import names_later_law


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en los términos de la Ley N° 21.999, de 20 de diciembre de 2033", True),
        ("nos termos da Lei nº 15.000, de 3 de março de 2033", True),
        ("conforme a la Ley 21.999 de 2033", False),
        ("modifié par la loi n° 2033-12 du 3 mars 2033", True),
        ("hasta el 31 de diciembre de 2033", False),
        ("la Ley N° 1.234, de 20 de diciembre de 1990", False),
        ("ley ley ley n n n" * 50, False),
    ],
)
def test_a_law_of_a_later_year_is_named(text: str, expected: bool) -> None:
    assert names_later_law(text, 2030) is expected
