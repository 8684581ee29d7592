"""Searchable values of a request: codes as they are, names and numbers in the form in which they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import regex
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.requests.decisions import (
    CORRECTED,
    REJECTED,
    Decision,
    decision_history,
    newest_decisions,
    proposal_id,
    with_decided,
)
from app.requests.schema import RequestReadingRow
from app.requests.search.schema import LONGEST_VALUE, RequestValueRow
from indexing.records.validity import read_day
from indexing.search.query_fields import value_named
from indexing.store.schema import DocumentRow
from nlp.matching.spelling import plain

VALUES_VERSION = "values@1"
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
FLAGS = {"urgency": "urgent", "confidentiality": "confidential", "reciprocity": "reciprocity"}
"""Fields that are true or absent, and the value of ``is:`` that stands for each."""
COMPLETE, INCOMPLETE = "complete", "incomplete"

Fields = Mapping[str, Sequence[Any]]
Value = tuple[str, str]


def words(text: str) -> list[str]:
    """Return the words of a name in Latin letters, without accents and case."""
    return _WORDS.findall(plain(text))


def compact(text: str) -> str:
    """Return a number or reference in capitals without spaces and signs."""
    return "".join(_WORDS.findall(plain(text))).upper()


def decided_fields(row: Mapping[str, Any], history: Iterable[Decision]) -> dict[str, list[Any]]:
    """Return the values of each field: without those rejected, corrected as people said, with those they confirmed.

    ``history`` are the decisions on the request, the oldest first.
    """
    newest = newest_decisions(history)
    fields: dict[str, list[Any]] = {}
    for key, proposals in with_decided(row.get("fields", {}), newest.values()).items():
        for found in proposals:
            made = newest.get((key, proposal_id(key, found["value"])))
            if made is None or made.verdict != REJECTED:
                corrected = made is not None and made.verdict == CORRECTED
                value = corrected_value(key, found["value"], made.text) if made and corrected else found["value"]
                fields.setdefault(key, []).append(value)
    return fields


def corrected_value(field: str, value: Any, text: str) -> Any:
    """Return the value of a field after a person entered ``text`` in place of it."""
    if field in ("requesting_state", "requested_state"):
        return value_named("jurisdiction", text)
    if not isinstance(value, Mapping):
        return text
    changed = {
        "measures": {"measure": value_named("concept", text)},
        "offences": {"concept": value_named("offence", text)},
        "persons": {"name": text},
        "deadlines": {"date": read_day(text) or text},
        "annexes": {"label": text},
    }
    return {**value, **changed.get(field, {"text": text})}


def file_values(document: DocumentRow, row: Mapping[str, Any], fields: Fields) -> set[Value]:
    """Return the (field, value) pairs of a request; ``fields`` are its decided values."""
    found = {
        ("type", str(row.get("document_type", ""))),
        ("date", document.date),
        ("case", compact(document.case_file)),
    }
    found |= {("word", word) for word in (*words(document.title), *words(document.source))}
    for key, read in _READERS.items():
        found |= {pair for value in fields.get(key, ()) for pair in read(value)}
    found |= {("is", flag) for key, flag in FLAGS.items() if fields.get(key)}
    checks = [check["state"] for check in row.get("preflight", ())]
    if checks:
        found.add(("is", COMPLETE if set(checks) == {"present"} else INCOMPLETE))
    found |= {("word", word) for field, word in found if field in ("person", "authority")}
    return {(field, value[:LONGEST_VALUE]) for field, value in found if value}


def refresh_values(session: Session, document_id: str) -> None:
    """Write the values of a request in place of those held, from its stored reading and the decisions on it."""
    document, reading = session.get_one(DocumentRow, document_id), session.get_one(RequestReadingRow, document_id)
    fields = decided_fields(reading.reading, decision_history(session, document_id))
    session.execute(delete(RequestValueRow).where(RequestValueRow.document == document_id))
    found = sorted(file_values(document, reading.reading, fields))
    session.add_all(RequestValueRow(document=document_id, field=field, value=value) for field, value in found)


def _one(field: str) -> Callable[[Any], Iterator[Value]]:
    def read(value: Any) -> Iterator[Value]:
        yield field, str(value)

    return read


def _words(field: str) -> Callable[[Any], Iterator[Value]]:
    def read(value: Any) -> Iterator[Value]:
        yield from ((field, word) for word in words(str(value)))

    return read


def _offences(value: Mapping[str, Any]) -> Iterator[Value]:
    yield "offence", value["concept"]
    yield from (("broader_offence", one) for one in (value["concept"], *(value.get("broader") or ())))


def _persons(value: Mapping[str, Any]) -> Iterator[Value]:
    for name in (value["name"], *(value.get("aliases") or ())):
        yield from (("person", word) for word in words(name))
    for one in value.get("documents") or ():
        yield "identifier", compact(one if isinstance(one, str) else str(one.get("text", "")))


def _identifiers(value: Mapping[str, Any]) -> Iterator[Value]:
    yield ("reference" if value["kind"] == "case_number" else "identifier"), compact(value["text"])


def _reference(value: Any) -> Iterator[Value]:
    yield "reference", compact(str(value))


def _instrument(value: Mapping[str, Any]) -> Iterator[Value]:
    yield "instrument", str(value.get("instrument") or "")


def _periods(value: Mapping[str, Any]) -> Iterator[Value]:
    yield "facts", str(value.get("from") or value.get("to") or "")


_READERS: Mapping[str, Callable[[Any], Iterator[Value]]] = {
    "requesting_state": _one("requesting"),
    "requested_state": _one("requested"),
    "issuing_authority": _words("authority"),
    "own_reference": _reference,
    "legal_basis": _instrument,
    "measures": lambda value: iter([("measure", value["measure"])]),
    "offences": _offences,
    "persons": _persons,
    "identifiers": _identifiers,
    "facts_period": _periods,
    "deadlines": lambda value: iter([("deadline", str(value["date"]))]),
}
