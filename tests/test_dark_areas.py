"""Dark areas of page images: boxes with light text, bars, edges of scans, and heavy type, which is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pdf_files import HEIGHT, PROSE, SENTENCES, Page, needs_tesseract, pdf
from PIL import Image

from extraction.layout.dark_areas import dark_areas, without_dark_areas
from extraction.layout.ocr import read_image
from extraction.pdf.images import render_page

SCALE = 200 / 72
BOX = (60, 100, 480, 60)  # left, top, width, height in points


def scan(folder: Path, box: tuple[int, int, int, int] | None, text: str = "", grey: float = 0.1) -> Image.Image:
    """Return the image of a page with prose below a ``box`` filled with ``grey``, and white ``text`` in it."""

    def draw(page: Page) -> None:
        page.lines(PROSE, 60, 260, 480, 12)
        if box is not None:
            left, top, width, height = box
            page.canvas.setFillGray(grey)
            page.canvas.rect(left, HEIGHT - top - height, width, height, stroke=0, fill=1)
            page.canvas.setFillGray(1)
            page.lines(text, left + 12, top + 10, width - 24, 13, "Helvetica-Bold")

    return render_page(pdf(folder / "page.pdf", [draw]), 1, scale=SCALE).convert("L")


def test_sides_of_an_area_are_exact_to_the_pixel(tmp_path: Path) -> None:
    (found,) = dark_areas(np.asarray(scan(tmp_path, BOX, SENTENCES[0])))
    expected = [SCALE * side for side in (BOX[0], BOX[1], BOX[0] + BOX[2], BOX[1] + BOX[3])]
    assert np.abs(np.subtract(found, expected)).max() <= 2


def test_a_bar_and_the_dark_edge_of_a_scan_become_white(tmp_path: Path) -> None:
    image = scan(tmp_path, (60, 100, 200, 14))
    image.paste(0, (0, 0, 40, image.height))
    cleared = without_dark_areas(image)
    assert cleared.crop((0, 0, image.width, round(250 * SCALE))).getextrema() == (255, 255)
    assert cleared.crop((60, round(250 * SCALE), image.width, image.height)).getextrema()[0] < 50


def test_a_page_without_dark_areas_is_the_same_image(tmp_path: Path) -> None:
    image = scan(tmp_path, None)
    assert without_dark_areas(image) is image


@pytest.mark.parametrize("size", [16, 40, 90])
def test_heavy_type_stays(tmp_path: Path, size: int) -> None:
    def draw(page: Page) -> None:
        for row, text in enumerate(("MINISTRO", "OFICIAL", "TITULO I")):
            page.lines(text, 60, 60 + 1.2 * size * row, 2000, size, "Helvetica-Bold")

    image = render_page(pdf(tmp_path / "page.pdf", [draw]), 1, scale=SCALE).convert("L")
    assert without_dark_areas(image).tobytes() == image.tobytes()


@needs_tesseract
def test_light_text_on_a_dark_box_is_read(tmp_path: Path) -> None:
    text = "SECCIÓN SEGUNDA: DATOS DE LA CUENTA 4417-9020-35"
    words = [word.text for word in read_image(scan(tmp_path, BOX, text, 0.25), 595, "es").words]
    assert " ".join(words).startswith(text)
