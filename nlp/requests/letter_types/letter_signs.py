"""Signs of a letter: it is addressed and dated, speaks to its reader, greets, takes leave, asks, or sends others on."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.entities.dates import month_words
from nlp.requests.flow import Flow
from nlp.requests.proposal import FilePart
from nlp.requests.states.addresses import address_blocks, labelled_lines

TRANSMITTAL = "transmittal_slip"
"""Type of a covering note."""

_OPENING = 2_500
_GREETING, _LEAVE = 1_500, 900
# Least number of articles in a text that is no letter, greatest length of a covering note in characters.
_ARTICLES, _COVERING_NOTE = 3, 700


def asks_something(flow: Flow, part: FilePart) -> bool:
    """Return whether the letter asks for something."""
    return _pattern("asks").search(flow.folded, flow.at(part.start), flow.at(part.end)) is not None


def is_addressed(flow: Flow, text: str, part: FilePart) -> bool:
    """Return whether a text is addressed to somebody near its top like a letter."""
    return bool(address_blocks(text, part)) or any(
        start - part.start < _OPENING for _, start, _ in labelled_lines(flow, part)
    )


def reads_as_letter(flow: Flow, part: FilePart, words: int) -> bool:
    """Return whether a text is dated at its beginning or end and speaks to its reader, and is no text of articles.

    ``words`` is the least number of different words that speak to a reader.
    """
    first, last = flow.at(part.start), flow.at(part.end)
    ends = ((first, min(last, first + _LEAVE)), (max(first, last - _LEAVE), last))
    if not any(_day().search(flow.folded, *place) for place in ends):
        return False
    spoken = {found[0] for found in _pattern("spoken").finditer(flow.folded, first, last)}
    return len(spoken) >= words and len(_pattern("article_line").findall(flow.folded, first, last)) < _ARTICLES


def greets_and_leaves(flow: Flow, start: int, end: int) -> bool:
    """Return whether a text greets somebody near its beginning and takes leave near its end."""
    first, last = flow.at(start), flow.at(end)
    greets = _pattern("salutation").search(flow.folded, first, min(last, first + _GREETING))
    return greets is not None and _pattern("closing").search(flow.folded, max(first, last - _LEAVE), last) is not None


def only_forwards(flow: Flow, part: FilePart) -> bool:
    """Return whether a text says that it sends a request or its documents on, and asks for nothing itself.

    Such a covering note is none of what its subject line names: the request is the document sent on.
    """
    words = _pattern("subject_lines").sub("", flow.folded[flow.at(part.start) : flow.at(part.end)])
    sent = _pattern("forwards").search(words)
    if sent is None or len(words) > _COVERING_NOTE:
        return False
    rest = words[: sent.start()] + words[sent.end() :]
    return _pattern("asks").search(rest) is None and _pattern("verbs_of_asking").search(rest) is None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_types")[name])


@cache
def _day() -> regex.Pattern[str]:
    """Return the pattern of a day: "3 de marzo de 2025", "March 3, 2025", "3.3.2025", "2025-03-03"."""
    months = month_words()
    return regex.compile(
        rf"\b\d{{1,2}}(?:\.|[ºo°]|er|st|nd|rd|th)?,? ?(?:de |day of |of )?(?:{months})\b\.?,? ?(?:de |of )?"
        rf"(?:19|20)\d{{2}}|\b(?:{months}) \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}"
        r"|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}[./-]\d{2}[./-]\d{2}\b"
    )
