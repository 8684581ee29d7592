"""Text layers without codes for some glyphs, as programs write them that print web pages: ligatures and signs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pdf_files import PROSE, Page, needs_tesseract, pdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import extraction.layout.ocr
from extraction.pdf.pdf import read_pdf

LIGATURE = "\ufb01"
SENTENCE = "The of\ufb01cer con\ufb01rmed the \ufb01nal bene\ufb01ciaries; con\ufb01rmed."
MAPPED, UNMAPPED = b"<01> <FB01>", b"<01> <0000>"  # in the table of codes of the font, of equal length


def without_codes(path: Path, text: str) -> Path:
    """Write a page of prose with ``text``, whose ligatures have no code."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(page: Page) -> None:
        page.lines(text, 72, 72, 450, 12, "Vera")
        page.lines(f"{PROSE} {PROSE}", 72, 110, 450, 12, "Vera")

    data = pdf(path, [draw], pageCompression=0).read_bytes()
    assert data.count(MAPPED) == 1
    path.write_bytes(data.replace(MAPPED, UNMAPPED))
    return path


@needs_tesseract
def test_ligatures_without_codes_are_read_from_the_image(tmp_path: Path) -> None:
    found = read_pdf(without_codes(tmp_path / "a.pdf", SENTENCE))
    assert SENTENCE.replace(LIGATURE, "fi") in found.text
    assert found.warnings == ()
    assert found.pages[0].origin == "text_layer"


def test_characters_that_stay_unknown_are_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extraction.layout.ocr.languages.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("tesseract") is None
    found = read_pdf(without_codes(tmp_path / "a.pdf", SENTENCE))
    extraction.layout.ocr.languages.cache_clear()
    assert "of\ufffdcer con\ufffdrmed" in found.text
    assert found.warnings == ("ocr_missing", "invalid_bytes")


@needs_tesseract
def test_a_sign_without_a_code_is_not_guessed(tmp_path: Path) -> None:
    found = read_pdf(without_codes(tmp_path / "a.pdf", f"{LIGATURE} Declares that 4{LIGATURE}0 were paid."))
    assert "\ufffd Declares that 4\ufffd0 were paid." in found.text
    assert found.warnings == ("invalid_bytes",)
