"""Unknown values of parameters of the search, and unknown credentials, are refused with a stable code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from web_site import site

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import TOKEN, issue
from app.cli import rogatio
from app.web import create_app
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER
from indexing.search.query_fields import check_filters

UNKNOWN = [
    ("jurisdiction", "Xanadu", "indexing.no_such_filter_value", ""),
    ("jurisdiction", "Urugay", "indexing.unknown_filter_value", "uruguay"),
    ("jurisdiction", "Allemange", "indexing.unknown_filter_value", "allemagne"),
    ("language", "klingon", "indexing.no_such_filter_value", ""),
    ("language", "espagnole", "indexing.unknown_filter_value", "espagnol"),
    ("document_type", "poem", "indexing.no_such_filter_value", ""),
    ("document_type", "rogatory_leter", "indexing.unknown_filter_value", "rogatory_letter"),
    ("pais", "Venezuelo", "indexing.unknown_filter_value", "venezuela"),
    ("concept", "lavado de activo", "indexing.unknown_filter_value", "lavado de activos"),
    ("concept", "xyzzyx", "indexing.no_such_filter_value", ""),
]
KNOWN = [
    ("jurisdiction", "uy"), ("jurisdiction", "Brésil"), ("jurisdiction", "INT"), ("language", "inglês"),
    ("language", "la"), ("language", "und"), ("document_type", "response"), ("document_type", "ley"),
    ("concept", "ML"), ("collection", "anything"), ("in_force", "any"), ("tag", "urgente"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "code", "near"), UNKNOWN)
def test_unknown_values_of_filters(name: str, value: str, code: str, near: str) -> None:
    with pytest.raises(RogatioError) as refused:
        check_filters({name: (value,)})
    assert refused.value.code == code
    assert near in str(refused.value.facts.get("near", ""))
    assert all(value in refused.value.sentence(language) for language in LANGUAGES)


@pytest.mark.parametrize(("name", "value"), KNOWN)
def test_known_values_of_filters(name: str, value: str) -> None:
    check_filters({name: (value,)})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("parameters"))
    yield made
    made.installation.close()


def test_page_api_and_command_refuse_alike(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    for address in ("/api/v1/search", "/api/v1/search/export"):
        answer = client.get(f"{address}?q=x&jurisdiction=Urugay")
        assert (answer.status_code, answer.json["code"]) == (422, "indexing.unknown_filter_value")
    page = client.get("/?q=x&jurisdiction=Urugay&ui=fr")
    assert (page.status_code, "le plus proche est uruguay" in page.text) == (422, True)
    assert client.get("/?q=x&jurisdiction=UY").status_code == 200
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    done = CliRunner().invoke(rogatio, ["--language", "es", "search", "x", "--filter", "jurisdiction=Urugay"])
    assert isinstance(done.exception, RogatioError)
    assert "lo más parecido es uruguay" in done.exception.sentence("es")


@pytest.mark.parametrize("query", ["((((", "AND OR", "NOT", "!!! ???", "*", '""', "\ufffd\ufffd", "§ —"])
def test_a_query_without_a_word_searches_nothing(desk: Desk, query: str) -> None:
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    answer = client.get("/api/v1/search", query_string={"q": query})
    assert (answer.status_code, answer.json["code"]) == (422, "indexing.nothing_to_search")
    page = client.get("/", query_string={"q": query, "ui": "en"})
    assert (page.status_code, "no word to search for" in page.text) == (422, True)


@pytest.mark.parametrize("query", ["-robo", "país:Uruguay", "de la", "art. 5", "(robo", "7"])
def test_a_word_or_a_field_is_enough(desk: Desk, query: str) -> None:
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    assert client.get("/api/v1/search", query_string={"q": query}).status_code == 200


@pytest.mark.parametrize("group", ["foo", "date"])
def test_an_export_refuses_an_unknown_group_as_the_search_does(desk: Desk, group: str) -> None:
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    answers = [client.get(f"/api/v1/search{path}?q=x&group_by={group}") for path in ("", "/export")]
    assert [(one.status_code, one.json["code"]) for one in answers] == [(422, "indexing.no_such_group")] * 2
    assert client.get("/api/v1/search/export?q=x&group_by=jurisdiction").status_code == 200


def test_an_unknown_credential_is_not_found(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    add_account(desk.store, "ana", "officer", [Grant("authority", "paris")], author="test")
    add_account(desk.store, "eva", "administrator", [], author="test")

    def client(name: str) -> FlaskClient:
        made: Any = create_app({"SETTINGS": desk.installation.settings, "WTF_CSRF_ENABLED": False}).test_client()
        made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(desk.store, name, TOKEN)}"
        return made  # type: ignore[no-any-return]

    for name, address in (("ana", "/api/v1/account"), ("eva", "/api/v1/accounts/ana")):
        asking = client(name)
        answer = asking.delete(f"{address}/credentials/nosuch")
        assert (answer.status_code, answer.json["code"]) == (404, "app.no_such_credential")
    held = client("eva").get("/api/v1/accounts/ana").json["credentials"][0]["number"]
    assert [client("eva").delete(f"/api/v1/accounts/ana/credentials/{held}").status_code for _ in range(2)] == [
        204,
        404,
    ]
    desk.installation.close()
