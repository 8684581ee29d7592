"""Numbers of cases in brackets behind a court, and numbers in the line below their word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.identifiers.forms import Identifier

_AROUND = 60
# The end of a full line, behind which its sentence goes on.
_WRAP = regex.compile(r"(?<=^[^\n]{45,})\n(?=[^\s\n])", regex.M)
_NUMBER = regex.compile(
    r"(?<=\p{L}) \((?:n[o°º.]*\s?)?(?=[^()]*\d{3})(?=[^()]*[\p{Lu}/])"
    r"(?P<number>[\p{Lu}\d][\p{L}\d]*(?:[./\-][\p{L}\d]+)*)\)"
)


def cases_of_courts(context: RequestContext) -> Iterator[Identifier]:
    """Yield the numbers in brackets behind a court or an authority: "at Southwark Crown Court (T20267014)"."""
    ends = {span.end for span in context.spans("COURT", "AUTHORITY", "INSTITUTION")}
    for found in _NUMBER.finditer(context.text):
        before = fold(context.text[max(0, found.start() - _AROUND) : found.start()])
        if found.start() in ends or _court_words().search(before):
            yield Identifier("case_number", *found.span("number"), None, 0.7)


def unwrapped(text: str) -> str:
    """Return a text in which a number may stand in the line below its word, with blanks for the ends of full lines."""
    return _WRAP.sub(" ", text)


@cache
def _court_words() -> regex.Pattern[str]:
    words = load("nlp.request_identifiers")["court_words"]
    return regex.compile(rf"(?<!\w)(?:{words})(?!\w)")
