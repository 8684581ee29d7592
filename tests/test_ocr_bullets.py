"""Bullets of scans, which Tesseract reads as letters and signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import PROSE, Page, needs_tesseract, scanned
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extraction.document import Box
from extraction.layout.ocr import OcrWord
from extraction.layout.ocr_bullets import with_bullets
from extraction.pdf.pdf import read_pdf

CAPITALS = Box(20, 0, 60, 10)


def word(text: str, box: Box, line: int = 1) -> OcrWord:
    return OcrWord(text, box, box, 0.9, 1, 1, line)


@pytest.mark.parametrize(
    ("text", "top", "bottom", "read"),
    [
        ("e", 3.5, 8.0, "•"),
        ("¢", 3.0, 8.2, "•"),
        ("©", 3.5, 8.0, "•"),
        ("e", 4.5, 9.0, "•"),  # low, but smaller than a letter
        ("e", 3.4, 9.0, "e"),  # as low and larger
        ("e", 3.4, 10.0, "e"),  # a letter on the line
        ("o", 3.0, 9.2, "o"),
        ("©", 0.5, 9.5, "©"),  # a sign as high as a capital
        ("*", 0.0, 4.0, "*"),  # a star is above the middle
        ("B", 3.5, 8.0, "B"),
    ],
)
def test_size_and_place_tell_bullets_from_letters(text: str, top: float, bottom: float, read: str) -> None:
    found = with_bullets([word(text, Box(5, top, 9, bottom)), word("Salle", CAPITALS)])
    assert found == [read, "Salle"]


def test_a_line_without_longer_words_shows_no_foot() -> None:
    words = [word("e", Box(5, 3.5, 9, 8)), word("o", Box(12, 3.5, 16, 8)), word("Sala", CAPITALS, line=2)]
    assert with_bullets(words) == ["e", "o", "Sala"]


@needs_tesseract
def test_bullets_of_a_scan(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    items = ("Copia del pasaporte", "Extractos bancarios y contratos", "Declaración ante el juez")

    def draw(page: Page) -> None:
        page.lines(PROSE, 72, 72, 450, 12, "Vera")
        for number, item in enumerate(items):
            page.lines(f"• {item}", 90, 240 + 20 * number, 400, 12, "Vera")

    text = read_pdf(scanned(tmp_path / "scan.pdf", [draw], tmp_path)).text
    assert [f"• {item}" in text for item in items] == [True] * 3
