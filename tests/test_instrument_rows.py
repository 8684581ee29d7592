"""Clauses of compared provisions shown for elements of model instruments."""

from __future__ import annotations

import pytest

from app.comparison.instrument_rows import instrument_rows
from app.comparison.table import Provision

SPAIN = (
    "El que convierta, transfiera, oculte o administre bienes, a sabiendas de que tienen su origen en un delito, será "
    "castigado con las penas de prisión de 4 a 8 años.\n1. La pena se aumentará en un tercio cuando el autor actúe por "
    "medio de una persona jurídica.",
    "es",
)
IRELAND = (
    "A person who converts, transfers or acquires property, knowing that it is the proceeds of criminal conduct, is "
    "guilty of an offence.\n(a) It is not necessary that a person has been convicted of the criminal conduct.",
    "en",
)
FRANCE = ("Le fait de convertir ou de transférer des biens produits d'un crime ou d'un délit est puni.", "fr")


def provision(text: str, language: str, place: int = 0) -> Provision:
    return Provision(
        f"p{place}", f"d{place}", "", "", "", "art. 1", (), language, "", 1, 100 * place, 100 * place + len(text), text
    )


@pytest.mark.parametrize(
    ("law", "element", "words"),
    [
        (SPAIN, "conversion", "El que convierta"),
        (SPAIN, "concealment", "El que convierta"),
        (SPAIN, "acquisition", ""),
        (SPAIN, "foreign_predicates", ""),
        (IRELAND, "conversion", "A person who converts"),
        (IRELAND, "acquisition", "A person who converts"),
        (IRELAND, "autonomous", "(a) It is not necessary"),
        (IRELAND, "self_laundering", ""),
        (FRANCE, "conversion", "Le fait de convertir"),
        (FRANCE, "negligent", ""),
    ],
)
def test_a_clause_is_shown_for_an_element_or_none(law: tuple[str, str], element: str, words: str) -> None:
    (row,) = (one for one in instrument_rows([[provision(*law)]], ("ML",), "UNTOC 6") if one.element == element)
    shown = row.cells[0].quotations
    assert len(shown) == bool(words)
    assert all(one.text.startswith(words) for one in shown)


def test_a_country_with_two_languages_and_one_without_provisions() -> None:
    columns = [[provision(*FRANCE, 1), provision(*IRELAND, 2)], []]
    (row,) = (one for one in instrument_rows(columns, ("ML",), "UNTOC 6") if one.element == "conversion")
    assert {one.language for one in row.cells[0].quotations} == {"en", "fr"}
    assert {(one.document_id, one.start) for one in row.cells[0].quotations} == {("d1", 100), ("d2", 200)}
    assert not row.cells[1].quotations


def test_without_provisions_there_are_no_rows() -> None:
    assert not list(instrument_rows([[], []], ("ML",), "UNTOC 6"))


def test_a_row_of_an_element_like_another_is_not_repeated() -> None:
    rows = [(one.source, one.element) for one in instrument_rows([[provision(*SPAIN)]], ("ML",), "")]
    assert ("UNTOC_6", "conversion") in rows
    assert ("UNCAC_23", "conversion") not in rows
    assert ("UNCAC_23", "concealed_property") in rows
    asked = [one.source for one in instrument_rows([[provision(*SPAIN)]], ("ML",), "UNCAC 23")]
    assert asked == ["UNCAC_23"] * 11


def test_what_regulates_rather_than_punishes_is_compared_only_if_asked_for() -> None:
    arms = provision("El que fabrique armas de fuego sin autorización será castigado con prisión.", "es")
    assert {one.source for one in instrument_rows([[arms]], ("ARMS",), "")} == {"ARMS_3_5"}
    assert {one.source for one in instrument_rows([[arms]], ("ARMS",), "UNTOC-ARMS 6-10")} == {"ARMS_6_10"}
