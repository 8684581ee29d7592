"""Groups by value: each equals a search within the value, and the engine is not asked once per value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from engine_records import made
from hashed_encoder import encoded, hashed_encoder

from indexing.access import AccessFilter
from indexing.engines.embedded import grouped
from indexing.engines.plan import LEMMA, Everything, Keyword, Plan, Term
from indexing.engines.protocol import Engine, GroupReader, Placed, VectorQuery
from indexing.search.request import FACETS, SearchRequest
from indexing.search.search import retrieve
from nlp.annotations import Span

ENCODER = hashed_encoder()
COUNTRIES = ("ES", "MX", "PE", "CO", "AR", "CL", "UY", "BO")
CONCEPTS = ("ML", "TERR", "CORR_PASS")
PLANS = {
    "relevance": Term(LEMMA, "blanqueo"),
    "newest": Everything(),
    "oldest": Term(LEMMA, "blanqueo"),
    "title": Everything(),
}


def law(number: int, country: str) -> Any:
    """Return a judgment that names some concepts and repeats a word a different number of times."""
    text = f"Sentencia {number}. " + "El blanqueo de capitales. " * (number % 5) + f"Decomiso {number * 7}."
    spans = tuple(
        Span(0, 9, "CONCEPT", concept, 1.0, "test") for at, concept in enumerate(CONCEPTS) if number % (at + 2) == 0
    )
    date = f"{1990 + number % 30}-01-01"
    return made(f"d{number}", text, jurisdiction=country, spans=spans, date=date, title=f"Sentencia {number * 31 % 97}")


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    partition = f"grouped-{uuid4().hex[:8]}"
    documents = [law(number, COUNTRIES[number * number % len(COUNTRIES)]) for number in range(60)]
    engine.write(partition, [record for records in documents for record in encoded(records)])
    engine.refresh(partition)
    return partition


@pytest.fixture(params=[2, 4096], ids=["continued", "at once"])
def depth(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the embedded engine look at few hits at first, so that it has to continue rankings."""
    monkeypatch.setattr(grouped, "_DEPTH", request.param)


def ids(ranked: Any) -> list[str]:
    return [one.shown.id for one in ranked]


def loaded(reader: GroupReader, plan: Plan, groups: Mapping[str, tuple[Placed, ...]]) -> dict[str, list[str]]:
    """Return the ids of the scopes of each value."""
    scopes = reader.load(plan, {placed.address for ranking in groups.values() for placed in ranking})
    return {value: [scopes[placed.address].id for placed in ranking] for value, ranking in groups.items()}


def reader_of(engine: Engine, partition: str, field: str, values: Collection[str]) -> GroupReader:
    reader = engine.grouped(partition, field, values)
    assert reader is not None
    return reader


def within(plan: Plan, field: str, value: str) -> Plan:
    return replace(plan, filters=((field, Keyword(field, (value,))),))


@pytest.mark.usefixtures("depth")
@pytest.mark.parametrize("sort", PLANS)
@pytest.mark.parametrize(("field", "values"), [("jurisdiction", (*COUNTRIES, "XX")), ("concept", CONCEPTS)])
def test_a_ranking_divided_by_value_is_that_within_the_value(
    engine: Engine, shelf: str, field: str, values: tuple[str, ...], sort: str
) -> None:
    plan = Plan(shelf, ("law",), PLANS[sort], sort=sort, limit=4)
    reader = reader_of(engine, shelf, field, values)
    expected = {value: ids(engine.search(within(plan, field, value)).ranked) for value in values}
    found = loaded(reader, plan, reader.ranked(plan))
    assert list(found.items()) == [(value, own) for value, own in expected.items() if own]


@pytest.mark.parametrize(("field", "values"), [("jurisdiction", (*COUNTRIES, "XX")), ("concept", CONCEPTS)])
def test_the_closest_of_a_value_are_those_within_the_value(
    engine: Engine, shelf: str, field: str, values: tuple[str, ...]
) -> None:
    question = VectorQuery(ENCODER.version, ENCODER.query("confiscación de capitales"))
    plan = Plan(shelf, ("law",), Everything(), limit=4)
    reader = reader_of(engine, shelf, field, values)
    found = reader.closest(plan, question)
    expected = {value: engine.closest(within(plan, field, value), question) for value in values}
    assert loaded(reader, plan, found) == {
        value: [one.scope.id for one in near] for value, near in expected.items() if near
    }
    assert [round(placed.score, 4) for near in found.values() for placed in near] == [
        round(one.score, 4) for near in expected.values() for one in near
    ]


def test_addresses_are_those_that_satisfy_a_clause(engine: Engine, shelf: str) -> None:
    plan = Plan(shelf, ("law",), Everything(), limit=100)
    reader = reader_of(engine, shelf, "jurisdiction", COUNTRIES)
    every = {placed.address for ranking in reader.ranked(plan).values() for placed in ranking}
    some = set(sorted(every)[::2])
    scopes = reader.load(plan, some)
    tagged = replace(plan, match=Keyword("concept", ("ML",)))
    expected = set(ids(engine.search(tagged).ranked)) & {scope.id for scope in scopes.values()}
    assert expected
    assert {scopes[address].id for address in reader.satisfying(tagged, some)} == expected


def test_what_may_not_be_read_is_in_no_group(engine: Engine, shelf: str) -> None:
    own = Plan(shelf, ("law",), Everything(), limit=4)
    plan = replace(own, collections=("another",))
    question = VectorQuery(ENCODER.version, ENCODER.query("blanqueo"))
    reader = reader_of(engine, shelf, "jurisdiction", COUNTRIES)
    addresses = {placed.address for ranking in reader.ranked(own).values() for placed in ranking}
    assert addresses
    assert reader.ranked(plan) == {}
    assert reader.closest(plan, question) == {}
    assert reader.satisfying(plan, addresses) == frozenset()
    assert reader.load(plan, addresses) == {}


def test_a_partition_that_was_never_written_has_no_groups(engine: Engine) -> None:
    plan = Plan("never-written", ("law",), Everything(), limit=4)
    reader = engine.grouped("never-written", "jurisdiction", COUNTRIES)
    assert reader is None or not reader.ranked(plan)


def test_groups_follow_what_is_written_and_deleted(engine: Engine) -> None:
    partition = f"grouped-{uuid4().hex[:8]}"
    plan = Plan(partition, ("law",), Term(LEMMA, "blanqueo"), limit=4)
    groups: list[dict[str, list[str]]] = []

    def look() -> None:
        engine.refresh(partition)
        reader = reader_of(engine, partition, "jurisdiction", COUNTRIES)
        found = loaded(reader, plan, reader.ranked(plan))
        groups.append({value: [name.partition(":")[0] for name in names] for value, names in found.items()})

    engine.write(partition, encoded(law(1, "ES")))
    look()
    engine.write(partition, encoded(law(2, "MX")))
    look()
    engine.write(partition, encoded(law(1, "PE")))
    look()
    engine.delete(partition, ["d2"])
    look()
    engine.drop(partition)
    assert groups == [{"ES": ["d1"]}, {"ES": ["d1"], "MX": ["d2"]}, {"PE": ["d1"], "MX": ["d2"]}, {"PE": ["d1"]}]


@pytest.fixture
def calls(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the questions that are put to the engine."""
    counted: Counter[str] = Counter()

    def counting(name: str) -> Any:
        asked = getattr(engine, name)

        def ask(*arguments: Any) -> Any:
            counted[name] += 1
            return asked(*arguments)

        return ask

    for name in ("search", "passages", "closest", "grouped"):
        monkeypatch.setattr(engine, name, counting(name))
    return counted


@pytest.mark.parametrize("mode", ["words", "meaning", "both"])
@pytest.mark.parametrize("query", ["blanqueo de capitales", "decomiso"])
def test_more_groups_take_no_more_questions(
    engine: Engine, shelf: str, calls: Counter[str], query: str, mode: str
) -> None:
    asked = []
    for countries in (COUNTRIES[:2], COUNTRIES):
        request = SearchRequest(
            query, {"jurisdiction": countries}, limit=3, group_by="jurisdiction", facets=FACETS, mode=mode
        )
        result = retrieve(request, AccessFilter("tester", ((shelf, frozenset({"law"})),)), engine, ENCODER)
        assert {hit.group for hit in result.hits} <= set(countries)
        asked.append((len({hit.group for hit in result.hits}), Counter(calls)))
        calls.clear()
    (few, of_few), (many, of_many) = asked
    assert few < many
    assert of_few == of_many
