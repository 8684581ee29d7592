"""Search results as files, opened by independent readers."""

import csv
import io
import re

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_site import ids, installation, site

from app.documents.cited_sources import CitedSource, law_number
from app.exports.references import Reference, bibtex, ris
from app.wording import VARIETIES
from extraction.errors import LANGUAGES
from indexing.access import Principal
from nlp.annotations import Reading

QUERY = "/search/export?q=blanqueo&mode=words"
HOSTILE = "50% of {art_1} & \\write18 #1\r\nER  - \x00"


@pytest.fixture(scope="module")
def app() -> Flask:
    return site(installation())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def source(**known: str) -> CitedSource:
    given = dict.fromkeys(CitedSource.__annotations__, "") | {"title": "Ley 15/2030", "retrieved": "2030-05-06"}
    return CitedSource(**{**given, "pages": 1, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", [*LANGUAGES, *VARIETIES])
def test_csv_has_a_line_per_listed_result_with_its_citation(client: FlaskClient, language: str) -> None:
    listed = client.get("/?q=blanqueo&mode=words&ui=en").text
    answer = client.get(f"{QUERY}&format=csv&export_language={language}")
    assert answer.mimetype == "text/csv"
    assert re.search(r'filename="rogatio-[a-z-]+-blanqueo-[0-9-]+\.csv"', answer.headers["Content-Disposition"])
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(head) == len(set(head)) == 13
    assert len(rows) == listed.count('<li class="hit"')
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert any(row[9].startswith("LEY 15/2030") and "art. 3" in row[9] for row in rows)


def test_filters_kind_and_order_of_the_page_hold_for_its_export(client: FlaskClient) -> None:
    def titles(arguments: str) -> list[str]:
        answer = client.get(f"/search/export?format=csv&export_language=en&{arguments}")
        return [row[3] for row in list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]]

    assert {title for title in titles("kind=law") if "HIGH COURT" in title} == set()
    assert len(titles("jurisdiction=PT")) < len(titles("kind=law"))
    assert titles("q=xylophonist&mode=words") == []


def test_docx_says_the_question_its_filters_and_where_each_result_stands(client: FlaskClient) -> None:
    answer = client.get(f"{QUERY}&jurisdiction=ES&format=docx&export_language=fr&ui=es")
    read = docx.Document(io.BytesIO(answer.data))
    told = [paragraph.text for paragraph in read.paragraphs]
    assert read.paragraphs[0].text == "Résultats de la recherche\u00a0: blanqueo"
    assert any("Espagne" in line for line in told)
    cells = [cell.text for row in read.tables[0].rows for cell in row.cells]
    assert any("blanqueo" in cell for cell in cells)


def test_bibtex_and_ris_cite_law_judgments_and_letters(client: FlaskClient) -> None:
    asked = "/search/export?q=&collection=public&collection=lyon&export_language=en"
    written = client.get(f"{asked}&format=bibtex").data.decode()
    assert {"legislation", "jurisdiction", "misc"} == set(re.findall(r"^@(\w+)\{", written, re.MULTILINE))
    keys = re.findall(r"^@\w+\{(.*),$", written, re.MULTILINE)
    assert len(keys) == len(set(keys))
    lines = client.get(f"{asked}&format=ris").data.decode().split("\r\n")
    assert {line[6:] for line in lines if line.startswith("TY")} == {"STAT", "CASE", "GEN"}
    assert sum(line.startswith("TY") for line in lines) == lines.count("ER  - ") == len(keys)


def test_references_hold_hostile_titles() -> None:
    one = Reference(source(title=HOSTILE, address="https://example.org/a}b", date="2030-05"), "art. 2", "x", "", "")
    written = bibtex([one, one]).decode()
    assert r"50\% of \{art\_1\} \& \textbackslash{}write18 \#1 ER -}" in written
    assert "url = {https://example.org/a%7Db}" in written
    assert written.count("{") - written.count("\\{") == written.count("}") - written.count("\\}")
    assert ris([one]).decode().split("\r\n").count("ER  - ") == 1


def test_nothing_is_exported_that_may_not_be_seen(app: Flask) -> None:
    stranger = site(app.config["SETTINGS"], Principal("reader", frozenset({"public"}))).test_client()
    for name in ("csv", "bibtex", "ris", "docx"):
        answer = stranger.get(f"/search/export?q=MARTIN&collection=lyon&format={name}")
        assert answer.status_code == 200
        assert b"MARTIN" not in answer.data.replace(b"-MARTIN", b"")
    exported = stranger.get("/search/export?collection=lyon&format=csv").data.decode("utf-8-sig")
    assert len(exported.splitlines()) == 1


@pytest.mark.parametrize(("argument", "status"), [("format=pdf", 404), ("export_language=de", 422)])
def test_other_formats_and_languages_are_refused(client: FlaskClient, argument: str, status: int) -> None:
    assert client.get(f"{QUERY}&{argument}").status_code == status


def test_the_api_exports_what_it_lists(client: FlaskClient) -> None:
    listed = client.get("/api/v1/search?q=blanqueo&mode=words&limit=100").json["hits"]
    written = client.get("/api/v1/search/export?q=blanqueo&mode=words&format=ris").data.decode()
    assert written.count("TY  - ") == len(listed)
    assert client.get("/api/v1/search/export?q=blanqueo&sort=no").status_code == 422


def test_collection_and_case_file_are_facets(app: Flask, client: FlaskClient) -> None:
    shown = client.get("/?q=blanchiment&ui=en").text
    assert "case_file=CRI+12/2030" in shown
    narrowed = client.get("/?q=&case_file=CRI+12%2F2030&ui=en").text
    assert ids(app)["demande.html"] in narrowed
    assert "Case file" in narrowed


@pytest.mark.parametrize(
    ("country", "number", "year", "written"),
    [
        ("UY", "19574", "2017", "19574/2017"),
        ("FR", "595", "2020", "2020-595"),
        ("PE", "28950", "", "28950"),
        ("ES", "10/1995", "1995", "10/1995"),
        ("FR", "code_penal", "", ""),
    ],
)
def test_the_number_of_a_law_is_written_as_in_its_state(country: str, number: str, year: str, written: str) -> None:
    assert law_number(Reading("", country, "law", number, year)) == written
