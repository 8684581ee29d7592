"""Measures of a certificate of the European Union: what its form asks for, once for each thing that it lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.certificates import certificate_form
from nlp.requests.proposal import Proposal

_SURE = 0.9


def measures_of_certificate(context: RequestContext, origin: str) -> list[Proposal]:
    """Return the measure of a certificate, one proposal for each listed thing; empty for another letter.

    A certificate without a list of things asks for its measure once, without a target, by its title.
    """
    form, kind = certificate_form(str(context.document_type.value)), context.document_type
    if form is None:
        return []
    named = {"measure": form.measure, "period": None}
    things = list(_listed_things(context, form.things)) if form.things else []
    if not things:
        return [Proposal({**named, "target": None}, kind.start, kind.end, kind.confidence, origin)]
    return [
        Proposal({**named, "target": " ".join(context.text[start:end].split())}, start, end, _SURE, origin)
        for start, end in things
    ]


def _listed_things(context: RequestContext, section: str) -> Iterator[tuple[int, int]]:
    """Yield the range of each thing in the sections with a key, without its number and its heading."""
    for unit in context.sections_of(section):
        body = unit.start + len(unit.label)
        end = _end(context.text, body, unit.end)
        for found in _pattern("item").finditer(context.text, body, end):
            if _pattern("thing").search(found["thing"]) and not context.is_unticked(found.start("thing")):
                yield found.span("thing")


def _end(text: str, start: int, end: int) -> int:
    """Return where the heading of another section stands in a range, behind its first line, else its end."""
    line = text.find("\n", start, end)
    other = _pattern("other").search(text, line + 1, end) if line >= 0 else None
    return other.start() if other else end


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_certificates")[name])
