"""The provisions that a letter cites for an offence it names: behind the name, or before it where brackets hold it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.context import RequestContext

_REACH = 90
SENTENCE_END = regex.compile(r"\p{Ll}{4,}[\x22”»]?[.;][\x22”»]?\s+(?=\p{Lu})|\n\s*\n|[.;]\n")
_CITATIONS = ("LAW", "REFERENCE")
_CLOSED = regex.compile(r"[^()\n]{0,60}\)")
_OPENED = regex.compile(r"\s*\([\x22“«'’]?\Z")


def provisions_of(context: RequestContext, span: Span, following: int) -> tuple[Span, ...]:
    """Return the citations of law for an offence; those from ``following`` on belong to the next offence."""
    before = _explained(context, span)
    return (before,) if before else tuple(_behind(context, span, following))


def _explained(context: RequestContext, span: Span) -> Span | None:
    """Return the citation that the offence only explains: "section 10 of the same Act (identity information)"."""
    opened = _OPENED.search(context.text, max(0, span.start - 4), span.start)
    if opened is None or not _CLOSED.match(context.text, span.end):
        return None
    return next((one for one in context.spans(*_CITATIONS) if one.end == opened.start()), None)


def _behind(context: RequestContext, span: Span, following: int) -> Iterator[Span]:
    """Yield the citations directly after an offence, up to the next offence or the end of the sentence."""
    end, last = min(following, span.end + _REACH), 0
    for other in context.annotations.spans:
        if other.start < span.end:
            continue
        if other.start >= end or SENTENCE_END.search(context.text, span.end, other.start):
            return
        if other.label in _CITATIONS:
            if last and _next_in_list().fullmatch(context.flow.folded, *_range(context, last, other.start)):
                return
            last = other.end
            yield other


def _range(context: RequestContext, start: int, end: int) -> tuple[int, int]:
    return context.flow.at(start), context.flow.at(end)


@cache
def _next_in_list() -> regex.Pattern[str]:
    """Match the words between the brackets of two offences of a list: "(art. 181) y biocidio (art. 350 bis)"."""
    return regex.compile(load("nlp.request_offences")["next_in_list"])
