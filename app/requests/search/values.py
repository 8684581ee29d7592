"""Searchable values of a request: codes unchanged, names and numbers in normal form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import regex
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.requests.search.schema import MAX_VALUE_LENGTH, RequestValueRow
from indexing.store.schema import DocumentRow
from nlp.matching.spelling import plain

# "214 de 2026", "91 of 2025": the year of a number that is counted by year.
_OF_YEAR = regex.compile(r"(?<=\d) (?:del?|d[ao]|of) (?=(?:19|20)\d{2}(?!\d))", regex.I)
# "Nº 1187/2026", "No. 77": the sign before a number, which not every letter that cites it has.
_SIGN = regex.compile(r"^\s*(?:n\.? ?[ºo°]\.?|nro\.?|n[uú]m(?:[eé]ro)?\.?|number)\s*(?=\d)", regex.I)
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
    """Return a number or reference in capitals without spaces and signs; "N.º 214 de 2026" is "214/2026"."""
    return "".join(_WORDS.findall(plain(bare_number(text)))).upper()


def bare_number(text: str) -> str:
    """Return a number or reference without a sign before it, with a stroke for the word before its year."""
    return _OF_YEAR.sub("/", _SIGN.sub("", text))


def file_values(document: DocumentRow, row: Mapping[str, Any], fields: Fields) -> set[Value]:
    """Return the (field, value) pairs of a request; ``fields`` are its decided values."""
    found = {
        ("type", str(row.get("document_type", ""))),
        ("date", document.date),
        ("case", compact(document.case_file)),
        ("reference", compact(document.case_file)),  # the register shows it in place of a reference
    }
    named = (document.title, document.source, document.case_file, *map(str, fields.get("own_reference", ())))
    found |= {("word", word) for name in named for word in words(name)}
    for key, read in _READERS.items():
        found |= {pair for value in fields.get(key, ()) for pair in read(value)}
    found |= {("is", flag) for key, flag in FLAGS.items() if fields.get(key)}
    checks = [check["state"] for check in row.get("preflight", ())]
    if checks:
        found.add(("is", COMPLETE if set(checks) == {"present"} else INCOMPLETE))
    found |= {("word", word) for field, word in found if field in ("person", "authority")}
    return {(field, value[:MAX_VALUE_LENGTH]) for field, value in found if value}


def refresh_values(session: Session, document: DocumentRow, row: Mapping[str, Any], fields: Fields) -> None:
    """Replace the values of a request; ``row`` is its reading, ``fields`` its decided values."""
    session.execute(delete(RequestValueRow).where(RequestValueRow.document == document.id))
    found = sorted(file_values(document, row, fields))
    session.add_all(RequestValueRow(document=document.id, field=field, value=value) for field, value in found)


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
    yield from (("broader_offence", concept) for concept in (value["concept"], *(value.get("broader") or ())))


def _persons(value: Mapping[str, Any]) -> Iterator[Value]:
    for name in (value["name"], *(value.get("aliases") or ())):
        yield from (("person", word) for word in words(name))
    for document in value.get("documents") or ():
        yield "identifier", compact(document if isinstance(document, str) else str(document.get("text", "")))


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
