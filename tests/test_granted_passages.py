"""Passage grants: the granted passage can be read and searched, nothing else of the document by any route."""

from __future__ import annotations

from pathlib import Path

import pytest
from account_site import GRANTED, WORLDS, AccountSite, account_site

from app.accounts.accounts import account
from indexing.access import LOCAL_USER
from indexing.ingest.corrections import enter_corrections, remove
from indexing.ingest.ingest import process_pending
from indexing.store.passage_grants import granted_passages

MEASURE = "embargo de sus cuentas"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("passages"))


def letter(site: AccountSite, world: str = "open") -> str:
    return str(site.values[world]["document_id"])


def text(site: AccountSite) -> str:
    store = site.app.extensions["installation"].store
    return str(store.text(store.access(LOCAL_USER), letter(site)))


def test_the_granted_passage_alone_is_read(site: AccountSite) -> None:
    pia, (start, end) = site.client("pia"), GRANTED
    (passage,) = pia.get("/api/v1/passages").json["passages"]
    assert (passage["document_id"], passage["text"]) == (letter(site), text(site)[start:end])
    assert text(site)[start:end] in pia.get(f"/passages/{letter(site)}").text
    assert pia.get(f"/passages/{letter(site, 'foreign')}").status_code == 404
    for suffix in ("", "/text", "/original", "/pages/1/image", "/structure", "/annotations", "/passage-grants"):
        assert pia.get(f"/api/v1/documents/{letter(site)}{suffix}").status_code in (403, 404), suffix
    for address in ("", "/original", "/pages/1.png", "/citations", "/versions/"):
        assert pia.get(f"/documents/{letter(site)}{address}").status_code == 404, address
    assert pia.get("/api/v1/documents?collection=paris").json["documents"] == []
    assert [one["id"] for one in pia.get("/api/v1/collections").json["collections"]] == ["public"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("exhorto", 1), ("cartas rogatorias", 1), ("rogatoria embargo", 0), ("zarzaparrilla", 0), ("de", 0)],
)
def test_words_are_found_in_the_granted_passage_alone(site: AccountSite, query: str, found: int) -> None:
    pia = site.client("pia")
    assert len(pia.get("/api/v1/passages", query_string={"q": query}).json["passages"]) == found
    assert ("passage granted to you" in pia.get("/", query_string={"q": query, "ui": "en"}).text) == bool(found)
    assert letter(site) not in [hit["document_id"] for hit in pia.get(f"/api/v1/search?q={query}").json["hits"]]


def test_an_officer_grants_and_takes_back_by_the_page(site: AccountSite) -> None:
    ana, vera, eva = site.client("ana"), site.client("vera"), site.client("eva")
    address = f"/documents/{letter(site)}/passages"
    start = text(site).index(MEASURE)
    chosen = {"range": f"{start}-{start + len(MEASURE)}", "account": "eva", "note": "La medida"}
    assert vera.get(address).status_code == 403
    assert site.client("otto").post(address, data=chosen).status_code == 404
    assert MEASURE in ana.get(address).text
    assert ana.post(address, data=chosen).status_code == 302
    (passage,) = eva.get("/api/v1/passages").json["passages"]
    assert (passage["text"], passage["note"], passage["author"]) == (MEASURE, "La medida", "ana")
    (own,) = (one for one in account(site.app.extensions["installation"].store, "eva").grants if one.kind == "passage")
    assert own.value == f"{letter(site)}:{start}-{start + len(MEASURE)}"
    ana.post(address, data={**chosen, "action": "take"})
    assert eva.get("/api/v1/passages").json["passages"] == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"account": "nadie"}, "There is no account “nadie”"),
        ({"account": "eva", "range": ""}, "No passage was chosen"),
        ({"account": "eva", "range": "0-99999999"}, "That passage is not in the document’s text"),
        ({"account": "eva", "action": "take"}, "has no such grant"),
    ],
)
def test_what_is_refused_is_said_in_the_page_with_what_was_typed(
    site: AccountSite, sent: dict[str, str], sentence: str
) -> None:
    address = f"/documents/{letter(site)}/passages?ui=en"
    answer = site.client("ana").post(address, data={"range": "0-7", "note": "La medida"} | sent)
    assert 400 <= answer.status_code < 500
    assert sentence in answer.text
    assert 'name="account"' in answer.text
    assert ('value="La medida"' in answer.text) == (sent.get("action") != "take")


def test_an_officer_grants_and_takes_back_by_the_api(site: AccountSite) -> None:
    ana, eva = site.client("ana"), site.client("eva")
    address = f"/api/v1/documents/{letter(site)}/passage-grants"
    assert ana.post(address, json={"account": "nadie", "start": 0, "end": 5}).json["code"] == "app.no_such_account"
    assert ana.post(address, json={"account": "eva", "start": 5, "end": 99999}).json["code"] == "indexing.no_such_place"
    assert ana.post(address, json={"account": "eva", "start": 0, "end": 7}).status_code == 204
    assert [one["account"] for one in ana.get(address).json["grants"]] == ["eva", "pia"]
    assert eva.get("/api/v1/passages").json["passages"][0]["text"] == "EXHORTO"
    assert ana.delete(f"{address}?account=eva&start=0&end=7").status_code == 204
    assert ana.delete(f"{address}?account=eva&start=0&end=7").json["code"] == "app.no_such_grant"
    assert eva.get("/api/v1/passages").json["passages"] == []


def test_a_passage_whose_text_changed_is_not_shown(tmp_path: Path) -> None:
    site = account_site(tmp_path)
    installation = site.app.extensions["installation"]
    changed = text(site).replace("CARTA ROGATORIA", "NOTA DEL AGENTE")
    enter_corrections(installation, letter(site), {"page_text": changed}, page=1)
    process_pending(installation)
    assert site.client("pia").get("/api/v1/passages").json["passages"] == []


def test_a_deleted_document_takes_its_grants_with_it(tmp_path: Path) -> None:
    site = account_site(tmp_path)
    store = site.app.extensions["installation"].store
    assert granted_passages(store, store.access(account(store, "pia").principal()))
    remove(site.app.extensions["installation"], letter(site))
    assert granted_passages(store, store.access(account(store, "pia").principal())) == ()
    assert account(store, "pia").grants == ()


def test_worlds_have_a_granted_passage_without_their_words(site: AccountSite) -> None:
    start, end = GRANTED
    assert not any(word in text(site)[start:end].lower() for world in WORLDS.values() for word in world.words)
