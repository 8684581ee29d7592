"""Every route, by every role, by every relation to what it is about; generated from the routing table.

A route that is new is named by ``test_every_route_has_a_permission`` until the permission table has it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from account_site import ROLES, SEES, WORLDS, AccountSite, account_site
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.accounts.permissions import ANYONE, listed_endpoints, needed_permission, permissions_of
from indexing.access import LOCAL_USER
from indexing.store.reading import Selection

OTHER_VALUES: dict[str, str | int] = {
    "number": 1,
    "concept_id": "ML",
    "instrument_id": "UNTOC_6",
    "element_id": "conversion",
    "code": "ES",
    "country": "ES",
    "principal": "eva",
    "credential": "0" * 16,
    "export_id": "0" * 32,  # exports of others: test_export_jobs.py
    "collection": "unknown",
    "rule_key": "0" * 16,
    "provision_id": "0" * 24 + ":1",  # provisions of others: test_room_provisions.py
    "match_id": "0" * 24,  # matches of others: test_request_matches.py
    "secret": "rgt_unknown",
    "filename": "rogatio.css",
    "topic": "search",
    "upload_id": "0" * 32,  # uploads of others: test_resumable_uploads.py
}
GRANTS = ("accounts.account_list", "administration.account_page", "api.accounts", "api.account_of")
OBJECTS = {"document_id", "request_id", "job_id", "alert_id", "room_id", "entity_key"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("routes"))


def rules(site: AccountSite) -> Iterator[tuple[Rule, str]]:
    for rule in sorted(site.app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address(site: AccountSite, rule: Rule, world: str) -> str:
    known = {**OTHER_VALUES, **site.values[world]}
    # a kind of argument that is new: add it to OTHER_VALUES, or to account_site.py where it names something of somebody
    assert set(rule.arguments) <= known.keys(), f"no value is known for the arguments of {rule.rule}"
    return site.app.url_map.bind("localhost").build(rule.endpoint, {key: known[key] for key in rule.arguments})


def is_api(rule: Rule) -> bool:
    return rule.rule.startswith("/api/")


def test_every_route_has_a_permission(site: AccountSite) -> None:
    routes = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    missing, gone = sorted(routes - listed_endpoints()), sorted(listed_endpoints() - routes)
    assert not missing, f"app/resources/permissions.yaml, routes: name under the permission that it needs: {missing}"
    assert not gone, f"app/resources/permissions.yaml, routes: there is no such route any more: {gone}"


def test_nobody_gets_anything_without_a_session_or_a_token(site: AccountSite) -> None:
    client = site.client("")
    for rule, method in rules(site):
        answer = client.open(address(site, rule, "open"), method=method)
        if needed_permission(rule.endpoint) == ANYONE:
            assert answer.status_code in (200, 404, 405) or answer.location == "/sign-in", rule
        elif is_api(rule):
            assert (answer.status_code, answer.json["code"]) == (401, "app.not_signed_in"), rule
        else:
            assert answer.status_code == 302, rule
            assert answer.location.startswith("/sign-in"), rule
    assert client.get("/nothing").status_code == 302
    assert client.get("/api/v1/nothing").status_code == 401


@pytest.mark.parametrize("name", ROLES)
def test_a_role_without_the_permission_is_refused(site: AccountSite, name: str) -> None:
    client, held = site.client(name), permissions_of(ROLES[name][0], public_write=False)
    for rule, method in rules(site):
        needed = needed_permission(rule.endpoint)
        if needed in {*held, ANYONE}:
            continue
        answer = client.open(address(site, rule, "open"), method=method)
        if rule.endpoint == "search.search":
            assert answer.location == "/account"
        else:
            assert answer.status_code == 403, (rule, answer.status_code)
            assert "app.not_permitted" in answer.text, rule


def hidden_words(name: str) -> set[str]:
    """Return the words that an account may see nowhere."""
    letters = {word for key, world in WORLDS.items() if key not in SEES.get(name, ()) for word in world.words}
    return letters | {world.work for world in WORLDS.values() if world.owner != name}


def reads(client: FlaskClient, site: AccountSite, name: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses that an account may read, about what it may not see and about all it may ask."""
    held = permissions_of(ROLES[name][0], public_write=False)
    unseen = [key for key in WORLDS if key not in SEES.get(name, ())]
    for rule, method in rules(site):
        if method != "GET" or needed_permission(rule.endpoint) not in held:
            continue
        for world in unseen if rule.arguments & OBJECTS else unseen[:1]:
            yield rule.endpoint, address(site, rule, world)
    for world in WORLDS.values() if "content.read" in held else ():
        for query in (*world.words, f"{world.words[0][:-1]}x", f"{world.words[0][:5]}*"):
            yield "search.search", f"/?q={query}"
            yield "api.search", f"/api/v1/search?q={query}&facet=institution&facet=year&facet=authority"
        for parameter in (f"case_file={world.case_file}", f"collection={world.collection}"):
            yield "document_lists.documents", f"/documents?{parameter}"
            yield "api.documents", f"/api/v1/documents?{parameter}"


@pytest.mark.parametrize("name", ROLES)
def test_no_address_reveals_what_an_account_may_not_see(site: AccountSite, name: str) -> None:
    client, hidden = site.client(name), hidden_words(name)
    files = {world.case_file for key, world in WORLDS.items() if key not in SEES.get(name, ())}
    for endpoint, asked in reads(client, site, name):
        answer = client.get(asked)
        text = answer.get_data().decode(errors="replace").lower()
        # who gives grants has to see which case files they name
        words = hidden if endpoint in GRANTS else hidden | files
        told = {word for word in words if word in text and word not in asked.lower()}
        assert not told, (name, endpoint, asked, told)
        assert answer.status_code != 403, (endpoint, asked)
        assert answer.status_code < 500, (endpoint, asked)


@pytest.mark.parametrize("name", SEES)
def test_an_account_sees_its_own(site: AccountSite, name: str) -> None:
    client = site.client(name)
    for key in SEES[name]:
        world = WORLDS[key]
        found = client.get(f"/api/v1/search?q={world.words[0]}").json["hits"]
        assert [hit["document_id"] for hit in found] == [site.values[key]["document_id"]]
        listed = client.get(f"/api/v1/documents?case_file={world.case_file}").json["documents"]
        assert [one["id"] for one in listed] == [site.values[key]["document_id"]]
        assert client.get(f"/documents/{site.values[key]['document_id']}").status_code == 200


@pytest.mark.parametrize("name", ROLES)
def test_nobody_changes_what_he_may_not_see(site: AccountSite, name: str) -> None:
    client, held = site.client(name), permissions_of(ROLES[name][0], public_write=False)
    store = site.app.extensions["installation"].store
    before = [(one.id, one.revision) for one in store.every_document(store.access(LOCAL_USER))]
    for rule, method in rules(site):
        if method == "GET" or not rule.arguments & OBJECTS or needed_permission(rule.endpoint) not in held:
            continue
        for world in (key for key in WORLDS if WORLDS[key].owner != name and key not in SEES.get(name, ())):
            body = {"json": {"field": "title", "value": "x", "role": "owner", "text": "x"}} if is_api(rule) else {}
            answer = client.open(address(site, rule, world), method=method, **body)
            assert answer.status_code in (400, 404, 422), (rule, method, answer.status_code)
    assert [(one.id, one.revision) for one in store.every_document(store.access(LOCAL_USER))] == before


@pytest.mark.parametrize("name", [one for one in ROLES if one != "otto"])
def test_nobody_changes_public_law_or_another_authority_s_files_without_the_grant(site: AccountSite, name: str) -> None:
    client, store = site.client(name), site.app.extensions["installation"].store
    (law,) = store.documents(store.access(LOCAL_USER), Selection(collection="public"))
    asked = {"field": "title", "value": "Otra"}
    for answer in (
        client.delete(f"/api/v1/documents/{law.id}"),
        client.post(f"/api/v1/documents/{law.id}/corrections", json=asked),
    ):
        assert answer.status_code == 403
        assert answer.json["code"] in ("indexing.not_writable", "app.not_permitted")
    assert store.document(store.access(LOCAL_USER), law.id).revision == law.revision
