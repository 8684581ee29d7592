"""User guide: every topic in four languages, links with targets, and access from each page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from web_site import installation, site

from app.help.page import TOPICS, guide
from app.wording import VARIETIES
from extraction.errors import LANGUAGES


@pytest.fixture(scope="module")
def app() -> Flask:
    return site(installation())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_the_same_parts_in_each_language(topic: str) -> None:
    shapes = set()
    for language in (*LANGUAGES, *VARIETIES):
        title, text = guide(language, topic)
        read = html.fromstring(f"<div>{text}</div>")
        assert title
        shapes.add((*(part.tag for part in read), *read.xpath(".//a/@href"), len(read.xpath(".//li"))))
    assert len(shapes) == 1


def test_links_of_the_guide_lead_to_pages(client: FlaskClient) -> None:
    links = {link for topic in TOPICS for link in html.fromstring(guide("en", topic)[1]).xpath(".//@href")}
    assert len(links) > 10
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("language", [*LANGUAGES, *VARIETIES])
def test_the_guide_is_served_with_its_topics(client: FlaskClient, language: str) -> None:
    page = html.fromstring(client.get(f"/help/search?ui={language}").data)
    assert page.findtext(".//main//h1") == guide(language, "search")[0]
    assert len(page.xpath("//nav[@class='help-topics']//a")) == len(TOPICS) + 2
    assert client.get("/help/nothing").status_code == 404
    for address, current in (("/help/keyboard", "/help/keyboard"), ("/help", "/help")):
        menu = html.fromstring(client.get(f"{address}?ui={language}").data).xpath("//nav[@class='help-topics']//a")
        assert [link.get("href") for link in menu if link.get("aria-current")] == [current]


@pytest.mark.parametrize(
    ("address", "topic"),
    [
        ("/?q=decomiso", "search"),
        ("/matrix/", "comparing"),
        ("/requests/", "requests"),
        ("/upload", "administration"),
        ("/documents", "start"),
    ],
)
def test_each_place_leads_to_its_topic(client: FlaskClient, address: str, topic: str) -> None:
    page = html.fromstring(client.get(address).data)
    assert f"/help/{topic}" in page.xpath("//footer//a/@href")
