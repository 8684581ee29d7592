"""Places the text of annotations on their page: values and tick boxes as words, stamps and comments as furniture.

The words lie within the rectangle of their field, at estimated places: viewers choose sizes and wrapping themselves.
The lines of a value beside other words are one line of the upright frame, so that they are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extraction.characters import one_line
from extraction.document import Box, Furniture, FurnitureKind, TextOrigin
from extraction.layout.page_words import Floats, PageWords
from extraction.pdf.annotations import Annotation, AnnotationKind
from extraction.pdf.field_labels import FieldLabels

USUAL_SIZE = 10.0  # points, where the file gives no size
FILLED = 0.75  # type size relative to the height of a field of one line
WIDTH = 0.5  # usual width of a character, in type sizes
PITCH = 1.15  # distance of lines, in type sizes
NEAR = 50  # fields before one among which a copy of it is looked for
MAX_TOGETHER = 8  # lines; longer values are texts with paragraphs of their own
INSET = 2.0  # points between a field's border and its text
_MARKS = re.compile(r"(?:[^\w\s$€£¥%§]|_)+")  # rules, brackets and dashes to write between
_FURNITURE = {AnnotationKind.STAMP: FurnitureKind.STAMP, AnnotationKind.COMMENT: FurnitureKind.COMMENT}


Sides = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word with its box, type size in points and the number of its line; ``upright`` is its box in that frame."""

    text: str
    box: Sides
    size: float
    line: int
    upright: Sides


def with_annotations(page: PageWords, found: Sequence[Annotation]) -> PageWords:
    """Return ``page`` with the words and furniture of its annotations.

    A value that the page's own text or another field already shows at its place is not added; rules and marks to write
    on are removed from below a value. The name of a field without a printed label is written before its value.
    """
    if not found:
        return page
    notes = [
        Furniture(one_line(item.text), _FURNITURE[item.kind], item.box) for item in found if item.kind in _FURNITURE
    ]
    written = [item for item in found if item.kind in (AnnotationKind.VALUE, AnnotationKind.TICK_BOX)]
    kept = np.ones(len(page), np.bool_)
    values: list[list[_Placed]] = []
    words = page.words
    labels = FieldLabels(page, found)
    for number, item in enumerate(written):
        if any(_is_repeated(item, other) for other in written[max(0, number - NEAR) : number]):
            continue
        below = _inside(page.boxes, item.box)
        texts = [words[index] for index in below.tolist()]
        if item.kind is AnnotationKind.VALUE:
            kept[[index for index, text in zip(below.tolist(), texts, strict=True) if _MARKS.fullmatch(text)]] = False
            if "".join(item.text.split()) in "".join(texts):
                continue
        line = values[-1][-1].line + 1 if values else 0
        if value := _on_page(_words(item, line, labels.name(item)), page):
            values.append(value)
    return replace(_joined(page, kept, _kept_together(page.boxes[kept], values)), notes=(*page.notes, *notes))


def _is_repeated(item: Annotation, other: Annotation) -> bool:
    """Return whether two fields show the same at the same place, as copies of a field do."""
    first, second = item.box, other.box
    distance = max(
        abs(first.x0 - second.x0),
        abs(first.top - second.top),
        abs(first.x1 - second.x1),
        abs(first.bottom - second.bottom),
    )
    return item.text == other.text and distance <= INSET


def _inside(boxes: Floats, box: Box) -> NDArray[np.int64]:
    """Return the indices of the words whose centres lie in ``box``."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return np.flatnonzero((x > box.x0) & (x < box.x1) & (y > box.top) & (y < box.bottom))


def _words(item: Annotation, line: int, label: str) -> Iterator[_Placed]:
    height, width = item.box.bottom - item.box.top, item.box.x1 - item.box.x0
    if item.kind is AnnotationKind.TICK_BOX:
        box = (item.box.x0, item.box.top, item.box.x1, item.box.bottom)
        yield from _before(box, label, line)
        yield _Placed(item.text, box, min(height, USUAL_SIZE), line, box)
        return
    text = f"{label}: {item.text}" if label else item.text
    size = item.size or (USUAL_SIZE if item.multiline else min(USUAL_SIZE, FILLED * height)) or USUAL_SIZE
    lines = list(_lines(text, width - 2 * INSET, size if item.multiline else 0.0))
    pitch = min(PITCH * size, max(height, 1.0) / len(lines))
    high = min(size, pitch)
    top = item.box.top + (INSET if item.multiline and pitch == PITCH * size else (height - pitch * len(lines)) / 2)
    for number, words in enumerate(lines):
        long = sum(map(len, words)) + len(words) - 1
        step = min(WIDTH * size, max(width - 2 * INSET, 1.0) / long)
        x = item.box.x0 + INSET
        y = top + number * pitch + (pitch - high) / 2
        for word in words:
            box = x, y, x + len(word) * step, y + high
            yield _Placed(word, box, size, line + number, box)
            x += (len(word) + 1) * step


def _before(box: Sides, label: str, line: int) -> Iterator[_Placed]:
    """Yield the words of a ``label`` to the left of a tick box."""
    size = min(box[3] - box[1], USUAL_SIZE)
    step = min(WIDTH * size, max(box[0] - INSET, 1.0) / (len(label) + 2))
    x = box[0] - (len(label) + 2) * step
    for word in f"{label}:".split() if label else ():
        place = x, box[1], x + len(word) * step, box[3]
        yield _Placed(word, place, size, line, place)
        x += (len(word) + 1) * step


def _lines(text: str, width: float, size: float) -> Iterator[list[str]]:
    """Yield the words of each line of ``text``; lines longer than ``width`` are wrapped unless ``size`` is 0."""
    fits = max(width / (WIDTH * size), 1.0) if size else float("inf")
    for paragraph in text.split("\n"):
        line: list[str] = []
        length = 0
        for word in paragraph.split():
            if line and length + 1 + len(word) > fits:
                yield line
                line, length = [], 0
            line.append(word)
            length += len(word) + (1 if length else 0)
        if line:
            yield line


def _kept_together(others: Floats, values: Sequence[list[_Placed]]) -> list[_Placed]:
    """Return the words of ``values``; those of a value with words beside its later lines are made one upright line.

    ``others`` are the boxes of the page's own words.
    """
    boxes = np.concatenate((others, np.array([word.box for value in values for word in value]).reshape(-1, 4)))
    middles = np.sort(boxes[:, 1] + boxes[:, 3]) / 2
    placed: list[_Placed] = []
    for value in values:
        later = [word.box for word in value if word.line > value[0].line]
        if later and value[-1].line - value[0].line < MAX_TOGETHER:
            first, last = np.searchsorted(middles, (later[0][1], later[-1][3])).tolist()
            value = _in_one_line(value) if last - first > len(later) else value
        placed += value
    return placed


def _in_one_line(value: Sequence[_Placed]) -> list[_Placed]:
    """Return the words of a value as one line of the upright frame, as wide as the value and level with its first."""
    left, right = min(word.box[0] for word in value), max(word.box[2] for word in value)
    step = (right - left) / (sum(len(word.text) + 1 for word in value) - 1)
    top, bottom, x = value[0].box[1], value[0].box[3], left
    line = []
    for word in value:
        upright = x, top, x + len(word.text) * step, bottom
        line.append(replace(word, line=value[0].line, upright=upright))
        x += (len(word.text) + 1) * step
    return line


def _on_page(placed: Iterable[_Placed], page: PageWords) -> list[_Placed]:
    low, high = (0.0, 0.0), (page.width, page.height)
    return [
        word
        for word in placed
        if low[0] <= (word.box[0] + word.box[2]) / 2 <= high[0] and low[1] <= (word.box[1] + word.box[3]) / 2 <= high[1]
    ]


def _joined(page: PageWords, kept: NDArray[np.bool_], placed: Sequence[_Placed]) -> PageWords:
    """Return the ``kept`` words of ``page`` with ``placed`` after them."""
    if not placed:
        return page
    boxes = np.array([word.box for word in placed], np.float32)
    run = np.array([word.line for word in placed], np.int32) + int(page.run.max(initial=0)) + 1
    old = [word for word, stays in zip(page.words, kept.tolist(), strict=True) if stays]
    return replace(
        page,
        origin=TextOrigin.TEXT_LAYER if page.origin is TextOrigin.NONE else page.origin,
        text=" ".join([*old, *(word.text for word in placed)]),
        boxes=np.concatenate((page.boxes[kept], boxes)),
        upright=np.concatenate((page.upright[kept], np.array([word.upright for word in placed], np.float32))),
        size=np.concatenate((page.size[kept], np.array([word.size for word in placed], np.float32))),
        bold=np.concatenate((page.bold[kept], np.zeros(len(placed), np.bool_))),
        run=np.concatenate((page.run[kept], run)),
        turn=np.concatenate((page.turn[kept], np.zeros(len(placed), np.int32))),
        confidence=np.concatenate((page.confidence[kept], np.ones(len(placed), np.float32))),
    )
