"""Short lines of letters in PDF: each line of a letterhead, an address or a signature is a paragraph of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, WIDTH, Page, pdf

from extraction.pdf.pdf import read_pdf

LETTERHEADS = [
    ["FISCALÍA GENERAL DE LA NACIÓN", "Dirección de Asuntos Internacionales", "Radicado 20261700012231"],
    ["Procuradoria-Geral da República", "Gabinete de Cooperação", "Ofício 12/2026", "Lisboa, 3 de março de 2026"],
    ["Attorney General's Chambers", "International Cooperation Unit", "Our ref: MLA 12/2026", "tel. +592 226 2616"],
    ["TRIBUNAL JUDICIAIRE DE NANTERRE", "Cabinet de Mme Roux", "N° du parquet : 26 045 000 12", "(cachet)"],
    ["Luis Andrade Pinto", "Juez", "[firma y sello]"],
    ["[X] audición de un testigo", "[ ] registro", "[X] información bancaria"],
]


@pytest.mark.parametrize("lines", LETTERHEADS)
@pytest.mark.parametrize("with_text", [True, False])
def test_short_lines_are_paragraphs(tmp_path: Path, lines: list[str], with_text: bool) -> None:
    """With running text on the page and without, as on a last page that has the signature alone."""

    def draw(page: Page) -> None:
        top = page.lines("\n".join(lines), 60, 60, 450)
        if with_text:
            page.lines(PROSE, 60, top + 12, 450)

    assert read_pdf(pdf(tmp_path / "head.pdf", [draw])).text.split("\n\n") == [*lines, *([PROSE] if with_text else [])]


def test_lines_set_to_the_right_are_paragraphs(tmp_path: Path) -> None:
    lines = ["Lisboa", "Procuradoria-Geral da República", "Ofício 12/2026"]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number, line in enumerate(lines):
            page.canvas.drawRightString(WIDTH - 60, HEIGHT - 60 - 12 * number, line)
        page.lines(PROSE, 60, 130, 470)

    assert read_pdf(pdf(tmp_path / "right.pdf", [draw])).text.split("\n\n") == [*lines, PROSE]


@pytest.mark.parametrize("width", [150, 250, 330])
def test_running_text_in_a_narrow_column_stays_one_paragraph(tmp_path: Path, width: int) -> None:
    def draw(page: Page) -> None:
        top = page.lines(PROSE, 60, 60, 470)
        page.lines(PROSE, 60, top + 14, width)

    assert read_pdf(pdf(tmp_path / "narrow.pdf", [draw])).text.split("\n\n") == [PROSE, PROSE]


def test_a_bracket_at_the_start_of_a_full_line_continues_its_sentence(tmp_path: Path) -> None:
    text = "Se pide que se oiga al testigo que vive en la ciudad y que conoce los hechos de esta causa penal\n"
    text += "(véase el anexo) y que se le pregunte por ellos."

    def draw(page: Page) -> None:
        page.lines(text, 60, 60, 520)

    assert "\n" not in read_pdf(pdf(tmp_path / "bracket.pdf", [draw])).text
