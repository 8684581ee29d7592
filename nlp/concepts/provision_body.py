"""Start of the body of a provision, after its number and heading."""

from __future__ import annotations

import regex

from nlp.annotations import Unit
from nlp.folding import fold
from nlp.structure.mark_filter import law_marks
from nlp.structure.marks import inline_marks, marks
from nlp.structure.quoted_law import quoted_ranges

_BETWEEN = regex.compile(r"[\s)\].:*_\-–—]*")


def body_start(text: str, provision: Unit, language: str) -> int:
    """Return the offset of the first word of ``provision`` after its number and rubric."""
    own = law_marks(text, list(marks(text, language)), inline_marks(text, language), quoted_ranges(text)).own
    mark = next((mark for mark in own if mark.start == provision.start), None)
    if mark is None:
        return provision.start
    start = max(
        mark.inside,
        _after_rubric(text, mark.body, provision.heading),
        _after_rubric(text, mark.inside, provision.heading),
    )
    return _BETWEEN.match(text, start).end()  # type: ignore[union-attr]


def _after_rubric(text: str, at: int, rubric: str) -> int:
    """Return the offset after ``rubric`` if the text at ``at`` begins with its letters, else ``at``."""
    place = at
    for letter in filter(str.isalnum, fold(rubric)):
        while place < len(text) and not fold(text[place]).isalnum():
            place += 1
        if place >= len(text) or fold(text[place]) != letter:
            return at
        place += 1
    return place
