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
# Maximum number of other characters in a dateline.
_DATELINE = 45
# Characters before a date in which a phrase such as "Fecha de la solicitud:" is sought, and the name of a treaty.
_BEFORE, _TREATY = 130, 300
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Metadata keys of the date (front matter, Akoma Ntoso FRBR, HTML and Dublin Core), the most reliable first.
_KEYS = ("date", "publication_date", "frbrdate", "dc.date", "dcterms.date", "promulgation_date", "date_document")


def find_date(
    text: str, spans: Sequence[Span], hints: Hints, metadata: Mapping[str, str], *, legislation: bool = False
) -> str:
    """Return the document's date in ISO 8601, or ``""``: from ``hints``, else ``metadata``, else the text.

    In the text, in this order: a dateline in the letterhead ("Madrid, 3 de mayo de 2024"), a date introduced as the
    document's there ("Fecha de la solicitud: ..."), and at the end the last date after such a phrase or a place
    ("Fait à ..., le") or in a dateline. The day on which a treaty was signed, named before it in the sentence, is none
    of these, nor is the date of an act named on its line, unless the document is ``legislation``. ``spans`` are the
    annotations of ``text``; only DATE spans are used.
    """
    for date in (hints.date, *(metadata.get(key, "") for key in _KEYS)):
        if match := _ISO_DATE.search(date):
            return match.group()
    dates = [
        span
        for span in spans
        if span.label == "DATE" and _ISO_DATE.fullmatch(span.value) and (legislation or not _is_of_act(text, span))
    ]
    head = [span for span in dates if span.start < _LETTERHEAD]
    foot = [span for span in reversed(dates) if span.start > len(text) - _SIGNATURE]
    own = (
        *(span for span in head if _is_dateline(text, span)),
        *(span for span in head if _is_introduced(text, span)),
        *(span for span in foot if _is_introduced(text, span) or _follows_place(text, span)),
        *(span for span in foot if _is_dateline(text, span)),
    )
    return own[0].value if own else ""


def _is_introduced(text: str, span: Span) -> bool:
    before = fold(text[max(0, span.start - _BEFORE) : span.start])
    return bool(_endings("dated").search(before)) and not _is_other(text, span)


def _is_of_act(text: str, span: Span) -> bool:
    """Return whether a date is that of an act: "Directive 2014/41/EU of 3 April 2014"."""
    return bool(_endings("of_act").search(fold(text[max(0, span.start - _BEFORE) : span.start])))


def _is_other(text: str, span: Span) -> bool:
    """Return whether a date is introduced as another one, or is of a treaty, named before it in the same sentence."""
    before = fold(text[max(0, span.start - _TREATY) : span.start])
    return bool(_endings("other_date").search(before) or _treaty().search(before))


@cache
def _treaty() -> regex.Pattern[str]:
    return regex.compile(load("nlp.document_dates")["treaty"])


def _follows_place(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _BEFORE) : span.start]
    return bool(_places().search(before)) and not _is_other(text, span)


@cache
def _endings(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|\b|\s)(?:{'|'.join(load('nlp.document_dates')[name])})$")


@cache
def _places() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{pattern})$" for pattern in load("nlp.document_dates")["places"]))


def _is_dateline(text: str, span: Span) -> bool:
    """Return whether the date's line otherwise contains only names ("Madrid, a 3 de mayo de 2024"), no sentence."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    return len(before) + len(after) < _DATELINE and all(map(_names_only().fullmatch, (before, after)))


@cache
def _names_only() -> regex.Pattern[str]:
    connectors = "|".join(load("nlp.document_dates")["connectors"])
    return regex.compile(rf"(?:[^\p{{L}}]|\p{{Lu}}[\p{{L}}.'’-]*|\b(?:{connectors})\b)*+")
