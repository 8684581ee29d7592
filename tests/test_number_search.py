"""The number of an account, a person or a company is found in files of an authority however it is written."""

from __future__ import annotations

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.entities.identifiers import find_identifiers, number_ids
from nlp.pipeline import annotate

DESK = AccessFilter("tester", (("public", frozenset({"law"})), ("paris", frozenset({"paris"}))))
TEXTS = {
    "spaced": ("La cuenta IBAN ES91 2100 0418 4502 0005 1332 es del investigado.", "ES"),
    "compact": ("Conta IBAN ES9121000418450200051332, aberta em Madri.", "BR"),
    "persons": ("O réu, CPF 529.982.247-25, é sócio da empresa de CNPJ 11.222.333/0001-81.", "BR"),
    "phone": ("Se interviene el teléfono +34 600 111 222 hasta el lunes.", "ES"),
    "case": ("Our ref. DPP/ILOR/2026/0419, e-mail ilor@dpp.example.ie", "IE"),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    made_engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    for name, (text, country) in TEXTS.items():
        spans = tuple(find_identifiers(text, jurisdiction=country))
        assert spans
        facts = {"jurisdiction": country, "document_type": "mla_request"}
        made_engine.write("paris", made(name, text, spans=spans, collection="paris", partition="paris", **facts))
    text, _ = TEXTS["persons"]
    made_engine.write("public", made("judgment", text, spans=tuple(find_identifiers(text, jurisdiction="BR"))))
    return made_engine


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ES9121000418450200051332", {"spaced", "compact"}),
        ("ES91 2100 0418 4502 0005 1332", {"spaced", "compact"}),
        ("ES91-2100-0418-4502-0005-1332", {"spaced", "compact"}),
        ("52998224725", {"persons"}),
        ("11222333000181", {"persons"}),
        ("11 222 333 0001 81", {"persons"}),
        ("+34600111222", {"phone"}),
        ("34600111222", {"phone"}),
        ("0034600111222", {"phone"}),
        ("dpp/ilor/2026/0419", {"case"}),
        ("DPP/ILOR/2026/0419", {"case"}),
        ("ES9121000418450200051333", set()),
    ],
)
def test_a_number_is_found_in_every_form(engine: EmbeddedEngine, query: str, found: set[str]) -> None:
    result = retrieve(SearchRequest(query, mode="words"), DESK, engine)
    assert {hit.document_id for hit in result.hits} == found


def test_the_number_of_an_investigation_is_found_too() -> None:
    spans = annotate("Noticia criminal 110016000097202500321 de la Fiscalía.").spans
    assert number_ids(spans) == ("number:110016000097202500321",)


def test_numbers_in_published_law_are_not_linked(engine: EmbeddedEngine) -> None:
    everyone = AccessFilter("tester", (("public", frozenset({"law"})),))
    assert not retrieve(SearchRequest("52998224725", mode="words"), everyone, engine).hits
    assert retrieve(SearchRequest("529.982.247-25", mode="words"), everyone, engine).hits
