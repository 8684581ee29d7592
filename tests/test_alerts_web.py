"""Alerts for people and programs: pages, the feed, the REST API and the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import LETTER, Desk, law
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from test_api import follows
from web_site import site

from app.alerts.alerts import save_search, watch
from app.cli import rogatio
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from indexing.search.request import SearchRequest

PARIS = Principal("paris", frozenset({"public", "paris"}))
LIMA = Principal("lima", frozenset({"public", "lima"}))
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "zarzaparrilla"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A law and a search that are watched by two authorities, to each of which a letter came in."""
    made = Desk(tmp_path_factory.mktemp("alerts"))
    old = made.bring("2018.md", law("2018-01-01", "dos"))
    for principal in (PARIS, LIMA, LOCAL_USER):
        save_search(made.store, principal, SearchRequest("lavado de activos", {"language": ("es",)}))
        watch(made.store, principal, old, "art. 1")
    made.bring("report.txt", "Informe público sobre el lavado de activos.")
    made.bring("paris.txt", LETTER + f" {SECRET}", "paris", title=f"Carta {SECRET}")
    yield made
    made.installation.close()


def app_of(desk: Desk, principal: Principal) -> Flask:
    return site(desk.installation.settings, principal, WTF_CSRF_ENABLED=False)


@pytest.fixture
def paris(desk: Desk) -> FlaskClient:
    return app_of(desk, PARIS).test_client()


@pytest.fixture
def lima(desk: Desk) -> FlaskClient:
    return app_of(desk, LIMA).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_what_is_new(paris: FlaskClient, language: str) -> None:
    page = paris.get(f"/alerts/?ui={language}").text
    assert "Informe" in page
    assert SECRET in page
    assert 'lang="es"' in page
    assert page.count('class="new-mark"') >= 3


def test_another_authority_learns_nothing_of_it(desk: Desk, paris: FlaskClient, lima: FlaskClient) -> None:
    page = lima.get("/alerts/?ui=en").text
    assert SECRET not in page
    assert "1 new result." in page, "the report alone"
    assert SECRET not in lima.get("/alerts/feed.atom").text
    assert SECRET not in lima.get("/api/v1/alerts").text
    own = [one["id"] for one in paris.get("/api/v1/alerts").json["alerts"]]
    for address in (f"/alerts/{own[0]}", f"/api/v1/alerts/{own[0]}"):
        assert lima.get(address).status_code == 404
        assert lima.get(address).text.replace(own[0], "x" * 16) == lima.get(address.replace(own[0], "x" * 16)).text
    for act in ("seen", "deletion"):
        assert lima.post(f"/alerts/{own[0]}/{act}").status_code == 404
    assert lima.delete(f"/api/v1/alerts/{own[0]}").status_code == 404
    assert [one["id"] for one in paris.get("/api/v1/alerts").json["alerts"]] == own


def test_the_feed_is_atom_and_holds_public_law_alone(paris: FlaskClient) -> None:
    answer = paris.get("/alerts/feed.atom?ui=fr")
    assert answer.mimetype == "application/atom+xml"
    assert SECRET not in answer.text
    feed = etree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    for part in (feed, *entries):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{ATOM}updated"))
        assert part.findtext(f"{ATOM}id")


def test_a_search_is_saved_from_its_page_and_deleted_from_the_list(desk: Desk) -> None:
    client = app_of(desk, Principal("new", frozenset({"public"}))).test_client()
    page = client.get("/?q=pesca&language=es&ui=en").text
    assert 'action="/alerts/"' in page
    assert 'name="language" value="es"' in page
    answer = client.post("/alerts/", data={"q": "pesca", "language": "es"}, follow_redirects=True)
    assert "pesca" in answer.text
    (one,) = client.get("/api/v1/alerts").json["alerts"]
    assert (one["query"], one["filters"]) == ("pesca", {"language": ["es"]})
    client.post(f"/alerts/{one['id']}/deletion")
    assert client.get("/api/v1/alerts").json["alerts"] == []


def test_a_provision_is_watched_from_its_document(desk: Desk) -> None:
    client = app_of(desk, Principal("reader", frozenset({"public"}))).test_client()
    document = next(
        one["id"] for one in client.get("/api/v1/documents").json["documents"] if one["source"] == "2018.md"
    )
    text = client.get(f"/api/v1/documents/{document}/text").json["text"]
    page = client.get(f"/documents/{document}?at={text.index('convierta')}&ui=en").text
    assert re.search(r'name="unit" value="art. 1"', page)
    answer = client.post("/alerts/watch", data={"document_id": document, "unit": "art. 1"}, follow_redirects=True)
    assert "Ley Nº 19574" in answer.text
    report = next(one["id"] for one in client.get("/api/v1/documents").json["documents"] if one["source"] != "2018.md")
    assert 'action="/alerts/watch"' not in client.get(f"/documents/{report}").text
    assert client.post("/alerts/watch", data={"document_id": report}).status_code == 404


def test_what_was_seen_is_new_no_more_but_stays_listed(desk: Desk) -> None:
    client = app_of(desk, LOCAL_USER).test_client()
    assert "new-mark" in client.get("/alerts/").text
    client.post("/alerts/seen")
    page = client.get("/alerts/?ui=en").text
    assert "new-mark" not in page
    assert "Nothing new since you last looked." in page
    assert "Informe" in page


def test_the_api_follows_its_description(desk: Desk) -> None:
    client = app_of(desk, PARIS).test_client()
    listed = client.get("/api/v1/alerts").json["alerts"]
    assert listed
    for one in listed:
        follows(one, "Alert")
        answer = client.get(f"/api/v1/alerts/{one['id']}?limit=1").json
        follows(answer["told"][0], "Told")
        assert answer["told_count"] >= 1
        more = client.get(f"/api/v1/alerts/{one['id']}?before={answer['told'][0]['id']}").json
        assert len(more["told"]) == answer["told_count"] - 1
    made = client.post("/api/v1/alerts", json={"query": "decomiso", "filters": {"jurisdiction": ["UY"]}})
    assert made.status_code == 201
    assert client.get(made.location).json["query"] == "decomiso"
    assert client.post(f"{made.location}/seen").status_code == 204
    assert client.delete(made.location).status_code == 204
    assert client.get(made.location).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "app.bad_body"),
        (b"[]", "app.bad_body"),
        (b'{"query": 3}', "app.bad_body"),
        (b'{"filters": {"jurisdiction": "UY"}}', "app.bad_body"),
        (b"{}", "indexing.alert_without_question"),
        (b'{"document_id": "0"}', "indexing.no_such_document"),
    ],
)
def test_what_is_no_alert_is_refused(paris: FlaskClient, body: bytes, code: str) -> None:
    assert paris.post("/api/v1/alerts", data=body, content_type="application/json").json["code"] == code


def test_the_command_line_is_silent_where_nothing_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    runner = CliRunner()
    added = runner.invoke(rogatio, ["alerts", "--add", "lavado", "--filter", "language=es"])
    assert re.fullmatch(r"[0-9a-f]{16}\n", added.output)
    quiet = runner.invoke(rogatio, ["alerts"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    desk.bring("new.txt", "Informe sobre el lavado de dinero.")
    reported = runner.invoke(rogatio, ["--language", "en", "alerts"])
    assert reported.exit_code == 10
    assert "lavado language=es" in reported.output
    rows = runner.invoke(rogatio, ["alerts", "--json", "--seen"])
    assert rows.exit_code == 10
    assert json.loads(rows.output)["source"] == "new.txt"
    assert runner.invoke(rogatio, ["alerts"]).exit_code == 0
    assert runner.invoke(rogatio, ["alerts", "--delete", added.output.strip()]).exit_code == 0
