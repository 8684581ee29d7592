"""Facet counts equal the listed hits by words, national terms and meaning."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest
from engine_records import made
from hashed_encoder import encoded, hashed_encoder

from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.search.request import FacetValue, Hit, SearchRequest, SearchResult
from indexing.search.search import retrieve

ENCODER = hashed_encoder()
SHOWN = {
    "jurisdiction": lambda hit: hit.jurisdiction,
    "language": lambda hit: hit.language,
    "document_type": lambda hit: hit.document_type,
    "year": lambda hit: hit.date[:4],
}


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """Money laundering by the words of the question in one law, by other names in two, by likeness of words in one."""
    partition = f"facets-{uuid4().hex[:8]}"
    laws = (
        made("gb", "Money laundering is an offence.", language="en", jurisdiction="GB", date="2002-01-01"),
        made("ie", "A person who launders money commits money laundering.", language="en", jurisdiction="IE",
             date="2010-01-01"),
        made("uy", "El que oculta el origen de los bienes comete lavado de activos.", jurisdiction="UY",
             document_type="code", date="2017-01-01"),
        made("fr", "Le blanchiment est le fait de faciliter la justification.", language="fr", jurisdiction="FR",
             document_type="code", date="2010-05-01"),
        made("us", "Launderette monetary.", language="en", jurisdiction="US", date="2001-01-01"),
        made("hidden", "Le blanchiment de capitaux.", language="fr", jurisdiction="FR", collection="closed"),
    )  # fmt: skip
    engine.write(partition, [record for records in laws for record in encoded(records)])
    engine.refresh(partition)
    return partition


def ask(
    engine: Engine, partition: str, query: str, *collections: str, meant: bool = True, **more: object
) -> SearchResult:
    access = AccessFilter("tester", ((partition, frozenset(collections or ("law",))),))
    request = SearchRequest(query, **{"facets": tuple(SHOWN), "limit": 100, **more})  # type: ignore[arg-type]
    return retrieve(request, access, engine, ENCODER if meant else None)


def told(result: SearchResult, name: str) -> dict[str, int]:
    return {one.value: one.count + one.beside for one in result.facets[name]}


def listed(hits: tuple[Hit, ...], name: str) -> Counter[str]:
    return Counter(value for hit in hits if (value := SHOWN[name](hit)))


@pytest.mark.parametrize("mode", ["both", "words", "meaning"])
@pytest.mark.parametrize("meant", [True, False])
def test_facets_are_those_of_the_list(engine: Engine, shelf: str, mode: str, meant: bool) -> None:
    if mode == "meaning" and not meant:
        pytest.skip("nothing is asked by meaning without an encoder")
    result = ask(engine, shelf, "money laundering", language="en", mode=mode, meant=meant)
    assert result.hits
    for name in SHOWN:
        assert told(result, name) == listed(result.hits, name)


def test_what_has_the_words_is_distinguished_from_what_is_found_beside_them(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "money laundering", language="en", meant=False)
    values = {one.value: (one.count, one.beside) for one in result.facets["jurisdiction"]}
    assert values == {"GB": (1, 0), "IE": (1, 0), "UY": (0, 1), "FR": (0, 1)}
    assert sum(beside for _, beside in values.values()) == result.by_names == 2


@pytest.mark.parametrize("filters", [{"jurisdiction": ("GB",)}, {"jurisdiction": ("UY",)}, {"year": ("2010",)}])
def test_a_facet_leaves_out_its_own_filter_for_other_names_too(
    engine: Engine, shelf: str, filters: dict[str, tuple[str, ...]]
) -> None:
    everything = ask(engine, shelf, "money laundering", language="en", meant=False)
    narrowed = ask(engine, shelf, "money laundering", language="en", meant=False, filters=filters)
    for name in SHOWN:
        within = everything.hits if name in filters else narrowed.hits
        assert told(narrowed, name) == listed(within, name)


def test_the_order_is_that_of_the_words(engine: Engine, shelf: str) -> None:
    values = ask(engine, shelf, "money laundering", language="en", meant=False).facets["document_type"]
    assert values == (FacetValue("judgment", 2, 0), FacetValue("code", 0, 2))


def test_what_must_not_be_seen_is_not_counted(engine: Engine, shelf: str) -> None:
    seen = ask(engine, shelf, "money laundering", language="en")
    assert told(seen, "jurisdiction")["FR"] == 1
    assert told(ask(engine, shelf, "money laundering", "law", "closed", language="en"), "jurisdiction")["FR"] == 2
    for filters in ({}, {"jurisdiction": ("FR",)}):
        nobody = ask(engine, shelf, "money laundering", "nobody's", language="en", filters=filters)
        assert nobody.facets == dict.fromkeys(SHOWN, ())


def test_words_behind_what_is_fused_are_counted_once(engine: Engine) -> None:
    """More provisions have the words than are fused; names find some of them that words rank far behind."""
    partition = f"many-{uuid4().hex[:8]}"
    offence = "El que convierte, transfiere u oculta bienes de origen ilícito comete lavado de activos y otros delitos."
    texts = [offence, "Lavado de activos."] * 65
    laws = [made(f"pe-{at:03}", text, jurisdiction="PE") for at, text in enumerate(texts)]
    laws.append(made("fr", "Le blanchiment est puni.", language="fr", jurisdiction="FR"))
    engine.write(partition, [record for records in laws for record in records])
    engine.refresh(partition)
    result = ask(engine, partition, "lavado de activos", language="es", meant=False, limit=50)
    values = {one.value: (one.count, one.beside) for one in result.facets["jurisdiction"]}
    assert values == {"PE": (130, 0), "FR": (0, 1)}
    assert (result.total, result.by_names) == (130, 1)
    assert {hit.origin for hit in result.hits if hit.jurisdiction == "PE"} == {"words"}


def test_counts_that_a_filter_can_raise_say_so(engine: Engine) -> None:
    partition = f"cut-{uuid4().hex[:8]}"
    laws = [made(f"fr-{at:03}", "Le blanchiment est puni.", language="fr", jurisdiction="FR") for at in range(101)]
    laws += [made("ie", "Money laundering is an offence.", language="en", jurisdiction="IE")]
    engine.write(partition, [record for records in laws for record in records])
    engine.refresh(partition)
    whole = ask(engine, partition, "money laundering", language="en", meant=False)
    assert {(one.value, one.at_least) for one in whole.facets["jurisdiction"]} == {("FR", True), ("IE", True)}
    narrowed = ask(engine, partition, "money laundering", language="en", meant=False, filters={"jurisdiction": ("IE",)})
    assert {one.at_least for one in narrowed.facets["jurisdiction"]} == {True}, "counted without its own filter"
    assert {one.at_least for one in narrowed.facets["language"]} == {False}
    alone = ask(engine, partition, "money laundering", language="en", mode="words", meant=False)
    assert {one.at_least for values in alone.facets.values() for one in values} == {False}
