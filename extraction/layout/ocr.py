"""OCR by Tesseract, in Spanish, Portuguese, English and French at once, or in the language of the previous page.

Skew and rotation of the image are corrected before recognition, halftone screens are made even, light text on dark
areas and pale ink are made dark, dotted and vertical ruling lines are erased, cells of ruled tables are read one by
one, and an image that is read with low confidence is read again without its noise and its specks. Boxes are returned in
the frame of the input image and in the corrected ("upright") frame, in which lines are horizontal and the reading order
can be determined.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pytesseract
from PIL import Image

from extraction.document import Box
from extraction.errors import RogatioError
from extraction.layout.dark_areas import without_dark_areas
from extraction.layout.dotted_lines import without_dotted_lines
from extraction.layout.grid_cells import Cell
from extraction.layout.halftone import without_halftone
from extraction.layout.image_rulings import image_rulings
from extraction.layout.ocr_cells import inked, sheets, table_cells, without_cells
from extraction.layout.ocr_image import (
    FULL_WIDTH,
    bounded,
    smoothed,
    with_even_ground,
    without_borders,
    without_noise,
    without_vertical_rules,
)
from extraction.layout.page_words import Floats
from extraction.layout.paragraphs import clear_language, language_of
from extraction.layout.skew import skew
from extraction.layout.specks import without_specks

# Tesseract prefers the first confident pack, so those with most accents come first: on pages in each of the four
# languages word recall was 0.996 to 1.0 in this order, 0.956 to 0.996 in alphabetical order.
PACKS = ("fra", "por", "spa", "eng")
# ISO 639-1 to packs. The Spanish one alone has no sign of ordinals: it read "N° 3" as "N93" and "N° 25" as "N? 25".
LANGUAGES = {"fr": "fra", "pt": "por", "es": "por+spa", "en": "eng"}
DOUBTFUL = 0.75
UNSURE = 0.87  # confidence below which a page may be noisy; clean scans have 0.9 and more
MIN_WORDS = 5
SHORT = 250  # words
AS_SURE = 0.03  # confidence
LONG_WORD = 4
CELL_BLOCKS = 10_000  # number of the first block that is a cell
TIME_LIMIT = 240  # elapsed seconds of one reading on an idle machine
LONGEST = 1800  # on a busy one


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A recognised word; ``confidence`` is from 0 to 1; block, paragraph and line are Tesseract's numbers.

    ``box`` is in the frame of the input image, ``upright`` in the corrected frame; both in points.
    """

    text: str
    box: Box
    upright: Box
    confidence: float
    block: int
    paragraph: int
    line: int


@dataclass(frozen=True, slots=True)
class OcrPage:
    """OCR result of a page; ``rotation`` (0, 90, 180, 270) and ``skew`` are the corrections applied, in degrees.

    ``width`` and ``height`` are those of the upright frame in points; ``confidence`` is the mean over the words.
    ``language`` is the language (ISO 639-1) of a page that is clearly in one, else ``""``. ``rulings`` (n, 4: x0, top,
    x1, bottom) are the ruling lines, in points of the upright frame.
    """

    words: tuple[OcrWord, ...]
    width: float
    height: float
    rotation: int
    skew: float
    confidence: float
    language: str
    rulings: Floats = field(default_factory=lambda: np.zeros((0, 4), np.float32))


@cache
def languages() -> str:
    """Return the installed packs among ``PACKS`` as Tesseract's language argument.

    Raises ``extraction.ocr_missing`` without Tesseract, ``extraction.ocr_language_missing`` without any pack.
    """
    try:
        installed = set(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise RogatioError("extraction.ocr_missing") from error
    packs = [pack for pack in PACKS if pack in installed]
    if not packs:
        raise RogatioError("extraction.ocr_language_missing")
    return "+".join(packs)


def time_limit() -> int:
    """Return the limit of one reading in elapsed seconds: ``TIME_LIMIT`` times the processes that wait per processor.

    A machine with twice as many running processes as processors takes twice as long for a page.
    """
    waiting = os.getloadavg()[0] / len(os.sched_getaffinity(0))
    return min(LONGEST, round(TIME_LIMIT * max(1.0, waiting)))


def read_image(image: Image.Image, width: float, language: str = "") -> OcrPage:
    """Recognise the text of ``image``, a page that is ``width`` points wide.

    With the expected ``language`` (ISO 639-1) only its packs are used, which is up to twice as fast, unless the result
    is doubtful or not in that language. Raises what :func:`languages` does, ``extraction.ocr_failed``, and
    ``extraction.ocr_time_limit`` after :func:`time_limit` seconds.
    """
    grey = with_even_ground(without_dark_areas(without_halftone(bounded(image))))
    if (packs := LANGUAGES.get(language, "")) and set(packs.split("+")) <= set(languages().split("+")):
        page = _read_turned(grey, 0, width, packs)
        if page.language == language and _is_sure(page):
            return page
    page = _read_turned(grey, 0, width, languages())
    if _is_sure(page) and page.confidence >= UNSURE:
        return _in_its_language(page, grey, width) if len(page.words) <= SHORT else page
    clear = without_noise(grey)
    page = _surer(page, _read_turned(clear, 0, width, languages()))
    if page.confidence < UNSURE and (spotless := without_specks(grey)) is not grey:
        clear = without_noise(spotless)
        page = _surer(page, _read_turned(clear, 0, width, languages()))
    if not _is_sure(page) and min(grey.size) < FULL_WIDTH:  # a larger image is blurred as much by both
        clear = smoothed(grey)
        page = _surer(page, _read_turned(clear, 0, width, languages()))
    if _is_sure(page) or not (turn := _orientation(grey)):
        return page
    turned = _read_turned(grey, turn, width, languages())
    if not _is_sure(turned):
        turned = _surer(turned, _read_turned(clear, turn, width, languages()))
    return turned if _lies_on_its_side(page) else _surer(page, turned)


def _in_its_language(page: OcrPage, image: Image.Image, width: float) -> OcrPage:
    """Return ``page`` read again with the packs of its language alone, if that is as sure.

    Packs of several languages confuse their accents ("étre" for "être"); on a short page another reading costs little.
    English has none to confuse.
    """
    language = page.language or clear_language([word.text for word in page.words])
    packs = LANGUAGES.get(language, "")
    if not packs or language == "en" or not set(packs.split("+")) <= set(languages().split("+")):
        return page
    again = _read_turned(image, 0, width, packs)
    return again if again.confidence >= page.confidence - AS_SURE else page


def _is_sure(page: OcrPage) -> bool:
    return page.confidence >= DOUBTFUL and len(page.words) >= MIN_WORDS and not _lies_on_its_side(page)


def _surer(page: OcrPage, other: OcrPage) -> OcrPage:
    """Return the page with more confidence over all its letters and figures: noise is read as many short words."""
    return other if _weight(other) > _weight(page) else page


def _weight(page: OcrPage) -> float:
    return sum(word.confidence * sum(map(str.isalnum, word.text)) for word in page.words)


def _lies_on_its_side(page: OcrPage) -> bool:
    """Return whether most long words are vertical: Tesseract reads some of them, but in no usable order."""
    long = [word.upright for word in page.words if len(word.text) >= LONG_WORD]
    tall = sum(box.bottom - box.top > box.x1 - box.x0 for box in long)
    return 2 * tall > len(long)


def _orientation(image: Image.Image) -> int:
    """Return the clockwise rotation in degrees that makes the image upright; 0 if Tesseract cannot determine it."""
    try:
        orientation = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT, timeout=time_limit())
    except (pytesseract.TesseractError, RuntimeError):
        # too few characters on the page, or the orientation pack is missing: keep the image as it is
        return 0
    return int(orientation["rotate"])


def _read_turned(image: Image.Image, rotation: int, width: float, packs: str) -> OcrPage:
    quarter = image.rotate(-rotation, expand=True)
    angle = skew(quarter)
    level = quarter.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=255)
    to_points = width / image.width if image.width else 1.0
    frame = _Frame(quarter.size, level.size, angle, rotation, to_points)
    rules = image_rulings(level)
    rulings = to_points * rules.boxes
    cells = [
        (x0 / to_points, top / to_points, x1 / to_points, bottom / to_points)
        for x0, top, x1, bottom in table_cells(rulings, level.width * to_points, level.height * to_points)
    ]
    level = without_dotted_lines(level)
    page = without_cells(without_vertical_rules(level), cells)
    rows = [*_rows(page, packs), *(_cell_rows(without_borders(level, rules, cells), cells, packs) if cells else ())]
    words = tuple(map(frame.word, rows))
    sure = sum(word.confidence for word in words) / len(words) if words else 0.0
    language = language_of([word.text for word in words])
    return OcrPage(words, level.width * to_points, level.height * to_points, rotation, angle, sure, language, rulings)


def _cell_rows(image: Image.Image, cells: Sequence[Cell], packs: str) -> Iterator[dict[str, str]]:
    """Yield the words in ``cells`` of the level ``image``, which has no lines; each cell is a block of its own."""
    number = CELL_BLOCKS
    for sheet in sheets(image, inked(image, cells)):
        numbers = {piece: number + index for index, piece in enumerate(sheet.pieces)}
        number += len(numbers)
        for row in _rows(sheet.image, packs, "--psm 6"):
            piece = sheet.piece(float(row["top"]) + float(row["height"]) / 2)
            left = int(row["left"]) + piece.box[0] - piece.left
            top = int(row["top"]) + piece.box[1] - piece.top
            yield {**row, "left": str(left), "top": str(top), "block_num": str(numbers[piece])}


def _rows(image: Image.Image, packs: str, config: str = "") -> list[dict[str, str]]:
    # one thread per call: worker processes already read pages in parallel
    os.environ["OMP_THREAD_LIMIT"] = "1"
    limit = time_limit()
    try:
        table = pytesseract.image_to_data(
            image, lang=packs, config=config, output_type=pytesseract.Output.DICT, timeout=limit
        )
    except RuntimeError as error:
        if isinstance(error, pytesseract.TesseractError):
            raise RogatioError("extraction.ocr_failed") from error
        raise RogatioError("extraction.ocr_time_limit", seconds=limit) from error
    rows = [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
    return [row for row in rows if str(row["text"]).strip()]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Transformation from the levelled image back to the input image."""

    quarter: tuple[int, int]
    level: tuple[int, int]
    angle: float
    rotation: int
    to_points: float

    def word(self, row: dict[str, str]) -> OcrWord:
        left, top = float(row["left"]), float(row["top"])
        right, bottom = left + float(row["width"]), top + float(row["height"])
        corners = [self._original(x, y) for x in (left, right) for y in (top, bottom)]
        box = Box(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )
        scale = self.to_points
        upright = Box(left * scale, top * scale, right * scale, bottom * scale)
        sure = max(float(row["conf"]), 0.0) / 100
        return OcrWord(
            str(row["text"]), box, upright, sure, int(row["block_num"]), int(row["par_num"]), int(row["line_num"])
        )

    def _original(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the levelled image in the frame of the input image, in points."""
        lean = math.radians(self.angle)
        dx, dy = x - self.level[0] / 2, y - self.level[1] / 2
        qx = math.cos(lean) * dx - math.sin(lean) * dy + self.quarter[0] / 2
        qy = math.sin(lean) * dx + math.cos(lean) * dy + self.quarter[1] / 2
        width, height = self.quarter
        back = {0: (qx, qy), 90: (qy, width - qx), 180: (width - qx, height - qy), 270: (height - qy, qx)}
        gx, gy = back[self.rotation]
        return gx * self.to_points, gy * self.to_points
