"""Every link to a provision opens at it and marks it, and the citation to copy names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from desk import Desk
from flask.testing import FlaskClient
from lxml import html
from matrix_laws import matrix_desk
from web_site import ids, site

from app.alerts.alerts import save_search
from app.comparison.table import ComparisonRequest
from app.rooms.rooms import open_room
from indexing.access import LOCAL_USER
from indexing.search.request import SearchRequest

LAW = """---
title: "Ley 7 de delitos financieros"
country: "ar"
---
# Ley 7

## CAPÍTULO I
## Disposiciones generales

### Artículo 1. Objeto

Esta ley castiga los delitos financieros.

## CAPÍTULO II
## De los delitos

### Artículo 2. Lavado de activos

Será reprimido con prisión de tres a diez años el que convirtiere o transfiriere bienes provenientes de un delito.

### Artículo 3. Decomiso

El juez ordenará el decomiso de los bienes.
"""
# An article, a section, or what is a provision of its own: a preamble, and a part that has words but no section.
PROVISION = r"(?:art|s)\. \d|preámbulo|PART 2|Oficio"
PAGES = (
    "/?q=lavado+de+activos",
    "/?q=money+laundering",
    "/?q=ocultar+el+origen+de+bienes+robados",
    "/?q=confiscation",
    "/?q=art.+1+Ley+7",
    "/concepts/ML",
    "/compare/?concept=ML&country=AR&country=IE&country=PE",
    "/matrix/UNTOC_6/conversion/PE",
    "/matrix/UNTOC_6/conversion/ES",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = matrix_desk(tmp_path_factory.mktemp("places"))
    save_search(made.store, LOCAL_USER, SearchRequest("reprimido"))
    made.bring("ley-7.md", LAW, document_type="statute")
    yield made
    made.installation.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings).test_client()


def links(client: FlaskClient, address: str) -> list[str]:
    """Return the addresses of provisions on a page, in order."""
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text[:300]
    found = html.fromstring(answer.data).xpath("//a/@href")
    return list(dict.fromkeys(one for one in found if re.match(r"/documents/\w+\?.*\bat=", one)))


def opened(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address.partition("#")[0], headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return html.fromstring(answer.data)


def check(client: FlaskClient, address: str) -> str:
    """Follow a link and return the citation that the page offers."""
    assert address.endswith("#hit")
    page = opened(client, address)
    assert len(page.xpath("//*[@id='hit']")) == 1, address
    marked = "".join(page.xpath("//mark[contains(@class, 'passage')]//text()"))
    assert marked.strip(), address
    assert "No match on this page" not in page.text_content()
    citation = page.xpath("string(//*[@id='citation'])")
    assert "CAPÍTULO" not in citation
    return citation


@pytest.mark.parametrize("address", PAGES)
def test_a_link_leads_to_its_provision(client: FlaskClient, address: str) -> None:
    found = links(client, address)
    assert found
    for link in found:
        assert re.search(PROVISION, check(client, link)), link


def test_a_room_links_to_what_it_compares(desk: Desk, client: FlaskClient) -> None:
    question = ComparisonRequest(concept="ML", jurisdictions=("AR", "PE"), language="es")
    room = open_room(desk.store, LOCAL_USER, "Lavado", question).id
    found = links(client, f"/rooms/{room}")
    assert found
    assert all(re.search(r"art\. \d", check(client, link)) for link in found)


def test_an_alert_links_to_what_is_new(client: FlaskClient) -> None:
    found = links(client, "/alerts/")
    assert [re.search(r"art\. \d", check(client, link))[0] for link in found] == ["art. 2"]
    feed = unescape(client.get("/alerts/feed.atom").text)
    (followed,) = re.findall(r'href="([^"]*/documents/[^"]*)"', feed)
    assert re.search(r"art\. 2", check(client, followed.removeprefix("http://localhost")))


def test_a_hit_in_the_first_article_of_a_chapter_is_cited_by_its_article(client: FlaskClient) -> None:
    """The range of a provision begins at the heading of the chapter above it, which the query has too."""
    (link,) = [one for one in links(client, "/?q=delitos+convirtiere+prisión") if "/documents/" in one][:1]
    assert "art. 2" in check(client, link)


def test_the_clauses_of_two_provisions_lead_to_their_places(desk: Desk, client: FlaskClient) -> None:
    peru = ids(client.application)["ley-40001.md"]
    found = links(client, f"/compare/side?left={peru}:1&right={peru}:2")
    assert found
    assert all(re.search(r"art\. \d", check(client, link)) for link in found)


@pytest.mark.parametrize("to", ["", "0", "-5", "x", "99999999999999999999", "²", "unit", "unit%00"])
def test_an_address_that_was_written_by_hand_does_not_fail(client: FlaskClient, to: str) -> None:
    law = ids(client.application)["ley-7.md"]
    for at in ("-1", "0", "40", "999999"):
        assert client.get(f"/documents/{law}?at={at}&to={to}&q=lavado").status_code in (200, 400)
