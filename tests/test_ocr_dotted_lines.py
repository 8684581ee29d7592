"""Dotted lines and grey boxes in the image of a page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pdf_files import HEIGHT, SENTENCES, Page, needs_tesseract, pdf
from PIL import Image

from extraction.layout.dark_areas import without_dark_areas
from extraction.layout.dotted_lines import without_dotted_lines
from extraction.layout.ocr import read_image
from extraction.pdf.images import render_page

LABELS = ("Nombre y apellidos", "Lugar de nacimiento", "Domicilio en el extranjero")


def image(folder: Path, *draws: object) -> Image.Image:
    """Return the picture of a page at 300 dots per inch."""

    def page(page: Page) -> None:
        for draw in draws:
            draw(page)  # type: ignore[operator]

    return render_page(pdf(folder / "page.pdf", [page]), 1, scale=300 / 72).convert("L")


def words(page: Page) -> None:
    page.lines(" ".join(SENTENCES), 60, 400, 480, 11)


def dots(page: Page) -> None:
    for row in range(8):
        page.canvas.setLineWidth(1.2)
        page.canvas.setDash(1.2, 2.2)
        page.canvas.line(60, HEIGHT - 120 - 24 * row, 530, HEIGHT - 120 - 24 * row)


def ink(picture: Image.Image) -> int:
    return int((np.asarray(picture) < 128).sum())


@pytest.mark.parametrize("leader", ["." * 70, ". " * 50, "…" * 30])
def test_leaders_are_erased_and_labels_are_not(tmp_path: Path, leader: str) -> None:
    bare = image(tmp_path, lambda page: page.lines("\n".join(LABELS), 60, 100, 480, 11))
    lines = image(
        tmp_path, lambda page: page.lines("\n".join(f"{label} {leader}" for label in LABELS), 60, 100, 480, 11)
    )
    assert ink(lines) > 1.1 * ink(bare)
    assert abs(ink(without_dotted_lines(lines)) - ink(bare)) < 0.02 * ink(bare)


def test_text_has_no_dotted_lines(tmp_path: Path) -> None:
    for font in ("Helvetica", "Times-Roman", "Courier"):
        for size in (6, 9, 12):
            picture = image(
                tmp_path, lambda page, s=size, f=font: page.lines(" ".join(SENTENCES) * 3, 60, 60, 480, s, f)
            )
            assert without_dotted_lines(picture) is picture


@needs_tesseract
def test_a_form_of_dotted_lines_is_read(tmp_path: Path) -> None:
    picture = image(tmp_path, dots, words)
    read = " ".join(word.text for word in read_image(picture, 595).words)
    assert read == " ".join(SENTENCES)


def boxed(ground: float, text: float) -> object:
    def draw(page: Page) -> None:
        page.canvas.setFillGray(ground)
        page.canvas.rect(50, HEIGHT - 140, 400, 60, stroke=0, fill=1)
        page.canvas.setFillGray(text)
        page.lines("Información personal", 70, 95, 400, 24)

    return draw


@pytest.mark.parametrize(("ground", "text", "inverted"), [(0.55, 1, True), (0.55, 0, False), (0.15, 1, True)])
def test_light_text_on_a_grey_box_is_made_dark(tmp_path: Path, ground: float, text: float, inverted: bool) -> None:
    picture = image(tmp_path, boxed(ground, text))
    cleared = without_dark_areas(picture)
    assert (cleared is not picture) is inverted
    assert int(np.asarray(cleared)[400:520, 300:1200].min()) < 40
