"""Concept page: neighbours as a diagram and a table, terms by country."""

from itertools import combinations

import pytest
from flask import Flask
from lxml import html
from web_site import installation, site

from app.concepts.network import MAX_DRAWN, NODE_HEIGHT, WIDTH, Node, concept_network
from app.concepts.page import national_terms
from extraction.errors import LANGUAGES
from nlp.concepts.layer import Concept, concepts


@pytest.fixture(scope="module")
def app() -> Flask:
    return site(installation())


def test_neighbours_of_every_concept_are_drawn_apart_and_within_the_drawing() -> None:
    drawn = {code: concept_network(one) for code, one in concepts().items()}
    assert sum(one is not None for one in drawn.values()) > 0.5 * len(drawn)
    for code, found in drawn.items():
        if found is None:
            one = concepts()[code]
            assert (one.broader, one.narrower, one.related) == ((), (), ())
            continue
        assert len(found.edges) == len(found.nodes) - 1 <= 3 * MAX_DRAWN
        for node in found.nodes:
            assert 0 <= node.x <= node.x + node.width <= WIDTH, code
            assert 0 <= node.y <= node.y + NODE_HEIGHT <= found.height, code
        for one, other in combinations(found.nodes, 2):
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or abs(one.y - other.y) >= NODE_HEIGHT, code


def drawn_of(concept: Concept) -> tuple[Node, ...]:
    network = concept_network(concept)
    return network.nodes if network else ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_all_names_of_neighbours_are_shown_whole(language: str) -> None:
    drawn = [(node, node.concept.name(language)) for one in concepts().values() for node in drawn_of(one)]
    shortened = [name for node, name in drawn if node.lines(name)[-1].endswith("…")]
    assert len(shortened) <= 0.03 * len(drawn)
    assert all(len(node.lines(name)) <= 3 for node, name in drawn)


def test_a_side_without_concepts_takes_no_room() -> None:
    drawn = [one for one in map(concept_network, concepts().values()) if one]
    assert {one.width < WIDTH for one in drawn if not any(node.relation == "broader" for node in one.nodes)} == {True}
    assert any(one.width == WIDTH for one in drawn)


def test_terms_of_a_country_are_those_of_its_law_and_those_that_its_codes_contain(app: Flask) -> None:
    with app.test_request_context():
        terms = dict(national_terms(concepts()["ML"]))
    assert any(label.text == "operaciones con recursos de procedencia ilícita" for label, _ in terms["MX"])
    for place, found in terms.items():
        assert found
        assert all(place in (label.seen if seen else label.jurisdictions) for label, seen in found)


@pytest.mark.parametrize(("language", "name"), [("fr", "Trafic d’influence"), ("es", "Tráfico de influencias")])
def test_french_pages_print_the_typographic_apostrophe(app: Flask, language: str, name: str) -> None:
    page = html.fromstring(app.test_client().get(f"/concepts/TRADINF?ui={language}").data)
    shown = page.xpath("//h1/text() | //p[@class='definition']/text() | //div[@class='neighbours']//text()")
    assert shown[0] == name
    assert "'" not in "".join(shown)
    assert "'" in concepts()["TRADINF"].name("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_has_its_table_and_links(app: Flask, language: str) -> None:
    page = html.fromstring(app.test_client().get(f"/concepts/ML?ui={language}").data)
    drawn = set(page.xpath("//div[@class='neighbours']//svg/a/@href"))
    listed = set(page.xpath("//div[@class='neighbours']//table//a/@href"))
    assert drawn
    assert drawn <= listed
