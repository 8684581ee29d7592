"""The words of each page of a PDF, from its text layer where that can be trusted, else by pdfplumber or OCR."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium

from extraction.characters import clean
from extraction.document import TextOrigin
from extraction.errors import RogatioError
from extraction.layout.doubtful_text import is_doubtful, unreadable_share
from extraction.layout.ocr import read_image
from extraction.layout.ocr_words import ocr_words
from extraction.layout.page_words import PageWords, no_words
from extraction.pdf.characters import page_words
from extraction.pdf.file import PDFIUM
from extraction.pdf.images import OCR_SCALE, image_share, load_page, rendered

# pdfminer writes what it stumbles over, which is content of the document, to its log.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

LARGEST = 1_000_000  # points; the side of a page that only a damaged file has
FEW_WORDS = 25  # below, a page that is nearly all picture is read by OCR
MOST_PICTURE = 0.5
HALF_READABLE = 0.3  # share of unreadable characters below which the text layer is better than nothing


class PdfPages:
    """Reads pages one by one; ``warnings`` are codes of what was read with doubt."""

    def __init__(self, pdf: pdfium.PdfDocument, path: Path, password: str) -> None:
        self._pdf = pdf
        self._path = path
        self._password = password
        self.warnings: dict[str, None] = {}

    def __iter__(self) -> Iterator[PageWords]:
        for number in range(1, len(self._pdf) + 1):
            yield self._page(number)

    def _page(self, number: int) -> PageWords:
        try:
            words, is_picture = self._text_layer(number)
        except RogatioError:
            self.warnings["page_malformed"] = None
            return no_words(number, 0.0, 0.0, 0, TextOrigin.NONE)
        if is_picture:
            return self._by_ocr(words)
        if len(words) and is_doubtful(words.text):
            return self._doubtful(words)
        return words if len(words) else no_words(number, words.width, words.height, words.rotation, TextOrigin.NONE)

    def _text_layer(self, number: int) -> tuple[PageWords, bool]:
        """Return the words of the text layer, and whether the page is a picture with hardly any."""
        with PDFIUM:
            page = load_page(self._pdf, number)
            try:
                if max(page.get_size()) > LARGEST:
                    raise RogatioError("extraction.malformed", media_type="PDF")
                words = page_words(page, number)
                return words, len(words) < FEW_WORDS and image_share(page) >= MOST_PICTURE
            finally:
                page.close()

    def _doubtful(self, words: PageWords) -> PageWords:
        self.warnings["doubtful_text"] = None
        second = self._by_pdfplumber(words)
        if not is_doubtful(second.text) and len(second):
            return second
        return self._by_ocr(words)

    def _by_pdfplumber(self, words: PageWords) -> PageWords:
        """Return the page as pdfplumber reads it; without words where it cannot be read so either."""
        empty = no_words(words.number, words.width, words.height, words.rotation, TextOrigin.TEXT_LAYER)
        try:
            with pdfplumber.open(self._path, password=self._password, pages=[words.number]) as pdf:
                page = pdf.pages[0]
                found = page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False)
        except Exception:  # whatever pdfminer raises on a damaged file: a second opinion that failed is none
            return empty
        found = [word for word in found if clean(word["text"]).strip()]
        if not found:
            return empty
        boxes = np.array([[word[side] for side in ("x0", "top", "x1", "bottom")] for word in found], np.float32)
        boxes -= np.array([page.bbox[0], page.bbox[1]] * 2, np.float32)
        tops = np.diff(boxes[:, 1], prepend=boxes[:1, 1])
        return PageWords(
            words.number,
            words.width,
            words.height,
            words.rotation,
            TextOrigin.TEXT_LAYER,
            " ".join(clean(word["text"]).replace(" ", "") for word in found),
            boxes,
            boxes,
            np.array([word["size"] for word in found], np.float32),
            np.array(["bold" in word["fontname"].lower() for word in found]),
            np.cumsum(abs(tops) > 1).astype(np.int32),
            np.zeros(len(found), np.int32),
            np.ones(len(found), np.float32),
            words.rulings,
        )

    def _by_ocr(self, words: PageWords) -> PageWords:
        """Return what OCR reads on the image of the page, or the text layer where it reads less.

        Without Tesseract the page stays without text, and the others are read.
        """
        with PDFIUM:
            page = load_page(self._pdf, words.number)
            try:
                image = rendered(page, OCR_SCALE)
            finally:
                page.close()
        try:
            read = read_image(image, words.width)
        except RogatioError as error:
            if len(words) and unreadable_share(words.text) < HALF_READABLE:
                return words
            self.warnings["page_without_text"] = None
            self.warnings[error.code.partition(".")[2]] = None
            return no_words(words.number, words.width, words.height, words.rotation, TextOrigin.NONE)
        found = ocr_words(read, words.number, words.width, words.height, words.rotation)
        if len(found) or unreadable_share(words.text) > 0:
            return found
        return (
            words if len(words) else no_words(words.number, words.width, words.height, words.rotation, TextOrigin.OCR)
        )
