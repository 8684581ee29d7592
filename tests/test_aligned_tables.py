"""Tables without lines: labels of two lines, labels with raised ordinals, headers wider than their columns."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
from pdf_files import HEIGHT, Page, grid, pdf

from extraction.layout.aligned_tables import _joined
from extraction.layout.page_lines import Stretches
from extraction.layout.page_words import PageWords
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
    assert read(tmp_path / "header.pdf", VOTES * 2, header=24)[0] == ["Distrito", "Urna 1", "Urna 2", "TOTALES"]


def test_a_raised_ordinal_does_not_divide_a_label() -> None:
    boxes = np.array([[90, 364, 303, 375], [303, 361, 376, 375], [440, 364, 460, 375]], np.float32)
    page = SimpleNamespace(upright=boxes, size=np.full(3, 12, np.float32), bold=np.zeros(3, np.bool_))
    words = [np.array([index]) for index in range(3)]  # "Senator, 2", "ND Worcester", "934"
    joined = _joined(cast("PageWords", page), Stretches(boxes, page.size, page.bold, words))
    assert [piece.tolist() for piece in joined.words] == [[0, 1], [2]]
    assert joined.boxes[0].tolist() == [90, 361, 376, 375]


def test_totals_in_two_columns_below_the_last_row_belong_to_the_table(tmp_path: Path) -> None:
    totals = [["Saldo anterior", "", "", "2166"], ["Saldo final", "", "", "4332"]]
    assert read(tmp_path / "totals.pdf", [*VOTES, *totals])[4:] == totals


def test_a_number_elsewhere_below_a_table_is_not_its_total(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        for number, row in enumerate([["Distrito", "Urna 1", "Urna 2", "Total"], *VOTES]):
            row_of(page, 100 + 14 * number, row)
        page.canvas.drawString(60, HEIGHT - 156, "Página")
        page.canvas.drawRightString(410, HEIGHT - 156, "12")

    assert len(grid(read_pdf(pdf(tmp_path / "page.pdf", [draw])))) == 4
