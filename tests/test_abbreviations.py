"""Abbreviations of concepts in a query: spelled out, said, and switched off."""

from __future__ import annotations

import pytest

from indexing.search.clauses import ClauseMaker
from indexing.search.parser import parse
from indexing.search.query_recognition import person_name, spell_out
from indexing.search.query_tree import And, Run
from indexing.search.request import ABBREVIATION, Recognised
from nlp.concepts.abbreviations import find_abbreviations, spelled_out
from nlp.concepts.layer import LANGUAGES, concepts


@pytest.mark.parametrize(
    ("query", "long"),
    [
        ("TdP", ["trata de personas"]),
        ("tdp", ["trata de personas"]),
        ("LA/FT", ["lavado de activos", "financiamiento del terrorismo"]),
        ("LAFT", ["lavado de activos", "financiamiento del terrorismo"]),
        ("LCB-FT", ["lutte contre le blanchiment de capitaux et le financement du terrorisme"]),
        ("BC/FT", ["blanqueo de capitales", "financiación del terrorismo"]),
        ("AML/CFT", ["anti-money laundering and countering the financing of terrorism"]),
        ("DEI", ["decisión europea de investigación"]),
        ("O.E.D.E.", ["orden europea de detención y entrega"]),
        ("PEPs", ["persona expuesta políticamente"]),
        ("COSP", ["conferencia de los Estados parte"]),
        ("JIT/ECI", ["joint investigation team", "equipo conjunto de investigación"]),
    ],
)
def test_an_abbreviation_stands_for_a_name(query: str, long: list[str]) -> None:
    assert [name for one in find_abbreviations(query) for name in one.long] == long


@pytest.mark.parametrize("query", ["Agnus Dei", "ala", "ml", "50 ml", "mae", "pep", "ML/2024/12", "tráfico", ""])
def test_a_word_is_no_abbreviation(query: str) -> None:
    assert find_abbreviations(query) == ()


def test_letters_that_are_a_word_too_are_a_word_in_a_text_of_capitals() -> None:
    assert find_abbreviations("TOMO EL ALA DERECHA") == ()
    assert [one.text for one in find_abbreviations("MLA PEP UIF")] == ["MLA", "PEP", "UIF"]


def test_the_language_of_the_query_decides() -> None:
    assert spelled_out("DEI no processo penal", "pt") == "decisão europeia de investigação no processo penal"
    assert find_abbreviations("DEI")[0].long_in("pt") == ("decisão europeia de investigação",)
    assert find_abbreviations("DEI")[0].long_in("fr") == ("decisión europea de investigación",)


def test_every_abbreviation_stands_for_a_name_of_its_concept() -> None:
    short = [
        (entry, language, long)
        for entry in concepts().values()
        for language, written in entry.short.items()
        for long in written.values()
    ]
    assert short
    assert {language for _, language, _ in short} <= {*LANGUAGES}
    assert [
        long for entry, language, long in short if long not in {own.text for own in entry.labels_in(language)}
    ] == []


def test_a_query_is_searched_with_it_spelled_out_and_as_typed() -> None:
    query, recognised = spell_out(parse("delito de TdP"))
    assert query.tree == Run("delito de trata de personas", "delito de TdP")
    assert query.text == "delito de trata de personas"
    assert recognised == (Recognised(ABBREVIATION, ("trata de personas",), "TdP"),)
    assert ClauseMaker().clause(query.tree) != ClauseMaker().clause(Run("delito de trata de personas"))


def test_letters_that_are_a_word_too_are_not_searched_as_typed() -> None:
    assert spell_out(parse("DEI"))[0].tree == Run("decisión europea de investigación")


def test_operators_stay_and_what_is_quoted_is_not_spelled_out() -> None:
    assert spell_out(parse('TdP AND "LA/FT"'))[0].tree == And((Run("trata de personas", "TdP"), parse('"LA/FT"').tree))
    assert spell_out(parse("NOT TdP cohecho"))[1] == ()


def test_it_is_no_name_of_a_person() -> None:
    assert person_name("MLA Jamaica") == ()
