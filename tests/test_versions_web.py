"""A law over time: pages, the REST API and the command line agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from law_versions import write_versions
from test_api import follows
from web_site import site

from app.cli import rogatio
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.settings import Settings

VERSIONS = {
    "2010-02-01": {"1": "El que convierta dinero será castigado con cinco años de prisión.", "2": "Rige hoy."},
    "2015-03-01": {
        "1": "El que convierta dinero será castigado con ocho años de prisión y multa.",
        "2": "Rige hoy.",
        "3": "El juez decretará el decomiso <script>alert(1)</script>.",
    },
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("versions")
    write_versions(folder, VERSIONS)
    (folder / "letter.txt").write_text("The Central Authority requests service of the summons on the witness.\n")
    held = Settings(tmp_path_factory.mktemp("home"))
    installation = Installation(held)
    ingest(installation, [folder])
    installation.close()
    return held


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    return site(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def held(app: Flask) -> dict[str, str]:
    """The documents by the day of their version."""
    store = app.extensions["installation"].store
    return {one.source.rpartition(".")[0]: one.id for one in store.documents(store.access(LOCAL_USER))}


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def test_a_law_s_versions(client: FlaskClient, held: dict[str, str]) -> None:
    shown = page(client, f"/documents/{held['2015-03-01']}/versions/?ui=en")
    assert shown.index("in force from 1 March 2015") < shown.index("in force from 1 February 2010 to 28 February 2015")
    assert f"versions/changes?old={held['2010-02-01']}" in shown
    assert shown.count("in force today") == 1


def test_a_provision_from_version_to_version(client: FlaskClient, held: dict[str, str]) -> None:
    shown = page(client, f"/documents/{held['2010-02-01']}/versions/provision?pinpoint=art.%201&ui=en")
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "text differs from the version before" in shown
    assert "the oldest text" in shown
    added = page(client, f"/documents/{held['2015-03-01']}/versions/provision?pinpoint=3&ui=en")
    assert "new in this version" in added


def test_what_a_version_changed_and_no_mark_up_of_a_text_runs(client: FlaskClient, held: dict[str, str]) -> None:
    shown = page(client, f"/documents/{held['2015-03-01']}/versions/changes?old={held['2010-02-01']}&ui=en")
    assert "2 provisions differ" in shown
    assert "<script>alert" not in shown
    same = page(client, f"/documents/{held['2015-03-01']}/versions/changes?old={held['2015-03-01']}&ui=en")
    assert "The text of every provision is the same in both" in same


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_reader_s_language(client: FlaskClient, held: dict[str, str], language: str) -> None:
    new, old = held["2015-03-01"], held["2010-02-01"]
    for address in (
        f"/documents/{new}/versions/?",
        f"/documents/{new}/versions/provision?pinpoint=art.+1&",
        f"/documents/{new}/versions/changes?old={old}&",
        "/?q=dinero&in_force=2012-01-01&mode=words&",
        "/?q=dinero&",
        f"/documents/{new}?",
    ):
        assert f'lang="{language}"' in page(client, f"{address}ui={language}")[:200]


@pytest.mark.parametrize(
    "address", ["{letter}/versions/", "{2010-02-01}/versions/provision?pinpoint=99", "none/versions/",
                "{2010-02-01}/versions/changes?old={letter}", "{2010-02-01}/versions/changes"],
)  # fmt: skip
def test_what_does_not_exist_is_reported(client: FlaskClient, held: dict[str, str], address: str) -> None:
    for name, document in held.items():
        address = address.replace(f"{{{name}}}", document)
    page(client, f"/documents/{address}", 404)
    assert client.get(f"/api/v1/documents/{address.rstrip('/')}").status_code in (
        404,
        422,
    )


def test_a_stranger_sees_no_version(settings: Settings, held: dict[str, str]) -> None:
    stranger = site(settings, Principal("stranger", frozenset({"nothing"}))).test_client()
    document = held["2015-03-01"]
    for rest in ("/", "/provision?pinpoint=1", f"/changes?old={held['2010-02-01']}"):
        page(stranger, f"/documents/{document}/versions{rest}", 404)
        assert stranger.get(f"/api/v1/documents/{document}/versions{rest.rstrip('/')}").status_code == 404


def test_the_search_page_says_what_is_left_out_and_shows_it(client: FlaskClient) -> None:
    shown = page(client, "/?q=dinero&mode=words&ui=en")
    assert "1 left out: not in force today" in shown
    assert "in_force=any" in shown
    assert "ocho" in shown
    assert "1 other version" in shown
    then = page(client, "/?q=dinero&mode=words&in_force=2012-01-01&ui=en")
    assert "cinco" in then
    assert "ocho" not in then
    assert 'value="2012-01-01"' in then
    assert "is left out" not in then
    every = page(client, "/?q=dinero&mode=words&in_force=any&ui=en")
    assert "cinco" in every
    assert "ocho" in every
    assert "on any date" in every


def test_an_invalid_date_is_reported(client: FlaskClient) -> None:
    assert "is not a day, a month or a year" in page(client, "/?q=dinero&in_force=yesterday&ui=en", 422)


def test_the_api_returns_the_same(client: FlaskClient, held: dict[str, str]) -> None:
    new, old = held["2015-03-01"], held["2010-02-01"]
    law = client.get(f"/api/v1/documents/{new}/versions").json
    follows(law, "Law")
    assert [(one["document_id"], one["before"]) for one in law["versions"]] == [(new, old), (old, "")]
    provision = client.get(f"/api/v1/documents/{old}/versions/provision?pinpoint=artículo 1").json
    follows(provision, "ProvisionVersions")
    assert [one["state"] for one in provision["versions"]] == ["changed", "first"]
    assert "ocho " in [one["text"] for one in provision["versions"][0]["differences"] if one["kind"] == "insert"]
    changes = client.get(f"/api/v1/documents/{new}/versions/changes?old={old}").json
    for one in changes["changes"]:
        follows(one, "ProvisionChange")
    found = client.get("/api/v1/search?q=dinero&in_force=2012-01-01&mode=words").json
    follows(found, "SearchResult")
    assert [hit["document_id"] for hit in found["hits"]] == [old]
    assert found["hits"][0]["version"]["valid_to"] == "2015-03-01"
    assert client.get("/api/v1/search?q=dinero&mode=magic").status_code == 422


def test_the_command_line_returns_the_same(
    settings: Settings, held: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(settings.home))
    new, old = held["2015-03-01"], held["2010-02-01"]

    def command_output(*arguments: str) -> str:
        completed = CliRunner().invoke(rogatio, ["--language", "en", *arguments])
        assert completed.exit_code == 0, completed.output
        return completed.output

    first, second = command_output("versions", new).splitlines()
    assert first == f"{new}  in force from 1 March 2015 · in force today  in_force_from"
    assert second == f"{old}  in force from 1 February 2010 to 28 February 2015  in_force_from"
    assert "{+ocho+}" in command_output("versions", new, "1")
    assert "[-cinco-]" in command_output("versions", new, "1")
    assert json.loads(command_output("versions", new, "--json"))["versions"][1]["document_id"] == old
    found = command_output("search", "dinero", "--in-force", "2012-01-01", "--mode", "words", "--json")
    assert [hit["document_id"] for hit in json.loads(found)["hits"]] == [old]
    assert "--in-force all" in command_output("search", "dinero", "--mode", "words")
