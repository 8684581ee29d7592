"""Words of a text layer: cells that touch a ruling line, letter-spaced numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
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
