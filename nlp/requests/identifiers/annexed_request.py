"""The number of the request that an annex in a file of its own names near its title."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.identifiers.case_numbers import CASE
from nlp.requests.identifiers.forms import Identifier
from nlp.requests.identifiers.reference_evidence import is_reference
from nlp.requests.letter_types.annexes import ANNEX, OPENING

_BEHIND, _CONFIDENCE = 90, 0.9
_NUMBER = regex.compile(
    r"(?<![\p{L}\d])(?=[^\s,;]*\d)[\p{Lu}\d][\p{L}\d]*(?:[./\-–_][\p{L}\d]+)*"
    r"(?: (?i:del?|d[ao]|of) (?:19|20)\d{2}(?![\p{L}\d]))?"
)


def annexed_request(context: RequestContext) -> list[Identifier]:
    """Return the number of the request to which an annex belongs; none in another document."""
    if context.document_type.value != ANNEX:
        return []
    flow = context.flow
    named = _request().search(flow.folded, 0, flow.at(min(OPENING, len(context.text))))
    if named is None:
        return []
    for found in _NUMBER.finditer(flow.cased, named.end(), min(len(flow.cased), named.end() + _BEHIND)):
        if is_reference(found[0]):
            return [Identifier(CASE, *flow.original(*found.span()), None, _CONFIDENCE)]
    return []


@cache
def _request() -> regex.Pattern[str]:
    content = load("nlp.request_annexes")
    return regex.compile(expanded(content["request"], content["fragments"]))
