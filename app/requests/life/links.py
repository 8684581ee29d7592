"""Letters that belong to a request: supplements, reminders, answers, translations and follow-up requests.

A link is proposed from what both letters say (references, case file, identifiers); people confirm or reject it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import regex
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.life.schema import RequestLinkRow
from app.requests.readings import REQUEST_TYPES, StoredReading
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.reading import Store
from indexing.store.writing import now, writing
from nlp.folding import fold

SUPPLEMENT, REMINDER, ANSWER, TRANSLATION, FOLLOW_UP = "supplement", "reminder", "answer", "translation", "follow_up"
KINDS = (SUPPLEMENT, REMINDER, ANSWER, TRANSLATION, FOLLOW_UP)
CONFIRMED, REJECTED = "confirmed", "rejected"
_BY_TYPE = {"supplement": SUPPLEMENT, "reminder": REMINDER, "response": ANSWER, "mla_response": ANSWER}
_PRELIMINARY = ("preservation_request", "provisional_arrest_request")
_FORMAL = ("rogatory_letter", "mla_request", "eio", "tca_request", "extradition_request")
_IDENTIFIERS = ("iban", "account", "phone", "plate", "ip", "wallet", "email", "imei", "company_number")
_SHORTEST = 5
_MOST = 3
# How far each reason supports a link; several together support it more.
_WEIGHTS = {"reference": 0.9, "case_number": 0.75, "case_file": 0.5, "identifier": 0.5}


@dataclass(frozen=True, slots=True)
class Link:
    """``letter`` belongs to ``request`` (ids of documents) as ``kind``.

    ``reasons`` are codes with what both letters share (``reference:CRI 12/2025``); ``verdict`` is empty while nobody
    decided.
    """

    letter: str
    request: str
    kind: str
    reasons: tuple[str, ...] = ()
    confidence: float = 0.0
    verdict: str = ""
    principal: str = ""
    made: datetime | None = None


def proposed_links(readings: Iterable[StoredReading]) -> list[Link]:
    """Return what is proposed among ``readings``, within each collection alone, the best first."""
    by_collection: dict[str, list[_Marks]] = defaultdict(list)
    for stored in readings:
        if stored.row is not None:
            by_collection[stored.document.collection].append(_marks(stored))
    found = [link for marks in by_collection.values() for link in _within(marks)]
    return sorted(found, key=lambda link: -link.confidence)


def request_links(store: Store, readings: Sequence[StoredReading]) -> list[Link]:
    """Return the links among ``readings`` with the decision on each: what was proposed, and what people added."""
    visible = {stored.document.id for stored in readings}
    decided = _decisions(store, visible)
    links = {(link.letter, link.request): link for link in proposed_links(readings)}
    for pair, decision in decided.items():
        known = links.get(pair, decision)
        links[pair] = replace(
            known, kind=decision.kind, verdict=decision.verdict, principal=decision.principal, made=decision.made
        )
    return list(links.values())


def decide_link(
    store: Store, access: AccessFilter, principal: Principal, letter: str, request: str, kind: str, verdict: str
) -> None:
    """Record that ``letter`` belongs to ``request`` as ``kind``, or does not.

    Raises ``app.form_invalid`` for an unknown kind or verdict, ``app.no_request`` where either is no request document,
    ``app.link_refused`` for a letter and itself or letters of two collections, ``indexing.not_writable`` where
    ``principal`` may only read the request.
    """
    if kind not in KINDS or verdict not in (CONFIRMED, REJECTED):
        raise RogatioError("app.form_invalid")
    first, second = store.document(access, letter), store.document(access, request)
    if first.document_type not in REQUEST_TYPES or second.document_type not in REQUEST_TYPES:
        raise RogatioError("app.no_request")
    if first.id == second.id or first.collection != second.collection:
        raise RogatioError("app.link_refused")
    require_write(store, access, second, principal)
    with writing(store) as session:
        session.add(
            RequestLinkRow(
                letter=letter, request=request, kind=kind, verdict=verdict, principal=principal.id, made=now()
            )
        )


def _decisions(store: Store, visible: set[str]) -> dict[tuple[str, str], Link]:
    with Session(store.database) as session:
        rows = session.scalars(select(RequestLinkRow).order_by(RequestLinkRow.id))
        return {
            (row.letter, row.request): Link(
                row.letter, row.request, row.kind, (), 0.0, row.verdict, row.principal, row.made
            )
            for row in rows
            if {row.letter, row.request} <= visible
        }


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a letter can be recognised by; numbers and identifiers by their normal form."""

    id: str
    type: str
    date: str
    case_file: str
    language: str
    states: tuple[str, str]
    reference: str
    numbers: Mapping[str, str]
    identifiers: Mapping[str, str]


def _marks(stored: StoredReading) -> _Marks:
    row = stored.row or {}
    fields: Mapping[str, Sequence[Mapping[str, Any]]] = row.get("fields", {})
    values = [found["value"] for found in fields.get("identifiers", ())]
    reference = _first(fields, "own_reference")
    numbers = [value["text"] for value in values if value["kind"] == "case_number"]
    other = [value["text"] for value in values if value["kind"] in _IDENTIFIERS and value["scope"] == "case"]
    return _Marks(
        id=stored.document.id,
        type=str(row.get("document_type") or stored.document.document_type),
        date=stored.document.date,
        case_file=stored.document.case_file,
        language=stored.document.language,
        states=(_first(fields, "requesting_state")[:2], _first(fields, "requested_state")[:2]),
        reference=_normal(reference),
        numbers=_by_normal([reference, *numbers]),
        identifiers=_by_normal(other),
    )


def _first(fields: Mapping[str, Sequence[Mapping[str, Any]]], key: str) -> str:
    found = fields.get(key)
    return str(found[0]["value"]) if found else ""


def _by_normal(values: Iterable[str]) -> dict[str, str]:
    return {normal: value for value in values if (normal := _normal(value))}


def _normal(value: str) -> str:
    """Return letters and digits alone, empty where they are too few to tell two numbers apart."""
    compact = regex.sub(r"[^\p{L}\p{N}]", "", fold(value))
    return compact if len(compact) >= _SHORTEST and regex.search(r"\d", compact) else ""


def _within(marks: Sequence[_Marks]) -> Iterator[Link]:
    """Yield for each letter its best requests among ``marks``."""
    index = _Index.of(marks)
    for letter in marks:
        found = []
        for request in index.candidates(letter):
            kind = _kind(letter, request)
            reasons = _reasons(letter, request) if kind and _may_follow(letter, request) else ()
            if reasons and _enough(kind, reasons):
                found.append(Link(letter.id, request.id, kind, reasons, _confidence(reasons)))
        yield from sorted(found, key=lambda link: -link.confidence)[:_MOST]


@dataclass(frozen=True, slots=True)
class _Index:
    """Letters by each mark, so that only letters that share one are compared."""

    by_mark: Mapping[str, list[_Marks]]

    @classmethod
    def of(cls, marks: Sequence[_Marks]) -> _Index:
        by_mark: dict[str, list[_Marks]] = defaultdict(list)
        for one in marks:
            for mark in cls._of_one(one):
                by_mark[mark].append(one)
        return cls(by_mark)

    def candidates(self, letter: _Marks) -> list[_Marks]:
        found = {marks.id: marks for mark in self._of_one(letter) for marks in self.by_mark[mark]}
        found.pop(letter.id, None)
        return list(found.values())

    @staticmethod
    def _of_one(marks: _Marks) -> set[str]:
        return {*marks.numbers, *marks.identifiers, *([f"file {marks.case_file}"] if marks.case_file else [])}


def _kind(letter: _Marks, request: _Marks) -> str:
    """Return as what a letter may belong to a request, empty where it cannot."""
    if request.type in _BY_TYPE:
        return ""
    if kind := _BY_TYPE.get(letter.type):
        return kind
    if request.type in _PRELIMINARY and letter.type in _FORMAL:
        return FOLLOW_UP
    same = letter.type == request.type and letter.reference and letter.reference == request.reference
    return TRANSLATION if same and letter.language != request.language and letter.id > request.id else ""


def _may_follow(letter: _Marks, request: _Marks) -> bool:
    """Return whether neither the dates nor the states of two letters contradict a link."""
    later = not (letter.date and request.date) or letter.date >= request.date
    return later and all(a == b for a, b in zip(letter.states, request.states, strict=True) if a and b)


def _reasons(letter: _Marks, request: _Marks) -> tuple[str, ...]:
    reasons = []
    if request.reference and request.reference in letter.numbers:
        reasons.append(f"reference:{letter.numbers[request.reference]}")
    shared = [value for normal, value in letter.numbers.items() if normal in request.numbers]
    reasons += [f"case_number:{value}" for value in shared if f"reference:{value}" not in reasons]
    if letter.case_file and letter.case_file == request.case_file:
        reasons.append(f"case_file:{letter.case_file}")
    reasons += [f"identifier:{value}" for normal, value in letter.identifiers.items() if normal in request.identifiers]
    return tuple(reasons)


def _enough(kind: str, reasons: Sequence[str]) -> bool:
    """Return whether the reasons suffice: an identifier alone links nothing but a follow-up to its preservation."""
    codes = {reason.partition(":")[0] for reason in reasons}
    return kind == FOLLOW_UP or codes != {"identifier"}


def _confidence(reasons: Iterable[str]) -> float:
    doubt = 1.0
    for code in {reason.partition(":")[0] for reason in reasons}:
        doubt *= 1 - _WEIGHTS[code]
    return round(1 - doubt, 2)


def reason_words(reason: str, language: str) -> str:
    """Return a reason of a link in words."""
    code, _, fact = reason.partition(":")
    words: str = load("app.request_words")["link_reasons"][code][language]
    return words.format(fact=fact)
