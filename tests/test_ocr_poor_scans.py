"""Scans that are read badly as they are: pale ink on an uneven ground, grey print that a fax has made of dots."""

import numpy as np
import pytest
from pdf_files import needs_tesseract
from PIL import Image

from extraction.document import Box
from extraction.layout.ocr import OcrPage, OcrWord, _surer, read_image
from extraction.layout.ocr_image import without_fading, without_noise
from extraction.layout.specks import without_specks
from tests.test_ocr import DPI, LINES, scan

DARKER = 30  # grey levels from the left to the right side


def faded(image: Image.Image) -> Image.Image:
    grey = 180 + np.asarray(image, np.float32) / 255 * 60
    return Image.fromarray((grey - np.linspace(0, DARKER, image.width)).astype(np.uint8))


def faxed(image: Image.Image) -> Image.Image:
    grey = 130 + np.asarray(image, np.float32) / 255 * 125
    return Image.fromarray(grey.astype(np.uint8)).convert("1").convert("L")


def speckled(image: Image.Image) -> Image.Image:
    """Return the image in black and white with specks of one or two pixels on a side, one in 600 pixels."""
    chance = np.random.default_rng(5)
    ink = np.where(np.asarray(image) < 128, 0, 255).astype(np.uint8)
    for _ in range(ink.size // 600):
        size = chance.integers(1, 3)
        y, x = chance.integers(0, ink.shape[0] - size), chance.integers(0, ink.shape[1] - size)
        ink[y : y + size, x : x + size] = 0
    return Image.fromarray(ink)


def read(image: Image.Image) -> float:
    """Return the share of the words of the page that are read."""
    page = read_image(image, image.width * 72 / DPI)
    words = [word.text.replace("’", "'") for word in page.words]
    expected = [word for line in LINES.values() for word in line.replace("’", "'").split()]
    return sum(word in words for word in expected) / len(expected)


def test_pale_ink_becomes_black_on_white_paper() -> None:
    clear = np.asarray(without_fading(faded(scan())))
    assert clear.min() == 0
    assert np.median(clear[:, :200]) == np.median(clear[:, -200:]) == 255


@pytest.mark.parametrize("level", [0, 120, 240])
def test_a_page_without_ink_and_one_with_dark_ink_remain(level: int) -> None:
    image = scan()
    assert without_fading(image) is image
    blank = Image.new("L", (801, 1203), level)
    assert without_fading(blank) is blank


def test_noise_is_blurred_in_proportion_to_the_resolution() -> None:
    large = np.asarray(without_noise(scan())).astype(int)
    small = np.asarray(without_noise(scan().reduce(4))).astype(int)
    assert np.abs(np.asarray(scan()).astype(int) - large).max() > 60
    assert np.abs(np.asarray(scan().reduce(4)).astype(int) - small).max() < 40


def test_specks_away_from_writing_are_erased_and_dots_of_letters_remain() -> None:
    clean, page = scan(), speckled(scan())
    ink, before, after = (np.asarray(image) < 128 for image in (clean, page, without_specks(page)))
    assert (after & ~ink).sum() < 0.4 * (before & ~ink).sum()
    assert (after & ink).sum() >= 0.995 * ink.sum()
    assert without_specks(clean) is clean


def test_a_reading_with_many_letters_is_surer_than_one_with_many_specks_read_as_words() -> None:
    letters = _reading(("Tribunal", 0.9), ("supremo", 0.9))
    specks = _reading(("Tribunal", 0.7), *(("'", 0.6), (".", 0.6), ("-", 0.6)))
    assert _surer(specks, letters) is letters
    assert _surer(letters, specks) is letters


def _reading(*words: tuple[str, float]) -> OcrPage:
    box = Box(0, 0, 10, 10)
    read = tuple(OcrWord(text, box, box, sure, 1, 1, 1) for text, sure in words)
    return OcrPage(read, 600, 800, 0, 0.0, sum(word.confidence for word in read) / len(read), "")


@needs_tesseract
def test_a_faded_page_on_an_uneven_ground_is_read() -> None:
    assert read(faded(scan(1.2))) >= 0.9


@needs_tesseract
def test_print_made_of_dots_by_a_fax_is_read() -> None:
    assert read(faxed(scan())) >= 0.85
