"""Accounts of labels and amounts without ruling lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, Page, grid, pdf

from extraction.pdf.pdf import read_pdf

ROWS = [
    ["DESCRIPCIÓN", "IMPORTE"],
    ["I. INGRESOS CORRIENTES", ""],
    ["Ingresos tributarios", "80.886.681,70"],
    ["Contribuciones a la Seguridad Social", ""],
    ["Ingresos no tributarios", "31.072.435,60"],
    ["Rentas de la propiedad", "361,91"],
    ["Transferencias corrientes", "91.398.721,16"],
    ["TOTAL DE INGRESOS", "203.719.387,37"],
    ["Otras partidas", ""],
]


def draw_rows(page: Page, rows: list[list[str]], right: float = 500) -> float:
    page.canvas.setFont("Helvetica", 9)
    top = 100
    for label, amount in rows:
        page.canvas.drawString(60 if label.isupper() else 75, HEIGHT - top, label)
        page.canvas.drawRightString(right, HEIGHT - top, amount)
        top += 34 if label.startswith("TOTAL") else 17
    return float(top)


def test_labels_and_amounts_are_the_columns_of_a_table(tmp_path: Path) -> None:
    rows = [*ROWS[:-2], ["Multas", "7,37"], ROWS[-1]]

    def draw(page: Page) -> None:
        page.lines(PROSE, 60, draw_rows(page, rows) + 40, 440)

    assert grid(read_pdf(pdf(tmp_path / "account.pdf", [draw]))) == rows


def test_sections_of_an_account_are_one_table(tmp_path: Path) -> None:
    second = [["II. GASTOS", ""], ["Gastos de consumo", "7.322,37"], ["TOTAL DE GASTOS", "7.322,37"]]
    rows = [*ROWS[:-1], *second]
    assert grid(read_pdf(pdf(tmp_path / "sections.pdf", [lambda page: draw_rows(page, rows)]))) == rows


@pytest.mark.parametrize(
    "rows",
    [
        [[f"Capítulo {number}. De las disposiciones", str(3 * number)] for number in range(1, 9)],
        [[f"Importe de la cuota {number}:", f"{number}.100,00"] for number in range(1, 9)],
        [[f"Cuota {number}", f"{number}.100,00"] for number in range(1, 4)],
    ],
    ids=["contents", "form", "short"],
)
def test_contents_forms_and_short_lists_are_no_accounts(tmp_path: Path, rows: list[list[str]]) -> None:
    assert not read_pdf(pdf(tmp_path / "list.pdf", [lambda page: draw_rows(page, rows)])).tables


def test_amounts_that_end_at_several_places_are_no_column(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 9)
        for number in range(8):
            page.canvas.drawString(60, HEIGHT - 100 - 17 * number, "Se pagó")
            page.canvas.drawRightString(300 + 25 * (number % 3), HEIGHT - 100 - 17 * number, "1.100,00")

    assert not read_pdf(pdf(tmp_path / "places.pdf", [draw])).tables
