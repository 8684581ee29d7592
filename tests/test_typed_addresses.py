"""Addresses that people type lead to a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from account_site import account_site
from flask.testing import FlaskClient
from web_site import installation, site

from extraction.resource import load


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return site(installation()).test_client()


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/search?q=lavado&kind=law", "/?q=lavado&kind=law"),
        ("/Search/", "/"),
        ("/compare?concept=ML", "/compare/?concept=ML"),
        ("/comparar", "/compare/"),
        ("/requests", "/requests/"),
        ("/collection", "/documents"),
        ("/documents/?kind=law", "/documents?kind=law"),
        ("/help/", "/help"),
        ("/upload/", "/upload"),
        ("/login", "/"),
        ("/pendientes", "/waiting"),
    ],
)
def test_a_typed_address_leads_to_its_page_with_its_query(client: FlaskClient, address: str, target: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (302, 308)
    assert answer.location.removeprefix("http://localhost") == target
    assert client.get(address, follow_redirects=True).status_code == 200


def test_every_listed_word_leads_somewhere(client: FlaskClient) -> None:
    words = [word for words in load("app.addresses").values() for word in words]
    assert len(words) == len(set(words))
    failed = [word for word in words if client.get(f"/{word}", follow_redirects=True).status_code != 200]
    assert failed == []


@pytest.mark.parametrize("address", ["/nowhere", "/search/nowhere", "/api/v1/login", "/searching"])
def test_other_addresses_are_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_only_reading_is_redirected(client: FlaskClient) -> None:
    assert client.post("/search").status_code == 404


def test_who_has_an_account_comes_from_login_to_it(tmp_path: Path) -> None:
    site = account_site(tmp_path)
    assert site.client("ana").get("/login").location == "/account"
    assert site.client("").get("/search?q=lavado").location.startswith("/sign-in?next=")
