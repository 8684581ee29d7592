"""Short lines of letters in PDF: each line of a letterhead, an address or a signature is a paragraph of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, WIDTH, Page, pdf
from reportlab.pdfbase.pdfmetrics import stringWidth

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


def drawn(
    folder: Path, lines: list[str], *, pitch: float = 12, centred: bool = False, measure: float = WIDTH - 120
) -> list[str]:
    """Return the paragraphs of a page with ``lines`` above running text of a width."""

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number, line in enumerate(lines):
            level = HEIGHT - 60 - pitch * number
            if centred:
                page.canvas.drawCentredString(WIDTH / 2, level, line)
            else:
                page.canvas.drawString(60, level, line)
        page.lines(PROSE, 60, 90 + pitch * len(lines), measure)

    return read_pdf(pdf(folder / "lines.pdf", [draw])).text.split("\n\n")


@pytest.mark.parametrize("lines", LETTERHEADS[:4])
def test_lines_in_the_middle_are_paragraphs(tmp_path: Path, lines: list[str]) -> None:
    assert drawn(tmp_path, lines, centred=True) == [*lines, PROSE]


@pytest.mark.parametrize(
    "day",
    [
        "Buenos Aires, 3 de marzo de 2026",
        "Jacmel, le 2 juin 2026",
        "Georgetown, 8 January 2026",
        "Luanda, 12 de Maio de 2026",
    ],
)
def test_place_and_day_below_a_full_line_are_a_paragraph(tmp_path: Path, day: str) -> None:
    court = "Juzgado Nacional de Primera Instancia en lo Criminal y Correccional Federal número nueve, secretaría 17,"
    assert drawn(tmp_path, ["Poder Judicial", court, day, "Oficio 7"]) == [
        "Poder Judicial",
        court,
        day,
        "Oficio 7",
        PROSE,
    ]


def test_lines_between_blank_lines_are_no_double_spacing(tmp_path: Path) -> None:
    subject = "Request for mutual legal assistance in a criminal matter concerning the theft of goods in the port,"
    lines = ["To the competent authorities", "Our ref: 12/2026", subject, "The Director of Prosecutions requests"]
    assert drawn(tmp_path, lines, pitch=24) == [*lines, PROSE]


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("A conta mostrará se o dinheiro chegou ao ex-secretário em causa; os papéis e", "o depoimento dirão"),
        ("Se investigan los pagos que se hicieron por la obra, entre ellos uno por pesos", "1.740.000 al socio"),
        ("[X] Otro motivo: el juicio contra los acusados ha de empezar el próximo 18 de", "2026 en Lima"),
    ],
)
def test_a_full_line_goes_on_before_what_looks_like_an_item(tmp_path: Path, line: str, following: str) -> None:
    measure = stringWidth(line, "Helvetica", 10) + 4
    assert drawn(tmp_path, [line, following], measure=measure)[0] == f"{line} {following}"


def test_a_number_broken_in_a_cell_is_whole(tmp_path: Path) -> None:
    rows = [["Banco", "Cuenta"], ["Andino", "191-2244871-0-|05"], ["Rímac", "004.118.|773"]]

    def draw(page: Page) -> None:
        for level in range(4):
            page.canvas.line(60, HEIGHT - 60 - 40 * level, 300, HEIGHT - 60 - 40 * level)
        for side in (60, 180, 300):
            page.canvas.line(side, HEIGHT - 60, side, HEIGHT - 180)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.lines(cell.replace("|", "\n"), 65 + 120 * column, 65 + 40 * number, 100)

    found = read_pdf(pdf(tmp_path / "cells.pdf", [draw]))
    assert found.text == "Banco\tCuenta\nAndino\t191-2244871-0-05\nRímac\t004.118.773"
    place = found.text.index("191")
    boxes = list(found.words.boxes(place, place + 16))
    assert [round(boxes[1].box.top - boxes[0].box.top)] == [12]


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
