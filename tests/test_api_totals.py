"""The ``total`` of a list of the API is the number of entries that its pages have, under every filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from desk import Desk
from flask.testing import FlaskClient
from test_request_course import LETTERS
from web_site import site

from app.requests.readings import read_pending
from indexing.access import Principal

MADRID = Principal("madrid", frozenset({"public", "madrid"}))
LAW = "# Ley {number}\n\n## Artículo 1\n\nEl decomiso de naves y aeronaves se rige por esta ley.\n"
LAWS = {"uno.md": "UY", "dos.md": "UY", "tres.md": "PE", "cuatro.md": "PE", "cinco.md": "PE"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    made = Desk(tmp_path_factory.mktemp("totals"))
    for name, (text, kind, day) in LETTERS.items():
        made.bring(name, text, "madrid", document_type=kind, date=day)
    other, kind, day = LETTERS["request.txt"]
    for number in (1, 2):  # letters of other cases about the same account and person
        made.bring(f"other{number}.txt", other.replace("88/", f"9{number}/"), "madrid", document_type=kind, date=day)
    made.bring("hidden.txt", other.replace("88/", "77/"), "lima", document_type=kind, date=day)
    for number, (name, country) in enumerate(LAWS.items()):
        made.bring(name, LAW.format(number=number), jurisdiction=country, document_type="statute")
    read_pending(made.store)
    yield site(made.installation.settings, MADRID).test_client()
    made.installation.close()


def listed(client: FlaskClient, address: str, key: str, filters: Mapping[str, str]) -> tuple[int, list[Any]]:
    """Return the total that every page of a list has, and the entries of all pages."""
    entries, totals = list[Any](), set[int]()
    while True:
        asked = {**filters, "start": str(len(entries)), "limit": "2"}
        answer = client.get(f"/api/v1/{address}", query_string=asked).json
        totals.add(answer["total"])
        if not answer[key]:
            (total,) = totals
            return total, entries
        entries += answer[key]


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"requesting": "ES"},
        {"requested": "ES"},
        {"requesting": "ES", "document_type": "rogatory_letter"},
        {"measure": "bank_information"},
        {"document_type": "response"},
        {"requesting": "PT"},
        {"q": "88/2026"},
        {"q": "requested:ES date:2026-02..2026-03"},
        {"q": "-requesting:ES"},
    ],
)
def test_requests(client: FlaskClient, filters: dict[str, str]) -> None:
    total, entries = listed(client, "requests", "requests", filters)
    assert total == len(entries) == len({one["document_id"] for one in entries})
    _, every = listed(client, "requests", "requests", {})
    fields = {"requesting": "requesting_state", "requested": "requested_state", "document_type": "document_type"}
    if filters.keys() <= fields.keys():
        met = [one for one in every if all(one[fields[key]] == value for key, value in filters.items())]
        assert total == len(met)


@pytest.mark.parametrize("filters", [{}, {"kind": "account"}, {"kind": "phone"}, {"state": "open", "kind": "person"}])
def test_matches(client: FlaskClient, filters: dict[str, str]) -> None:
    total, entries = listed(client, "request-matches", "matches", filters)
    assert total == len(entries) == len({one["id"] for one in entries})
    assert total or filters.get("kind") == "phone"
    if kind := filters.get("kind"):
        assert {one["kind"] for one in entries} <= {kind}


@pytest.mark.parametrize("filters", [{}, {"requesting": "ES"}, {"requested": "ES"}, {"requesting": "PT"}])
def test_deadlines(client: FlaskClient, filters: dict[str, str]) -> None:
    asked = {**filters, "ahead": "36500", "overdue": "36500"}
    total, entries = listed(client, "request-deadlines", "deadlines", asked)
    assert total == len(entries)
    _, every = listed(client, "request-deadlines", "deadlines", {"ahead": "36500", "overdue": "36500"})
    assert total == len([one for one in every if all(one[f"{key}_state"] == code for key, code in filters.items())])


@pytest.mark.parametrize(("filters", "number"), [({}, 5), ({"jurisdiction": "UY"}, 2), ({"jurisdiction": "PE"}, 3)])
def test_search(client: FlaskClient, filters: dict[str, str], number: int) -> None:
    entries, after = list[str](), ""
    while True:
        asked = {"q": "decomiso naves", "collection": "public", "limit": "2", "after": after, **filters}
        answer = client.get("/api/v1/search", query_string=asked).json
        entries += [hit["document_id"] for hit in answer["hits"]]
        assert answer["total"] == number
        after = answer["after"]
        if not after:
            break
    assert len(entries) == len(set(entries)) == number


def test_occurrences_of_a_person(client: FlaskClient) -> None:
    _, every = listed(client, "requests", "requests", {"q": "88/2026", "document_type": "rogatory_letter"})
    found = client.get(f"/api/v1/documents/{every[0]['document_id']}/entities").json["entities"]
    for one in found:
        total, entries = listed(client, f"entities/{one['key']}", "occurrences", {})
        assert total == len(entries) > 0
