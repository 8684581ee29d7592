"""First page: figures through the access filter, examples that find something, pending tasks."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from desk import Desk
from flask.testing import FlaskClient
from lxml import html
from web_site import installation, site

from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, awaiting_second_reading
from app.home.examples import examples
from app.home.overview import overview
from app.home.waiting import READING, waiting
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, PUBLIC_PARTITION, Collection, Principal
from indexing.installation import open_installation
from indexing.store.writing import ensure_collection

READER = Principal("reader", reads_public=True)
AUTHOR = Principal("author", reads_public=True)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return site(installation()).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_finds_something(client: FlaskClient, language: str) -> None:
    page = client.get(f"/?ui={language}").text
    (listed,) = re.findall(r'<p class="examples">.*?</p>', page, re.S)
    addresses = re.findall(r'href="([^"]+)"', listed)
    assert len(addresses) >= 2
    for address in addresses:
        assert 'id="hit-1"' in client.get(unescape(address)).text, address


@pytest.mark.parametrize(("language", "law"), [("es", "LEY 15/2030"), ("pt", "Lei n.º 7/2031"), ("en", "LEY 15/2030")])
def test_the_example_of_a_citation_is_in_the_language_of_the_reader_where_there_is_one(language: str, law: str) -> None:
    found = open_installation(installation())
    assert any(example.endswith(law) for example in examples(found, LOCAL_USER, language))
    found.close()


def test_the_example_of_a_citation_names_a_law_of_a_long_title_by_its_number(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    title = "Loi n° 2020-595 relative à la lutte contre la criminalité organisée et le blanchiment"
    text = f"# {title}\n\n## Article 4\n\nLe blanchiment est puni de dix ans d'emprisonnement.\n"
    made.bring("loi.md", text, jurisdiction="FR", document_type="statute")
    assert "art. 4 Loi n° 2020-595" in examples(made.installation, LOCAL_USER, "fr")


def test_a_letter_is_no_example_of_a_citation(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    text = "COMISIÓN ROGATORIA\n\n3. Calificación jurídica\n\nUn delito de blanqueo de capitales.\n"
    made.bring("letter.txt", text, jurisdiction="ES", document_type="rogatory_letter")
    found = examples(made.installation, LOCAL_USER, "es")
    assert found
    assert not [example for example in found if "COMISIÓN" in example]


@pytest.mark.parametrize(
    ("variety", "named", "cited"),
    [
        ("pt", "lavagem de dinheiro Brasil", "art. 1º Lei nº 9.613/1998"),
        ("pt-PT", "branqueamento de capitais Portugal", "art. 1.º Lei n.º 83/2017"),
    ],
)
def test_examples_name_concepts_and_cite_as_the_law_of_the_variety_does(
    tmp_path: Path, variety: str, named: str, cited: str
) -> None:
    made = Desk(tmp_path)
    brazilian = "# Lei nº 9.613/1998\n\n## Art. 1º\n\nA lavagem de dinheiro é punida com reclusão.\n"
    portuguese = "# Lei n.º 83/2017\n\n## Artigo 1.º\n\nO branqueamento de capitais é punido com prisão.\n"
    made.bring("lei.md", brazilian, jurisdiction="BR", document_type="statute")
    made.bring("lei-pt.md", portuguese, jurisdiction="PT", document_type="statute")
    assert {named, cited} <= set(examples(made.installation, LOCAL_USER, variety))


def test_figures_and_examples_are_of_what_may_be_seen() -> None:
    found = open_installation(installation())
    every = overview(found.store, found.store.access(LOCAL_USER))
    public = overview(found.store, found.store.access(READER))
    assert (every.total, public.total) == (4, 3)
    assert dict(every.kinds) == {"law": 2, "judgment": 1, "request": 1}
    assert "request" not in public.kinds
    assert {tile.country for tile in every.tiles} >= {"ES", "PT"}
    assert len({(tile.column, tile.row) for tile in every.tiles}) == len(every.tiles)
    offered = examples(found, READER, "fr")
    assert offered
    assert [example for example in offered if "Élodie" in example] == []
    found.close()


def test_an_empty_collection_has_no_figures(tmp_path: Path) -> None:
    store = Desk(tmp_path).store
    assert overview(store, store.access(LOCAL_USER)).tiles == ()


def test_a_verdict_waits_for_a_second_reader_until_somebody_read_it(tmp_path: Path) -> None:
    store = Desk(tmp_path).store
    ensure_collection(store, Collection(PUBLIC_PARTITION, PUBLIC_PARTITION), LOCAL_USER)
    access, cell = store.access(LOCAL_USER), CellKey(PUBLIC_PARTITION, "UNTOC_6", "conversion", "PE")
    verdict = set_verdict(store, access, AUTHOR, cell, "unknown", law_date="2020-01-01")
    assert awaiting_second_reading(store, access, AUTHOR) == [], "an own verdict is read by another person"
    assert awaiting_second_reading(store, access, LOCAL_USER) == [cell]
    assert [(one.kind, one.count) for one in waiting(store, access, LOCAL_USER)] == [(READING, 1)]
    record_second_reading(store, access, LOCAL_USER, cell, verdict.id, agrees=True)
    assert waiting(store, access, LOCAL_USER) == []


def test_what_waits_is_listed_and_counted_in_the_bar(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    ensure_collection(desk.store, Collection(PUBLIC_PARTITION, PUBLIC_PARTITION), LOCAL_USER)
    for country in ("PE", "CO"):
        cell = CellKey(PUBLIC_PARTITION, "UNTOC_6", "conversion", country)
        set_verdict(desk.store, desk.store.access(LOCAL_USER), AUTHOR, cell, "unknown", law_date="2020-01-01")
    client = site(desk.installation.settings).test_client()
    page = html.fromstring(client.get("/waiting?ui=en").data)
    assert "Second reading of 2 cells" in page.text_content()
    assert [chip.text_content() for chip in page.xpath("//a[@class='chip']")] == ["All 2", "Second readings 2"]
    assert (
        "Second reading" not in client.get("/waiting?ui=en&kind=alert").text.partition("<main")[2].partition("chip")[0]
    )
    assert '<span class="count-mark">2</span>' in client.get("/help?ui=en").text
