"""OCR results in the form of text layers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from extraction.characters import clean
from extraction.document import Box, TextOrigin
from extraction.layout.ocr import OcrPage
from extraction.layout.ocr_addresses import with_addresses
from extraction.layout.ocr_bullets import with_bullets
from extraction.layout.ocr_elisions import with_elisions
from extraction.layout.ocr_numerals import with_numerals
from extraction.layout.ocr_ordinals import with_ordinals
from extraction.layout.ocr_spaced import with_spaced_letters
from extraction.layout.page_words import Floats, Integers, PageWords, displayed, no_words

TALL = 0.9  # quantile of the word heights of a line that is taken as its type size (ascender to descender)
SHORT_DASH = 0.9  # type sizes; a short one has about 0.6
MIN_WORDS = 4
SURE = 0.9  # confidence
MIN_COMPARED = 40  # words
SAME_SIZE = 0.18  # relative difference in height of lines of the same type size
SURELY_OTHER = 0.6  # the same for lines with fewer than MIN_WORDS words

_ENDS = re.compile(r"^[\W_]+|[\W_]+$")


def ocr_words(read: OcrPage, number: int, width: float, height: float, rotation: int) -> PageWords:
    """Return the words of an OCR result for page ``number``, ``width`` by ``height`` points as displayed."""
    spaced = with_spaced_letters(read.words)
    texts = with_addresses([clean(text).replace(" ", "") for text in with_bullets(spaced)])
    texts = with_numerals(with_ordinals(texts, read.language), spaced)
    texts = with_elisions(texts, read.language)
    texts = _with_pronoun(texts) if read.language == "en" else texts
    readable = [(text, word) for text, word in zip(texts, spaced, strict=True) if text]
    if not readable:
        return no_words(number, width, height, rotation, TextOrigin.OCR)
    words = [word for _, word in readable]
    upright = _sides([word.upright for word in words])
    lines = np.array([(word.block, word.paragraph, word.line) for word in words])
    changes = np.any(np.diff(lines, axis=0) != 0, axis=1)
    run = np.concatenate(([0], np.cumsum(changes))).astype(np.int32)
    size = _sizes(upright, run)
    texts = _with_dashes([text for text, _ in readable], (upright[:, 2] - upright[:, 0]) / size)
    return PageWords(
        number,
        width,
        height,
        rotation,
        TextOrigin.OCR,
        " ".join(texts),
        _sides([word.box for word in words]),
        upright,
        size,
        np.zeros(len(words), np.bool_),
        run,
        np.full(len(words), read.rotation, np.int32),
        np.array([word.confidence for word in words], np.float32),
        displayed(read.rulings, read.rotation, width, height),
    )


def _with_pronoun(texts: Sequence[str]) -> list[str]:
    """Return the ``texts`` of an English page with "I" for each bar before a word in small letters."""
    following = [*texts[1:], ""]
    return ["I" if text == "|" and after[:1].islower() else text for text, after in zip(texts, following, strict=True)]


def _with_dashes(texts: Sequence[str], widths: Floats) -> list[str]:
    """Return ``texts`` with dashes as long as they are printed, given ``widths`` in type sizes.

    Tesseract reads each dash between spaces as the long one, which is as wide as the type is high.
    """
    short = widths < SHORT_DASH
    return ["–" if text == "—" and is_short else text for text, is_short in zip(texts, short.tolist(), strict=True)]


def agreement_with(layer: PageWords, recognised: PageWords) -> float | None:
    """Return the share of the surest words recognised by OCR that ``layer`` has as often; None with too few of them.

    Digits count, and accents: an account number with a wrong digit is a wrong word. Punctuation at the ends does not.
    """
    sure = recognised.confidence >= SURE
    words = Counter(_ENDS.sub("", word) for word, is_sure in zip(recognised.words, sure, strict=True) if is_sure)
    del words[""]
    known = Counter(_ENDS.sub("", word) for word in layer.words)
    return (words & known).total() / words.total() if words.total() >= MIN_COMPARED else None


def _sides(boxes: list[Box]) -> Floats:
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes], np.float32)


def _sizes(upright: Floats, run: Integers) -> Floats:
    """Return the type size of each word, in points: its line's, or the page's if the two are close enough.

    The height of a line with fewer than ``MIN_WORDS`` words is unreliable, so its tolerance is larger.
    """
    heights = upright[:, 3] - upright[:, 1]
    counts = np.bincount(run)
    tall = np.array([np.quantile(heights[run == number], TALL) for number in range(len(counts))], np.float32)
    usual = float(np.median(tall[counts >= MIN_WORDS])) if (counts >= MIN_WORDS).any() else float(np.median(tall))
    unsure = np.where(counts >= MIN_WORDS, SAME_SIZE, SURELY_OTHER)
    tall[abs(tall - usual) <= unsure * usual] = usual
    sizes: Floats = tall[run]
    return sizes
