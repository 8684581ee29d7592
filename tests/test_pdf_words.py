"""Words of a text layer: cells that touch a ruling line, letter-spaced words, raised ordinals, returns to the left."""

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


def _letters(page: Page, words: str, x: float, gap: float) -> None:
    """Draw the letters of ``words``, each line with spaces between letters and three between words."""
    text = page.canvas.beginText(x, HEIGHT - 100)
    text.setFont("Helvetica", 10)
    text.setCharSpace(gap)
    text.textOut("   ".join(" ".join(word) for word in words.split()))
    page.canvas.drawText(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SERENA", "SERENA"),
        ("LA SERENA", "LA SERENA"),
        ("SEÑOR JUEZ", "SEÑOR JUEZ"),
        ("ABCDEF", "A B C D E F"),
        ("BCDBCC", "B C D B C C"),
        ("V3F4A5", "V 3 F 4 A 5"),
    ],
)
def test_a_line_of_letters_with_spaces_between_them_is_words(tmp_path: Path, line: str, expected: str) -> None:
    def draw(page: Page) -> None:
        _letters(page, line, 60, 0.0)
        page.lines(PROSE, 60, 140, 470)

    text = read_pdf(pdf(tmp_path / "letters.pdf", [draw])).text
    assert text.startswith(f"{expected}\n\n"), text[:60]


def test_letters_far_apart_are_no_word(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        _letters(page, "SERENA", 60, 8.0)
        page.lines(PROSE, 60, 140, 470)

    assert "SERENA" not in read_pdf(pdf(tmp_path / "apart.pdf", [draw])).text


@pytest.mark.parametrize("upright", [True, False])
def test_numbers_drawn_from_right_to_left_are_words_of_their_own(tmp_path: Path, upright: bool) -> None:
    numbers = ["143.600.816,76", "62.836.229,55", "-2.103.293,48"]

    def draw(page: Page) -> None:
        if not upright:
            page.canvas.translate(595, 0)
            page.canvas.rotate(90)
        y = 742 if upright else 495
        for x, number in reversed(list(zip((150, 260, 370), numbers, strict=True))):
            page.canvas.setFont("Helvetica", 9)
            page.canvas.drawString(x, y, number)
        page.canvas.drawString(60, y, "Total")

    words = read_pdf(pdf(tmp_path / "row.pdf", [draw])).text.split()
    assert sorted(words) == sorted(["Total", *numbers])
    assert words[-3:] == numbers or not upright


def test_a_small_raised_o_is_the_sign_of_an_ordinal(tmp_path: Path) -> None:
    def raised(page: Page, x: float, top: float, *parts: tuple[str, bool]) -> None:
        for part, is_sign in parts:
            size = 7 if is_sign else 10
            page.canvas.setFont("Helvetica", size)
            page.canvas.drawString(x, HEIGHT - top + 3.6 * is_sign, part)
            x += stringWidth(part, "Helvetica", size)

    def draw(page: Page) -> None:
        raised(page, 60, 100, ("CPF sob o n", False), ("o", True), (" 053.214 e no art. 1", False), ("o", True))
        raised(page, 60, 120, ("§2", False), ("o", True), (" O prazo no 3 de maio e 2o de abril", False))
        page.lines(PROSE, 60, 140, 470)

    text = " ".join(read_pdf(pdf(tmp_path / "ordinals.pdf", [draw])).text.split())
    assert "CPF sob o nº 053.214 e no art. 1º" in text
    assert "§2º O prazo no 3 de maio e 2o de abril" in text


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


def test_punctuation_touches_the_raised_mark_before_it(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        x = 60.0
        for part, size, rise in (("comarcas", 12, 0), ("1", 6, 5), (", cabe", 12, 0)):
            page.canvas.setFont("Helvetica", size)
            page.canvas.drawString(x, HEIGHT - 100 + rise, part)
            x += stringWidth(part, "Helvetica", size)
        page.lines(PROSE, 60, 140, 470)

    text = " ".join(read_pdf(pdf(tmp_path / "marks.pdf", [draw])).text.split())
    assert text.startswith("comarcas1, cabe La autoridad")
