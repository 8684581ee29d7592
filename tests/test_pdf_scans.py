"""Pages that show more than their text layer says: outlines, pictures, scans with a stamp, stains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pdf_files import HEIGHT, PROSE, SENTENCES, WIDTH, Page, needs_tesseract, pdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from extraction.document import TextOrigin
from extraction.image import read_image_file
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
    path = tmp_path / "photo.png"
    Image.new("L", (600, 800), 255).save(path)
    document = read_image_file(path)
    assert document.warnings == ("page_without_text", "no_text")
    assert document.pages[0].confidence == 0.0
