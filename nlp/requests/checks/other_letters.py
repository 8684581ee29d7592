"""Further requests in one file: letters below the first one, addressed to authorities of another State.

A file is read as one request with what it encloses; the State and the measures of a second request are lost in it.
"""

from __future__ import annotations

import regex

from nlp.requests.boxes import Range
from nlp.requests.checks.words import Fields, pattern
from nlp.requests.context import RequestContext, once
from nlp.requests.proposal import REQUEST
from nlp.requests.states.mentions import NAME, state_mentions

SEVERAL = "several"
"""The finding of the completeness check for a file with further requests."""

_LINE = regex.compile(r"[^\n]*\S[^\n]*")
_LONGEST, _LEAST_LETTER = 140, 300  # characters of a line with an addressee, and between two of them


def further_requests(context: RequestContext, fields: Fields) -> str | None:
    """Return the finding for a file with several requests, None for one."""
    return SEVERAL if other_addressees(context) else None


@once
def other_addressees(context: RequestContext) -> list[Range]:
    """Return the lines with the addressees of further requests, each to another State than the one before."""
    found: list[Range] = []
    first: tuple[int, frozenset[str]] | None = None
    for start, end, states in _addressees(context):
        if first is None:
            first = end, states
        elif not states & first[1] and start - first[0] >= _LEAST_LETTER and _is_complete(context, *(first[0], start)):
            found.append((start, end))
            first = end, states
    return [one for one in found if pattern("asking").search(_words(context, one[1], len(context.text)))]


def _addressees(context: RequestContext) -> list[tuple[int, int, frozenset[str]]]:
    """Return the lines of the letter that are an address, with the States named in them."""
    lines = [
        (line.start(), line.end())
        for part in context.parts
        if part.kind == REQUEST and not part.inline
        for line in _LINE.finditer(context.text, part.start, part.end)
    ]
    addressed = [
        (start, end, frozenset(one.code[:2] for one in state_mentions(context.text, start, end) if one.kind == NAME))
        for start, end in lines
        if end - start <= _LONGEST and pattern("addressed_line").match(_words(context, start, end))
    ]
    return [one for one in addressed if one[2]]


def _is_complete(context: RequestContext, start: int, end: int) -> bool:
    """Return whether a letter asks for something and ends with the day of the next one, or a signature, above it."""
    words = _words(context, start, end)
    return pattern("asking").search(words) is not None and pattern("new_letter").search(words) is not None


def _words(context: RequestContext, start: int, end: int) -> str:
    return context.flow.folded[context.flow.at(start) : context.flow.at(end)]
