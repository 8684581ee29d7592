"""Cells that refer to provisions of the compared laws that are not compared; all laws are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk import Desk

from app.comparison.ancillary_provisions import ancillary_provisions, speaks_of
from app.comparison.comparing import build_comparison
from app.comparison.export import Setting, comparison_report
from app.comparison.table import Comparison, ComparisonRequest, Provision, Row
from app.comparison.visibility import visible_part
from app.gap_matrix.national_law import NationalLaw
from app.web import create_app
from indexing.access import LOCAL_USER

LAWS = {
    "CL": """## Artículo 1.

Los que elaboren o fabriquen drogas estupefacientes serán castigados con presidio mayor.

## Artículo 2.

El que venda drogas estupefacientes será castigado con presidio mayor.

## Artículo 3.

El que transporte o importe drogas estupefacientes será castigado con presidio mayor.

## Artículo 4.

El que, sin autorización, siembre, plante o cultive especies vegetales del género cannabis será castigado con presidio \
menor.

## Artículo 5.

El que financie u organice los delitos contemplados en esta ley será castigado con presidio mayor.

## Artículo 6.

Esta ley se publicará en el Diario Oficial.
""",
    "LU": """## Art. 1. Trafic de stupéfiants

Seront punis d'un emprisonnement de un à cinq ans ceux qui auront fabriqué, importé ou vendu des stupéfiants.

## Art. 2

Seront punis d'un emprisonnement de un à cinq ans ceux qui auront cultivé des plantes de cannabis pour en tirer des \
stupéfiants.
""",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("further"))
    for country, text in LAWS.items():
        title = {"CL": "Ley de drogas", "LU": "Loi sur les stupéfiants"}[country]
        whole = f'---\ntitle: "{title}"\nidentifier: "{country}-1"\n---\n# {title}\n\n{text}'
        desk.bring(f"{country}.md", whole, "public", jurisdiction=country, document_type="statute")
    yield desk
    desk.installation.close()


def compared(desk: Desk, country: str, left_out: tuple[str, ...] = (), most: int = 1) -> Comparison:
    access = desk.store.access(LOCAL_USER)
    request = ComparisonRequest(concept="DRUG", jurisdictions=(country,), most=most, left_out=left_out)
    return build_comparison(request, access, desk.installation.engine, None, desk.store)


def row(made: Comparison, element: str) -> Row:
    return next(row for row in made.rows if row.element == element)


@pytest.mark.parametrize(
    ("country", "element", "expected"),
    [
        ("CL", "cultivation", ["art. 4"]),
        ("CL", "organise_finance", ["art. 5"]),
        ("CL", "laundering", []),
        ("LU", "cultivation", ["art. 2"]),
        ("LU", "incitement", []),
    ],
)
def test_an_empty_cell_names_further_provisions_that_may_state_it(
    desk: Desk, country: str, element: str, expected: list[str]
) -> None:
    made = compared(desk, country)
    (cell,) = row(made, element).cells
    assert not cell.quotations
    assert [quotation.pinpoint.split(" alinéa")[0] for quotation in cell.further] == expected
    quoted = {provision.id for column in made.columns for provision in column.quoted}
    assert not quoted & {quotation.passage_id for row in made.rows for cell in row.cells for quotation in cell.further}


def test_what_a_cell_refers_to_is_offered_and_not_referred_to_once_left_out_or_compared(desk: Desk) -> None:
    made = compared(desk, "CL")
    (referred,) = row(made, "cultivation").cells[0].further
    assert referred.passage_id in [provision.id for provision in made.columns[0].offered]
    again = compared(desk, "CL", left_out=(referred.passage_id,))
    assert not row(again, "cultivation").cells[0].further
    access = desk.store.access(LOCAL_USER)
    request = ComparisonRequest(concept="DRUG", provisions=(referred.passage_id,), jurisdictions=("CL",))
    named = build_comparison(request, access, desk.installation.engine, None, desk.store)
    assert [quotation.pinpoint for quotation in row(named, "cultivation").cells[0].quotations] == ["art. 4"]


def test_nobody_is_referred_to_what_he_may_not_see(desk: Desk) -> None:
    made = compared(desk, "CL")
    seen = visible_part(made, desk.store.access(LOCAL_USER), quotation=lambda quotation: None)
    assert not any(cell.further for row in seen.rows for cell in row.cells)


def test_the_page_and_the_report_say_it(desk: Desk) -> None:
    client = create_app({"SETTINGS": desk.installation.settings, "TESTING": True}).test_client()
    page = client.get("/compare/?concept=DRUG&country=CL", headers={"Accept-Language": "en"}).get_data(as_text=True)
    row_of_page = page[page.index('id="VIENNA88_3_1-cultivation"') :].partition("</tbody>")[0]
    assert "Other provisions of the law that may state it" in row_of_page
    assert "Nothing in the compared provisions" in row_of_page
    assert ">art. 4</a>" in row_of_page
    made = compared(desk, "CL", most=3)
    report = comparison_report(made, {}, "es", Setting("tester", datetime(2031, 1, 1, tzinfo=UTC)))
    said = [paragraph.text for line in report.rows for cell in line.cells for paragraph in cell.paragraphs]
    assert "Otras disposiciones de la ley que pueden tratarlo: art. 4" in said


def provision(number: int, text: str, language: str = "es") -> Provision:
    unit = f"s. {number}" if language == "en" else f"art. {number}"
    return Provision(
        f"law:{number}", "law", "", "", "", unit, (), language, "", 1, number * 100, number * 100 + 90, text
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Los que se asocien para las conductas descritas en el artículo anterior serán castigados.", True),
        ("pt", "Quem se associar para praticar os factos do artigo anterior é punido.", True),
        ("fr", "L'association en vue des délits prévus à l'article précédent est punie.", True),
        ("en", "A person who conspires to commit an offence under the preceding section is liable.", True),
        ("es", "Las penas de los artículos anteriores se aumentarán.", True),
        ("es", "Los que se asocien serán castigados.", None),
    ],
)
def test_a_provision_speaks_of_the_one_before(language: str, text: str, expected: bool | None) -> None:
    offence = provision(27, "El que oculte bienes será castigado.", language)
    assert speaks_of(provision(28, text, language), [offence]) is expected


def test_the_article_before_another_is_not_the_offence() -> None:
    offence = provision(27, "El que oculte bienes será castigado.")
    assert speaks_of(provision(29, "La tentativa del delito del artículo anterior es punible."), [offence]) is False


@pytest.mark.parametrize(
    ("language", "offence", "beside"),
    [
        (
            "es",
            "El que oculte bienes será castigado con prisión de dos a seis años.",
            "Los que se asociaren para las conductas del artículo anterior serán castigados con prisión de un año.",
        ),
        (
            "pt",
            "Quem ocultar bens é punido com pena de prisão de 2 a 6 anos.",
            "Quem se associar para praticar os factos do artigo anterior é punido com pena de prisão até 1 ano.",
        ),
        (
            "fr",
            "Quiconque dissimule des biens est puni de deux ans d'emprisonnement.",
            "L'association en vue des délits prévus à l'article 27 est punie d'un emprisonnement d'un an.",
        ),
        (
            "en",
            "A person who conceals property commits an offence and is liable to imprisonment for 5 years.",
            "A person who conspires to commit an offence under section 27 commits an offence and is liable to a fine.",
        ),
    ],
)
def test_to_associate_for_an_offence_is_connected_with_it(language: str, offence: str, beside: str) -> None:
    word = "Section" if language == "en" else "Art."
    chosen = replace(provision(27, f"{word} 27. {offence}", language), role="basic")
    others = [provision(number, f"{word} {number}. {beside}", language) for number in (28,)]
    assert [one.unit for one in ancillary_provisions([chosen], others)] == [others[0].unit]


def test_rules_behind_the_offence_supplement_it_before_those_in_front() -> None:
    chosen = replace(provision(8, "Art. 8. El que oculte bienes será castigado con prisión."), role="basic")
    raised = "La pena por los delitos del artículo 8 se aumentará en un tercio en caso de reincidencia."
    near = [provision(number, f"Art. {number}. {raised}") for number in (7, 9)]
    assert [one.unit for one in ancillary_provisions([chosen], near)] == ["art. 9"]


LAUNDERING = """## Artículo 27. Lavado de activos.

El que oculte o disimule el origen ilícito de bienes, a sabiendas de que provienen de un delito, será castigado con \
presidio de cinco a diez años.

## Artículo 28.

Los que se asociaren con el objeto de llevar a cabo las conductas descritas en el artículo anterior serán castigados \
con presidio de uno a tres años.

## Artículo 29.

La pena del lavado de activos se aumentará en un grado en caso de reincidencia.
"""


def test_an_association_for_the_offence_is_a_form_of_it_in_a_matrix(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    whole = f'---\ntitle: "Ley 19.913"\nidentifier: "CL-2"\n---\n# Ley 19.913\n\n{LAUNDERING}'
    desk.bring("ley.md", whole, "public", jurisdiction="CL", document_type="statute")
    access = desk.store.access(LOCAL_USER)
    public = desk.store.collection(access, "public")
    law = NationalLaw(desk.store, desk.installation.engine, access, public, "CL")
    assert [role for _, role in sorted(law.roles("ML").items())] == ["basic", "special", "connected"]
    desk.installation.close()
