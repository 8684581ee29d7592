"""Words of a text layer: cells that touch a ruling line, letter-spaced numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from form_files import PAGE, raw_pdf, stream
from pdf_files import HEIGHT, PROSE, SENTENCES, Page, pdf, wrapped
from reportlab.pdfbase.pdfmetrics import stringWidth

from extraction.pdf.characters import _readable
from extraction.pdf.pdf import read_pdf


@pytest.mark.parametrize(("padding", "expected"), [(0.6, "1337 01-Jul-04 9.250,00"), (0.0, "133701-Jul-049.250,00")])
def test_cells_on_either_side_of_a_ruling_are_words_of_their_own(tmp_path: Path, padding: float, expected: str) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 8)
        at = 100.0
        for cell in ("1337", "01-Jul-04", "9.250,00"):
            page.canvas.drawString(at + padding, HEIGHT - 100, cell)
            at += stringWidth(cell, "Helvetica", 8) + 2 * padding
            if padding:
                page.canvas.line(at, HEIGHT - 300, at, HEIGHT - 60)
        page.lines(PROSE, 50, 400, 480)

    assert expected in " ".join(read_pdf(pdf(tmp_path / "cells.pdf", [draw])).text.split())


def test_a_line_through_a_word_divides_nothing(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines("Exportaciones 45.012 importaciones", 50, 100, 480, 12)
        for x in range(60, 260, 7):
            page.canvas.line(x, HEIGHT - 130, x, HEIGHT - 90)

    assert read_pdf(pdf(tmp_path / "chart.pdf", [draw])).text == "Exportaciones 45.012 importaciones"


@pytest.mark.parametrize("form", [False, True])
def test_words_below_black_boxes_are_not_read(tmp_path: Path, form: bool) -> None:
    def draw(page: Page) -> None:
        canvas = page.canvas
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, HEIGHT - 100, "El testigo Quispe declaró el martes.")
        canvas.drawString(50, HEIGHT - 200, "Negro sobre negro.")
        canvas.setFillGray(0)
        if form:
            canvas.beginForm("boxes")
        for x, y, width in (
            (50 + stringWidth("El testigo ", "Helvetica", 10), HEIGHT - 103, 35),
            (40, HEIGHT - 403, 300),
        ):
            canvas.rect(x, y, width, 14, stroke=0, fill=1)
        if form:
            canvas.endForm()
            canvas.doForm("boxes")
        canvas.setFillGray(1)
        canvas.drawString(50, HEIGHT - 400, "Blanco sobre negro se lee.")
        page.canvas.setFillGray(0)
        page.lines(PROSE, 50, 500, 480)

    found = read_pdf(pdf(tmp_path / "boxes.pdf", [draw]))
    assert "El testigo declaró el martes." in found.text
    assert "Blanco sobre negro se lee." in found.text
    assert "Negro sobre negro." in found.text
    assert found.warnings == ("hidden_text",)


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [(1.0, "El testigo declaró."), (0.97, "El testigo Quispe declaró."), (0.4, "El testigo Quispe declaró.")],
)
def test_words_below_transparent_boxes_are_read(tmp_path: Path, alpha: float, expected: str) -> None:
    def draw(page: Page) -> None:
        canvas = page.canvas
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, HEIGHT - 100, "El testigo Quispe declaró.")
        canvas.saveState()
        canvas.setFillAlpha(alpha)
        canvas.rect(50 + stringWidth("El testigo ", "Helvetica", 10), HEIGHT - 103, 35, 14, stroke=0, fill=1)
        canvas.restoreState()
        page.lines(PROSE, 50, 300, 480)

    found = read_pdf(pdf(tmp_path / "boxes.pdf", [draw]))
    assert expected in found.text
    assert found.warnings == (() if "Quispe" in expected else ("hidden_text",))


def test_letter_spaced_numbers_are_joined_and_words_are_not(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        at = 50.0
        page.canvas.setFont("Helvetica", 10)
        for character in "108.273,11":
            text = page.canvas.beginText(at, HEIGHT - 100)
            text.setCharSpace(-2.9)  # the space after each character takes no room
            text.textOut(f"{character} ")
            text.setCharSpace(0)
            text.textOut("")
            page.canvas.drawText(text)
            at += stringWidth(character, "Helvetica", 10)
        page.lines("a o e y 1 0 8 . of a sum", 50, 120, 480)

    text = read_pdf(pdf(tmp_path / "spaced.pdf", [draw])).text
    assert "108.273,11" in text
    assert "a o e y 1 0 8 . of a sum" in text


def test_narrow_gutters_part_columns_of_prose(tmp_path: Path) -> None:
    left, right = " ".join(SENTENCES[:3] * 2), " ".join(SENTENCES[3:] * 2)

    def draw(page: Page) -> None:
        for x, text in ((50, left), (256, right)):
            top = 60.0
            for line in wrapped(text, 200, 10, "Helvetica"):
                words = line.split()
                gap = (201 - stringWidth("".join(words), "Helvetica", 10)) / max(1, len(words) - 1)
                page.canvas.setFont("Helvetica", 10)
                at = float(x)
                for word in words:
                    page.canvas.drawString(at, HEIGHT - top - 10, word)
                    at += stringWidth(word, "Helvetica", 10) + (gap if gap < 9 else 3)
                top += 12

    assert read_pdf(pdf(tmp_path / "narrow.pdf", [draw])).text.split() == f"{left} {right}".split()


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("B¨orsch", "Börsch"),
        ("Jos´e Mart´ınez", "José Martínez"),
        ("¨Osterreich", "Österreich"),
        ("S˜ao Fran¸cois", "São François"),
        ("l´article d´autre qu´il", "l´article d´autre qu´il"),
        ("¨ 5´ a´", "¨ 5´ a´"),
    ],
)
def test_accents_printed_before_their_letters_are_composed(printed: str, read: str) -> None:
    assert _readable(printed.split()) == read.split()


def test_a_bullet_of_a_tall_font_joins_no_lines(tmp_path: Path) -> None:
    """The font states an ascent and descent of more than a line, as fonts of symbols do."""
    lines = ["uno dos tres cuatro cinco seis", "siete ocho nueve diez once doce", "trece catorce quince y dieciocho"]
    content = ""
    for number, line in enumerate(lines):
        y = 700 - 14 * number
        content += f"BT /S 10 Tf 65 {y} Td (\\267) Tj ET BT /F 10 Tf 80 {y} Td ({line}) Tj ET\n"
    for x, y, cell in ((260, 700, "Otra"), (65, 646, "A"), (260, 646, "B"), (65, 626, "C"), (260, 626, "D")):
        content += f"BT /F 10 Tf {x} {y} Td ({cell}) Tj ET\n"
    content += "".join(f"60 {y} m 400 {y} l S\n" for y in (712, 660, 640, 620))
    content += "".join(f"{x} 620 m {x} 712 l S\n" for x in (60, 250, 400))
    sides = "/Ascent 2200 /Descent -1200 /FontBBox [0 -1200 500 2200]"
    objects = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE.replace("/F 5 0 R", "/F 5 0 R /S 6 0 R") + " >>",
        4: stream(content),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: "<< /Type /Font /Subtype /TrueType /BaseFont /B /FirstChar 183 /LastChar 183 /Widths [460] "
        "/FontDescriptor 7 0 R >>",
        7: f"<< /Type /FontDescriptor /FontName /B /Flags 4 {sides} /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
    }
    text = read_pdf(raw_pdf(tmp_path / "bullets.pdf", objects)).text
    assert text == " ".join(f"· {line}" for line in lines) + "\tOtra\nA\tB\nC\tD"
