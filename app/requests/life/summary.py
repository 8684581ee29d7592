"""Summary of a request for lists and counts: kind, States, reference, and what an answer or withdrawal reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.document_kinds import kind_of
from app.requests.life.schema import RequestSummaryRow
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import DocumentRow
from nlp.requests.flow import flow_of, sentence_at, sentences_of
from nlp.requests.letter_types.outcomes import find_outcome, find_withdrawal
from nlp.requests.letter_types.statements import ANSWERS, WITHDRAWAL
from nlp.requests.proposal import OWN_WORDS

_MAX_STATE_LENGTH = 16
_MAX_QUOTE = 500
# Type of a letter that reports a state of its request -> how the state is found.
_OUTCOMES = {**dict.fromkeys(ANSWERS, find_outcome), WITHDRAWAL: find_withdrawal}


def summaries(store: Store, documents: Iterable[StoredDocument]) -> dict[str, RequestSummaryRow]:
    """Return by id the summaries of those of ``documents`` that are letters, and were read.

    The documents were read through the access filter.
    """
    letters = [document.id for document in documents if kind_of(document.document_type) == "request"]
    with Session(store.database) as session:
        rows = session.scalars(select(RequestSummaryRow).where(RequestSummaryRow.document.in_(letters)))
        return {row.document: row for row in rows}


def references(store: Store, letters: Iterable[str]) -> dict[str, str]:
    """Return the own reference of those of ``letters`` (ids, read through the access filter) that have one, by id."""
    known = RequestSummaryRow.document.in_(list(letters)), RequestSummaryRow.reference != ""
    with Session(store.database) as session:
        rows = session.execute(select(RequestSummaryRow.document, RequestSummaryRow.reference).where(*known))
        return dict(rows.tuples().all())


def reported_outcome(row: Mapping[str, Any], text: str) -> dict[str, Any] | None:
    """Return the state that an answer or withdrawal reports in its own words, with its place in ``text``, else None."""
    find = _OUTCOMES.get(row["document_type"])
    if find is None:
        return None
    own = [(part["start"], part["end"]) for part in row.get("segments", ()) if part["kind"] in OWN_WORDS]
    found = find(text, own)
    if found is None:
        return None
    start, end = _sentence(text, found.start, found.end) if find is find_outcome else (found.start, found.end)
    return {"status": found.status, "start": start, "end": end, "quote": " ".join(text[start:end].split())}


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the sentence with the words that report a state: it says what was done or could not be."""
    flow = flow_of(text)
    whole = sentence_at(sentences_of(flow), flow.at(start))
    first, last = flow.original(whole.start, whole.end)
    return (first, last) if first <= start and end <= last <= first + _MAX_QUOTE else (start, end)


def refresh_summary(
    session: Session, document: DocumentRow, row: Mapping[str, Any], fields: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Write the summary of a request in place of the one held."""
    session.merge(summary_row(document, row, fields))


def summary_row(
    document: DocumentRow, row: Mapping[str, Any], fields: Mapping[str, Sequence[Mapping[str, Any]]]
) -> RequestSummaryRow:
    """Return the summary of a request; ``row`` is its reading, ``fields`` the decided proposals."""
    outcome = row.get("outcome") or {}
    return RequestSummaryRow(
        document=document.id,
        kind=str(row.get("document_type") or document.document_type),
        requesting=first_value(fields, "requesting_state")[:_MAX_STATE_LENGTH],
        requested=first_value(fields, "requested_state")[:_MAX_STATE_LENGTH],
        reference=first_value(fields, "own_reference"),
        outcome=outcome.get("status", ""),
        outcome_start=outcome.get("start", 0),
        outcome_end=outcome.get("end", 0),
        outcome_quote=outcome.get("quote", ""),
    )


def first_value(fields: Mapping[str, Sequence[Mapping[str, Any]]], key: str) -> str:
    """Return the first value of a field of a reading as text, empty without one."""
    found = fields.get(key)
    return str(found[0]["value"]) if found else ""
