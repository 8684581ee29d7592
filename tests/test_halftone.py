"""Halftone screens of scans: text on a shaded box is read, and pages without dots stay as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pdf_files import SENTENCES, needs_tesseract, pdf
from PIL import Image, ImageFilter

from extraction.layout.halftone import without_halftone
from extraction.layout.ocr import read_image
from extraction.pdf.images import OCR_SCALE, render_page

TOP, BOTTOM, LEFT, RIGHT = 300, 760, 150, 2300  # pixels of the box


def page(folder: Path) -> Image.Image:
    """Return the upper part of a page at 300 dots per inch, with four lines of text in the box and one below it."""
    lines = "\n".join(SENTENCES[:2]) + "\n" + "\n".join(SENTENCES[2:4])
    source = pdf(
        folder / "a.pdf", [lambda sheet: (sheet.lines(lines, 50, 90, 480, 11), sheet.lines("Fin.", 50, 220, 90))]
    )
    return render_page(source, 1, scale=OCR_SCALE).convert("L").crop((0, 0, 2480, 1100))


def screened(image: Image.Image, pitch: float, share: float, blur: float = 0.0) -> Image.Image:
    """Return ``image`` with dots ``pitch`` pixels apart, at 45 degrees, that cover a ``share`` of the box."""
    grey = np.asarray(image).copy()
    grey[TOP:BOTTOM, LEFT:RIGHT][_dots(BOTTOM - TOP, RIGHT - LEFT, pitch, share)] = 0
    return Image.fromarray(grey).filter(ImageFilter.GaussianBlur(blur)) if blur else Image.fromarray(grey)


def _dots(height: int, width: int, pitch: float, share: float) -> NDArray[np.bool_]:
    y, x = np.mgrid[:height, :width] * (2 * np.pi / pitch / np.sqrt(2))
    wave = np.cos(x + y) + np.cos(x - y)
    dots: NDArray[np.bool_] = wave > np.quantile(wave, 1 - share)
    return dots


@pytest.mark.parametrize(("pitch", "share", "blur"), [(4, 0.15, 0.9), (5, 0.2, 0.0), (6, 0.3, 0.5), (7, 0.2, 0.0)])
def test_the_ground_of_a_screened_box_becomes_even(tmp_path: Path, pitch: float, share: float, blur: float) -> None:
    image = screened(page(tmp_path), pitch, share, blur)
    even = np.asarray(without_halftone(image), np.float32)
    between = even[BOTTOM - 60 : BOTTOM - 30, LEFT + 60 : RIGHT - 60]
    assert float(between.std()) < 25 < 100 < float(between.mean())
    assert np.array_equal(even[BOTTOM + 60 :], np.asarray(image, np.float32)[BOTTOM + 60 :])


def test_a_page_without_dots_stays_as_it_is(tmp_path: Path) -> None:
    image = page(tmp_path)
    assert without_halftone(image) is image
    grain = np.asarray(image) + np.random.default_rng(1).normal(0, 6, (image.height, image.width))
    grainy = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    assert without_halftone(grainy) is grainy
    assert without_halftone(Image.new("L", (20, 20))).size == (20, 20)
    dithered = screened(image, 5, 0.2).crop((LEFT, TOP, RIGHT, BOTTOM))
    assert without_halftone(dithered) is dithered


@needs_tesseract
def test_text_on_a_screen_is_read(tmp_path: Path) -> None:
    read = read_image(screened(page(tmp_path), 5, 0.2), 595).words
    assert "tribunal competente ordenó la intervención" in " ".join(word.text for word in read)
