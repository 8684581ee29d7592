"""Evidence of a proposal on the original: the image of its page with the words marked, or the passage of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.documents.marks import line_boxes
from app.documents.page_images import can_show
from app.requests.review import Review, ReviewedValue
from extraction.document import Box, Document, Words
from indexing.access import AccessFilter
from indexing.store.reading import Store

CONTEXT = 600
"""Characters of text shown on each side of the evidence where a file has no page image."""

STRIP = 300.0
"""Height in points of the part of a page that is shown around the evidence: words stay readable beside the form."""

NEAR = 0.5
"""Part of the width and of the strip of a page that a narrow screen shows, with the beginning of the evidence."""
_MARGIN = 24.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence of one proposal for display.

    ``width`` and ``height`` are those of the page in points, 0 without an image; then ``before``, ``words`` and
    ``after`` are the text around the evidence. ``of_check`` tells the place of an item of the completeness check, whose
    key is the field of ``value``.
    """

    value: ReviewedValue
    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    before: str
    words: str
    after: str
    of_check: bool = False

    @property
    def top(self) -> float:
        """Return where the shown strip of the page begins, so that the evidence is in its middle."""
        middle = (min(box.top for box in self.boxes) + max(box.bottom for box in self.boxes)) / 2 if self.boxes else 0
        return max(0.0, min(middle - STRIP / 2, self.height - self.strip))

    @property
    def strip(self) -> float:
        """Return the height of the shown strip of the page."""
        return min(self.height, STRIP)

    @property
    def near(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height of what a narrow screen shows: words are as large as on a wide one."""
        width, height = self.width * NEAR, self.strip * NEAR
        first = self.boxes[0] if self.boxes else None
        left = min(max(0.0, first.x0 - _MARGIN), self.width - width) if first else 0.0
        middle = (first.top + first.bottom) / 2 if first else 0.0
        return left, max(0.0, min(middle - height / 2, self.height - height)), width, height


def evidence_of(store: Store, access: AccessFilter, found: Review, proposal: str) -> Evidence | None:
    """Return the evidence of ``proposal``, by default of the first undecided one.

    ``proposal`` is the id of one, or that of a raised item of the completeness check.
    """
    values = [value for values in found.fields.values() for value in values]
    undecided = [value for value in values if value.decision is None]
    document_id = found.reading.document.id
    text = store.reading(access, document_id)
    check = next((value for value in _check_values(found, text) if value.id == proposal), None)
    named = check or next((value for value in values if value.id == proposal), None)
    chosen = named or next(iter(undecided or values), None)
    if chosen is None:
        return None
    shown = _evidence(text, store.words(access, document_id), found.reading.document.media_type, chosen)
    return replace(shown, of_check=check is not None)


def check_id(key: str) -> str:
    """Return the id under which the place of an item of the completeness check is shown."""
    return f"check-{key}"


def raised_places(found: Review) -> list[Mapping[str, Any]]:
    """Return the raised items of the completeness check that have a place in the text, in the order of the page."""
    return [check for check in found.raised if "start" in check]


def _check_values(found: Review, text: Document) -> list[ReviewedValue]:
    return [_check_value(check, text) for check in raised_places(found)]


def _check_value(check: Mapping[str, Any], text: Document) -> ReviewedValue:
    start, end = check["start"], check["end"]
    quote = " ".join(text.text[start:end].split())
    return ReviewedValue(
        check_id(check["key"]), check["key"], check["state"], quote, start, end, text.page_at(start), 1.0, None
    )


def _evidence(text: Document, words: Words, media_type: str, value: ReviewedValue) -> Evidence:
    page = next((sheet for sheet in text.pages if sheet.number == value.page), None)
    drawn = page is not None and page.width > 0 and can_show(media_type)
    start, end = value.start, value.end
    return Evidence(
        value=value,
        page=value.page,
        width=page.width if page and drawn else 0,
        height=page.height if page and drawn else 0,
        boxes=tuple(line_boxes(words, value.page, start, end)) if drawn else (),
        before="" if drawn else text.text[max(0, start - CONTEXT) : start],
        words="" if drawn else text.text[start:end],
        after="" if drawn else text.text[end : end + CONTEXT],
    )
