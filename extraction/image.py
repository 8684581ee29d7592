"""Image files (PNG, JPEG, multi-page TIFF, ...): each frame is a page that is read by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extraction.document import Document, TextOrigin
from extraction.errors import RogatioError
from extraction.layout.ocr import read_image
from extraction.layout.ocr_image import is_blank
from extraction.layout.ocr_words import ocr_words
from extraction.layout.page_words import no_words
from extraction.media_type import media_type
from extraction.pdf.pdf import compose

READER = "image/1"
MAX_PIXELS = 120_000_000
MIN_DPI, MAX_DPI = 70, 1200
A4_LONG_SIDE = 842.0


def read_image_file(path: Path) -> Document:
    """Read the frames of ``path`` by OCR, one page each.

    A frame whose OCR fails or exceeds its time limit is a page without text, with a warning that names the reason.
    Raises what :func:`frames` does, and what :func:`extraction.layout.ocr.read_image` does if no frame could be read.
    """
    pages, errors, language, unread = [], list[RogatioError](), "", dict[str, None]()
    for number, (image, width, height) in enumerate(frames(path), 1):
        try:
            read = read_image(image, width, language)
        except RogatioError as error:
            errors.append(error)
            unread["page_without_text"] = None
            pages.append(no_words(number, width, height, 0, TextOrigin.NONE))
            continue
        if not read.words:
            unread["blank_page" if is_blank(image) else "page_without_text"] = None
        language = read.language or language
        pages.append(ocr_words(read, number, width, height, 0))
    if errors and len(errors) == len(pages):
        raise errors[0]
    text, ranges, blocks, tables, boxes = compose(pages)
    failed = dict.fromkeys(error.code.partition(".")[2] for error in errors)
    warnings = (*unread, *failed, *(() if text else ("no_text",)))
    return Document(text, ranges, blocks, media_type(path).name, READER, tables, boxes, {}, warnings)


def frames(path: Path | IO[bytes]) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield each frame, rotated as its EXIF orientation says, with page width and height in points.

    Raises ``extraction.image_malformed`` or ``extraction.image_too_large``.
    """
    try:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                _check(frame)
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                yield upright, *_points(upright, image.info.get("dpi"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RogatioError("extraction.image_malformed") from error


def _check(frame: Image.Image) -> None:
    pixels = frame.width * frame.height
    if pixels > MAX_PIXELS:
        raise RogatioError("extraction.image_too_large", pixels=pixels // 1_000_000, limit=MAX_PIXELS // 1_000_000)


def _points(image: Image.Image, dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Return page width and height in points, from the stated resolution if plausible for a scanner, else as for A4."""
    stated = float(dpi[0]) if dpi else 0.0
    longest = max(image.size)
    scale = 72 / stated if MIN_DPI < stated <= MAX_DPI else A4_LONG_SIDE / longest
    return image.width * scale, image.height * scale
