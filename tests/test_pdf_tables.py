"""Tables with only some of their lines: open sides, merged rows and columns, labels outside the frame."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pdf_files import HEIGHT, PROSE, Page, grid, pdf, wrapped
from pdfplumber import table as geometry
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extraction.layout.grid_cells import cells_of, grid_of, intersections, tables_of
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


def test_tables_of_lines_are_those_of_pdfplumber() -> None:
    chance = random.Random(5)
    found = 0
    for _ in range(300):
        rulings = []
        for _ in range(chance.randint(8, 40)):
            level, start = 10.0 * chance.randint(0, 6) + chance.random(), 10.0 * chance.randint(0, 4)
            end = start + 10.0 * chance.randint(1, 4)
            rulings.append((start, level, end, level) if chance.random() < 0.5 else (level, start, level, end))
        grid = grid_of(np.array(rulings, np.float32), 3.0)
        edges = [edge_of(*sides) for sides in np.array(rulings, np.float32).tolist()]
        if grid is None:
            continue
        corners = geometry.edges_to_intersections(geometry.merge_edges(edges, 3, 3, 3, 3), 3, 3)
        tables = geometry.cells_to_tables(geometry.intersections_to_cells(corners)) if corners else []
        found_tables = tables_of(cells_of(intersections(grid, 3.0)))
        assert [sorted(table) for table in found_tables] == [sorted(table) for table in tables]
        found += len(tables)
    assert found > 100


def edge_of(x0: float, top: float, x1: float, bottom: float) -> dict[str, object]:
    sides = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return sides | {"orientation": "h" if x1 - x0 >= bottom - top else "v", "object_type": "line"}


def test_a_title_and_a_note_within_the_lines_are_no_rows(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        levels = [HEIGHT - 85, *(HEIGHT - 101 - 16 * row for row in range(6)), HEIGHT - 197]
        page.canvas.grid([LEFTS[0], LEFTS[-1]], levels)
        page.canvas.grid(LEFTS, levels[1:-1])
        page.canvas.setFont("Helvetica", 10)
        page.canvas.drawString(65, HEIGHT - 96, "Cuadro 3. Cuentas de la sociedad en el período")
        page.canvas.drawString(65, HEIGHT - 192, "Fuente: banco central, informe de 2005")
        text_of(page, ROWS)

    document = read_pdf(pdf(tmp_path / "titled.pdf", [draw]))
    assert grid(document) == ROWS
    table = "\n".join("\t".join(row) for row in ROWS)
    title, note = "Cuadro 3. Cuentas de la sociedad en el período", "Fuente: banco central, informe de 2005"
    assert document.text == f"{title}\n\n{table}\n\n{note}"


FIGURES = [["Año", "Hombres", "Mujeres"]] + [[str(1990 + n), f"{n}.124,5", f"1.{n}87,0"] for n in range(1, 8)]


def test_figures_of_two_columns_in_one_ruled_column_are_cells(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.grid([60, 160, 300], [HEIGHT - 101 - 16 * row for row in range(9)])
        page.canvas.setFont("Helvetica", 10)
        for i, row in enumerate(FIGURES):
            page.canvas.drawString(65, HEIGHT - 112 - 16 * i, row[0])
            page.canvas.drawRightString(215, HEIGHT - 112 - 16 * i, row[1])
            page.canvas.drawRightString(262, HEIGHT - 112 - 16 * i, row[2])

    (table,) = (document := read_pdf(pdf(tmp_path / "figures.pdf", [draw]))).tables
    cells = {(cell.row, cell.column): document.text[cell.start : cell.end] for cell in table.cells}
    assert [[cells[row, column] for column in range(3)] for row in range(1, 8)] == FIGURES[1:]


@pytest.mark.parametrize("number", ["100 000", "1 250", "12 05 2024", "600 123 456"])
def test_groups_of_one_number_are_one_cell(tmp_path: Path, number: str) -> None:
    def draw(page: Page) -> None:
        page.canvas.grid([60, 160, 300], [HEIGHT - 101 - 16 * row for row in range(9)])
        page.canvas.setFont("Helvetica", 10)
        for i in range(8):
            page.canvas.drawString(65, HEIGHT - 112 - 16 * i, f"Cuenta {i}")
            page.canvas.drawRightString(290, HEIGHT - 112 - 16 * i, number)

    assert grid(read_pdf(pdf(tmp_path / "groups.pdf", [draw]))) == [[f"Cuenta {i}", number] for i in range(8)]


def test_narrow_columns_of_figures_without_lines_are_cells(tmp_path: Path) -> None:
    rows = [[f"Provincia {n}", f"1,{n}64", f"56.{n}", f"4,{n}16", f"24.{n}"] for n in range(1, 8)]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for i, row in enumerate(rows):
            for x, cell in zip((60, 160, 191, 260, 291), row, strict=True):
                page.canvas.drawString(x, HEIGHT - 112 - 16 * i, cell)

    assert grid(read_pdf(pdf(tmp_path / "narrow.pdf", [draw]))) == rows


def test_the_second_line_of_a_label_is_part_of_its_cell(tmp_path: Path) -> None:
    rows = [
        ["Delito", "2019", "2020"],
        ["Cohecho", "12", "7"],
        ["Blanqueo de capitales", "3", "5"],
        ["Fraude", "9", "8"],
    ]

    def draw(page: Page) -> None:
        top = 112.0
        for row in rows:
            page.canvas.setFont("Helvetica", 10)
            label, _, more = row[0].partition(" de ")
            for x, cell in zip((60, 200, 300), (label, *row[1:]), strict=True):
                page.canvas.drawString(x, HEIGHT - top, cell)
            if more:
                top += 12
                page.canvas.drawString(60, HEIGHT - top, f"de {more}")
            top += 18

    assert grid(read_pdf(pdf(tmp_path / "labels.pdf", [draw]))) == rows


def test_running_text_beside_a_table_without_lines_is_no_column(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        lines = wrapped(PROSE * 2, 230, 10, "Helvetica")
        for i in range(10):
            page.canvas.setFont("Helvetica", 10)
            for x, cell in zip((60, 150, 210), (f"Folio {i}", f"{i}.100,00", f"{i}/2019"), strict=True):
                page.canvas.drawString(x, HEIGHT - 100 - 14 * i, cell)
            justified(page.canvas, lines[i], 310, HEIGHT - 100 - 14 * i, 235)

    document = read_pdf(pdf(tmp_path / "beside.pdf", [draw]))
    assert grid(document) == [[f"Folio {i}", f"{i}.100,00", f"{i}/2019"] for i in range(10)]
    assert " ".join(wrapped(PROSE * 2, 230, 10, "Helvetica")[:10]) in document.text


def justified(canvas: Canvas, line: str, x: float, y: float, width: float) -> None:
    words = line.split()
    long = sum(stringWidth(word, "Helvetica", 10) for word in words)
    for word in words:
        canvas.drawString(x, y, word)
        x += stringWidth(word, "Helvetica", 10) + (width - long) / (len(words) - 1)


def test_the_grid_of_a_chart_is_no_table(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines(PROSE, 60, 60, 420)
        page.canvas.grid([100 + 40 * n for n in range(9)], [HEIGHT - 200 - 30 * n for n in range(8)])
        page.canvas.setFont("Helvetica", 8)
        for x, y, text in (
            (110, 215, "1950s"),
            (230, 245, "17"),
            (310, 305, "1980s"),
            (350, 365, "25"),
            (190, 395, "9"),
        ):
            page.canvas.drawString(x, HEIGHT - y, text)

    document = read_pdf(pdf(tmp_path / "chart.pdf", [draw]))
    assert document.tables == ()
    assert all(text in document.text for text in ("1950s", "1980s", "25"))


def test_an_empty_table_with_headers_is_a_table(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.grid([60 + 100 * n for n in range(5)], [HEIGHT - 101 - 20 * row for row in range(9)])
        page.canvas.setFont("Helvetica", 10)
        for j, head in enumerate(("Nombre", "Fecha", "Lugar", "Firma")):
            page.canvas.drawString(65 + 100 * j, HEIGHT - 114, head)

    assert grid(read_pdf(pdf(tmp_path / "blank.pdf", [draw])))[0] == ["Nombre", "Fecha", "Lugar", "Firma"]


def test_headers_of_two_rows_with_spans(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        canvas = page.canvas
        canvas.setFont("Helvetica", 10)
        canvas.grid([60, 160], [HEIGHT - 100, HEIGHT - 140])
        canvas.grid([160, 360], [HEIGHT - 100, HEIGHT - 120])
        canvas.grid([160, 260, 360], [HEIGHT - 120, HEIGHT - 140])
        canvas.grid([60, 160, 260, 360], [HEIGHT - 140 - 20 * n for n in range(4)])
        for x, y, text in (
            (65, 125, "País"),
            (165, 114, "Solicitudes"),
            (165, 134, "recibidas"),
            (265, 134, "enviadas"),
        ):
            canvas.drawString(x, HEIGHT - y, text)
        for i, row in enumerate((("Perú", "12", "7"), ("Chile", "31", "30"), ("Cuba", "4", "2"))):
            for j, cell in enumerate(row):
                canvas.drawString(65 + 100 * j, HEIGHT - 154 - 20 * i, cell)

    (table,) = (document := read_pdf(pdf(tmp_path / "spans.pdf", [draw]))).tables
    heads = [cell for cell in table.cells if cell.header]
    assert [document.text[cell.start : cell.end] for cell in heads] == ["País", "Solicitudes", "recibidas", "enviadas"]
    assert [(cell.row_span, cell.column_span) for cell in heads] == [(2, 1), (1, 2), (1, 1), (1, 1)]


def test_the_numbers_of_ruled_rows_are_cells_and_no_line_numbers(tmp_path: Path) -> None:
    numbered = [[str(number), f"Folio {chr(64 + number)}", f"{number}.100,00"] for number in range(1, 16)]

    def draw(page: Page) -> None:
        page.canvas.grid(LEFTS, [HEIGHT - 101 - 16 * row for row in range(16)])
        text_of(page, numbered)

    assert grid(read_pdf(pdf(tmp_path / "numbered.pdf", [draw]))) == numbered


@pytest.mark.parametrize("shade", [0.85, 0.95])
def test_a_shaded_paragraph_in_a_shaded_cell_is_no_cell(tmp_path: Path, shade: float) -> None:
    """Word processors shade each paragraph of a cell, in the colour of the cell or in another."""

    def draw(page: Page) -> None:
        for row in range(len(ROWS)):
            for left, right in pairwise(LEFTS):
                low = HEIGHT - 124 - 24 * row
                page.canvas.setFillGray(0.85)
                page.canvas.rect(left, low, right - left, 24, 0, 1)
                page.canvas.setFillGray(shade)
                for bottom in (low + 12, low)[: 1 + row % 2]:
                    page.canvas.rect(left + 5, bottom, right - left - 10, 12, 0, 1)
        page.canvas.setFillGray(0)
        text_of(page, ROWS, 24)

    document = read_pdf(pdf(tmp_path / "shaded.pdf", [draw]))
    assert [document.text.count(cell) for row in ROWS for cell in row] == [1] * 15
    if shade == 0.85:
        assert grid(document) == ROWS


def test_dotted_leaders_are_apart_from_the_words(tmp_path: Path) -> None:
    entries = [f"Sección {letter}{'.' * 60}{number}" for number, letter in enumerate("ABCDEFGH", start=36)]

    def draw(page: Page) -> None:
        for row, entry in enumerate(entries):
            page.lines(entry, 60, 100 + 20 * row, 400)

    words = read_pdf(pdf(tmp_path / "contents.pdf", [draw])).text.split()
    assert [word for word in words if word.strip(".")] == [
        part for number, letter in enumerate("ABCDEFGH", start=36) for part in ("Sección", letter, str(number))
    ]
