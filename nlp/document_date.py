"""Date of a document: from hints, metadata, letterhead or closing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Hints, Span
from nlp.folding import fold

_LETTERHEAD = 1_000
_SIGNATURE = 2_000
# How many characters may stand beside a date in its line.
_DATELINE = 45
# How many characters before a date say what is dated.
_BEFORE = 130
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Keys under which files name it (front matter, Akoma Ntoso FRBR, HTML and Dublin Core), the best first.
_KEYS = ("date", "publication_date", "frbrdate", "dc.date", "dcterms.date", "promulgation_date", "date_document")


def find_date(text: str, spans: Sequence[Span], hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the date in ISO 8601: given, or the file's own, or the one that the text is dated with.

    In the text that is a date in a line of its own in the letterhead ("Madrid, 3 de mayo de 2024"), one that is said
    to be the document's ("Fecha de la solicitud: ..."), or the last one behind a place or "Fait a ..., le" at its end.
    """
    for date in (hints.date, *(metadata.get(key, "") for key in _KEYS)):
        if match := _ISO_DATE.search(date):
            return match.group()
    dates = [span for span in spans if span.label == "DATE" and _ISO_DATE.fullmatch(span.value)]
    head = [span for span in dates if span.start < _LETTERHEAD]
    foot = [span for span in reversed(dates) if span.start > len(text) - _SIGNATURE]
    own = (
        *(span for span in head if _stands_alone(text, span)),
        *(span for span in head if _is_dated(text, span)),
        *(span for span in foot if _is_dated(text, span) or _follows_place(text, span)),
        *(span for span in foot if _stands_alone(text, span)),
    )
    return own[0].value if own else ""


def _is_dated(text: str, span: Span) -> bool:
    before = fold(text[max(0, span.start - _BEFORE) : span.start])
    return bool(_endings("dated").search(before)) and not _endings("other_date").search(before)


def _follows_place(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _BEFORE) : span.start]
    return bool(_places().search(before)) and not _endings("other_date").search(fold(before))


@cache
def _endings(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|\b|\s)(?:{'|'.join(load('nlp.document_dates')[name])})$")


@cache
def _places() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{pattern})$" for pattern in load("nlp.document_dates")["places"]))


def _stands_alone(text: str, span: Span) -> bool:
    """Say whether the date's line has only names beside it ("Madrid, a 3 de mayo de 2024"), no sentence."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    return len(before) + len(after) < _DATELINE and all(map(_names_only().fullmatch, (before, after)))


@cache
def _names_only() -> regex.Pattern[str]:
    connectors = "|".join(load("nlp.document_dates")["connectors"])
    return regex.compile(rf"(?:[^\p{{L}}]|\p{{Lu}}[\p{{L}}.'’-]*|\b(?:{connectors})\b)*+")
