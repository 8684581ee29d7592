"""Text layer of a page by pdfium: one call for the text, two character boxes per word.

Only the first and last character of each word and the font and direction of each stretch are requested, which is an
order of magnitude faster than reading every character.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Mapping
from functools import partial
from itertools import accumulate

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extraction.characters import clean
from extraction.document import TextOrigin
from extraction.layout.page_words import Floats, Integers, PageWords, no_words, turned
from extraction.pdf import calls as pdf_calls
from extraction.pdf.covered_words import covered
from extraction.pdf.images import PICTURE_SHARE, image_share
from extraction.pdf.raised_marks import with_marks_joined
from extraction.pdf.raised_ordinals import with_raised_ordinals
from extraction.pdf.rulings import has_hidden_text, rulings
from extraction.pdf.struck_words import part_struck_words
from extraction.pdf.word_fonts import fonts, word_turns
from extraction.pdf.word_spans import (
    LINE_END_HYPHEN,
    Spans,
    join_letter_spaced,
    split_at_returns,
    split_at_rulings,
    word_spans,
)

MAX_HEIGHT = 1.8  # type sizes of a character; fonts for text have at most 1.5
_HYPHEN_MARK = re.compile("-?\x02")
_UNNAMED = "\ufffe"
_RUN_END = re.compile("[\n\x02]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "-", "‐": "-", "‑": "-"}
    # bullets of Symbol and Wingdings in the private use area
    | {
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf0e0": "→",
        "\uf02d": "-",
        "\uf0a8": "□",
        "\uf06f": "□",
    }
)
_LIGATURE = re.compile(f"[{''.join(map(chr, _LIGATURES))}]")
# codes of ligatures in TeX's encodings T1 and OT1; that of "fl" in OT1 is a line end
_TEX_ENCODINGS = (
    dict(zip("\x1c\x1b\x1d\x1e\x1f", "ﬁﬀﬂﬃﬄ", strict=True)),
    dict(zip("\x0c\x0b\x0e\x0f", "ﬁﬀﬃﬄ", strict=True)),
)
_TEX_CODES = "".join((*_TEX_ENCODINGS[0], *_TEX_ENCODINGS[1]))
_TEX_LIGATURE = re.compile(rf"(?<=[^\W\d_])[{_TEX_CODES}]|[{_TEX_CODES}](?=[^\W\d_])")


# TeX prints an accent before its letter ("B¨orsch"); an acute one after an elided word is an apostrophe ("l´article")
_COMBINING = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˚": "\u030a",
}
_ACCENT_BEFORE = re.compile(r"[¨ˆ˜¸ˇ˚][^\W\d_]|(?<=[^\W\d_])(?<!\b[cdjlmnstCDJLMNST])(?<!\b[qQ]u)[´`][aeiouyıAEIOUY]")


def _composed(match: re.Match[str]) -> str:
    """Return the letter with its accent as one character, or what was matched if there is none."""
    whole = _with_accent(match[0][1], match[0][0])
    return whole if len(whole) == 1 else match[0]


def _with_accent(letter: str, accent: str) -> str:
    """Return ``letter`` with a spacing ``accent``, as one character if there is one."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


_ACCENTS = re.compile(f"[{''.join(_COMBINING)}]")
_JOINED = "\u200d"  # in place of an accent that was composed with its letter; removed with other invisible characters


def _with_accents(characters: str, textpage: int) -> str:
    """Return ``characters`` with each spacing accent composed with the letter over which it is drawn.

    Files without accented characters draw both at one place, and pdfium gives them in the order of their left sides.
    """
    if characters.isascii() or not any(accent in characters for accent in _COMBINING):
        return characters
    composed = list(characters)
    for place in [match.start() for match in _ACCENTS.finditer(characters)]:
        near = [index for index in (place - 1, place + 1) if 0 <= index < len(composed) and composed[index].isalpha()]
        sides = _boxes(textpage, np.array([(index, index + 1) for index in (place, *near)]))
        middle = float(sides[0, 0] + sides[0, 2]) / 2
        for index, (left, _, right, _) in zip(near, sides[1:].tolist(), strict=True):
            whole = _with_accent(composed[index], composed[place])
            if left < middle < right and len(whole) == 1:
                composed[index], composed[place] = whole, _JOINED
                break
    return "".join(composed)


def _lowered(textpage: int, spans: Spans, sides: Floats, size: Floats, boxes: Floats, place: Place) -> Floats:
    """Return ``boxes`` of words without the empty height of symbol fonts, given their ``sides`` in page coordinates.

    A bullet as high as two lines would join both to one row.
    """
    height = sides[:, 3] - sides[:, 1]
    tall = (height > MAX_HEIGHT * size) & (sides[:, 2] - sides[:, 0] < height)
    single = np.flatnonzero(tall & (spans[:, 1] - spans[:, 0] == 1)).tolist()
    if not single:
        return boxes
    lowered = sides.copy()
    side = (ctypes.c_double * 4)()
    left, right, bottom, top = pdf_calls.places(side, 8)
    for index in single:
        if pdf_calls.tight_box(textpage, int(spans[index, 0]), left, right, bottom, top) and side[3] > side[2]:
            lowered[index, 1], lowered[index, 3] = side[2], side[3]
    return place.displayed(lowered)


def page_words(page: pdfium.PdfPage, number: int) -> PageWords:
    """Return the words of the text layer of ``page``, whose number (from 1) is ``number``."""
    width, height = page.get_size()
    rotation = page.get_rotation()
    handle = pdf_calls.text_page(pdf_calls.address(page.raw))
    if not handle:
        return no_words(number, width, height, rotation, TextOrigin.TEXT_LAYER)
    try:
        characters = with_raised_ordinals(_with_accents(_characters(handle), handle), partial(_boxes, handle))
        characters = with_marks_joined(characters, partial(_boxes, handle))
        spans = word_spans(characters)
        if not len(spans):
            return no_words(number, width, height, rotation, TextOrigin.TEXT_LAYER)
        place = Place(page.get_bbox(), rotation)
        lines, dark = rulings(page)
        spans, sides = _corrected(characters, spans, lines, handle, place)
        spans, sides, struck = part_struck_words(spans, sides, lines, partial(_boxes, handle))
        if struck.any():
            struck &= _have_letters(characters, spans)
        run = _runs(characters, spans)
        boxes = place.displayed(sides)
        size, bold, turn = fonts(handle, spans, run, rotation)
        boxes = _lowered(handle, spans, sides, size, boxes, place)
        turn = word_turns(handle, spans, boxes, run, turn, rotation)
        unseen = np.zeros(len(boxes), np.bool_)
        if len(dark):
            unseen = covered(page, boxes, place.displayed(dark), partial(_shade, handle, spans))
    finally:
        pdf_calls.close_text_page(handle)
    texts = _readable([characters[start:end].replace(" ", "") for start, end in spans.tolist()])
    shown = _on_page(boxes, width, height) & ~unseen & ~struck
    kept = np.flatnonzero(shown & np.array([bool(text) for text in texts]))
    if len(kept) < len(texts):
        texts = [texts[index] for index in kept.tolist()]
        boxes, size, bold, run, turn = boxes[kept], size[kept], bold[kept], run[kept], turn[kept]
    boxes = np.clip(boxes, 0, np.array((width, height, width, height), np.float32))
    return PageWords(
        number,
        width,
        height,
        rotation,
        TextOrigin.TEXT_LAYER,
        " ".join(texts),
        boxes,
        turned(boxes, turn, width, height),
        size,
        bold,
        run,
        turn,
        np.ones(len(kept), np.float32),
        place.displayed(lines),
        has_hidden_text(page) and image_share(page) >= PICTURE_SHARE,
        covered=bool(unseen.any()),
        struck=bool(struck.any()),
    )


def _have_letters(characters: str, spans: Spans) -> NDArray[np.bool_]:
    """Return which words have a letter or digit: a line of a form may lie on its underscores."""
    return np.array([any(map(str.isalnum, characters[start:end])) for start, end in spans.tolist()], np.bool_)


def _shade(textpage: int, spans: Spans, word: int) -> int:
    """Return the lightest of the colours (0 to 255) in which the first character of a word is drawn."""
    color = (ctypes.c_uint * 4)()
    pdf_calls.text_color(textpage, int(spans[word, 0]), *pdf_calls.places(color, 4))
    return max(color[:3])


def _corrected(characters: str, spans: Spans, lines: Floats, textpage: int, place: Place) -> tuple[Spans, Floats]:
    """Return the spans of words, corrected by their geometry, and their boxes in page coordinates."""
    boxes_of = partial(_boxes, textpage)
    ends = _ends(textpage, spans)
    corrected = split_at_returns(
        spans, place.displayed(ends.reshape(-1, 4)).reshape(-1, 2, 4), boxes_of, place.displayed
    )
    boxes = _around(ends) if len(corrected) == len(spans) else boxes_of(corrected)
    spans = corrected
    corrected = split_at_rulings(spans, boxes, lines, boxes_of)
    if len(corrected) != len(spans):
        spans, boxes = corrected, boxes_of(corrected)
    corrected = join_letter_spaced(characters, spans, boxes)
    return (corrected, boxes) if len(corrected) == len(spans) else (corrected, boxes_of(corrected))


def _on_page(boxes: Floats, width: float, height: float) -> NDArray[np.bool_]:
    """Return a mask of the boxes that overlap the page; damaged files may place words anywhere."""
    x0, top, x1, bottom = boxes.T
    shown: NDArray[np.bool_] = np.isfinite(boxes).all(axis=1) & (x1 > 0) & (x0 < width) & (bottom > 0) & (top < height)
    return shown


def _readable(words: list[str]) -> list[str]:
    """Return the words normalised; those of invisible characters only become empty."""
    joined = " ".join(words)
    if joined.isascii() and joined.isprintable():
        return words
    if LINE_END_HYPHEN in joined:
        joined = _HYPHEN_MARK.sub("-", joined)
    if any(accent in joined for accent in _COMBINING):
        joined = _ACCENT_BEFORE.sub(_composed, joined)
    return clean(joined.translate(_LIGATURES) if _LIGATURE.search(joined) else joined).split(" ")


def _characters(textpage: int) -> str:
    """Return the page's characters, indexed as in pdfium."""
    count = pdf_calls.character_count(textpage)
    if count <= 0:
        return ""
    units = ctypes.create_string_buffer(2 * (count + 1))
    written = pdf_calls.text(textpage, 0, count, ctypes.addressof(units)) - 1
    text = _with_ligatures(units.raw[: 2 * written].decode("utf-16-le", "replace"))
    if len(text) == count == written:
        return _with_marks(textpage, text) if _UNNAMED in text else text
    # The count differs for characters without a code or beyond 16 bits, so request each by its index.
    codes = (pdf_calls.unicode(textpage, index) for index in range(count))
    return _with_ligatures("".join(map(_character, codes)))


def _with_ligatures(text: str) -> str:
    """Return ``text`` with ligatures in place of the codes that TeX's fonts have for them, next to letters.

    Files whose fonts have no names for their characters give the codes of the font's encoding, which are control
    characters, such as U+001C for "fi". In other encodings the codes mean something else: in texts of the four
    languages "fi" is more frequent than the ligatures of three letters.
    """
    if not any(code in text for code in _TEX_CODES):
        return text
    for codes in _TEX_ENCODINGS:
        fi, *_, ffi, ffl = codes
        if text.count(fi) >= text.count(ffi) + text.count(ffl):
            text = _decoded(text, codes)
    return text


def _decoded(text: str, codes: Mapping[str, str]) -> str:
    return _TEX_LIGATURE.sub(lambda match: codes.get(match[0], match[0]), text)


def _with_marks(textpage: int, text: str) -> str:
    """Return ``text`` with the marks of end-of-line hyphens, and U+FFFD for each character without a code.

    pdfium's GetText writes both as U+FFFE; its GetUnicode tells them apart.
    """
    pieces = text.split(_UNNAMED)
    places = accumulate(len(piece) + 1 for piece in pieces[:-1])
    marks = (
        LINE_END_HYPHEN if pdf_calls.unicode(textpage, place - 1) == ord(LINE_END_HYPHEN) else "\ufffd"
        for place in places
    )
    return pieces[0] + "".join(mark + piece for mark, piece in zip(marks, pieces[1:], strict=True))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def _runs(characters: str, spans: Spans) -> Integers:
    """Return for each word the number of its line in pdfium's text."""
    ends = np.fromiter((match.start() for match in _RUN_END.finditer(characters)), np.int64)
    return np.searchsorted(ends, spans[:, 0]).astype(np.int32)


def _boxes(textpage: int, spans: Spans) -> Floats:
    """Return left, bottom, right, top of each word in page coordinates, from its first and last characters."""
    return _around(_ends(textpage, spans))


def _ends(textpage: int, spans: Spans) -> Floats:
    """Return left, bottom, right, top of the first and of the last character of each word (n, 2, 4)."""
    outer = spans - (0, 1)
    rectangles = (raw.FS_RECTF * outer.size)()
    pdf_calls.each(pdf_calls.loose_box, textpage, outer.ravel().tolist(), pdf_calls.places(rectangles, 16))
    sides = np.frombuffer(rectangles, np.float32).reshape(-1, 2, 4)  # left, top, right, bottom
    return sides[:, :, (0, 3, 2, 1)]


def _around(ends: Floats) -> Floats:
    """Return the box around the first and last character of each word."""
    first, last = ends[:, 0], ends[:, 1]
    return np.concatenate((np.minimum(first[:, :2], last[:, :2]), np.maximum(first[:, 2:], last[:, 2:])), axis=1)


class Place:
    """Transformation from page coordinates (origin bottom left) to the page as displayed (origin top left)."""

    def __init__(self, bbox: tuple[float, float, float, float], rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = bbox
        self.rotation = rotation

    def displayed(self, sides: Floats) -> Floats:
        """Return rows of left, bottom, right, top as x0, top, x1, bottom in points."""
        x0, y0, x1, y1 = sides.T
        match self.rotation:
            case 0:
                turned = x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
            case 90:
                turned = y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
            case 180:
                turned = self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
            case _:
                turned = self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return np.stack(turned, axis=1).astype(np.float32)
