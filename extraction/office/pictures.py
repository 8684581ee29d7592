"""Pictures inside office documents, read by OCR: scanned pages that were pasted into a file."""

from __future__ import annotations

import hashlib
import io

from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.errors import RogatioError
from extraction.image import frames
from extraction.layout.ocr import read_image
from extraction.layout.ocr_words import ocr_words
from extraction.pdf.pdf import compose

MAX_PICTURES = 60  # of one document
MIN_WIDTH, MIN_HEIGHT = 500, 150  # pixels; smaller ones are logos and signatures
MIN_WORDS = 8
MIN_CONFIDENCE = 0.6  # a photograph gives some words of low confidence


class Pictures:
    """Adds the text of pictures to ``draft``; a picture that occurs again, such as a letterhead, is read once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._seen: set[bytes] = set()
        self._language = ""  # of the last picture read

    def add(self, data: bytes) -> None:
        """Add the text of a picture as paragraphs and headings.

        One that cannot be read, or beyond ``MAX_PICTURES``, is a warning ``embedded_part_not_read``; without Tesseract
        the warning is ``ocr_missing``.
        """
        digest = hashlib.sha256(data).digest()
        if digest in self._seen:
            return
        self._seen.add(digest)
        if len(self._seen) > MAX_PICTURES:
            self._draft.warn("embedded_part_not_read")
            return
        try:
            self._read(data)
        except RogatioError as error:
            is_of_ocr = error.code.startswith("extraction.ocr_")
            self._draft.warn(error.code.partition(".")[2] if is_of_ocr else "embedded_part_not_read")

    def _read(self, data: bytes) -> None:
        image, width, height = next(frames(io.BytesIO(data)))
        if image.width < MIN_WIDTH or image.height < MIN_HEIGHT:
            return
        read = read_image(image, width, self._language)
        self._language = read.language or self._language
        page = ocr_words(read, 1, width, height, 0)
        if len(page) < MIN_WORDS or page.certainty < MIN_CONFIDENCE:
            return
        text, _, blocks, _, _ = compose([page])
        for block in blocks:
            kind = BlockKind.PARAGRAPH if block.kind is BlockKind.TABLE else block.kind
            self._draft.add(kind, text[block.start : block.end], block.level)
