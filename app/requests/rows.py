"""The machine form of a request reading: one JSON object per document, fixed for scripts and other systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.requests.check_values import differing_values, written_values
from app.requests.invoked_treaties import treaty_form, treaty_words
from extraction.resource import load
from nlp.requests.checks.checks import explain
from nlp.requests.parts.parts import without_inline
from nlp.requests.proposal import Check, FilePart, Proposal, RequestReading, TranslationCheck

Row = dict[str, Any]

# Types of the product that the fixed form counts to another: provisional arrest is asked for in view of extradition.
_FIXED_TYPES = {"provisional_arrest_request": "extradition_request"}


def request_row(identifier: object, reading: RequestReading, language: str = "") -> Row:
    """Return ``id``, ``document_type``, ``segments``, ``fields`` and ``preflight``; offsets are code points.

    ``language`` (es, pt, en or fr) is that of the messages of the completeness check, in the fixed form with its types
    of letters. Without it a row can be stored for readers of every language, with the types of the product: each check
    has a ``reason``, which ``with_messages`` replaces by the message, the invoked ``treaties`` in doubt, the
    ``differences`` of a translation, the ``periods`` that end before they begin, and the ``values``
    in doubt. A raised check has the ``start``
    and ``end`` of its place. A file with a translation also has ``translation``: its paragraphs beside those of the
    letter, and the differences. One that quotes law inside its lines also has ``quotations``: the start and end of
    each. In the fixed form, checks of items that came later are in ``further_checks``.
    """
    kind = str(reading.document_type.value)
    checks = {check.key: _check(check, language) for check in reading.checks}
    apart = {key: checks.pop(key) for key in load("nlp.request_checks")["further"] if language and key in checks}
    row: Row = {
        "id": identifier,
        "document_type": _FIXED_TYPES.get(kind, kind) if language else kind,
        "segments": [_part(part) for part in without_inline(reading.parts)],
        "fields": {
            key: [_fixed(key, _proposal(found)) if language else _proposal(found) for found in proposals]
            for key, proposals in reading.fields.items()
        },
        "preflight": list(checks.values()),
    }
    if apart:
        row["further_checks"] = list(apart.values())
    if inline := [[part.start, part.end] for part in reading.parts if part.inline]:
        row["quotations"] = inline
    return {**row, "translation": translation_row(reading.translation)} if reading.translation else row


def translation_row(check: TranslationCheck) -> Row:
    """Return the paragraphs and differences of a letter and its translation in the form in which they are stored."""
    return {
        "paragraphs": [[list(side) if side else None for side in pair] for pair in check.paragraphs],
        "differences": [
            {
                "kind": difference.kind,
                "original": list(difference.original) if difference.original else None,
                "translation": list(difference.translation) if difference.translation else None,
            }
            for difference in check.differences
        ],
    }


def _part(part: FilePart) -> Row:
    return {"kind": part.kind, "language": part.language, "start": part.start, "end": part.end}


def _check(check: Check, language: str) -> Row:
    stored: Row = {"reason": check.reason}
    if check.treaties:
        stored["treaties"] = [treaty_form(treaty) for treaty in check.treaties]
    if check.differences:
        stored["differences"] = [list(pair) for pair in check.differences]
    if check.periods:
        stored["periods"] = [list(pair) for pair in check.periods]
    if check.values:
        stored["values"] = list(check.values)
    message = {"message": message_of(stored, language)} if language else stored
    place = {"start": check.place[0], "end": check.place[1]} if check.place else {}
    return {
        "key": check.key,
        "state": check.state,
        "instrument": check.instrument or None,
        "provision": check.provision or None,
        **message,
        **place,
    }


# What a stored check has from which its message is made.
_OF_MESSAGE = frozenset({"reason", "treaties", "differences", "periods", "values", "days"})


def with_messages(checks: Iterable[Row], language: str) -> list[Row]:
    """Return stored checks with the message in ``language`` in place of its reason."""
    return [
        {
            **{key: value for key, value in check.items() if key not in _OF_MESSAGE},
            "message": message_of(check, language),
        }
        for check in checks
    ]


def message_of(check: Mapping[str, Any], language: str) -> str:
    """Return the explanation of a stored check; that of invoked treaties in doubt or of differing values names them."""
    if treaties := treaty_words(check.get("treaties", ()), language):
        return treaties
    values = differing_values(check.get("differences", ()), language)
    written = written_values(check, language)
    return " ".join(filter(None, (explain(check["reason"], language), values, written and f"({written})")))


def _fixed(key: str, proposal: Row) -> Row:
    """Return a proposal in the fixed form, in which only instruments of several States have ids."""
    if key != "legal_basis":
        return proposal
    value, rules = proposal["value"], load("nlp.request_legal_basis")
    named = value["instrument"]
    fixed = rules["fixed"].get(named, named if named in rules["listed"] else None)
    return {**proposal, "value": {**value, "instrument": fixed}}


def _proposal(found: Proposal) -> Row:
    return {
        "value": found.value,
        "start": found.start,
        "end": found.end,
        "confidence": round(found.confidence, 3),
        "origin": found.origin,
    }
