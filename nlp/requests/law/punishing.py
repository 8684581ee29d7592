"""Provisions that a letter says punish the conduct it has described: "L'article 16 de la loi ... punit ces faits"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.patterns import expanded
from nlp.requests.context import RequestContext

_REACH = 110


def punishing_provisions(context: RequestContext) -> Iterator[Span]:
    """Yield the citations of law in the authority's own words of which a verb says that they punish the conduct."""
    folded, at = context.flow.folded, context.flow.at
    for span in context.spans("LAW", "REFERENCE"):
        if not context.in_own_words(span.start) or context.is_unticked(span.start):
            continue
        start, end = at(span.start), at(span.end)
        punishes = _pattern("punishes").match(folded, end, min(len(folded), end + _REACH))
        if punishes or _pattern("punished").search(folded, max(0, start - _REACH), start):
            yield span


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    content = load("nlp.request_offences")["punishing"]
    return regex.compile(expanded(content[name], content["fragments"]))
