"""Tables without lines: labels of two lines, labels with raised ordinals, headers wider than their columns."""

from __future__ import annotations

from pathlib import Path

from pdf_files import HEIGHT, Page, grid, pdf

from extraction.pdf.pdf import read_pdf

VOTES = [["Ana Muñoz", "934", "959", "1893"], ["Luis Peña", "115", "87", "202"], ["Blancos", "38", "33", "71"]]
RIGHTS = (330.0, 380.0, 440.0)


def row_of(page: Page, top: float, row: list[str]) -> None:
    page.canvas.setFont("Helvetica", 10)
    page.canvas.drawString(60, HEIGHT - top, row[0])
    for right, cell in zip(RIGHTS, row[1:], strict=True):
        page.canvas.drawRightString(right, HEIGHT - top, cell)


def read(path: Path, rows: list[list[str]], header: float = 0.0) -> list[list[str]]:
    """Return the table of ``rows`` below a header of which the last column begins ``header`` points too far left."""

    def draw(page: Page) -> None:
        row_of(page, 100, ["Distrito", "Urna 1", "Urna 2", "" if header else "Total"])
        if header:
            page.canvas.drawString(RIGHTS[-1] - 20 - header, HEIGHT - 100, "TOTALES")
        for number, row in enumerate(rows):
            row_of(page, 116 + 14 * number, row)

    return grid(read_pdf(pdf(path, [draw])))


def test_a_label_that_goes_on_in_the_row_of_its_figures_is_one_cell(tmp_path: Path) -> None:
    rows = [*VOTES, ["Votos emitidos por los residentes", "", "", ""], ["en el extranjero", "5", "6", "11"]]
    expected = [*VOTES, ["Votos emitidos por los residentes en el extranjero", "5", "6", "11"]]
    assert read(tmp_path / "label.pdf", rows)[1:] == expected


def test_a_label_that_begins_anew_is_a_row(tmp_path: Path) -> None:
    rows = [*VOTES, ["Distrito sexto", "", "", ""], ["Residentes", "5", "6", "11"]]
    assert read(tmp_path / "rows.pdf", rows)[4:] == rows[3:]


def test_a_header_that_begins_before_its_column_belongs_to_it(tmp_path: Path) -> None:
    assert read(tmp_path / "header.pdf", VOTES * 2, header=17)[0] == ["Distrito", "Urna 1", "Urna 2", "TOTALES"]


def test_a_raised_ordinal_does_not_divide_a_label(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        row_of(page, 100, ["Candidate", "Box 1", "Box 2", "Total"])
        for number, row in enumerate(VOTES * 2):
            row_of(page, 116 + 14 * number, row)
        canvas, top = page.canvas, 116 + 14 * 6
        canvas.drawString(60, HEIGHT - top, "Senator, 2")
        x = 60 + canvas.stringWidth("Senator, 2", "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(x, HEIGHT - top + 4.5, "ND")
        x += canvas.stringWidth("ND", "Helvetica", 6)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x + 2.8, HEIGHT - top, "Worcester")
        row_of(page, 116 + 14 * 7, VOTES[0])

    cells = [cell for row in grid(read_pdf(pdf(tmp_path / "raised.pdf", [draw]))) for cell in row]
    assert "Senator, 2ND Worcester" in cells or "Senator, 2 ND Worcester" in cells
