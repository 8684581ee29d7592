"""A bare year in a query is searched as a word, and offered as a filter where documents of that year are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from desk import Desk
from flask.testing import FlaskClient
from web_site import site

OFFER = re.compile(r'href="([^"]+)"><span class="unseen">“2019” is searched as a word')


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    desk = Desk(tmp_path_factory.mktemp("years"))
    for year in ("2015", "2019"):
        law = f"# Ley de naves de {year}\n\n## Artículo 1\n\nDecomiso de naves.\n"
        desk.bring(f"{year}.md", law, jurisdiction="ES", document_type="statute", date=f"{year}-03-01")
    yield site(desk.installation.settings).test_client()
    desk.installation.close()


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("decomiso 2019", True),
        ("2019 naves", True),
        ("decomiso", False),
        ("2019", False),
        ("decomiso 2018", False),
        ("decomiso 2015 2019", False),
        ('"decomiso 2019"', False),
        ("decomiso vigente en 2019", False),
        ("decomiso 1/3/2019", False),
    ],
)
def test_a_bare_year_is_offered_as_a_filter(client: FlaskClient, query: str, offered: bool) -> None:
    shown = unescape(client.get("/", query_string={"q": query, "mode": "words", "ui": "en"}).text)
    assert bool(OFFER.search(shown)) == offered


def test_the_offer_makes_a_filter_that_can_be_removed(client: FlaskClient) -> None:
    shown = unescape(client.get("/?q=decomiso+2019&mode=words&ui=en").text)
    narrowed = unescape(client.get(OFFER.search(shown)[1]).text)  # type: ignore[index]
    assert re.search(
        r'class="chip"[^>]*><span class="unseen">[^<]*</span><span class="what">Year</span><span>2019', narrowed
    )
    assert re.findall(r"Ley de naves de (\d+)</", narrowed) == ["2019"]
