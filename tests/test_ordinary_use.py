"""Ordinary queries and links on the demonstration corpus: none may fail, on pages or in the API."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from crawler import Crawl
from flask.testing import FlaskClient
from web_site import site

from app.cli import rogatio
from app.help.page import examples
from extraction.errors import LANGUAGES
from indexing.settings import Settings
from nlp.concepts.layer import concepts

pytestmark = pytest.mark.slow

PAGE, API = "/", "/api/v1/search"
PENAL = ("penal", "prisión", "imprisonment", "emprisonnement", "prisão", "bienes", "bens", "extradition")
LEAST_WORDS = 5
EUROVOC = Path(__file__).parents[2] / "shared/data/eurovoc/eurovoc.tsv"


@pytest.fixture(scope="module")
def client(demonstration: Settings) -> FlaskClient:
    return site(demonstration).test_client()


def failed(client: FlaskClient, asked: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Send every (address, query) and return those that are not answered, with the status."""
    answers = ((path, query, client.get(path, query_string={"q": query}).status_code) for path, query in asked)
    return [one for one in answers if one[2] != 200]


def everywhere(queries: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((path, query) for query in queries for path in (PAGE, API))


def labels(first: int) -> list[str]:
    """Return the preferred label of each concept, languages in turn from ``first`` on."""
    turns = cycle((*LANGUAGES[first:], *LANGUAGES[:first]))
    return [one.preferred(language) for one, language in zip(concepts().values(), turns, strict=False)]


def eurovoc(count: int, seed: int) -> list[str]:
    """Return terms of EuroVoc drawn by lot, languages in turn."""
    if not EUROVOC.exists():
        pytest.skip("EuroVoc is not there")
    with EUROVOC.open(encoding="utf-8", newline="") as file:
        rows = Random(seed).sample(list(csv.DictReader(file, delimiter="\t")), count)
    return [term for row, language in zip(rows, cycle(LANGUAGES), strict=False) if (term := row[language])]


def test_the_name_of_every_third_concept_is_answered(client: FlaskClient) -> None:
    """A full run asks for all; the period of three gives pages and API names in each language."""
    assert not failed(client, zip(cycle((PAGE, API, API)), labels(0)[::3], strict=False))


def test_the_search_command_prints_the_answers(demonstration: Settings) -> None:
    """Printing marks them in passages, which pages and API do elsewhere."""
    for query in labels(1)[::12]:
        result = CliRunner().invoke(rogatio, ["search", query], env={"ROGATIO_HOME": str(demonstration.home)})
        assert (query, result.exit_code) == (query, 0)


def test_every_example_of_the_help_page_is_answered(client: FlaskClient) -> None:
    queries = (row["query"][language] for group in examples() for row in group["rows"] for language in LANGUAGES)
    assert not failed(client, everywhere(queries))


@pytest.mark.shared
def test_terms_of_eurovoc_are_answered(client: FlaskClient) -> None:
    assert not failed(client, everywhere(eurovoc(100, seed=1)))


def test_a_provision_is_found_by_its_number_and_the_title_of_its_law(client: FlaskClient) -> None:
    """The title is pasted before or behind the number, shortened, or in capitals."""
    provisions = {hit["document_id"]: hit for query in PENAL for hit in hits(client, query, 50) if _is_article(hit)}
    assert len(provisions) > LEAST_WORDS
    missed = [
        query
        for hit in provisions.values()
        for query in _pasted(hit["unit"], hit["title"])
        if (hit["document_id"], hit["unit"]) not in {(one["document_id"], one["unit"]) for one in hits(client, query)}
    ]
    assert not missed


def hits(client: FlaskClient, query: str, limit: int = 5) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get(API, query_string={"q": query, "limit": limit}).json["hits"]
    return found


def _is_article(hit: dict[str, str]) -> bool:
    return re.fullmatch(r"(?:art|s)\. \d+", hit["unit"]) is not None and len(hit["title"].split()) > LEAST_WORDS


def _pasted(unit: str, title: str) -> tuple[str, ...]:
    short = " ".join(title.split()[:8])
    return f"{unit} {title}", f"{title}, {unit}", f"{unit}, {short}", f"{unit} {title.upper()}"


def test_links_from_the_home_page_lead_somewhere(client: FlaskClient) -> None:
    opened = Crawl(client, most=200, of_a_kind=3).run()
    assert len(opened) == 200
    assert not {address: status for address, status in opened.items() if status >= 400}


@pytest.mark.full
def test_every_name_is_answered_in_every_language(client: FlaskClient) -> None:
    assert not failed(client, everywhere(label for first in range(len(LANGUAGES)) for label in labels(first)))


@pytest.mark.full
@pytest.mark.shared
def test_many_terms_of_eurovoc_are_answered(client: FlaskClient) -> None:
    assert not failed(client, everywhere(eurovoc(2000, seed=2)))


@pytest.mark.full
def test_the_whole_demonstration_can_be_crawled(client: FlaskClient) -> None:
    opened = Crawl(client, most=20_000, of_a_kind=4).run()
    assert len(opened) < 20_000
    failed = {address: status for address, status in opened.items() if status >= 400}
    # More exports are asked for than one user may have waiting.
    assert not {address: status for address, status in failed.items() if status != 429 or "background=1" not in address}
