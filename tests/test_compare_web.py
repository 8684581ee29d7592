"""The comparison pages, the API and the command line over laws of four countries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from click.testing import CliRunner
from comparison_desk import comparison_desk
from desk import Desk
from flask import Flask
from flask.testing import FlaskClient
from test_api import follows
from web_site import site

from app.cli import rogatio
from app.comparison.rows import with_common_traits
from app.comparison.table import (
    STRUCTURE,
    Cell,
    Comparison,
    ComparisonRequest,
    Figure,
    Quotation,
    Row,
    decoded,
)
from app.comparison.view import row_groups
from app.wording import has_wording, wording
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.access import Principal

ASKED = "concept=ML&country=ES&country=BR&country=IE&country=FR&date=2032-01-01"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = comparison_desk(tmp_path_factory.mktemp("compare-web"), "public")
    yield desk
    desk.installation.close()


@pytest.fixture(scope="module")
def app(desk: Desk) -> Flask:
    return site(desk.installation.settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:400]
    return unescape(answer.text)


def test_every_trait_has_its_name() -> None:
    traits = {name for names in load("nlp.provision_elements")["traits"].values() for name in names}
    traits |= {*load("nlp.penalties")["kinds"], "day_fine"}
    assert [trait for trait in sorted(traits) if not has_wording(f"trait.{trait}")] == []


def test_the_form_offers_what_is_stored(client: FlaskClient) -> None:
    shown = page(client, "/compare/?ui=en")
    assert re.findall(r'name="country" value="(\w+)"', shown) == ["BR", "FR", "IE", "ES"]
    assert re.search(r'<option value="ML">Money laundering \(\d+\)</option>', shown)
    assert '<optgroup label="Palermo Convention">' in shown
    assert '<option value="UNTOC 6">art. 6</option>' in shown


def test_the_table_says_in_words_what_is_shared(client: FlaskClient) -> None:
    shown = page(client, f"/compare/?ui=en&{ASKED}")
    assert '<blockquote lang="fr">' in shown
    assert "In all that provide for it: knowledge" in shown
    assert "Only in Ireland: recklessness" in shown
    assert re.search(r'<span class="shared">only here</span>\s*recklessness', shown)
    assert '<span class="trait all" title="knowledge">sabiendo</span>' in shown
    assert "imprisonment: up to 14 years (highest maximum here)" in shown
    assert "imprisonment: up to 5 years (lowest maximum here)" in shown
    assert "in force from 1 January 2031 to 31 December 2039" in shown
    assert "date of entry into force unknown" in shown
    assert "What the model provision requires" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_in_each_language(client: FlaskClient, language: str) -> None:
    shown = page(client, f"/compare/?ui={language}&{ASKED}")
    assert "Money laundering (" not in shown or language == "en"
    assert f'<html lang="{language}">' in shown


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("cite=art.+998+Lei+77%0Aart.+999+Lei+77", 404, "art. 998 Lei 77"),
        ("concept=ML&date=2031-99-99", 422, "2031-99-99"),
        ("treaty=XX+9", 404, "XX 9"),
    ],
)
def test_what_cannot_be_compared_is_reported_above_a_form_that_keeps_it(
    client: FlaskClient, asked: str, status: int, told: str
) -> None:
    shown = page(client, f"/compare/?ui=en&country=BR&{asked}", status)
    alert = shown.index('role="alert"')
    assert told in shown[alert : shown.index("<form", alert)]
    assert '<details class="ask" open>' in shown
    assert 'value="BR" checked' in shown
    assert "cite" not in asked or "art. 998 Lei 77\nart. 999 Lei 77</textarea>" in shown


def test_leaving_out_and_adding(client: FlaskClient) -> None:
    shown = page(client, f"/compare/?ui=en&{ASKED}")
    leave = re.search(r'<a class="act" href="([^"]+without=[^"]+)">Remove', shown)
    assert leave
    without = page(client, leave[1])
    assert without.count(">Remove") < shown.count(">Remove")
    add = re.search(r'<a class="act" href="([^"]+)">Add<', without)
    assert add
    assert page(client, add[1]).count(">Remove") > without.count(">Remove")


def test_from_a_hit_and_from_a_concept(client: FlaskClient) -> None:
    hits = page(client, "/?ui=en&q=blanqueo&in_force=any")
    start = re.search(r'href="(/compare/provision[^"]+)">Compare this provision', hits)
    assert start
    answer = client.get(start[1])
    assert answer.status_code == 302
    assert "in force from" in page(client, answer.headers["Location"])
    concept = page(client, "/concepts/ML?ui=en")
    assert 'href="/compare/?concept=ML"' in concept
    assert ">art. 1er</span></a>" in concept, "what a comparison selects of the law of today"


def test_two_countries_are_offered_side_by_side(client: FlaskClient) -> None:
    shown = page(client, "/compare/?ui=fr&concept=ML&country=FR&country=IE&date=2032-01-01")
    offered = re.findall(r"<option value=\"[^\"]+:\d+\"( selected)?>([^:]+):", shown)
    assert [country for chosen, country in offered if chosen] == ["Irlande\xa0"]
    assert len([country for _, country in offered if country == "France\xa0"]) > 2


def test_side_by_side(client: FlaskClient) -> None:
    made = decoded(client.get(f"/api/v1/compare?{ASKED}").data)
    left, right = (column.provisions[0].id for column in (made.columns[0], made.columns[3]))
    shown = page(client, f"/compare/side?ui=en&left={left}&right={right}&date=2032-01-01")
    assert "In both: " in shown
    assert "knowledge" in shown
    assert '<blockquote lang="es">' in shown
    answer = client.get(f"/api/v1/compare/side?left={left}&right={right}&date=2032-01-01").json
    follows(answer, "SideBySide")


def test_versions_of_one_language_show_their_words(client: FlaskClient) -> None:
    def first(date: str) -> str:
        made = decoded(client.get(f"/api/v1/compare?concept=ML&country=ES&date={date}").data)
        return made.columns[0].provisions[0].id

    shown = page(client, f"/compare/side?ui=en&left={first('2032-01-01')}&right={first('2041-01-01')}")
    assert '<html lang="en">' in shown


def test_the_api_answers_as_described(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/compare?{ASKED}")
    follows(answer.json, "Comparison")
    assert [column.jurisdiction for column in decoded(answer.data).columns] == ["ES", "BR", "IE", "FR"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/compare", 422, "indexing.nothing_to_compare"),
        ("/api/v1/compare?concept=NONE", 404, "nlp.no_such_concept"),
        ("/api/v1/compare?treaty=NONE", 404, "indexing.no_such_treaty_provision"),
        ("/api/v1/compare?p=nowhere:1", 404, "indexing.no_such_provision"),
        ("/api/v1/compare?concept=ML&date=soon", 422, "indexing.no_such_day"),
        ("/api/v1/compare/side?left=a&right=b", 404, "indexing.no_such_provision"),
    ],
)
def test_errors(client: FlaskClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_nobody_is_shown_what_may_not_be_seen(desk: Desk) -> None:
    stranger = site(desk.installation.settings, Principal("stranger", frozenset({"another"}))).test_client()
    shown = page(stranger, f"/compare/?ui=en&{ASKED}")
    assert "bienes" not in shown
    assert "No provision found in the texts available" in shown


def test_hostile_addresses(client: FlaskClient) -> None:
    for address in ("/compare/?concept=<script>", "/compare/?p=%00", "/compare/?q=%22%22%22&most=-5", "/compare/side"):
        assert client.get(address).status_code in (200, 400, 404, 422)


def test_the_command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    monkeypatch.setenv("COLUMNS", "60")
    arguments = ["compare", "ML", "--countries", "ES,FR", "--date", "2032-01-01"]
    reported = CliRunner().invoke(rogatio, arguments)
    assert reported.exit_code == 0, reported.output
    assert "art. 1er" in reported.output
    assert "\u2503" not in reported.output  # a list by country, no table
    monkeypatch.setenv("COLUMNS", "120")
    assert "\u2503" in CliRunner().invoke(rogatio, arguments).output
    asked = ["--language", "en", "compare", "money laundering by gamblers", "--countries", "ES", "--date", "2032-01-01"]
    assert "no criterion of the comparison: gamblers" in " ".join(CliRunner().invoke(rogatio, asked).output.split())
    answer = CliRunner().invoke(rogatio, [*arguments, "--json"])
    assert [column["jurisdiction"] for column in json.loads(answer.output)["columns"]] == ["ES", "FR"]


@pytest.mark.parametrize(
    ("words", "told"), [("cárcel para quien compra objetos", True), ("zxqwv plkjh", False), ("blanqueo", False)]
)
def test_what_is_only_the_nearest_in_meaning_is_marked_as_such(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str, told: bool
) -> None:
    sentence = "se comparan las disposiciones de sentido más próximo"
    assert (sentence in page(client, f"/compare/?q={words}&country=ES&date=2032-01-01&language=es")) == told
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    stated = [wording("command_line.compare.by_meaning", language) for language in LANGUAGES]
    query = ["compare", words, "--countries", "ES", "--date", "2032-01-01"]
    printed = " ".join(CliRunner().invoke(rogatio, query).output.split())
    assert any(one in printed for one in stated) == told


@pytest.mark.parametrize(("words", "told"), [("objetos de un delito", True), ("blanqueo", False)])
def test_words_that_name_no_offence_are_reported(client: FlaskClient, words: str, told: bool) -> None:
    shown = page(client, f"/compare/?q={words}&country=ES&date=2032-01-01&language=es")
    assert ("no se reconoció ningún delito ni medida" in shown) == told


@pytest.mark.parametrize(
    "countries",
    [
        "country=FR&country=ES",
        "countries=FR,ES",
        "countries=FR;ES",
        "countries=fr,%20es",
        "countries=FR&countries=ES",
        "country=FR&countries=ES",
        "countries=Francia,España",
    ],
)
def test_countries_are_taken_as_a_repeated_argument_or_as_a_list(client: FlaskClient, countries: str) -> None:
    asked = f"concept=ML&date=2032-01-01&{countries}"
    places = re.search(r'<p class="place">(.*?)</p>', page(client, f"/compare/?ui=en&{asked}"), re.S)
    assert places
    assert re.findall(r'class="country">(\w+)<', places[1]) == ["France", "Spain"]
    made = decoded(client.get(f"/api/v1/compare?{asked}").data)
    assert [column.jurisdiction for column in made.columns] == ["FR", "ES"]


def test_an_unknown_country_of_a_list_is_refused_by_page_and_api(client: FlaskClient) -> None:
    shown = page(client, "/compare/?ui=en&concept=ML&countries=ES,ZZ", 422)
    assert "ZZ" in re.search(r'role="alert">(.*?)</div>', shown, re.S)[1]  # type: ignore[index]
    assert client.get("/api/v1/compare?concept=ML&countries=ES,ZZ").status_code == 422


def test_the_lowest_maximum_is_not_said_of_a_penalty_beside_a_lower_one(app: Flask) -> None:
    def cell(*most: float) -> Cell:
        figures = tuple(Figure("day_fine", None, one, "day", 0, 1) for one in most)
        quoted = Quotation("d", "1", "art. 4", "es", 1, 0, 1, "x", "", "", "", 1.0, figures=figures, role="basic")
        return Cell((quoted,))

    for cells, lowest in (((cell(365, 290), cell(490)), 0), ((cell(365), cell(490)), 1)):
        row = with_common_traits(Row("penalty", STRUCTURE, cells))
        with app.test_request_context("/?ui=en"):
            (shown,) = row_groups(Comparison(ComparisonRequest(), "", (), (row,)), ("Peru", "Mexico"))[0].rows
        words = " ".join(figure for one in shown.cells for figure in one.figures)
        assert words.count("lowest maximum") == lowest
        assert words.count("490 days (highest maximum here)") == 1
