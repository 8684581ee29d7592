"""Codes of other States in a query: read, so that they can be said to be absent."""

from __future__ import annotations

import pytest

from nlp.citations.query import parse_citation_query

PENAL = "codigo-penal"


@pytest.mark.parametrize(
    ("query", "states", "pinpoint"),
    [
        ("§ 261 StGB", ["DE", "AT"], "§ 261"),
        ("§261 StGB", ["DE", "AT"], "§ 261"),
        ("StGB 261", ["DE", "AT", "CH"], "261"),
        ("StGB § 261", ["DE", "AT"], "§ 261"),
        ("art. 305 bis StGB", ["CH", "DE", "AT"], "art. 305 bis"),
        ("art. 324 CP suizo", ["CH"], "art. 324"),
        ("art. 305bis CP suisse", ["CH"], "art. 305bis"),
        ("art. 174 Código Penal ruso", ["RU"], "art. 174"),
        ("art. 648-bis codice penale", ["IT"], "art. 648-bis"),
        ("648 bis c.p. italiano", ["IT"], "648 bis"),
        ("art. 299 § 1 kk", ["PL"], "art. 299"),
        ("section 261 of the German Criminal Code", ["DE"], "section 261"),
        ("German Criminal Code section 261", ["DE"], "section 261"),
        ("art. 505 CP belge", ["BE"], "art. 505"),
        ("18 U.S.C. § 1956", ["US"], "§ 1956"),
        ("§ 29 BtMG", ["DE", "CH"], "§ 29"),
        ("Ley suiza 955, art. 3", ["CH"], "art. 3"),
        ("art. 3 de la Ley 955 de Suiza", ["CH"], "art. 3"),
    ],
)
def test_a_code_of_another_state_is_a_citation(query: str, states: list[str], pinpoint: str) -> None:
    (cited,) = parse_citation_query(query)
    assert query[cited.start : cited.end] == query
    assert [reading.jurisdiction for reading in cited.readings] == states
    assert {reading.pinpoint for reading in cited.readings} == {pinpoint}


def test_the_code_of_a_state_has_the_id_by_which_texts_cite_it() -> None:
    for query, canonical in (
        ("§ 261 StGB", "ref:de:codigo:penal#art-261"),
        ("art. 505 CP belge", "ref:be:code:penal#art-505"),
        ("CP chileno 27", "ref:cl:codigo:penal#art-27"),
    ):
        assert parse_citation_query(query)[0].readings[0].canonical == canonical


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("art. 3 CP español", "ref:es:codigo:penal#art-3"),
        ("Ley 31108 del Perú", "ref:pe:ley:31108"),
        ("ley peruana 31108", "ref:pe:ley:31108"),
        ("Lei n.º 87/2013 de Portugal", "ref:pt:lei:87:2013"),
        ("Ley suiza 955", "ref:ch:ley-955"),
        ("loi suisse n° 123", "ref:ch:loi-123"),
        ("Swiss Act 955", "ref:ch:act-955"),
    ],
)
def test_a_law_of_the_state_is_known_by_its_own_id_if_there_is_one(query: str, canonical: str) -> None:
    (cited,) = parse_citation_query(query)
    assert query[cited.start : cited.end] == query
    assert [reading.canonical for reading in cited.readings] == [canonical]


@pytest.mark.parametrize(
    "query", ["lavado AO", "Sr. Pérez", "blanqueo en Suiza", "extradición de un suizo", "AO 2024/12"]
)
def test_other_words_are_no_code(query: str) -> None:
    assert parse_citation_query(query) == []
