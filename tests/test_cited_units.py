"""Articles cited by their number alone, and articles of codes that amending acts quote."""

from __future__ import annotations

import pytest

from indexing.search.cited_units import CitedUnit, cited_units
from nlp.citations.query import parse_citation_query


def units(query: str, *available: str, language: str = "es") -> tuple[CitedUnit, ...]:
    return cited_units(query, parse_citation_query(query, language=language), set(available))


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("artículo 269 A", "art. 269 A"),
        ("art. 269A", "art. 269A"),
        ("art 506-1", "art. 506-1"),
        ("article 9 bis", "art. 9 bis"),
        ("Artigo 149-A", "art. 149-A"),
        ("artículo 411 quáter", "art. 411 quáter"),
        ("s 44(1)(a)", "s. 44"),
        ("324-1", "art. 324-1"),
        ("129-A", "art. 129-A"),
        ("301 bis", "art. 301 bis"),
    ],
)
def test_a_query_of_one_article_finds_it_in_any_law(query: str, label: str) -> None:
    (unit,) = units(query)
    assert label in unit.labels
    assert unit.countries == ()


@pytest.mark.parametrize(
    ("query", "label", "country"),
    [
        ("art. 269A Código Penal Colombia", "art. 269A", "CO"),
        ("artículo 269A de la Ley 599 de 2000", "art. 269 A", "CO"),
        ("art. 303 código penal argentino", "art. 303", "AR"),
        ("art. 506-1 code pénal luxembourgeois", "art. 506-1", "LU"),
    ],
)
def test_an_article_of_a_code_that_is_not_stored_may_be_quoted_by_an_act(query: str, label: str, country: str) -> None:
    (unit,) = units(query)
    assert label in unit.labels
    assert country in unit.countries


@pytest.mark.parametrize(
    "query",
    [
        "art. 5 Código Civil Colombia",
        "art. 16 de la Ley 1708 de 2015",
        "homicidio artículo 5",
        "lavado de activos",
        "",
        "324",
        "2025",
        "311/2026",
        "2-48117/2025",
        "1.200",
    ],
)
def test_other_queries_cite_no_unit(query: str) -> None:
    assert units(query) == ()


def test_an_article_that_is_stored_is_pinned_instead() -> None:
    assert units("art. 269A Código Penal Colombia", "ref:co:codigo:penal#art-269a") == ()
