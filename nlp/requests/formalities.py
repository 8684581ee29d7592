"""Formalities that a letter asks to observe, as a list under a heading of their own ("FORMALITIES REQUESTED").

They are special procedures, whatever their words: a summons to counsel or a copy for the witness under such a heading
is no measure.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext, once
from nlp.requests.sentences import MARKER
from nlp.requests.statements import find_statements, marker_kind


@once
def formalities(context: RequestContext) -> list[tuple[int, int]]:
    """Return the ranges of the running text that list formalities, without their heading, in order."""
    folded, cased = context.flow.folded, context.flow.cased
    found: list[tuple[int, int]] = []
    is_listed, is_first, outer = False, False, ""
    for statement in find_statements(context):
        heading = _heading().match(folded, statement.start, statement.end)
        marker = marker_kind(cased[statement.start : statement.end])
        if heading:
            outer = marker
        is_listed = bool(heading) or (is_listed and (bool(marker) or is_first) and (not outer or marker != outer))
        start = heading.end() if heading else statement.start
        says = bool(folded[start : statement.end].strip())
        is_first = bool(heading) and not says
        if is_listed and says:
            found.append((start, statement.end))
    return found


def is_formality(context: RequestContext, place: int) -> bool:
    """Return whether a place of the running text is in a list of formalities."""
    return any(start <= place < end for start, end in formalities(context))


@cache
def _heading() -> regex.Pattern[str]:
    """Match a heading on formalities at the start of a statement, with what separates it from their list."""
    words = load("nlp.request_details")["procedure"]["formalities"]
    return regex.compile(rf"\W{{0,20}}(?:{MARKER}\s*)?(?:{words})[^.;:\n]{{0,70}}?(?:\s*:\s*|\s*\n|\s*\Z)")
