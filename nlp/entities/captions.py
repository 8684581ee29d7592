"""Names on the title page of judgments of common-law courts: court, judges, parties, law firms.

The model was trained on running text. On a title page the court is in capitals, each party beside its role, and judges
are given by surname and judicial suffix (``resources/captions.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.patterns import compile_pattern, expanded

ORIGIN = "captions@1"
_PAGE = 4_000  # characters of a judgment in which parties and the court are introduced


def caption_names(text: str) -> Iterator[Span]:
    """Yield the names in ``text``; courts, their seats and parties only on the first page."""
    page = text[:_PAGE]
    yield from _judges(text)
    yield from _named("titled", text, "PERSON")
    yield from (span for kind in ("firm", "named") for span in _named(kind, text, "ORGANISATION"))
    yield from _named("court", page, "ORGANISATION")
    yield from _named("seat", page, "LOCATION")
    yield from _parties(page)


def trimmed(start: int, end: int, text: str) -> int:
    """Return the end of a name without the words of a title page behind it; ``start`` if nothing of it is a name."""
    if _pattern("nothing").fullmatch(text, start, end):
        return start
    match = _pattern("edge").search(text[start:end])
    return start + match.start() if match and match.start() else end


def _judges(text: str) -> Iterator[Span]:
    for found in _pattern("judges").finditer(text):
        for judge in _pattern("judge").finditer(text, found.start(), found.end()):
            yield _span(judge.start(), judge.end(), "PERSON", text)


def _named(kind: str, text: str, label: str) -> Iterator[Span]:
    for match in _pattern(kind).finditer(text):
        start, end = match.span("name") if "name" in match.groupdict() else match.span()
        yield _span(start, end, label, text)


def _parties(text: str) -> Iterator[Span]:
    """Yield the parties beside their role, on the lines behind "BETWEEN" and around "v"."""
    beside = _pattern("party").finditer(text)
    between = _pattern("between").finditer(text)
    lines = (line for block in between for line in _pattern("line").finditer(text, *block.span("lines")))
    for match in (*beside, *lines, *_pattern("versus").finditer(text)):
        name = match["name"]
        if not _pattern("no_party").fullmatch(name) and (" " in name or _pattern("body").search(name)):
            label = "ORGANISATION" if _pattern("body").search(name) else "PERSON"
            start, end = match.span("name")
            yield _span(start, end, label, text)


def _span(start: int, end: int, label: str, text: str) -> Span:
    return Span(start, end, label, " ".join(text[start:end].split()), 0.8, ORIGIN)


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    rules = load("nlp.captions")
    return compile_pattern(expanded(rules[name], rules), case_sensitive=True)
