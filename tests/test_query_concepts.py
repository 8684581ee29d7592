"""Concepts of a query on pages, in the API and on the command line."""

from pathlib import Path

import pytest

from app.search.query_concepts import query_concepts
from indexing.settings import Settings


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("lavado de activos", "ML"),
        ("branqueamento", "ML"),
        ("delito de TdP", "THB"),
        ("traffic of persons", "THB"),
        ("confiscação de bens", "confiscation"),
        ("LA/FT", "TERFIN"),
        ("She put rat poison in his coffee every morning", "POISON"),
        ("Un cajero cambia el dinero sucio de la banda por fichas del casino", "ML"),
        ("Ils cachent l'argent de la drogue dans des sociétés écrans", "ML"),
    ],
)
def test_a_name_or_a_case_in_own_words_leads_to_its_concept(tmp_path: Path, asked: str, expected: str) -> None:
    assert expected in [match.concept for match in query_concepts(Settings(tmp_path), asked)][:3]


@pytest.mark.parametrize("asked", ["zzzz", "xyzzy plugh", "", "   "])
def test_what_says_nothing_has_no_concept(tmp_path: Path, asked: str) -> None:
    assert query_concepts(Settings(tmp_path), asked) == ()
