"""Offences charged by a special law alone, whose title tells its subject: "section 86 of the Customs Act"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.context import RequestContext

_NEAR = 180


def titled_offences(context: RequestContext) -> Iterator[tuple[str, Span]]:
    """Yield the concept and the citation of each provision of such a law under which the letter says it charges."""
    for span in _citations(context):
        start, end = context.flow.at(span.start), context.flow.at(span.end)
        words = context.flow.folded[start:end]
        concept = next((code for code, pattern in _subjects().items() if pattern.search(words)), "")
        if concept and _article().match(words) and _is_charged(context, span, start):
            yield concept, span


def _citations(context: RequestContext) -> Iterator[Span]:
    """Yield the citations of laws, and those of regulations by their title."""
    yield from context.spans("LAW")
    for found in _regulations().finditer(context.flow.folded):
        yield Span(*context.flow.original(*found.span()), "LAW", "", 1.0, "")


def _is_charged(context: RequestContext, span: Span, start: int) -> bool:
    """Return whether the words before a citation say that it is infringed, and not that it gives a power."""
    words = context.flow.folded[max(0, start - _NEAR) : start]
    if _pattern("by_virtue").search(words):
        return False
    named = context.section_at(span.start) in load("nlp.request_offences")["naming"]
    return named or _pattern("infringed").search(words) is not None


@cache
def _subjects() -> dict[str, regex.Pattern[str]]:
    subjects: dict[str, str] = load("nlp.request_offences")["titles"]["subjects"]
    return {code: regex.compile(rf"(?<!\w)(?:{pattern})") for code, pattern in subjects.items()}


@cache
def _regulations() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_offences")["titles"]["regulations"])


@cache
def _article() -> regex.Pattern[str]:
    return regex.compile(r"\W*(?:§|(?:arts?|ss?|sections?|articles?|articulos?|artigos?|regulations?)\b)\.? ?\W?\d")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_offences")["titles"][name])
