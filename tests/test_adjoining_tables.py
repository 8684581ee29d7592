"""Tables of accounts: side by side with hardly a gap between their frames, and labels of several lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, Page, grid, pdf

from extraction.pdf.pdf import read_pdf

LEFT = [("Saldo inicial:", "70.729.147,99"), ("Ingresos:", "859.722.824,12"), ("Gastos:", "800.895.323,99")]
RIGHT = [("ACTIVO", "1.629.376.053,15"), ("PASIVO", "-41.521.349,28"), ("CORRIENTE", "448.301.701,74")]
MORE = [("Caja", "1.502.568,76"), ("Fondo", "61.409,72"), ("Policía", "1.630.609,02")]


def _frame(page: Page, x: float, bands: list[list[tuple[str, str]]], depth: float) -> None:
    """Draw a frame of two columns whose bands, each with several rows, are parted by level lines."""
    page.canvas.setFont("Helvetica", 8)
    page.canvas.rect(x, HEIGHT - depth, 200, depth - 100)
    page.canvas.line(x + 120, HEIGHT - 100, x + 120, HEIGHT - depth)
    top = 100.0
    for number, band in enumerate(bands):
        if number:
            page.canvas.line(x, HEIGHT - top, x + 200, HEIGHT - top)
        for row, (label, value) in enumerate(band):
            page.canvas.drawString(x + 4, HEIGHT - top - 11 - 11 * row, label)
            page.canvas.drawRightString(x + 196, HEIGHT - top - 11 - 11 * row, value)
        top += 11 * len(band) + 6


def _tables(tmp_path: Path, gap: float, depth: float) -> list[list[str]]:
    def draw(page: Page) -> None:
        _frame(page, 60, [[("Movimientos", "Importe")], LEFT, MORE], 100 + 17 + 39 + 39 + 20)
        _frame(page, 260 + gap, [[("Estado", "Saldo")], RIGHT], depth)

    document = read_pdf(pdf(tmp_path / "accounts.pdf", [draw]))
    return [[document.text[cell.start : cell.end] for cell in table.cells] for table in document.tables]


@pytest.mark.parametrize("gap", [1.7, 2.5])
def test_frames_of_different_heights_are_tables_of_their_own(tmp_path: Path, gap: float) -> None:
    left, right = _tables(tmp_path, gap, 100 + 17 + 39 + 4)
    assert left == [text for row in [("Movimientos", "Importe"), *LEFT, *MORE] for text in row]
    assert right == [text for row in [("Estado", "Saldo"), *RIGHT] for text in row]


def test_one_line_between_two_parts_leaves_one_table(tmp_path: Path) -> None:
    assert len(_tables(tmp_path, 0.0, 100 + 17 + 39 + 4)) == 1


def test_cells_with_frames_of_their_own_are_one_table(tmp_path: Path) -> None:
    rows = [["Año", "Casos", "Total"], ["2020", "38", "96"], ["2021", "22", "92"]]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 8)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                page.canvas.rect(60 + 82 * x, HEIGHT - 120 - 22 * y, 80, 20)
                page.canvas.drawString(64 + 82 * x, HEIGHT - 113 - 22 * y, text)

    document = read_pdf(pdf(tmp_path / "cells.pdf", [draw]))
    assert [[document.text[cell.start : cell.end] for cell in table.cells] for table in document.tables] == [
        [text for row in rows for text in row]
    ]


def test_a_label_that_goes_on_below_its_name_is_one_cell(tmp_path: Path) -> None:
    rows = [
        ("310000", "Patrimonio público", "1.587.854,70"),
        ("311000", "Resultados de ejercicios", "571.543,03"),
        ("", "anteriores", ""),
        ("", "Otros fondos", "2.548,20"),
        ("312000", "Capital fiscal", "16.311,84"),
        ("RESUMEN", "", ""),
        ("313000", "Resultado del ejercicio", "181.338,11"),
    ]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 8)
        page.canvas.rect(60, HEIGHT - 200, 240, 100)
        page.canvas.line(60, HEIGHT - 116, 300, HEIGHT - 116)
        page.canvas.line(220, HEIGHT - 100, 220, HEIGHT - 200)
        page.canvas.drawString(64, HEIGHT - 111, "Cuenta")
        page.canvas.drawRightString(296, HEIGHT - 111, "Saldo")
        for number, (code, name, value) in enumerate(rows):
            y = HEIGHT - 128 - 10 * number
            page.canvas.drawString(64, y, code)
            page.canvas.drawString(94, y, name)
            page.canvas.drawRightString(296, y, value)

    assert grid(read_pdf(pdf(tmp_path / "labels.pdf", [draw]))) == [
        ["Cuenta", "Saldo"],
        ["310000 Patrimonio público", "1.587.854,70"],
        ["311000 Resultados de ejercicios anteriores", "571.543,03"],
        ["Otros fondos", "2.548,20"],
        ["312000 Capital fiscal", "16.311,84"],
        ["RESUMEN", ""],
        ["313000 Resultado del ejercicio", "181.338,11"],
    ]
