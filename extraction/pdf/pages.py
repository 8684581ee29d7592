"""Words of each PDF page, from its text layer if that is reliable, else by pdfplumber or OCR."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from extraction.characters import clean
from extraction.document import TextOrigin
from extraction.errors import RogatioError
from extraction.layout.image_rulings import image_rulings
from extraction.layout.missing_characters import MISSING, completed, lacks_characters, recognised_words
from extraction.layout.ocr import DOUBTFUL, read_image
from extraction.layout.ocr_image import bounded, is_blank, without_shading
from extraction.layout.ocr_words import agreement_with, ocr_words
from extraction.layout.page_words import PageWords, no_words, with_words_elsewhere
from extraction.layout.paragraphs import language_of
from extraction.pdf.annotations import FIELDS, MAX_ANNOTATIONS, Annotation, AnnotationKind, page_annotations
from extraction.pdf.attachments import Attachments
from extraction.pdf.characters import page_words
from extraction.pdf.doubtful_text import is_doubtful, unreadable_share
from extraction.pdf.field_words import with_annotations
from extraction.pdf.file import PDFIUM
from extraction.pdf.images import INK_SCALE, OCR_SCALE, PICTURE_SHARE, image_share, load_page, rendered, uncovered_ink

# pdfminer's warnings contain document content
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of XFA, which is read apart

LARGEST = 1_000_000  # points; only damaged files have larger pages
FEW_WORDS = 25  # a page with fewer words and ink elsewhere is read by OCR
SPARSE = 120  # words; the same for a page that is mostly picture, such as a scan with a stamp as text
# Share of the surest words of our OCR that an invisible text layer must have. Nine layers by other programs had 0.75 to
# 0.97 of them, and each was worse than our OCR, by 0.01 to 0.37 of the words of its page. A long file, which takes
# hours to read again, is read so only if its layer is poor.
MIN_AGREEMENT, MIN_AGREEMENT_OF_LONG = 0.98, 0.95
LONG = 200  # pages
MUCH_INK = 0.5  # ratio of the ink outside the words to the area of the words that is worth OCR
MAX_COMPLETED = 40  # pages of a file that are read by OCR only for some characters of the text layer
MAX_RULED = 200  # pages of a file with an invisible text layer whose image is searched for ruling lines, 0.2 s each
HALF_READABLE = 0.3  # share of unreadable characters up to which the text layer is used if OCR fails


# kind of annotation -> message code
ANNOTATED = {AnnotationKind.STRIKE_OUT: "struck_out", AnnotationKind.COMMENT: "comments"}


class PdfPages:
    """Iterates over the pages of a PDF; ``warnings`` are message codes.

    Files at the pages that were read are added to ``attachments``.
    """

    def __init__(
        self, pdf: pdfium.PdfDocument, path: Path, password: str, attachments: Attachments | None = None
    ) -> None:
        self._pdf = pdf
        self._attachments = attachments
        self._path = path
        self._password = password
        self._is_poor: bool | None = None  # the invisible text layer of the file, once it was compared
        self._language = ""  # of the last page read by OCR
        self._completed = 0  # pages read by OCR for characters that their text layers lack
        self._ruled = 0  # pages whose image was searched for ruling lines
        self._known: dict[str, str] = {}  # words with such characters, and the same words complete
        self._annotations: list[Annotation] = []  # of the page that is read
        self.warnings: dict[str, None] = {}
        self._has_fields = False
        with PDFIUM:
            self._form = pdf.get_formtype()
            if self._form != raw.FORMTYPE_NONE:  # before any page is loaded
                pdf.init_forms()

    def __iter__(self) -> Iterator[PageWords]:
        for number in range(1, len(self._pdf) + 1):
            yield self._page(number)

    @property
    def form_is_elsewhere(self) -> bool:
        """Whether the file has a form in XFA whose fields were not on the pages that were read."""
        return self._form in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND) and not self._has_fields

    def _page(self, number: int) -> PageWords:
        try:
            words, has_more = self._text_layer(number)
        except RogatioError:
            self.warnings["page_malformed"] = None
            return no_words(number, 0.0, 0.0, 0, TextOrigin.NONE)
        if has_more:
            if len(words) and is_doubtful(words.text):
                self.warnings["doubtful_text"] = None
            return self._by_ocr(words)
        if len(words) and is_doubtful(words.text):
            return self._doubtful(words)
        if words.hidden:
            return self._better_than_layer(words) if self._is_poor is not False else self._with_image_rulings(words)
        if MISSING in words.text:
            return self._completed_page(words)
        return words if len(words) else replace(words, origin=TextOrigin.NONE)

    def _text_layer(self, number: int) -> tuple[PageWords, bool]:
        """Return the words of the text layer, and whether the page shows more than these words."""
        with PDFIUM:
            page = load_page(self._pdf, number)
            try:
                if max(page.get_size()) > LARGEST:
                    raise RogatioError("extraction.malformed", media_type="PDF")
                self._annotations = page_annotations(self._pdf, page)
                if self._attachments is not None:
                    self._attachments.of_page(page, MAX_ANNOTATIONS)
                kinds = {item.kind for item in self._annotations}
                self.warnings |= {code: None for kind, code in ANNOTATED.items() if kind in kinds}
                self._has_fields |= bool(FIELDS & kinds)
                words = page_words(page, number)
                if words.covered:
                    self.warnings["hidden_text"] = None
                if words.struck:
                    self.warnings["struck_wording"] = None
                words = with_annotations(words, self._annotations)
                return words, _shows_more(page, words, annotations=not self._annotations)
            finally:
                page.close()

    def _doubtful(self, words: PageWords) -> PageWords:
        self.warnings["doubtful_text"] = None
        second = with_annotations(self._by_pdfplumber(words), self._annotations)
        if not is_doubtful(second.text) and len(second):
            return second
        return self._by_ocr(words)

    def _completed_page(self, words: PageWords) -> PageWords:
        """Return the words with the characters that the text layer lacks, by OCR; what is still missing is warned of.

        Files of some programs have no code for ligatures: ``of\ufffdce`` for "office".
        """
        words = completed(words, self._known)
        if lacks_characters(words) and self._completed < MAX_COMPLETED:
            self._completed += 1
            self._language = self._language or language_of(words.words)
            try:
                self._known |= recognised_words(words, self._recognised(words))
            except RogatioError as error:
                self._warn(error)
            words = completed(words, self._known)
        if MISSING in words.text:
            self.warnings["invalid_bytes"] = None
        return words

    def _by_pdfplumber(self, words: PageWords) -> PageWords:
        """Return the words by pdfplumber; none if it fails too."""
        empty = no_words(words.number, words.width, words.height, words.rotation, TextOrigin.TEXT_LAYER)
        try:
            with pdfplumber.open(self._path, password=self._password, pages=[words.number]) as pdf:
                page = pdf.pages[0]
                rows = page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False)
        except Exception:  # pdfminer raises many types on damaged files
            return empty
        rows = [word for word in rows if clean(word["text"]).strip()]
        if not rows:
            return empty
        boxes = np.array([[word[side] for side in ("x0", "top", "x1", "bottom")] for word in rows], np.float32)
        boxes -= np.array([page.bbox[0], page.bbox[1]] * 2, np.float32)
        tops = np.diff(boxes[:, 1], prepend=boxes[:1, 1])
        return PageWords(
            words.number,
            words.width,
            words.height,
            words.rotation,
            TextOrigin.TEXT_LAYER,
            " ".join(clean(word["text"]).replace(" ", "") for word in rows),
            boxes,
            boxes,
            np.array([word["size"] for word in rows], np.float32),
            np.array(["bold" in word["fontname"].lower() for word in rows]),
            np.cumsum(abs(tops) > 1).astype(np.int32),
            np.zeros(len(rows), np.int32),
            np.ones(len(rows), np.float32),
            words.rulings,
        )

    def _by_ocr(self, words: PageWords) -> PageWords:
        """Return the words by OCR with those of the text layer, or the latter alone if OCR fails (with a warning).

        An inked page without any words has confidence 0 and a warning. Without Tesseract the page has no text (with
        warnings), and reading continues.
        """
        try:
            recognised = self._recognised(words)
        except RogatioError as error:
            self._warn(error)
            if len(words) and unreadable_share(words.text) < HALF_READABLE:
                return words
            self.warnings["page_without_text"] = None
            return no_words(words.number, words.width, words.height, words.rotation, TextOrigin.NONE)
        if len(recognised) and len(words) and not is_doubtful(words.text) and not recognised.turn.any():
            return with_words_elsewhere(words, recognised)
        if len(recognised) or unreadable_share(words.text) > 0:
            return self._or_warning(recognised)
        return self._or_warning(words if len(words) else recognised)

    def _recognised(self, words: PageWords) -> PageWords:
        """Return the words of a page by OCR; raises what :func:`extraction.layout.ocr.read_image` does."""
        read = read_image(self._image(words.number), words.width, self._language)
        self._language = read.language or self._language
        recognised = ocr_words(read, words.number, words.width, words.height, words.rotation)
        return replace(recognised, notes=words.notes)

    def _better_than_layer(self, words: PageWords) -> PageWords:
        """Return the words by OCR if the invisible text layer, by somebody else's OCR, is worse, else its own.

        The first page with enough text decides for the file, and the language of the layer for the packs of OCR.
        """
        self._language = self._language or language_of(words.words)
        try:
            recognised = self._recognised(words)
        except RogatioError as error:
            self._warn(error)
            return words
        if self._is_poor is None and (agreement := agreement_with(words, recognised)) is not None:
            self._is_poor = agreement < (MIN_AGREEMENT if len(self._pdf) <= LONG else MIN_AGREEMENT_OF_LONG)
        if self._is_poor and recognised.certainty >= DOUBTFUL:
            return recognised
        return self._with_image_rulings(words)

    def _with_image_rulings(self, words: PageWords) -> PageWords:
        """Return the words of an invisible text layer with the ruling lines of the image over it."""
        if len(words.rulings) or self._ruled == MAX_RULED:
            return words
        self._ruled += 1
        image = bounded(self._image(words.number))
        rules = image_rulings(without_shading(image)).boxes
        return replace(words, rulings=rules * np.float32(words.width / image.width))

    def _image(self, number: int) -> Image.Image:
        with PDFIUM:
            page = load_page(self._pdf, number)
            try:
                return rendered(page, OCR_SCALE, annotations=not self._annotations)
            finally:
                page.close()

    def _warn(self, error: RogatioError) -> None:
        """Add the code of an error of OCR, such as ``ocr_time_limit``, to the warnings."""
        self.warnings[error.code.partition(".")[2]] = None

    def _or_warning(self, words: PageWords) -> PageWords:
        if not len(words):
            self.warnings["blank_page" if self._is_blank(words.number) else "page_without_text"] = None
        return words

    def _is_blank(self, number: int) -> bool:
        with PDFIUM:
            page = load_page(self._pdf, number)
            try:
                return is_blank(rendered(page, INK_SCALE, annotations=not self._annotations))
            finally:
                page.close()


def _shows_more(page: pdfium.PdfPage, words: PageWords, *, annotations: bool) -> bool:
    """Return whether a page with few words has ink elsewhere: a scan, or text drawn as outlines.

    Without ``annotations``, whose text is among ``words``, theirs does not count. The ink of words struck through is
    no reason to read a page again.
    """
    if words.struck:
        return False
    if len(words) >= SPARSE or (len(words) >= FEW_WORDS and image_share(page) < PICTURE_SHARE):
        return False
    sides = words.boxes[:, 2:] - words.boxes[:, :2]
    return uncovered_ink(page, words.boxes, annotations=annotations) > MUCH_INK * INK_SCALE**2 * float(
        sides.prod(axis=1).sum()
    )
