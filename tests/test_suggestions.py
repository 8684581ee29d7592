"""Suggestions while typing: results, and access control."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from web_site import ids, installation, site

from app.search.suggestions import suggested_concepts
from extraction.errors import LANGUAGES
from indexing.access import Principal

STRANGER = Principal("stranger", frozenset({"nothing"}))


@pytest.fixture(scope="module")
def app() -> Flask:
    return site(installation())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def options(client: FlaskClient, typed: str, language: str = "es") -> list[tuple[str, str]]:
    """Return address and words of each option."""
    answer = client.get("/suggestions", query_string={"q": typed, "list": 1, "ui": language})
    assert answer.status_code == 200
    found = html.fragments_fromstring(answer.text.strip() or "<p></p>")
    return [(one.get("data-address"), one.findtext("span")) for one in found if one.tag == "li"]


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("blanq", "es", "ML"),
        ("BLANQUEO DE CAP", "es", "ML"),
        ("branqueam", "pt", "ML"),
        ("lavagem de din", "pt", "ML"),
        ("money l", "en", "ML"),
        ("money l", "fr", "ML"),
        ("blanchim", "fr", "ML"),
        ("capitales", "es", "ML"),
        ("TdP", "es", "THB"),
        ("LA/F", "es", "ML"),
        ("escroquerrie", "fr", "FRAUD"),
        ("estelionatto", "pt", "FRAUD"),
        ("lavado de actvios", "es", "ML"),
        ("money laundreing", "en", "ML"),
    ],
)
def test_a_concept_is_found_by_the_beginning_of_a_word_of_any_of_its_names(
    typed: str, language: str, expected: str
) -> None:
    assert expected in [one.id for one in suggested_concepts(typed.lower(), language)]


@pytest.mark.parametrize(
    "typed", ["", "b", "xq", "   ", "%", "__", "x" * 5000, "'; DROP TABLE documents; --", "\\", "<b>"]
)
def test_nothing_is_suggested_for_what_begins_nothing(client: FlaskClient, typed: str) -> None:
    assert options(client, typed) == []


def test_titles_are_found_without_accents_and_lead_to_the_document(app: Flask, client: FlaskClient) -> None:
    law = ids(app)["ley-15-2030.pdf"]
    assert (f"/documents/{law}", "LEY 15/2030, de 3 de mayo, contra el blanqueo de capitales") in options(
        client, "contra el bl"
    )
    assert any(f"/documents/{ids(app)['lei-7-2031.txt']}" == address for address, _ in options(client, "lei n.º 7"))


def test_a_citation_leads_to_the_provision(app: Flask, client: FlaskClient) -> None:
    (address, words), *_ = options(client, "artículo 3 de la Ley 15/2030")
    assert address.startswith(f"/documents/{ids(app)['ley-15-2030.pdf']}?at=")
    assert words.startswith("art. 3")


@pytest.mark.parametrize("typed", ["contra el bl", "artículo 3 de la Ley 15/2030"])
def test_documents_that_may_not_be_seen_are_not_suggested(app: Flask, typed: str) -> None:
    stranger = site(app.config["SETTINGS"], STRANGER).test_client()
    assert [address for address, _ in options(stranger, typed) if "/documents/" in address] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_does_without_a_script(client: FlaskClient, language: str) -> None:
    page = html.fromstring(client.get(f"/suggestions?q=blanq&ui={language}").data)
    assert page.xpath("//main//li/a[contains(@href, '/?q=blanqueo')]")
    assert page.xpath("//main//form//input[@name='q' and @value='blanq']")
    nothing = html.fromstring(client.get(f"/suggestions?q=xqxq&ui={language}").data)
    assert nothing.xpath("//main//p[@class='empty']")
