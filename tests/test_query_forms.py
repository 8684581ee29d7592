"""Citations as people type them in a query: what they resolve to, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.annotations import Hints
from nlp.citations.identity import document_identities, provision_identities
from nlp.citations.query import parse_citation_query
from nlp.citations.query_forms import written_query
from nlp.pipeline import annotate

CITED = [
    ("art 4.1 L.O. 60/2017", "ref:es:lo:60:2017#art-4"),
    ("L. O. 60/2017", "ref:es:lo:60:2017"),
    ("Ley Org. 10/2022, art. 3", "ref:es:lo:10:2022#art-3"),
    ("art. 7 A Ley 1357 de 2021", "ref:co:ley:1357:2021#art-7a"),
    ("art. 8 A Lei 10.275/97", "ref:br:lei:10275:1997#art-8a"),
    ("L. n° 2020-595, art. 4, al. 2", "ref:fr:loi:595:2020#art-4"),
    ("art. 1er L. 2020-595", "ref:fr:loi:595:2020#art-1"),
    ("artigo quinto da Lei 10.275", "ref:br:lei:10275#art-5"),
    ("article troisième de la loi n° 2020-595", "ref:fr:loi:595:2020#art-3"),
    ("section four of the Bribery Act 2010", "ref:gb:act:bribery:2010#s-4"),
    ("art. 4 ley peruana 31108", "ref:pe:ley:31108#art-4"),
    ("artigo 4.º da lei portuguesa n.º 73/2014", "ref:pt:lei:73:2014#art-4"),
    ("art. 9 del código penal chileno", "ref:cl:codigo:penal#art-9"),
    ("Palermo art. 6", "ref:int:treaty:UNTOC#art-6"),
    ("article 6 Palerme", "ref:int:treaty:UNTOC#art-6"),
    ("Mérida 16", "ref:int:treaty:UNCAC#art-16"),
    ("artículo 2 Budapest", "ref:int:treaty:BUD#art-2"),
    ("Viena 1988 art. 3", "ref:int:treaty:VIENNA88#art-3"),
    ("art. 4 de la loi haïtienne du 14 mai 2020", "ref:ht:loi:2020-05-14#art-4"),
]


@pytest.mark.parametrize(("query", "identity"), CITED)
def test_forms_of_citations(query: str, identity: str) -> None:
    (cited,) = parse_citation_query(query)
    assert cited.readings[0].canonical == identity
    assert query[cited.start : cited.end] in query


def test_a_named_country_leaves_no_other_reading() -> None:
    (cited,) = parse_citation_query("art. 4 ley peruana 31108")
    assert {reading.jurisdiction for reading in cited.readings} == {"PE"}


@pytest.mark.parametrize(
    "query",
    [
        "artículo tercero transitorio",
        "la ley del más fuerte",
        "arte cuarto",
        "ciudadano peruano",
        "L. Ortiz",
        "Budapest 1989",
        "banda de Palermo",
    ],
)
def test_other_words_stay_as_they_are(query: str) -> None:
    assert written_query(query).text == query


@given(st.text(max_size=60))
def test_every_character_has_its_place(query: str) -> None:
    written = written_query(query)
    assert len(written.places) == len(written.text) + 1
    assert list(written.places) == sorted(written.places)
    assert written.original(0, len(written.text))[1] <= len(query)


def test_the_first_article_of_a_french_law_has_the_id_by_which_it_is_cited() -> None:
    law = "Loi n° 2020-595 du 14 mai 2020\n\nArticle 1er\nLe vol est puni.\n\nArticle 2\nLa tentative est punie.\n"
    read = annotate(law, hints=Hints(jurisdiction="FR"))
    assert {"ref:fr:loi:595:2020", "ref:fr:loi:2020-05-14"} <= set(document_identities(read))
    first = next(unit for unit in read.structure if unit.label == "art. 1er")
    assert "ref:fr:loi:595:2020#art-1" in provision_identities(read, first)
