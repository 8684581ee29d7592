"""Names of form fields that no printed label explains: a value or a tick alone does not say what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from extraction.document import Box
from extraction.layout.page_words import Floats, PageWords
from extraction.pdf.annotations import FIELDS, Annotation, AnnotationKind

BESIDE = 250.0  # points to the left in which a label may stand
BEHIND = 60.0  # points to the right of a tick box
ABOVE, BELOW = 18.0, 10.0  # points between a field and the label over or under it
HEADING = 40.0  # points above in which a line is looked for that says little more than the name
BETWEEN, SAME_EDGE = 12.0, 6.0  # points between two fields of one column and between their edges
SLACK = 2.0
_WORDS = re.compile(r"\w+")


class FieldLabels:
    """The printed words of a page, from which it is seen which of its fields have a label.

    ``found`` are all annotations of the page: what stands behind another field belongs to that.
    """

    def __init__(self, page: PageWords, found: Sequence[Annotation]) -> None:
        chosen = [index for index, word in enumerate(page.words) if _WORDS.search(word)]
        self._words = [page.words[index] for index in chosen]
        self._boxes = page.boxes[chosen]
        self._fields = np.array([_sides(item.box) for item in found if item.kind in FIELDS]).reshape(-1, 4)

    def name(self, field: Annotation) -> str:
        """Return the name of ``field`` to write before its value, ``""`` if the page prints a label near it."""
        if not field.name:
            return ""
        others = self._fields[(self._fields != _sides(field.box)).any(axis=1)].astype(np.float32)
        tickable = field.kind is AnnotationKind.TICK_BOX
        if any(_is_labelled(self._boxes, box, others, tickable=tickable) for box in _column(field.box, others)):
            return ""
        above = _within(self._boxes, Box(field.box.x0, field.box.top - HEADING, field.box.x1, field.box.top))
        stated = _folded(" ".join(self._words[index] for index in np.flatnonzero(above).tolist()))
        is_stated = _folded(field.name) in stated and len(stated) <= 2 * len(field.name)
        return "" if is_stated else field.name


def _column(box: Box, others: Floats) -> Iterator[Box]:
    """Yield ``box`` and the fields above it that are as wide, as the cells of a table have one heading."""
    found: Box | None = box
    while found is not None:
        yield found
        found = next((Box(*side) for side in others.tolist() if _is_below(found, Box(*side))), None)


def _is_below(box: Box, above: Box) -> bool:
    same = abs(above.x0 - box.x0) <= SAME_EDGE and abs(above.x1 - box.x1) <= SAME_EDGE
    return same and above.top < box.top and -SLACK <= box.top - above.bottom <= BETWEEN


def _is_labelled(boxes: Floats, box: Box, others: Floats, *, tickable: bool) -> bool:
    """Return whether words stand in a field, before it in its line, close above or below it, or behind a tick box."""
    left = max((float(side[2]) for side in others if _levels(side, box) and side[2] <= box.x0 + SLACK), default=0.0)
    places = [
        Box(box.x0, box.top - ABOVE, box.x1, box.bottom + BELOW),
        Box(max(left, box.x0 - BESIDE), box.top, box.x0, box.bottom),
    ]
    if tickable:
        places.append(Box(box.x1, box.top, box.x1 + BEHIND, box.bottom))
    return any(bool(_within(boxes, place).any()) for place in places)


def _within(boxes: Floats, place: Box) -> NDArray[np.bool_]:
    """Return which boxes overlap ``place``."""
    across = (boxes[:, 2] > place.x0 - SLACK) & (boxes[:, 0] < place.x1 + SLACK)
    overlap: NDArray[np.bool_] = across & (boxes[:, 3] > place.top) & (boxes[:, 1] < place.bottom)
    return overlap


def _levels(side: Floats, box: Box) -> bool:
    """Return whether a field is in the line of ``box``."""
    return bool(box.top < (side[1] + side[3]) / 2 < box.bottom)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _folded(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))
