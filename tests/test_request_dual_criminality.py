"""Dual criminality: the foreign offence beside the law of the requested State at the time, and the note."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from test_api import follows
from web_site import site

from app.cli import rogatio
from app.requests.law.dual_criminality import dual_criminality
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.access import Principal
from indexing.records.validity import today

MADRID = Principal("madrid", frozenset({"public", "madrid"}))
SPAIN = """---
title: "Ley 5/2017 contra el blanqueo de capitales"
country: "es"
official_type: "Ley"
official_number: "5"
year: "2017"
in_force_from: "2017-01-01"
---
# Ley 5/2017 contra el blanqueo de capitales

## Artículo 1. Blanqueo de capitales.

El que adquiera, convierta o transmita bienes, sabiendo que provienen de un delito, será castigado con prisión de seis \
meses a seis años y multa del tanto al triplo del valor de los bienes.

## Artículo 2. Registro.

El registro de fundaciones se llevará en el ministerio.
"""
LETTER = """Fiscalía Provincial de Lima (República del Perú)
Referencia: Carpeta 506015504-2023-77-0
A la autoridad competente del Reino de España

SOLICITUD DE ASISTENCIA JUDICIAL

HECHOS. Entre enero de 2018 y marzo de 2019 el investigado Ramiro Osorio transfirió fondos procedentes de un delito. Los
hechos constituyen un delito de lavado de activos.

NORMAS APLICABLES. El artículo 1 del Decreto Legislativo N.º 1106 dispone lo siguiente:
«El que convierte o transfiere dinero, bienes, efectos o ganancias cuyo origen ilícito conoce o debía presumir, con la
finalidad de evitar la identificación de su origen, será reprimido con pena privativa de la libertad no menor de ocho ni
mayor de quince años.»

ASISTENCIA SOLICITADA. Se solicita la remisión de los extractos de la cuenta ES9121000418450200051332.
"""
FROM_PORTUGAL = """Ministério Público, Lisboa (República Portuguesa)
Referência: 15/2024.1TELSB
À autoridade competente do Reino de Espanha

CARTA ROGATÓRIA

FACTOS. Em março de 2024 o arguido Manuel Sardinheira transferiu fundos. Os factos constituem um crime de branqueamento.

NORMAS APLICÁVEIS

Artigo 368.º-A do Código Penal

«3 - Quem converter ou transferir vantagens, obtidas por si ou por terceiro, com o fim de dissimular a sua origem \
ilícita, é punido com pena de prisão até 12 anos.»

DILIGÊNCIAS SOLICITADAS. Solicita-se a remessa dos extratos da conta ES9121000418450200051332.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("bench"))
    made.bring("ley.md", SPAIN)
    made.bring("letter.txt", LETTER, "madrid", document_type="mla_request")
    without = LETTER.replace("El artículo 1 del Decreto Legislativo N.º 1106 dispone lo siguiente:", "").partition("«")
    made.bring("bare.txt", without[0] + without[2].partition("»")[2], "madrid", document_type="mla_request")
    made.bring(
        "none.txt", "Lima. SOLICITUD. Se solicita la remisión de extractos.", "madrid", document_type="mla_request"
    )
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()


def document(desk: Desk, name: str) -> str:
    return next(one.id for one in desk.store.every_document(desk.store.access(MADRID)) if one.source == name)


def test_elements_of_both_laws_are_side_by_side(desk: Desk) -> None:
    bench = dual_criminality(desk.installation, document(desk, "letter.txt"), principal=MADRID)
    foreign, own = bench.comparison.columns
    assert (foreign.jurisdiction, own.jurisdiction, bench.comparison.date) == ("PE", "ES", "2019-03-31")
    assert bench.foreign_from == "transcribed"
    assert [one.unit for one in own.provisions] == ["art. 1"]
    elements = dict(bench.elements)
    assert (elements["conduct"], elements["penalty"]) == ("both", "both")
    text = desk.store.text(desk.store.access(MADRID), document(desk, "letter.txt"))
    quoted = [one for row in bench.comparison.rows for one in row.cells[0].quotations]
    assert quoted
    assert all(text[one.start : one.end] == one.text for one in quoted)


def test_elements_in_another_cell_are_not_said_to_be_missing(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("ley.md", SPAIN)
    act = "«La conversión o transferencia ilícita será reprimida con pena privativa de la libertad no"
    made.bring("letter.txt", f"{LETTER.partition('«')[0]}{act} mayor de quince años.»\n", "madrid")
    bench = dual_criminality(made.installation, document(made, "letter.txt"), principal=MADRID)
    elements = dict(bench.elements)
    assert (elements["subject"], elements["object"]) == ("unseparated_foreign", "unseparated_foreign")
    assert elements["mental_element"] == "own"
    client = site(made.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    address = f"/requests/{document(made, 'letter.txt')}/dual-criminality"
    shown = client.get(f"{address}?ui=en").text
    assert "separated in the provisions of Spain only: Who, Conduct, Object. Those of Peru may state them" in shown
    assert "only those of Spain state: State of mind; they were not found in those of Peru" in shown
    assert (shown.count(">not separated by the program<"), shown.count(">not found<")) == (3, 1)
    note = docx.Document(io.BytesIO(client.get(f"{address}.docx?language=en").data))
    cells = [cell.text for row in note.tables[0].rows for cell in row.cells]
    assert (cells.count("not separated by the program"), cells.count("not found")) == (3, 1)
    made.installation.close()


def test_heading_and_number_of_a_transcribed_paragraph_are_no_rules(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("ley.md", SPAIN)
    made.bring("carta.txt", FROM_PORTUGAL, "madrid", document_type="mla_request")
    bench = dual_criminality(made.installation, document(made, "carta.txt"), principal=MADRID)
    found = {row.element: [one.text for one in row.cells[0].quotations] for row in bench.comparison.rows}
    assert found["subject"] == ["Quem"]
    assert found["object"] == ["vantagens, obtidas por si ou por terceiro"]
    assert "other" not in found
    made.installation.close()


def test_without_a_transcription_the_note_says_so(desk: Desk, client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/requests/{document(desk, 'bare.txt')}/dual-criminality?ui=en").json
    assert answer["foreign_from"] == "none"
    assert any("should be asked for" in line for line in answer["reasons"])
    answer = client.get(f"/api/v1/requests/{document(desk, 'none.txt')}/dual-criminality").json
    assert (answer["offences"], answer["own"]) == ([], [])
    assert client.get(f"/requests/{document(desk, 'none.txt')}/dual-criminality").status_code == 200
    address = f"/api/v1/requests/{document(desk, 'letter.txt')}/dual-criminality"
    assert client.get(f"{address}?offence=HOM").json["code"] == "app.no_offence"


def test_law_that_is_not_available_is_not_said_to_be_silent(desk: Desk, client: FlaskClient) -> None:
    address = f"requests/{document(desk, 'bare.txt')}/dual-criminality?ui=en"
    answer = client.get(f"/api/v1/{address}").json
    assert answer["own"]
    assert {one["found"] for one in answer["elements"]} == {"own"}
    assert any("the law of Peru is not available" in line for line in answer["reasons"])
    assert not any("does not mention" in line for line in answer["reasons"])
    in_portugal = client.get(f"/{address}".replace("ui=en", "ui=pt-PT")).text
    assert "Verifique-se se os factos descritos" in in_portugal
    shown = client.get(f"/{address}").text
    assert shown.count("not available</span>") == len(answer["elements"])
    assert "not stated" not in shown


def test_text_of_a_day_is_not_said_to_be_in_force(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("ley.md", SPAIN.replace("in_force_from", "last_updated"))
    made.bring("letter.txt", LETTER, "madrid", document_type="mla_request")
    client = site(made.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    address = f"requests/{document(made, 'letter.txt')}/dual-criminality?ui=en"
    answer = client.get(f"/api/v1/{address}").json
    assert [(one["in_force"], one["text_of"]) for one in answer["own"]] == [("unknown", "2017-01-01")]
    (line,) = (line for line in answer["reasons"] if "may correspond" in line)
    assert "whether they were in force on 31 March 2019 is not known" in line
    assert "text of 1 January 2017" in line
    shown = client.get(f"/{address}").text
    assert "text of 1 January 2017" in shown.partition("<table")[2]
    made.installation.close()


def test_quotation_marks_are_no_words_of_the_law(desk: Desk) -> None:
    bench = dual_criminality(desk.installation, document(desk, "letter.txt"), principal=MADRID)
    quoted = [one.text for row in bench.comparison.rows for one in row.cells[0].quotations]
    assert quoted
    assert not any("«" in text or "»" in text for text in quoted)


def test_law_held_in_a_later_text_alone_is_named(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    later = 'publication_date: "2017-01-01"\nlast_updated: "2024-05-01"'
    made.bring("ley.md", SPAIN.replace('in_force_from: "2017-01-01"', later))
    made.bring("letter.txt", LETTER, "madrid", document_type="mla_request")
    made.bring("undated.txt", LETTER.replace("Entre enero de 2018 y marzo de 2019 e", "E"), "madrid")
    client = site(made.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    answer = client.get(f"/api/v1/requests/{document(made, 'letter.txt')}/dual-criminality?ui=en").json
    assert answer["own"] == []
    (line,) = (line for line in answer["reasons"] if "Ley 5/2017" in line)
    assert "only the text of 1 May 2024, which is not that of 31 March 2019" in line
    answer = client.get(f"/api/v1/requests/{document(made, 'undated.txt')}/dual-criminality?ui=en").json
    assert answer["day"] == today()
    assert "date of the facts is not known" in answer["reasons"][0]
    assert [one["text_of"] for one in answer["own"]] == ["2024-05-01"]
    made.installation.close()


def test_law_of_another_day_is_not_set_beside(desk: Desk) -> None:
    bench = dual_criminality(desk.installation, document(desk, "letter.txt"), day="2010-01-01", principal=MADRID)
    assert bench.comparison.columns[1].provisions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_note_in_each_language(desk: Desk, client: FlaskClient, language: str) -> None:
    address = f"/requests/{document(desk, 'letter.txt')}/dual-criminality"
    words = load("app.request_words")["dual_criminality"]
    assert words["conclusion"][language] in client.get(f"{address}?ui={language}").text
    note = docx.Document(io.BytesIO(client.get(f"{address}.docx?language={language}").data))
    text = "\n".join(one.text for one in note.paragraphs)
    assert words["conclusion"][language] in text
    assert "506015504-2023-77-0" in text
    cells = [cell.text for row in note.tables[0].rows for cell in row.cells]
    assert any("seis meses a seis años" in cell for cell in cells)


def test_bench_in_the_api_and_on_the_command_line(desk: Desk, client: FlaskClient) -> None:
    follows(client.get(f"/api/v1/requests/{document(desk, 'letter.txt')}/dual-criminality").json, "DualCriminality")
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home)}
    arguments = ["--language", "en", "request-dual-criminality", document(desk, "letter.txt")]
    assert "Conclusion of the competent authority" in CliRunner().invoke(rogatio, arguments, env=environment).stdout
    file = desk.folder / "note.docx"
    shown = CliRunner().invoke(rogatio, [*arguments, str(file), "--json"], env=environment)
    follows(json.loads(shown.stdout.partition("\n")[2]), "DualCriminality")
    assert file.stat().st_size > 5_000


def test_bench_of_another_authority_is_not_found(desk: Desk) -> None:
    stranger = site(desk.installation.settings, Principal("lima", frozenset({"public", "lima"}))).test_client()
    for suffix in ("dual-criminality", "dual-criminality.docx"):
        assert stranger.get(f"/requests/{document(desk, 'letter.txt')}/{suffix}").status_code == 404


SEVERAL = LETTER.replace(
    "un delito de lavado de activos.",
    "los delitos de lavado de activos y de falsificación de moneda. Se investiga además un delito de piratería.",
).replace("SOLICITUD DE ASISTENCIA JUDICIAL\n", "SOLICITUD DE ASISTENCIA JUDICIAL\n\nCon arreglo a la Convención de "
          "las Naciones Unidas contra la Corrupción se pide lo siguiente.\n")  # fmt: skip
COUNTERFEIT = SPAIN.replace("Ley 5/2017 contra el blanqueo de capitales", "Ley 8/2017 de la moneda").replace(
    'official_number: "5"', 'official_number: "8"'
).partition("## Artículo 1")[0] + (
    "## Artículo 1. Falsificación de moneda.\n\nEl que fabrique moneda falsa será castigado con prisión de ocho a doce "
    "años.\n\n## Artículo 2. Registro.\n\nEl registro se llevará en el ministerio.\n"
)


def test_every_offence_of_the_request_is_named_with_its_provisions(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("ley.md", SPAIN)
    made.bring("moneda.md", COUNTERFEIT)
    letter = made.bring("several.txt", SEVERAL, "madrid", document_type="mla_request")
    client = site(made.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    found = client.get(f"/api/v1/requests/{letter}/dual-criminality").json
    follows(found, "DualCriminality")
    assert (found["offence"], [one["unit"] for one in found["own"]]) == ("ML", ["art. 1"])
    named = {one["offence"]: [own["title"] for own in one["own"]] for one in found["others"]}
    assert named["COUNTERF"] == ["Ley 8/2017 de la moneda"]
    assert {*named, "ML"} == {*found["offences"]}
    words = {"es": "comprende además", "pt": "abrange ainda", "en": "also covers", "fr": "porte aussi sur"}
    for language in LANGUAGES:
        reasons = client.get(f"/api/v1/requests/{letter}/dual-criminality?ui={language}").json["reasons"]
        assert words[language] in reasons[0]
        assert any("Ley 8/2017 de la moneda" in reason for reason in reasons)
        assert any("43" in reason for reason in reasons)  # the treaty of the request says that the conduct counts
    made.installation.close()


def test_a_rule_of_a_treaty_that_the_request_does_not_invoke_is_not_cited(desk: Desk, client: FlaskClient) -> None:
    found = client.get(f"/api/v1/requests/{document(desk, 'letter.txt')}/dual-criminality?ui=en").json
    assert not any("43(2)" in reason for reason in found["reasons"])
