"""Pages with more than their text layer: outlines, pictures, scans with a stamp, stains."""

from __future__ import annotations

import os
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from pdf_files import HEIGHT, PROSE, SENTENCES, WIDTH, Page, needs_tesseract, pdf, wrapped
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from extraction import image as image_file
from extraction.document import Box, TextOrigin
from extraction.errors import RogatioError
from extraction.image import read_image_file
from extraction.layout.ocr import OcrPage, OcrWord, read_image, time_limit
from extraction.layout.ocr_image import is_blank
from extraction.layout.ocr_words import ocr_words
from extraction.pdf import pages
from extraction.pdf.images import render_page
from extraction.pdf.pdf import read_pdf


def letter(folder: Path, text: str = PROSE, size: float = 12) -> Image.Image:
    """Return the image of a page of ``text``, three pixels a point."""
    source = pdf(folder / "source.pdf", [lambda page: page.lines(text, 50, 60, 480, size)])
    return render_page(source, 1, scale=3).convert("L")


def draw_outlines(canvas: Canvas, image: Image.Image) -> None:
    """Draw the dark pixels of ``image`` as one path for each forty rows of pixels, without any character."""
    dark = np.asarray(image) < 128
    for top in range(0, image.height, 40):
        path = canvas.beginPath()
        rows, columns = np.nonzero(np.diff(dark[top : top + 40].astype(np.int8), axis=1, prepend=0, append=0))
        for row, start, end in zip(rows[::2], columns[::2], columns[1::2], strict=True):
            path.rect(start / 3, HEIGHT - (top + row + 1) / 3, (end - start) / 3, 1 / 3)
        if len(rows):
            canvas.drawPath(path, stroke=0, fill=1)


@needs_tesseract
def test_text_drawn_as_a_few_outlines_is_read(tmp_path: Path) -> None:
    image = letter(tmp_path, " ".join(SENTENCES[:2]))
    document = read_pdf(pdf(tmp_path / "outlines.pdf", [lambda page: draw_outlines(page.canvas, image)]))
    assert document.text.split() == " ".join(SENTENCES[:2]).split()
    assert document.pages[0].origin is TextOrigin.OCR


@needs_tesseract
def test_a_scan_with_a_stamp_as_text_is_read_whole(tmp_path: Path) -> None:
    image = letter(tmp_path)
    stamp = "Documento firmado electrónicamente. Código seguro de verificación 08001-7F3A-99C2, folio 12. " * 3

    def draw(page: Page) -> None:
        page.canvas.drawInlineImage(image, 0, 0, WIDTH, HEIGHT)
        page.lines(stamp.strip(), 50, 700, 480, 8)

    text = " ".join(read_pdf(pdf(tmp_path / "stamped.pdf", [draw])).text.split())
    assert SENTENCES[2] in text
    assert "08001-7F3A-99C2" in text
    assert text.count("Documento firmado") == 3


@needs_tesseract
def test_an_inked_page_that_gives_no_word_says_so(tmp_path: Path) -> None:
    def stain(page: Page) -> None:
        page.canvas.ellipse(200, 300, 320, 380, fill=1)

    def nothing(page: Page) -> None:
        page.canvas.rect(50, 50, 0.4, 0.4, fill=1)

    path = pdf(tmp_path / "stain.pdf", [lambda page: page.lines(PROSE, 50, 60, 480), stain, nothing])
    document = read_pdf(path)
    assert document.warnings == ("page_without_text",)
    assert [(page.origin, page.confidence) for page in document.pages] == [
        (TextOrigin.TEXT_LAYER, 1.0),
        (TextOrigin.OCR, 0.0),
        (TextOrigin.NONE, 0.0),
    ]


@needs_tesseract
def test_an_image_without_words_says_so(tmp_path: Path) -> None:
    path, noise = tmp_path / "photo.png", np.random.default_rng(3).integers(0, 200, (8, 6))
    Image.fromarray(noise.astype(np.uint8)).resize((600, 800)).save(path)
    document = read_image_file(path)
    assert document.warnings == ("page_without_text", "no_text")
    assert document.pages[0].confidence == 0.0


def blank_sheet() -> Image.Image:
    """Return the scan of an empty sheet with the grain of its paper, specks, and a shadow at its edge."""
    noise = np.random.default_rng(5)
    grey = np.clip(noise.normal(235, 6, (1650, 1270)), 0, 255)
    grey[:, :20] = 60
    for row, column in noise.integers(100, 1100, (30, 2)):
        grey[row : row + 2, column : column + 2] = 90
    return Image.fromarray(grey.astype(np.uint8))


@needs_tesseract
def test_a_blank_sheet_is_said_to_be_blank(tmp_path: Path) -> None:
    blank, written = blank_sheet(), letter(tmp_path, SENTENCES[0])
    blank.save(tmp_path / "blank.png")
    assert read_image_file(tmp_path / "blank.png").warnings == ("blank_page", "no_text")
    written.save(tmp_path / "two.pdf", save_all=True, append_images=[blank], resolution=150)
    assert read_pdf(tmp_path / "two.pdf").warnings == ("blank_page",)


@pytest.mark.parametrize(("drawn", "blank"), [("", True), ("Página 2", False), ("en blanco", False)])
def test_a_page_with_few_words_is_not_blank(tmp_path: Path, drawn: str, blank: bool) -> None:
    assert is_blank(letter(tmp_path, drawn, 10)) is blank


def share_in_order(found: str, expected: str) -> float:
    matcher = SequenceMatcher(None, found.split(), expected.split(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(expected.split())


@needs_tesseract
def test_a_dithered_scan_is_read(tmp_path: Path) -> None:
    grey = letter(tmp_path, size=13).point(lambda value: 110 + value * 80 // 255)  # dark grey on light grey
    grey.convert("1").convert("L").save(tmp_path / "dithered.pdf", resolution=216)
    document = read_pdf(tmp_path / "dithered.pdf")
    assert share_in_order(document.text, PROSE) >= 0.88


@needs_tesseract
def test_a_ruling_between_columns_of_a_scan_is_no_character(tmp_path: Path) -> None:
    left, right = " ".join(SENTENCES[:3]), " ".join(SENTENCES[3:])

    def draw(page: Page) -> None:
        page.lines(left, 60, 60, 232, 12)
        page.lines(right, 304, 60, 232, 12)
        page.canvas.line(298, HEIGHT - 50, 298, HEIGHT - 300)

    image = render_page(pdf(tmp_path / "ruled.pdf", [draw]), 1, scale=3).convert("L")
    image.save(tmp_path / "scan.pdf", resolution=216)
    document = read_pdf(tmp_path / "scan.pdf")
    assert share_in_order(document.text, f"{left} {right}") >= 0.95
    assert "|" not in document.text


def figures(text: str) -> list[str]:
    """Return the words with a digit."""
    return [word for word in text.split() if any(map(str.isdigit, word))]


ACCOUNTS = "La cuenta 4417-9020-35 tenía 11.250,10 euros el 14 de julio de 2015 y 117.400,15 el 11 de agosto. "


@needs_tesseract
@pytest.mark.parametrize(
    ("errors", "origin"),
    [
        ({}, TextOrigin.TEXT_LAYER),
        ({"ó": "é", "ra": "m", "ci": "d"}, TextOrigin.OCR),
        ({"11": "1l", "50,": "50"}, TextOrigin.OCR),  # in the amounts alone
    ],
)
def test_a_poor_invisible_text_layer_is_replaced(tmp_path: Path, errors: dict[str, str], origin: TextOrigin) -> None:
    text = 2 * ACCOUNTS + PROSE
    image, layer = letter(tmp_path, text), text
    for right, wrong in errors.items():
        layer = layer.replace(right, wrong)

    def draw(page: Page) -> None:
        page.canvas.drawInlineImage(image, 0, 0, WIDTH, HEIGHT)
        lines = page.canvas.beginText(50, HEIGHT - 72)
        lines.setTextRenderMode(3)
        lines.setFont("Helvetica", 12)
        for line in wrapped(layer, 480, 12, "Helvetica"):
            lines.textLine(line)
        page.canvas.drawText(lines)

    document = read_pdf(pdf(tmp_path / "scan.pdf", [draw]))
    assert share_in_order(document.text, text) >= 0.95
    assert figures(document.text) == figures(text)
    assert document.pages[0].origin is origin


@needs_tesseract
def test_a_poor_text_layer_in_a_form_is_replaced(tmp_path: Path) -> None:
    """Programs that add a layer to a scan put it into a form of its own."""
    text = 2 * ACCOUNTS + PROSE
    image = letter(tmp_path, text)

    def draw(page: Page) -> None:
        page.canvas.beginForm("layer")
        lines = page.canvas.beginText(50, HEIGHT - 72)
        lines.setTextRenderMode(3)
        lines.setFont("Helvetica", 12)
        for line in wrapped(text.replace("ó", "6"), 480, 12, "Helvetica"):
            lines.textLine(line)
        page.canvas.drawText(lines)
        page.canvas.endForm()
        page.canvas.drawInlineImage(image, 0, 0, WIDTH, HEIGHT)
        page.canvas.doForm("layer")

    document = read_pdf(pdf(tmp_path / "scan.pdf", [draw]))
    assert share_in_order(document.text, text) >= 0.95
    assert document.pages[0].origin is TextOrigin.OCR


@needs_tesseract
def test_an_ocr_time_limit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that takes too long is never an empty page without a warning; the other pages are read."""
    read_pages: list[int] = []

    def too_slow_at_first(image: Image.Image, width: float, language: str = "") -> OcrPage:
        read_pages.append(1)
        if len(read_pages) == 1:
            raise RogatioError("extraction.ocr_time_limit", seconds=240)
        return read_image(image, width, language)

    monkeypatch.setattr(pages, "read_image", too_slow_at_first)
    monkeypatch.setattr(image_file, "read_image", too_slow_at_first)
    frames = [letter(tmp_path, SENTENCES[0]), letter(tmp_path, SENTENCES[3])]
    path = tmp_path / "scan.pdf"
    frames[0].save(path, save_all=True, append_images=frames[1:], resolution=150)
    document = read_pdf(path)
    assert document.warnings == ("ocr_time_limit", "page_without_text")
    assert [page.confidence > 0 for page in document.pages] == [False, True]
    read_pages.clear()
    first, second = (frame.copy() for frame in frames)
    first.save(tmp_path / "scan.tif", save_all=True, append_images=[second], dpi=(150, 150))
    assert read_image_file(tmp_path / "scan.tif").warnings == ("page_without_text", "ocr_time_limit")
    read_pages.clear()
    frames[0].copy().save(tmp_path / "scan.png", dpi=(150, 150))
    with pytest.raises(RogatioError) as caught:
        read_image_file(tmp_path / "scan.png")
    assert caught.value.code == "extraction.ocr_time_limit"


@pytest.mark.parametrize(("waiting", "seconds"), [(0.1, 240), (1.0, 240), (3.0, 720), (90.0, 1800)])
def test_the_time_limit_grows_with_the_load(monkeypatch: pytest.MonkeyPatch, waiting: float, seconds: int) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (2 * waiting, 0.0, 0.0))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    assert time_limit() == seconds


@pytest.mark.parametrize(("recognised", "text"), [("N*30-60388612-3", "Nº30-60388612-3"), ("N”570/80", "Nº570/80")])
def test_the_sign_of_a_number_is_restored(recognised: str, text: str) -> None:
    box = Box(10, 10, 90, 20)
    page = OcrPage((OcrWord(recognised, box, box, 0.9, 1, 1, 1),), 100, 100, 0, 0.0, 0.9, "es")
    assert ocr_words(page, 1, 100, 100, 0).text == text


@pytest.mark.parametrize(
    ("language", "line", "read"),
    [
        ("en", "numbers | do let", "numbers I do let"),
        ("en", "Total | Sum", "Total | Sum"),
        ("es", "total | suma", "total | suma"),
    ],
)
def test_the_english_pronoun_is_no_bar(language: str, line: str, read: str) -> None:
    box = Box(10, 10, 90, 20)
    words = tuple(OcrWord(text, box, box, 0.9, 1, 1, 1) for text in line.split())
    assert ocr_words(OcrPage(words, 100, 100, 0, 0.0, 0.9, language), 1, 100, 100, 0).text == read


@pytest.mark.parametrize(("width", "dash"), [(6, "–"), (11, "—")])
def test_dashes_are_as_long_as_they_are_printed(width: int, dash: str) -> None:
    """Tesseract reads each of them as the long one."""
    boxes = (("Bureau", Box(0, 0, 40, 10)), ("—", Box(44, 4, 44 + width, 6)), ("Mairie", Box(60, 0, 95, 10)))
    words = tuple(OcrWord(text, box, box, 0.9, 1, 1, 1) for text, box in boxes)
    page = OcrPage(words, 100, 100, 0, 0.0, 0.9, "fr")
    assert ocr_words(page, 1, 100, 100, 0).text == f"Bureau {dash} Mairie"
