"""Similar requests: common measures, offences and states, and semantically similar text, with outcome and duration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.requests.life.course import Course, courses
from app.requests.life.links import ANSWER
from app.requests.life.links import REJECTED as LINK_REJECTED
from app.requests.life.statuses import is_ended
from app.requests.life.stored_links import links_of, translations
from app.requests.readings import stored_reading
from app.requests.schema import BELONGING, REQUEST_TYPES
from app.requests.search.schema import RequestValueRow
from indexing.access import AccessFilter
from indexing.installation import Installation
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import DocumentRow, Status

MEASURES, OFFENCES, STATES, TEXT = "measures", "offences", "states", "text"
WEIGHTS: Mapping[str, float] = {MEASURES: 0.35, OFFENCES: 0.25, STATES: 0.25, TEXT: 0.15}
"""What each likeness adds. A choice by what a desk asks first (how did this state treat this measure), not measured."""
ANSWERED = "answered"
"""Outcome where no state was recorded but an answer is linked."""
_MAX_COMPARED = 200
_MIN_TEXT = 0.8
"""Cosine of mean passage vectors from which texts count as near; unrelated letters of one kind reach 0.75."""


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """A request with its similarity from 0 to 1 and common values.

    ``outcome`` is a final state, ``answered``, or empty if neither is known; ``days`` are those from its receipt or
    date to then, None if a day is unknown.
    """

    document: StoredDocument
    score: float
    measures: tuple[str, ...]
    offences: tuple[str, ...]
    states: tuple[str, ...]
    text: float
    outcome: str
    days: int | None


Values = Mapping[str, frozenset[str]]


def similar_requests(
    installation: Installation, access: AccessFilter, document_id: str, limit: int = 10
) -> list[SimilarRequest]:
    """Return the visible requests most similar to one, the most similar first.

    Only requests that share a measure or an offence are compared. Raises what ``stored_reading`` does.
    """
    store = installation.store
    document = stored_reading(store, access, document_id).document
    others = _candidates(store, access, document_id)
    values = _values(store, [document_id, *(other.id for other in others)])
    vectors = _MeanVectors(installation)
    ids = {other.id for other in others}
    known = courses(store, access, ids | {link.letter for link in links_of(store, access, ids)})
    found = [_compared(document, other, values, vectors, known) for other in others]
    return sorted(found, key=lambda request: (-request.score, request.document.id))[:limit]


def _candidates(store: Store, access: AccessFilter, document_id: str) -> list[StoredDocument]:
    """Return the requests with most common measures, offences and states; a measure or offence is required."""
    row, own = RequestValueRow, RequestValueRow.__table__.alias("own")
    shared = (
        select(row.document, func.count().label("count"))
        .join(own, (own.c.field == row.field) & (own.c.value == row.value))
        .where(own.c.document == document_id, row.document != document_id)
        .where(row.field.in_(("measure", "broader_offence", "requesting", "requested")))
        .group_by(row.document)
        .having(func.max(case((row.field.in_(("measure", "broader_offence")), 1), else_=0)) == 1)
        .subquery()
    )
    query = (
        select(DocumentRow)
        .join(shared, shared.c.document == DocumentRow.id)
        .where(visible_documents(access), DocumentRow.status == Status.INDEXED)
        .where(DocumentRow.document_type.in_([kind for kind in REQUEST_TYPES if kind not in BELONGING]))
        .where(DocumentRow.id.not_in(translations(access)))
        .order_by(shared.c.count.desc(), DocumentRow.id)
    )
    with Session(store.database) as session:
        return [document_from(row) for row in session.scalars(query.limit(_MAX_COMPARED))]


def _values(store: Store, documents: Sequence[str]) -> Mapping[str, Values]:
    """Return the values of the compared fields by document."""
    row, found = RequestValueRow, dict[str, dict[str, set[str]]]()
    with Session(store.database) as session:
        query = select(row.document, row.field, row.value).where(row.document.in_(documents))
        for document, field, value in session.execute(query):
            found.setdefault(document, {}).setdefault(field, set()).add(value)
    return {name: {field: frozenset(values) for field, values in fields.items()} for name, fields in found.items()}


def _compared(
    document: StoredDocument,
    other: StoredDocument,
    values: Mapping[str, Values],
    vectors: _MeanVectors,
    known: Mapping[str, Course],
) -> SimilarRequest:
    left, right = values.get(document.id, {}), values.get(other.id, {})
    text = vectors.likeness(document, other)
    states = tuple(side for side in ("requesting", "requested") if left.get(side, _NONE) & right.get(side, _NONE))
    parts = {
        MEASURES: _share(left, right, "measure"),
        OFFENCES: _share(left, right, "broader_offence"),
        STATES: (0.3 * ("requesting" in states) + 0.7 * ("requested" in states)),
        TEXT: max(0.0, (text - _MIN_TEXT) / (1 - _MIN_TEXT)),
    }
    outcome, days = outcome_of(known[other.id], known) if other.id in known else ("", None)
    return SimilarRequest(
        document=other,
        score=round(sum(WEIGHTS[name] * part for name, part in parts.items()), 3),
        measures=tuple(sorted(left.get("measure", _NONE) & right.get("measure", _NONE))),
        offences=tuple(sorted(left.get("broader_offence", _NONE) & right.get("broader_offence", _NONE))),
        states=states,
        text=round(text, 3),
        outcome=outcome,
        days=days,
    )


_NONE: frozenset[str] = frozenset()


def _share(left: Values, right: Values, field: str) -> float:
    """Return the share of values that two requests have in common (Jaccard)."""
    own, other = left.get(field, _NONE), right.get(field, _NONE)
    return len(own & other) / len(own | other) if own | other else 0.0


def outcome_of(course: Course, known: Mapping[str, Course]) -> tuple[str, int | None]:
    """Return the outcome of a request and its duration in days; ``known`` are the courses of the linked letters."""
    events = [event for event in course.events if not event.retracted]
    begun = next((event.day for event in events if event.code in ("received", "sent")), course.reading.document.date)
    if course.state and is_ended(course.status):
        return course.status, _days(begun, course.state.day)
    answers = (letter.letter for letter in course.letters if letter.kind == ANSWER and letter.verdict != LINK_REJECTED)
    dates = [known[link].reading.document.date for link in answers if link in known]
    return (ANSWERED, _days(begun, max(dates))) if dates else ("", None)


def _days(begun: str, ended: str) -> int | None:
    try:
        return max(0, (date.fromisoformat(ended) - date.fromisoformat(begun)).days)
    except ValueError:
        return None


class _MeanVectors:
    """Mean vectors of documents, from the passage vectors stored at ingest; nothing is encoded."""

    def __init__(self, installation: Installation) -> None:
        self._derived, self._encoder = installation.store.derived, installation.encoder
        self._held: dict[str, npt.NDArray[np.float32] | None] = {}

    def likeness(self, document: StoredDocument, other: StoredDocument) -> float:
        """Return the cosine of two documents, 0.0 if one has no vectors."""
        left, right = self._of(document), self._of(other)
        return 0.0 if left is None or right is None else float(left @ right)

    def _of(self, document: StoredDocument) -> npt.NDArray[np.float32] | None:
        if document.id not in self._held:
            self._held[document.id] = self._mean(document)
        return self._held[document.id]

    def _mean(self, document: StoredDocument) -> npt.NDArray[np.float32] | None:
        if self._encoder is None:
            return None
        rows = self._derived.vectors(document.sha256, document.id, self._encoder.version, self._encoder.dimensions)[
            "vector"
        ]
        mean = rows.astype(np.float32).mean(axis=0) if len(rows) else np.zeros(1, np.float32)
        length = float(np.linalg.norm(mean))
        return mean / length if length else None


def median_days(found: Iterable[SimilarRequest]) -> int | None:
    """Return the median duration of similar requests with a recorded final state, None without any.

    An answer alone may be a partial one.
    """
    days = sorted(one.days for one in found if one.days is not None and one.outcome != ANSWERED)
    return days[len(days) // 2] if days else None
