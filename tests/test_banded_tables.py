"""Tables whose rows are parted by level ruling lines alone."""

from __future__ import annotations

from pathlib import Path

from pdf_files import HEIGHT, PROSE, Page, grid, pdf, wrapped

from extraction.pdf.pdf import read_pdf

LEFTS, WIDTHS = (72, 190, 330, 410), (100, 120, 60, 60)
HEADS = ["Sede", "Plazas por turno", "Total de plazas", "Tasa"]
ROWS = [
    [
        "Escuela de Oficios del Puerto",
        "Técnico en electricidad industrial, turno de noche",
        "40",
        "50,00",
    ],
    ["Escuela de Oficios", "Técnico en informática", "25", "20,00"],
    ["Escuela de la Ribera del Norte", "Técnico en construcción civil integrado", "40", "20,00"],
    ["Anexo", "Técnico en suelos, turno de la mañana, con prácticas", "35", "50,00"],
]


def test_rows_between_level_lines_have_cells_of_several_lines(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for left, head, width in zip(LEFTS, HEADS, WIDTHS, strict=True):
            lines = wrapped(head, width - 25, 10, "Helvetica")
            for number, line in enumerate(lines):
                page.canvas.drawString(left, HEIGHT - 110 + 12 * (len(lines) - 1 - number), line)
        top = 118.0
        page.canvas.line(70, HEIGHT - top, 470, HEIGHT - top)
        for row in ROWS:
            low = max(page.lines(cell, x, top + 5, w) for x, cell, w in zip(LEFTS, row, WIDTHS, strict=True))
            top = low + 5
            page.canvas.line(70, HEIGHT - top, 470, HEIGHT - top)
        page.lines(PROSE, 72, top + 30, 400)

    assert grid(read_pdf(pdf(tmp_path / "bands.pdf", [draw]))) == [HEADS, *ROWS]


def test_level_lines_that_part_groups_of_rows_make_no_rows(tmp_path: Path) -> None:
    amounts = [["Ingresos", "10,00", "12,50"], ["Tasas", "3,00", "4,50"], ["Multas", "7,00", "8,25"]]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number in range(12):
            if number % 3 == 0:
                page.canvas.line(60, HEIGHT - 100 - 16 * number, 470, HEIGHT - 100 - 16 * number)
            for left, cell in zip((62, 250, 400), amounts[number % 3], strict=True):
                page.canvas.drawString(left, HEIGHT - 112 - 16 * number, cell)
        page.canvas.line(60, HEIGHT - 292, 470, HEIGHT - 292)

    assert grid(read_pdf(pdf(tmp_path / "groups.pdf", [draw]))) == 4 * amounts


def test_lines_between_paragraphs_make_no_table(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        top = 100.0
        for _ in range(4):
            page.canvas.line(60, HEIGHT - top, 470, HEIGHT - top)
            top = page.lines(PROSE, 60, top + 6, 410) + 6
        page.canvas.line(60, HEIGHT - top, 470, HEIGHT - top)

    assert not read_pdf(pdf(tmp_path / "paragraphs.pdf", [draw])).tables
