"""The pages of gap matrices and ``rogatio matrix``, over laws of three countries."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from matrix_laws import matrix_desk
from web_site import site

from app.cli import rogatio
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import Principal

ANA = Principal("ana", frozenset({"public"}))
BRUNO = Principal("bruno", frozenset({"public"}))
LIMA = Principal("lima", frozenset({"lima"}))
MATRIX = "/matrix/UNTOC_6"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = matrix_desk(tmp_path_factory.mktemp("matrix-web"))
    yield made
    made.installation.close()


def client(desk: Desk, principal: Principal) -> FlaskClient:
    return site(desk.installation.settings, principal, WTF_CSRF_ENABLED=False).test_client()


@pytest.fixture(scope="module")
def ana(desk: Desk) -> FlaskClient:
    return client(desk, ANA)


def page(who: FlaskClient, address: str, status: int = 200) -> str:
    answer = who.get(f"{address}{'&' if '?' in address else '?'}ui=en", follow_redirects=True)
    assert answer.status_code == status, answer.text[:400]
    return " ".join(unescape(answer.text).split())


def judged(who: FlaskClient, address: str, **said: Any) -> str:
    answer = who.post(address, data=said, follow_redirects=True, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text[:400]
    return " ".join(unescape(answer.text).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_each_language(ana: FlaskClient, language: str) -> None:
    for address in ("/matrix/", f"{MATRIX}?country=ES&date=2021-03-04", f"{MATRIX}/conversion/ES", "/matrix/SOM_6"):
        answer = ana.get(f"{address}{'&' if '?' in address else '?'}ui={language}")
        assert answer.status_code == 200, address
        assert f'<html lang="{language}">' in answer.text


def test_a_page_shows_what_was_checked_against_which_official_text(ana: FlaskClient) -> None:
    shown = page(ana, f"{MATRIX}?country=ES")
    assert "United Nations, Treaty Series, vol. 2225, p. 209; Council of Europe Treaty Series, No. 198" in shown
    assert shown.count("not checked against an official text") == 1  # what Union law asks for
    assert "mandatory as far as the basic concepts of the legal system allow" in shown
    directive = page(ana, "/matrix/EU_2024_1260?country=ES")
    assert "Checked against" not in directive
    assert directive.count("not checked against an official text") == 10
    assert "not checked against an official text" in page(ana, f"{MATRIX}/autonomous/ES")
    assert "worded by us, checked against United Nations, Treaty Series" in page(ana, f"{MATRIX}/conversion/ES")


def test_what_is_chosen_is_the_address_of_the_matrix(ana: FlaskClient) -> None:
    shown = page(ana, "/matrix/")
    assert 'Palermo Convention, art. 6 <span class="whole">· 10 elements</span>' in shown
    assert re.findall(r'name="country" value="(\w+)"', shown) == ["IE", "PE", "ES"]
    answer = ana.get("/matrix/open?instrument=UNTOC_6&country=PE&country=ES&date=2015-01-01&collection=public")
    assert answer.location == f"{MATRIX}?country=PE&country=ES&date=2015-01-01"


def test_a_row_says_where_it_is_in_the_treaty_and_who_has_something(ana: FlaskClient) -> None:
    shown = page(ana, f"{MATRIX}?country=PE&country=FR")
    assert re.search(
        r'at=\d+&to=\d+#hit">art. 6\(1\)\(a\)\(i\)<span class="unseen">, text of the treaty</span></a> · mandatory',
        shown,
    )
    assert "Directive (EU) 2018/1673, art. 3(3)(a) · required by EU law" in shown
    treaty = re.search(r'href="(/documents/[^"]+at=\d+&to=\d+#hit)"', shown)
    assert treaty
    assert "the conversion or transfer of property" in page(ana, treaty[1].partition("#")[0])
    assert "law in force on" in shown
    assert '<span lang="es">Ley contra el lavado de activos, art. 1</span>' in shown
    assert "nothing found" in shown
    assert "no law in the collection" in shown


def test_a_cell_leads_back_to_its_matrix_and_on_to_the_next_element(ana: FlaskClient) -> None:
    shown = page(ana, f"{MATRIX}?country=ES&country=PE&date=2021-03-04")
    cell = re.search(r'class="cell[^"]*" href="([^"]+)"', shown)
    assert cell
    assert cell[1] == f"{MATRIX}?country=ES&country=PE&date=2021-03-04&cell=conversion:ES#cell-conversion-ES"
    beside = page(ana, cell[1])
    assert (
        f'<a href="{MATRIX}?country=ES&country=PE&date=2021-03-04&cell=concealment:ES#cell-concealment-ES">' in beside
    )
    own_page = f"{MATRIX}/conversion/ES?country=ES&country=PE&date=2021-03-04"
    assert f'<a href="{own_page}">Open as a page' in beside
    reported = page(ana, own_page)
    assert f'<a href="{cell[1]}">← Laundering' in reported
    assert f'<a href="{MATRIX}/concealment/ES?country=ES&country=PE&date=2021-03-04">Concealing' in reported
    assert "in force from 1 January 2020" in reported
    assert "<mark>convierta</mark>" in reported
    assert 'name="law_date" type="date" value="2021-03-04"' in reported


def links(shown: str) -> list[str]:
    return re.findall(r'href="(/matrix/UNTOC_6[^"]*)"', shown)


def test_the_open_cell_stays_open_whatever_is_followed(ana: FlaskClient) -> None:
    shown = page(ana, f"{MATRIX}?country=ES&country=PE&only=PE&since=2020-01-01&cell=conversion:PE")
    opened = [address for address in links(shown) if "cell=" in address]
    assert len(opened) > 20  # each cell, the countries of a narrow screen, neighbours
    assert [address for address in opened if "since=2020-01-01" not in address or "only=" not in address] == []
    chips = re.search(r'<nav class="matrix-choice[^>]*>(.*?)</nav>', shown)
    assert chips
    assert [address for address in links(chips[1]) if "cell=conversion:PE" not in address] == []
    own_page = next(address for address in links(shown) if address.startswith(f"{MATRIX}/conversion/PE"))
    back = f"{MATRIX}?country=ES&country=PE&only=PE&since=2020-01-01&cell=conversion:PE#cell-conversion-PE"
    assert back in links(page(ana, own_page))
    assert f"{back.replace('&cell=conversion:PE', '')}" in links(shown)  # closed: at the cell that was open
    assert 'id="cell-conversion-PE" class="cell' in shown


def test_a_verdict_leads_back_to_the_cell_that_was_open(ana: FlaskClient) -> None:
    said = {"verdict": "unknown", "country": ["ES", "FR"], "only": "FR", "since": "2020-01-01", "in_matrix": "1"}
    answer = ana.post(f"{MATRIX}/negligent/FR/verdicts", data=said)
    assert answer.location == (
        f"{MATRIX}?country=ES&country=FR&only=FR&since=2020-01-01&cell=negligent:FR#cell-negligent-FR"
    )


@pytest.mark.parametrize("in_matrix", [{}, {"in_matrix": "1"}])
def test_a_refused_verdict_keeps_what_was_entered(ana: FlaskClient, in_matrix: dict[str, str]) -> None:
    said = {"verdict": "partially", "note": "Falta <algo>.", "place": "a place that does not exist", **in_matrix}
    answer = ana.post(f"{MATRIX}/concealment/PE/verdicts", data=said, headers={"Accept-Language": "en"})
    shown = " ".join(answer.text.split())
    assert answer.status_code == 422
    assert 'role="alert"' in shown
    assert 'value="partially" checked' in shown
    assert "Falta &lt;algo&gt;.</textarea>" in shown
    assert 'value="a place that does not exist"' in shown
    assert ('class="matrix-scroll' in shown) == bool(in_matrix)


def test_rows_are_compared(ana: FlaskClient) -> None:
    answer = ana.get(f"{MATRIX}/conversion/compare?country=ES&country=PE")
    assert answer.location.startswith("/compare/?p=")
    shown = page(ana, answer.location)
    assert "convierta" in shown
    assert "convierte" in shown
    assert ana.get(f"{MATRIX}/negligent/compare?country=PE").location == "/compare/?concept=ML&country=PE"
    assert 'href="/compare/?treaty=UNTOC+6&country=PE"' in page(ana, f"{MATRIX}?country=PE")
    assert page(ana, "/compare/?treaty=UNTOC+12-13&country=PE")
    assert f'href="{MATRIX}?country=ES&country=PE">Gap matrix<' in page(
        ana, "/compare/?concept=ML&country=ES&country=PE"
    )


def test_a_verdict_is_set_by_one_and_confirmed_by_another(desk: Desk, ana: FlaskClient) -> None:
    address = f"{MATRIX}/concealment/PE?country=PE"
    chosen = re.search(r'name="evidence" value="([^"]+)"', page(ana, address))
    assert chosen
    stated = {"verdict": "partially", "note": "Falta <el> movimiento.", "evidence": chosen[1], "country": "PE"}
    shown = judged(ana, f"{MATRIX}/concealment/PE/verdicts", **stated)
    assert "The assessment is saved." in shown
    assert "Falta <el> movimiento." in shown
    assert "Recorded by you. The second reading is for another person." in shown
    bruno = client(desk, BRUNO)
    line = re.search(r'name="verdict" value="(\d+)"', page(bruno, address))
    assert line
    again = judged(bruno, f"{MATRIX}/concealment/PE/readings", verdict=line[1], agrees="yes")
    assert "bruno agrees" in again
    assert "1 of 10 assessed, 1 confirmed" in page(ana, f"{MATRIX}?country=PE")
    assert "0 of 10 assessed" in page(ana, f"{MATRIX}?country=PE&date=2015-01-01")


def test_another_passage_is_named_by_its_link(ana: FlaskClient) -> None:
    hit = ana.get("/api/v1/search?q=notarías").json["hits"][0]
    place = f"http://localhost/documents/{hit['document_id']}?q=x&at={hit['start']}#hit"
    shown = judged(ana, f"{MATRIX}/inference/PE/verdicts", verdict="functional_equivalent", place=place)
    assert "Las notarías llevan un registro" in shown
    refused = ana.post(f"{MATRIX}/inference/PE/verdicts", data={"verdict": "implemented", "place": "javascript:1"})
    assert refused.status_code == 422


def test_what_is_not_looked_through_is_requested(ana: FlaskClient) -> None:
    shown = page(ana, "/matrix/UNCAC_15?country=PE&country=IE")
    assert "To be examined, for the first time or because laws of the collection have changed: Peru, Ireland." in shown
    assert "not examined yet" in shown
    answer = ana.post("/matrix/UNCAC_15/look", data={"country": ["PE", "IE"]})
    assert answer.location == "/matrix/UNCAC_15?country=PE&country=IE&looking=1"
    waiting = page(ana, answer.location)
    assert "Still to come: Peru, Ireland." in waiting
    assert 'http-equiv="refresh"' in waiting
    assert 'http-equiv="refresh"' not in page(ana, f"{MATRIX}?country=PE&looking=1"), "all is looked through"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/matrix/NOWHERE", 404),
        (f"{MATRIX}/nothing/PE", 404),
        (f"{MATRIX}/conversion/Peru", 422),
        (f"{MATRIX}?country=<script>", 422),
        (f"{MATRIX}?date=31-31-2020", 422),
        (f"{MATRIX}?collection=%00", 400),
        (f"{MATRIX}/nothing/compare", 404),
    ],
)
def test_addresses_that_mean_nothing(ana: FlaskClient, address: str, status: int) -> None:
    assert ana.get(address).status_code == status


def test_nobody_is_shown_what_is_not_his(desk: Desk) -> None:
    lima = client(desk, LIMA)
    assert "The collection has no legislation yet" in page(lima, "/matrix/")
    for address in (MATRIX, f"{MATRIX}/conversion/PE", f"{MATRIX}/conversion/compare", f"{MATRIX}/export"):
        assert "convierte" not in page(lima, f"{address}?country=PE", 404)
    assert lima.post(f"{MATRIX}/conversion/PE/verdicts", data={"verdict": "unknown"}).status_code == 404
    own = page(lima, f"{MATRIX}?country=PE&collection=lima")
    assert "no law in the collection" in own
    assert "Ley contra" not in own


def told(desk: Desk, *arguments: str) -> str:
    answer = CliRunner(env={"ROGATIO_HOME": str(desk.installation.settings.home)}).invoke(
        rogatio, ["matrix", *arguments]
    )
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_command_prints_a_matrix_of_a_day(desk: Desk, tmp_path: Path) -> None:
    query = ["UNTOC_6", "--countries", "es,ie"]
    rows = json.loads(told(desk, *query, "--json"))["rows"]
    first = next(row for row in rows if (row["element"], row["country"]) == ("conversion", "IE"))
    assert (first["pinpoint"], first["treaty"]) == ("s. 7(1)(a)", "UNTOC 6(1)(a)(i)")
    earlier = list(csv.DictReader(io.StringIO(told(desk, *query, "--csv", "--date", "2015-01-01"))))
    assert [row["text"][:15] for row in earlier if (row["element"], row["country"]) == ("acquisition", "ES")] == [
        "El que adquiera"
    ]
    assert "Palermo Convention, art. 6" in told(desk, *query)
    file = tmp_path / "matriz.docx"
    told(desk, *query, "--output", str(file), "--report-language", "es")
    assert docx.Document(str(file)).tables[0].rows[0].cells[1].text == "España"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["UNTOC_99", "--countries", "PE"], "nlp.no_such_instrument"),
        (["UNTOC_6", "--countries", "Atlantis"], "indexing.no_such_filter_value"),
        (["UNTOC_6", "--countries", "PE", "--date", "soon"], "indexing.no_such_day"),
        (["UNTOC_6", "--countries", "PE", "--collection", "nowhere"], "indexing.no_such_collection"),
        (["UNTOC_6", "--countries", "PE", "--output", "a.exe"], "app.no_such_format"),
    ],
)
def test_the_command_says_what_is_wrong(desk: Desk, arguments: list[str], code: str) -> None:
    runner = CliRunner(env={"ROGATIO_HOME": str(desk.installation.settings.home)})
    with pytest.raises(RogatioError) as refused:
        runner.invoke(rogatio, ["matrix", *arguments], catch_exceptions=False)
    assert refused.value.code == code
