"""Transitional articles and provisions about the contrary are behind; a question about a penalty names an offence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.protocol import Ranked
from indexing.records.stored_fields import StoredFields, stored_fields
from indexing.search.absent_concepts import asked_concept
from indexing.search.concept_expansion import expand_concepts
from indexing.search.fusion import RankedHit
from indexing.search.provision_order import (
    has_contrary,
    with_contrary_last,
    with_subject_first,
    without_closing_first,
)
from indexing.search.query_language import languages_of_query
from indexing.search.removed_provisions import removal
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.annotations import Unit


def scope(unit: str, path: tuple[str, ...] = (), text: str = "") -> StoredFields:
    record = next(iter(made("ley", text or "Texto.")))
    return replace(stored_fields(record), id=unit, scope_id=unit, unit=unit, path=path)


def ranking(*scopes: StoredFields) -> list[RankedHit]:
    scores = range(len(scopes), 0, -1)
    hits = zip(scopes, scores, strict=True)
    return [RankedHit("public", Ranked(shown, float(score), (-float(score),), "")) for shown, score in hits]


def units(order: list[RankedHit]) -> list[str]:
    return [hit.ranked.shown.unit for hit in order]


ORDER = ranking(
    scope("preámbulo"), scope("art. 2 transitorio"), scope("art. 9", ("DISPOSICIONES TRANSITORIAS",)), scope("art. 5")
)


def test_transitional_articles_and_preambles_are_behind_the_rules() -> None:
    moved = without_closing_first(ORDER, "penas por contrabando")
    assert units(moved) == ["art. 5", "preámbulo", "art. 2 transitorio", "art. 9"]
    assert [hit.ranked.score for hit in moved] == [4.0, 3.0, 2.0, 1.0], "each has the score of its place"


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "es",
            "Artículo 265.- [Derogado]*\n\nArtículo derogado por la Ley 26461, publicada el 8 de junio de 1995.*",
            "repealed",
        ),
        ("pt", "Art. 262 - (Revogado pela Lei nº 11.106, de 2005)", "repealed"),
        ("fr", "Article 262\n\nAbrogé par la loi n° 2020-1 du 3 janvier 2020", "repealed"),
        ("en", "262.— [Repealed]", "repealed"),
        ("pt", "Art. 262 - (VETADO)", "vetoed"),
        ("es", "Artículo 265.- Queda derogado el que mate a otro. Será reprimido con prisión.", ""),
    ],
)
def test_provisions_without_enacted_text_are_last(language: str, text: str, kind: str) -> None:
    removed = replace(scope("art. 262" if "262" in text else "art. 265", text=text), language=language, text=text)
    other = replace(scope("art. 9", text="Artículo 9.- El que mate a otro será reprimido."), language="es")
    assert removal(removed) == kind
    order = ranking(removed, other)
    assert units(without_closing_first(order, "homicidio")) == (["art. 9", removed.unit] if kind else units(order))
    assert units(without_closing_first(order, "artículos derogados")) == units(order)


@pytest.mark.parametrize("query", ["entrada en vigor", "artículo transitorio", "preámbulo de la ley", "derogación"])
def test_a_query_for_them_finds_them_where_they_were(query: str) -> None:
    assert units(without_closing_first(ORDER, query)) == units(ORDER)


def test_what_the_query_cites_keeps_its_place() -> None:
    first, *others = ORDER
    cited = replace(first, ranked=replace(first.ranked, score=1000.0))
    assert units(without_closing_first([cited, *others], "contrabando"))[0] == "preámbulo"


def test_a_general_word_finds_the_provisions_first_that_are_about_its_concept() -> None:
    order = ranking(scope("art. 312-12-1"), scope("art. 122-2"), scope("art. 222-22-1"))
    assert units(with_subject_first(order, {"art. 122-2"})) == ["art. 122-2", "art. 312-12-1", "art. 222-22-1"]
    weak = {query: expand_concepts(query, "fr") for query in ("contrainte", "contrainte irrésistible")}
    assert {query: found.is_weak for query, found in weak.items() if found} == {
        "contrainte": True,
        "contrainte irrésistible": False,
    }


def test_a_confiscation_on_conviction_is_behind_if_one_without_is_asked_for() -> None:
    order = ranking(scope("s. 11"), scope("art. 15"), scope("art. 102"))
    texts = {
        "s. 11": "On conviction the Court shall order the confiscation of the proceeds.",
        "art. 15": "La extinción de dominio es una consecuencia patrimonial, aunque no haya sentencia condenatoria.",
        "art. 102": "El juez resuelve el decomiso.",
    }
    assert has_contrary("NCB")
    assert not has_contrary("confiscation")
    assert units(with_contrary_last(order, "NCB", texts)) == ["art. 15", "art. 102", "s. 11"]
    assert units(with_contrary_last(order, "confiscation", texts)) == units(order)


def test_a_search_for_civil_forfeiture_does_not_lead_with_a_confiscation_on_conviction(tmp_path: Path) -> None:
    text = "11. Confiscation. On conviction the Court shall order the confiscation of property.\n"
    other = "12. Civil proceedings. The High Court may order the forfeiture of property without a conviction.\n"
    labels = ((0, len(text), "s. 11"), (len(text), len(text + other), "s. 12"))
    parts = tuple(Unit(start, end, label, "section", (), "", 1.0, "test") for start, end, label in labels)
    engine = EmbeddedEngine(tmp_path)
    engine.write(
        "public", made("act", text + other, language="en", jurisdiction="IE", document_type="statute", units=parts)
    )
    access = AccessFilter("tester", (("public", frozenset({"law"})),))
    found = retrieve(SearchRequest("confiscation without conviction"), access, engine).hits
    assert [hit.unit for hit in found][:2] == ["s. 12", "s. 11"]


@pytest.mark.parametrize(
    ("query", "concept"),
    [
        ("¿Qué pena tiene el contrabando?", "SMUGGLING"),
        ("How long is the sentence for human trafficking?", "THB"),
        ("Quelle est la peine du blanchiment ?", "ML"),
        ("Qual é a pena máxima do estelionato?", "FRAUD"),
        ("human trafficking of children for adoption", ""),
        ("penas por el contrabando de ganado", ""),
    ],
)
def test_a_question_how_an_offence_is_punished_is_its_name(query: str, concept: str) -> None:
    if concept == "SMUGGLING":
        concept = expand_concepts("contrabando", "").matches[0].concept  # type: ignore[union-attr]
    assert asked_concept(query, expand_concepts(query, "")) == concept


@pytest.mark.parametrize(
    ("query", "languages"), [("legítima defensa", {"es"}), ("legítima defesa", {"pt"}), ("vol", {"fr"}), ("", set())]
)
def test_the_name_of_a_concept_tells_the_language_of_shared_words(query: str, languages: set[str]) -> None:
    assert languages_of_query(query, "", expand_concepts(query, "")) == languages
    assert languages_of_query(query, "en", None) == {"en"}
