"""Tables with only some of their lines: open sides, merged rows and columns, labels outside the frame."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, Page, pdf
from pdfplumber import table as geometry
from reportlab.pdfgen.canvas import Canvas

from extraction.document import Document
from extraction.layout.grid_cells import cells_of
from extraction.pdf.pdf import read_pdf

ROWS = [
    ["Cuenta", "Fecha", "Importe"],
    ["ES91 2100", "01-07-2004", "1.337,00"],
    ["ES76 0049", "02-07-2004", "92,10"],
    ["PT50 0002", "05-07-2004", "18.400,55"],
    ["FR14 2004", "09-07-2004", "77,00"],
]
LEFTS = (60, 200, 320, 430)


def text_of(page: Page, rows: list[list[str]], pitch: float = 16) -> None:
    page.canvas.setFont("Helvetica", 10)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            page.canvas.drawString(LEFTS[j] + 5, HEIGHT - 112 - pitch * i, cell)


def columns_only(canvas: Canvas) -> None:
    """Draw the frame, the lines between the columns, and one below the header."""
    canvas.grid(LEFTS, [HEIGHT - 100, HEIGHT - 117, HEIGHT - 182])


def columns_in_header_only(canvas: Canvas) -> None:
    """Draw a grid for the header, and lines from side to side below each row."""
    canvas.grid(LEFTS, [HEIGHT - 100, HEIGHT - 117])
    for row in range(2, 6):
        canvas.line(LEFTS[0], HEIGHT - 101 - 16 * row, LEFTS[-1], HEIGHT - 101 - 16 * row)
    for x in (LEFTS[0], LEFTS[-1]):
        canvas.line(x, HEIGHT - 100, x, HEIGHT - 181)


def labels_outside(canvas: Canvas) -> None:
    """Draw a grid without the first column."""
    canvas.grid(LEFTS[1:], [HEIGHT - 101 - 16 * row for row in range(6)])


def grid(document: Document) -> list[list[str]]:
    (table,) = document.tables
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(rows.values())


@pytest.mark.parametrize("lines", [columns_only, columns_in_header_only, labels_outside])
def test_a_table_with_some_of_its_lines_is_read_cell_by_cell(tmp_path: Path, lines: Callable[[Canvas], None]) -> None:
    def draw(page: Page) -> None:
        lines(page.canvas)
        text_of(page, ROWS)

    assert grid(read_pdf(pdf(tmp_path / "table.pdf", [draw]))) == ROWS


def test_wrapped_lines_of_a_cell_are_not_rows(tmp_path: Path) -> None:
    wrapped = "la cuenta fue abierta por el investigado en marzo de 2004 con domicilio en Lisboa"

    def draw(page: Page) -> None:
        page.canvas.grid([60, 200, 340], [HEIGHT - 100, HEIGHT - 117, HEIGHT - 190])
        page.lines("Hecho", 65, 103, 130)
        page.lines("Prueba", 205, 103, 130)
        page.lines(wrapped, 65, 120, 130)
        page.lines(f"según {wrapped}", 205, 120, 130)

    assert grid(read_pdf(pdf(tmp_path / "wrapped.pdf", [draw]))) == [["Hecho", "Prueba"], [wrapped, f"según {wrapped}"]]


def test_prose_beside_a_table_is_no_column_of_it(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines(PROSE * 2, 50, 100, 230)
        page.canvas.grid([300, 400, 500], [HEIGHT - 100 - 24 * row for row in range(6)])
        for row in range(5):
            page.lines(f"Folio {row}", 305, 106 + 24 * row, 90)
            page.lines(f"{row}.100,00", 405, 106 + 24 * row, 90)

    document = read_pdf(pdf(tmp_path / "beside.pdf", [draw]))
    assert grid(document) == [[f"Folio {row}", f"{row}.100,00"] for row in range(5)]
    assert "La autoridad requirente solicita" in document.text


def two_pages(path: Path, second: list[list[str]]) -> Path:
    """Write a table at the foot of one page and another, of ``second``, at the head of the next."""

    def first_page(page: Page) -> None:
        page.lines("Relación de cuentas y de sus movimientos:", 60, 60, 400)
        text_of(page, ROWS)
        page.canvas.grid(LEFTS, [HEIGHT - 101 - 16 * row for row in range(6)])

    def second_page(page: Page) -> None:
        text_of(page, second)
        page.canvas.grid(LEFTS, [HEIGHT - 101 - 16 * row for row in range(len(second) + 1)])
        page.lines(PROSE, 60, 300, 400)

    return pdf(path, [first_page, second_page])


def test_a_table_over_a_page_break_is_one_table(tmp_path: Path) -> None:
    second = [ROWS[0], ["IT60 0542", "12-07-2004", "5,00"], ["DE89 3704", "13-07-2004", "6,10"]]
    document = read_pdf(two_pages(tmp_path / "table.pdf", second))
    assert grid(document) == ROWS + second
    (table,) = document.tables
    assert [box.page for box in table.boxes] == [1, 2]
    assert {cell.row for cell in table.cells if cell.header} == {0, 5}
    for page in document.pages:
        assert document.page_at(page.start) == page.number
    assert document.page_at(document.text.index("IT60")) == 2
    assert document.page_at(document.text.index("FR14")) == 1
    start = document.text.index("IT60")
    assert {placed.page for placed in document.words.boxes(start, start + 4)} == {2}


def test_a_table_with_other_headers_or_columns_is_another_table(tmp_path: Path) -> None:
    other = [["Nombre", "Lugar", "Edad"], ["Ana", "Lima", "41"], ["Luis", "Quito", "35"], ["Eva", "Cuzco", "29"]]
    assert len(read_pdf(two_pages(tmp_path / "other.pdf", other)).tables) == 2


def test_cells_are_those_of_pdfplumber() -> None:
    chance = random.Random(5)
    for _ in range(60):
        edges = []
        for _ in range(chance.randint(3, 14)):
            level, start = 10.0 * chance.randint(0, 6), 10.0 * chance.randint(0, 4)
            end = start + 10.0 * chance.randint(1, 4)
            if chance.random() < 0.5:
                edges.append({"x0": start, "x1": end, "top": level, "bottom": level, "orientation": "h"})
            else:
                edges.append({"x0": level, "x1": level, "top": start, "bottom": end, "orientation": "v"})
        corners = geometry.edges_to_intersections(edges, 1, 1)
        assert cells_of(corners) == geometry.intersections_to_cells(corners)
