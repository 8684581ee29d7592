"""From a query to cited, marked hits, over the embedded engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.embedded import EmbeddedEngine
from indexing.results import SearchRequest
from indexing.search import search

EVERYONE = AccessFilter("tester", (("public", frozenset({"law"})),))


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made_engine = EmbeddedEngine(tmp_path)
    made_engine.write("public", made("es", "El blanqueo de capitales se castiga. El año 2010 hubo reforma."))
    made_engine.write("public", made("fr", "L'article 324-1 du code pénal punit le blanchiment.", language="fr"))
    made_engine.write("public", made("pt", "As exportações de armas no ano passado.", language="pt"))
    return made_engine


@pytest.mark.parametrize(
    ("query", "document_ids", "marked"),
    [
        ("blanqueo", ["es"], ["blanqueo"]),
        ("exportação", ["pt"], ["exportações"]),
        ("324-1 code pénal", ["fr"], ["324-1", "code", "pénal"]),
        ('"code pénal"', ["fr"], ["code pénal"]),
        ("año", ["es", "pt"], ["año"]),
        ("ano", ["pt", "es"], ["ano"]),
        ("=año", ["es"], ["año"]),
        ("blanq*", ["es"], ["blanqueo"]),
        ("pena impuesta por el blanqueo de capitales cometido en otro país", ["es"], ["blanqueo", "capitales"]),
    ],
)
def test_hits_and_marks(engine: EmbeddedEngine, query: str, document_ids: list[str], marked: list[str]) -> None:
    result = search(SearchRequest(query), EVERYONE, engine)
    assert [hit.document_id for hit in result.hits] == document_ids
    hit = result.hits[0]
    at = hit.snippet_start
    assert [hit.snippet[start - at : end - at] for start, end in hit.marks] == marked
