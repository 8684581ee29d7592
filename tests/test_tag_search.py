"""Tags in searches: filter, facet and query language, on pages, in the API and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from engine_records import made
from hashed_encoder import encoded, hashed_encoder
from lxml import html
from test_document_tags import LIMA, PARIS
from test_document_tags import Tagged as TaggedDesk

from app.alerts.alerts import save_search
from app.cli import rogatio
from app.documents.changes import Changes, change_documents
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.protocol import Engine
from indexing.search.request import SearchRequest, SearchResult
from indexing.search.search import retrieve, search
from indexing.search.tags import TaggedDocuments
from indexing.store.tags import tags_of


class Tagged(TaggedDesk):
    """A desk with three letters of Paris, of which two are tagged, and one of Lima with the same tag in capitals."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        change_documents(self.installation, self.paris[:2], Changes(added_tags=("Extradición",)), PARIS)
        change_documents(self.installation, self.paris[:1], Changes(added_tags=("urgente",)), PARIS)
        change_documents(self.installation, [self.lima], Changes(added_tags=("EXTRADICION",)), LIMA)

    def found(self, principal: Principal, query: str, **filters: tuple[str, ...]) -> set[str]:
        return {hit.source for hit in search(self.installation, SearchRequest(query, filters), principal).hits}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tagged]:
    made_desk = Tagged(tmp_path_factory.mktemp("tags"))
    yield made_desk
    made_desk.installation.close()


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("lavado etiqueta:extradicion", {"p0.txt", "p1.txt"}),
        ("lavado tag:Extradición", {"p0.txt", "p1.txt"}),
        ("lavado étiquette:URGENTE", {"p0.txt"}),
        ("tag:urgente", {"p0.txt"}),
        ("lavado tag:urgente,extradición", {"p0.txt", "p1.txt"}),
        ("lavado tag:(urgente)", {"p0.txt"}),
        ("lavado NOT tag:extradición", {"p2.txt"}),
        ("lavado AND (tag:urgente OR tag:none)", {"p0.txt"}),
        ("lavado tag:none", set()),
    ],
)
def test_a_query_names_a_tag_in_any_spelling(desk: Tagged, query: str, sources: set[str]) -> None:
    assert desk.found(PARIS, query) == sources


def test_a_tag_finds_only_documents_that_may_be_read(desk: Tagged) -> None:
    for query, filters in (("lavado tag:extradición", {}), ("lavado", {"tag": ("extradición",)})):
        assert desk.found(LIMA, query, **filters) == {"l.txt"}
        assert desk.found(LOCAL_USER, query, **filters) == {"p0.txt", "p1.txt", "l.txt"}
    assert desk.found(LIMA, "lavado tag:urgente") == set()


def test_the_facet_counts_what_may_be_read_and_a_chosen_tag_does_not_hide_the_others(desk: Tagged) -> None:
    def facet(principal: Principal, query: str = "lavado", **filters: tuple[str, ...]) -> dict[str, int]:
        result = search(desk.installation, SearchRequest(query, filters, facets=("tag",)), principal)
        return {value.value: value.count + value.beside for value in result.facets["tag"]}

    assert facet(PARIS) == {"Extradición": 2, "urgente": 1}
    assert facet(PARIS, tag=("urgente",)) == {"Extradición": 2, "urgente": 1}
    assert facet(PARIS, collection=("public",)) == {}
    assert facet(PARIS, "xylophonist") == {}
    assert facet(LIMA) == {"EXTRADICION": 1}
    assert sum(facet(LOCAL_USER).values()) == 4, "spellings of one tag are one value"


def test_a_new_tag_is_found_at_once_and_a_removed_one_no_more(desk: Tagged) -> None:
    third = desk.paris[2]
    change_documents(desk.installation, [third], Changes(added_tags=("nuevo",)), PARIS)
    assert desk.found(PARIS, "lavado tag:nuevo") == {"p2.txt"}
    change_documents(desk.installation, [third], Changes(removed_tags=("nuevo",)), PARIS)
    assert desk.found(PARIS, "lavado tag:nuevo") == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_tags_as_a_facet_and_a_removable_filter(desk: Tagged, language: str) -> None:
    client = desk.client(PARIS)
    page = html.fromstring(client.get(f"/?q=lavado&ui={language}").data)
    (link,) = page.xpath("//nav[@id='facets']//a[contains(@href, 'tag=urgente')]/@href")
    chosen = html.fromstring(client.get(link).data)
    assert len(chosen.xpath("//li[@class='hit']")) == 1
    assert chosen.xpath("//ul[@class='chips']//*[contains(text(), 'urgente')]")
    assert not chosen.xpath("//form[contains(@action, '/alerts')]"), "an alert has no tags"


def test_the_api_filters_and_counts_by_tag(desk: Tagged) -> None:
    answer = desk.client(PARIS).get("/api/v1/search?q=lavado&tag=urgente&facet=tag").json
    assert [hit["source"] for hit in answer["hits"]] == ["p0.txt"]
    assert {one["value"]: one["count"] for one in answer["facets"]["tag"]} == {"Extradición": 2, "urgente": 1}
    assert desk.client(LIMA).get("/api/v1/search?q=lavado&tag=urgente").json["hits"] == []


@pytest.mark.parametrize("request_", [SearchRequest("lavado tag:x"), SearchRequest("lavado", {"etiqueta": ("x",)})])
def test_an_alert_by_tag_is_refused(desk: Tagged, request_: SearchRequest) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.alert_by_tag"):
        save_search(desk.store, PARIS, request_)


def test_the_command_lists_adds_and_removes_tags(desk: Tagged) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home)}

    def run(*arguments: str) -> str:
        return CliRunner().invoke(rogatio, ["--language", "en", "tag", *arguments], env=environment).output

    second = desk.paris[1]
    assert run(second) == f"{second}  Extradición\n"
    assert run(second, "--add", "a, b", "--remove", "extradicion") == f"{second}  a, b\n"
    assert json.loads(run(second, "--add", "Extradición", "--remove", "a,b", "--json")) == {
        "document": second,
        "tags": ["Extradición"],
    }
    assert "     2  Extradición\n" in run("--collection", "paris")
    assert {"tag": "urgente", "documents": 1} in json.loads(run("--json"))["tags"]
    assert "app.argument_missing" in run("--add", "x")
    assert tags_of(desk.store, desk.store.access(PARIS), [second]) == {second: ("Extradición",)}


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """Laws found by words (a), by their country's term (b) and by likeness (c), and one that may not be read (d)."""
    partition = f"tags-{uuid4().hex[:8]}"
    laws = (
        made("a", "Money laundering is an offence.", language="en", jurisdiction="GB"),
        made("b", "El que oculta el origen de los bienes comete lavado de activos.", jurisdiction="UY"),
        made("c", "Launderette monetary.", language="en", jurisdiction="US"),
        made("d", "Money laundering.", language="en", jurisdiction="IE", collection="closed"),
    )
    engine.write(partition, [record for records in laws for record in encoded(records)])
    engine.refresh(partition)
    return partition


@pytest.mark.parametrize("mode", ["both", "words", "meaning"])
def test_on_each_engine_the_facet_is_that_of_the_listed_hits(engine: Engine, shelf: str, mode: str) -> None:
    access = AccessFilter("tester", ((shelf, frozenset({"law"})),))
    tags = TaggedDocuments({"one": ("a", "b"), "two": ("b", "c", "d"), "three": ("d",)})

    def ask(**filters: tuple[str, ...]) -> SearchResult:
        request = SearchRequest("money laundering", filters, "en", limit=100, facets=("tag",), mode=mode)
        return retrieve(request, access, engine, hashed_encoder(), tags)

    listed = {hit.document_id for hit in ask().hits}
    expected = {tag: len(listed & {*ids}) for tag, ids in tags.by_tag.items() if listed & {*ids}}
    for result in (ask(), ask(tag=("one",)), ask(tag=("two", "three"))):
        assert {one.value: one.count + one.beside for one in result.facets["tag"]} == expected
    assert {hit.document_id for hit in ask(tag=("one",)).hits} == listed & {"a", "b"}
    assert "d" not in listed
