"""The words that OCR read on an image of a page, in the form that text layers have."""

from __future__ import annotations

import numpy as np

from extraction.characters import clean
from extraction.document import Box, TextOrigin
from extraction.ocr import OcrPage
from extraction.page_words import Floats, PageWords, no_words

SAME_SIZE = 0.3  # by which heights of words of one type differ, ascenders and all
TYPE_SIZE = 1.1  # of the middle height of words, about


def ocr_words(read: OcrPage, number: int, width: float, height: float, rotation: int) -> PageWords:
    """Return what was read as words of page ``number``, which is ``width`` by ``height`` points as displayed."""
    texts = [clean(word.text).replace(" ", "") for word in read.words]
    found = [(text, word) for text, word in zip(texts, read.words, strict=True) if text]
    if not found:
        return no_words(number, width, height, rotation, TextOrigin.OCR)
    words = [word for _, word in found]
    upright = _sides([word.upright for word in words])
    lines = np.array([(word.block, word.paragraph, word.line) for word in words])
    changes = np.any(np.diff(lines, axis=0) != 0, axis=1)
    run = np.concatenate(([0], np.cumsum(changes))).astype(np.int32)
    return PageWords(
        number,
        width,
        height,
        rotation,
        TextOrigin.OCR,
        " ".join(text for text, _ in found),
        _sides([word.box for word in words]),
        upright,
        _sizes(upright, run),
        np.zeros(len(words), np.bool_),
        run,
        np.full(len(words), read.rotation, np.int32),
        np.array([word.confidence for word in words], np.float32),
    )


def _sides(boxes: list[Box]) -> Floats:
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes], np.float32)


def _sizes(upright: Floats, run: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Floats:
    """Return the type size of each word: its line's, or the page's where that is near enough to be the same."""
    heights = upright[:, 3] - upright[:, 1]
    usual = float(np.median(heights))
    line = np.array([np.median(heights[run == number]) for number in range(int(run[-1]) + 1)], np.float32)
    line[abs(line - usual) <= SAME_SIZE * usual] = usual
    sizes: Floats = TYPE_SIZE * line[run]
    return sizes
