"""Tags of documents: who writes them, who sees them, the list by tag, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk
from flask.testing import FlaskClient
from web_site import site

from app.documents.changes import Changes, change_documents
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.corrections import delete
from indexing.store.reading import Selection
from indexing.store.tags import MAX_TAGS, tag_counts, tags_of

PARIS = Principal("paris", frozenset({"public", "paris"}), writable=frozenset({"paris"}))
LIMA = Principal("lima", frozenset({"public", "lima"}), writable=frozenset({"lima"}))
LETTER = "Carta rogatoria {number}. Los hechos constituyen lavado de activos."


class Tagged(Desk):
    """A desk with three letters of Paris and one of Lima."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.paris = [self.bring(f"p{number}.txt", LETTER.format(number=number), "paris") for number in range(3)]
        self.lima = self.bring("l.txt", LETTER.format(number=9), "lima")

    def client(self, principal: Principal) -> FlaskClient:
        return site(self.installation.settings, principal, WTF_CSRF_ENABLED=False).test_client()

    def tags(self, document: str, principal: Principal = PARIS) -> tuple[str, ...]:
        return tags_of(self.store, self.store.access(principal), [document]).get(document, ())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tagged]:
    made = Tagged(tmp_path_factory.mktemp("tags"))
    yield made
    made.installation.close()


def test_tags_are_added_to_several_documents_listed_and_removed(desk: Tagged) -> None:
    client, (first, second, third) = desk.client(PARIS), desk.paris
    listed = client.get("/documents?ui=en").text
    assert "Change, tag or move" in listed
    page = client.get(f"/documents/changes?document={first}&document={second}&ui=en")
    assert "Add tags" in page.text
    sent = {"document": [first, second], "add_tags": "urgente, embargo  preventivo"}
    assert client.post("/documents/changes", data=sent).status_code == 302
    assert desk.tags(first) == desk.tags(second) == ("embargo preventivo", "urgente")
    assert desk.tags(third) == ()
    by_tag = client.get("/documents?tag=urgente&ui=en").text
    assert f"/documents/{first}" in by_tag
    assert f"/documents/{third}" not in by_tag
    assert 'href="/documents?tag=urgente"' in client.get(f"/documents/{first}").text
    again = client.get(f"/documents/changes?document={first}&document={third}").text
    assert 'name="remove_tag" value="urgente"' in again
    assert '<option value="embargo preventivo">' in again, "tags of the collection are suggested"
    client.post("/documents/changes", data={"document": [first, third], "remove_tag": "urgente"})
    assert desk.tags(first) == ("embargo preventivo",)
    assert desk.tags(second) == ("embargo preventivo", "urgente")


def test_a_tag_is_written_as_the_collection_writes_it(desk: Tagged) -> None:
    client, (first, _, third) = desk.client(PARIS), desk.paris
    client.post("/api/v1/documents/changes", json={"documents": [first], "add_tags": ["Extradición"]})
    answer = client.post("/api/v1/documents/changes", json={"documents": [third], "add_tags": ["EXTRADICION"]})
    assert answer.json["documents"][0]["tags"] == ["Extradición"]
    listed = client.get("/api/v1/documents?tag=Extradici%C3%B3n").json["documents"]
    assert {one["id"] for one in listed} == {first, third}
    assert {"tag": "Extradición", "documents": 2} in client.get("/api/v1/tags?collection=paris").json["tags"]


def test_tags_are_seen_and_written_where_their_documents_are(desk: Tagged) -> None:
    paris, lima, first = desk.client(PARIS), desk.client(LIMA), desk.paris[0]
    paris.post("/api/v1/documents/changes", json={"documents": [first], "add_tags": ["zarzaparrilla"]})
    lima_page = lima.get(f"/documents/changes?document={desk.lima}").text
    for text in (lima_page, lima.get("/documents").text, lima.get("/api/v1/tags").text):
        assert "zarzaparrilla" not in text
    assert "/documents/" + desk.lima not in lima.get("/documents?tag=zarzaparrilla").text
    assert lima.get("/api/v1/documents?tag=zarzaparrilla").json["documents"] == []
    refused = lima.post("/api/v1/documents/changes", json={"documents": [desk.lima, first], "add_tags": ["x"]})
    assert refused.json["code"] == "indexing.no_such_document"
    assert desk.tags(desk.lima, LIMA) == ()
    reader = Principal("reader", frozenset({"public", "paris"}), writable=frozenset())
    with pytest.raises(RogatioError, match="not_writable"):
        change_documents(desk.installation, [first], Changes(added_tags=("x",)), reader)


@pytest.mark.parametrize("tag", [" ", "x" * 51, "a\u202eb", "a,b", "a\nb\0"])
def test_what_is_no_tag_is_refused(desk: Tagged, tag: str) -> None:
    before = desk.tags(desk.paris[1])
    with pytest.raises(RogatioError, match="bad_tag"):
        change_documents(desk.installation, [desk.paris[1]], Changes(added_tags=(tag,)), PARIS)
    assert desk.tags(desk.paris[1]) == before


def test_a_document_has_a_limited_number_of_tags(desk: Tagged) -> None:
    before = desk.tags(desk.paris[1])
    many = tuple(f"n{number}" for number in range(MAX_TAGS + 1))
    with pytest.raises(RogatioError, match="too_many_tags"):
        change_documents(desk.installation, [desk.paris[1]], Changes(added_tags=many), PARIS)
    assert desk.tags(desk.paris[1]) == before


def test_tags_go_with_the_document_and_stay_behind_in_its_authority(desk: Tagged) -> None:
    moved = desk.bring("moved.txt", LETTER.format(number=11), "paris")
    gone = desk.bring("gone.txt", LETTER.format(number=12), "paris")
    change_documents(desk.installation, [moved, gone], Changes(added_tags=("interno",)), LOCAL_USER)
    change_documents(desk.installation, [moved], Changes(case_file="2031/7"), LOCAL_USER)
    assert desk.tags(moved) == ("interno",)
    change_documents(desk.installation, [moved], Changes(collection="lima"), LOCAL_USER)
    assert desk.tags(moved, LIMA) == ()
    delete(desk.installation, gone)
    everything = desk.store.access(LOCAL_USER)
    assert "interno" not in dict(tag_counts(desk.store, everything, Selection()))
