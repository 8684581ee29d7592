"""The issuing authority of the letter: the most probable of the institutions named in it, with its body and unit."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from nlp.folding import fold
from nlp.requests.authority_choice import probabilities
from nlp.requests.authority_evidence import NO_KIND, Named, named_institutions, pattern
from nlp.requests.context import RequestContext
from nlp.requests.proposal import Proposal

ORIGIN = "requests.authorities@3"
_SUREST = 0.97
# What may stand between the line of a body and that of its unit.
_BETWEEN = regex.compile(r"[\s|·•/–—\-,]*")


def read_issuing_authority(context: RequestContext) -> list[Proposal]:
    """Return the court, prosecutor or other body that issues the letter or answer, as its letterhead names it.

    If the letterhead names a body and its unit in neighbouring lines, the value holds both.
    """
    named = named_institutions(context)
    likely = probabilities([one.features for one in named])
    if not named:
        return []
    best = likely.index(max(likely))
    start, end = _full_name(context, named, best)
    value = " ".join(context.text[start:end].split())
    return [Proposal(value, start, end, round(min(_SUREST, likely[best]), 2), ORIGIN)]


def _full_name(context: RequestContext, named: Sequence[Named], best: int) -> tuple[int, int]:
    """Return the range of a name with the neighbouring line that names its body or its unit."""
    one = named[best]
    lines = [other for other in named if other.is_line and (other.end <= one.start or other.start >= one.end)]
    above = [other for other in lines if other.end <= one.start][-1:]
    below = [other for other in lines if other.start >= one.end][:1]
    for other in (*above, *below):
        if one.is_line and _belong_together(context, one, other):
            return min(one.start, other.start), max(one.end, other.end)
    return one.start, one.end


def _belong_together(context: RequestContext, one: Named, other: Named) -> bool:
    """Return whether two names stand next to each other, one of a body and the other of its unit."""
    first, last = sorted((one, other), key=lambda name: name.start)
    if (
        _BETWEEN.fullmatch(context.text, first.end, last.start) is None
        or context.text.count("\n", first.end, last.start) > 1
    ):
        return False
    if any(start <= other.start < end for start, end in context.states.addresses):
        return False
    units = [pattern("unit").match(fold(context.text[name.start : name.end])) is not None for name in (one, other)]
    return all(units) or (any(units) and (other if units[0] else one).kind != NO_KIND)
