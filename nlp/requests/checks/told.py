"""Evidence of how fully a letter tells its facts, and whether it names a treaty."""

from __future__ import annotations

from collections.abc import Mapping
from math import log1p

from nlp.requests.checks.evidence_words import holds
from nlp.requests.checks.words import Fields, letter_words, pattern
from nlp.requests.context import RequestContext
from nlp.requests.statements import REPORTED, TOLD, find_statements


def facts_evidence(context: RequestContext, fields: Fields) -> Mapping[str, float]:
    """Return evidence for an alarm of the facts: how much is told, with how many dates, places and amounts."""
    flow = context.flow
    ranges = [
        (one.start, one.end) for one in find_statements(context) if {mood for _, mood in one.clauses} & {TOLD, REPORTED}
    ]
    words = [flow.folded[start:end] for start, end in ranges]
    places = [flow.at(span.start) for span in context.spans("DATE")]
    dates = sum(any(start <= place < end for start, end in ranges) for place in places)
    return {
        "facts.told": log1p(sum(len(text) for text in words)) / 3 - 1,
        "facts.statements": log1p(len(ranges)),
        "facts.dates": log1p(dates),
        "facts.undated": float(not dates),
        "facts.years": float(any(pattern("when").search(text) for text in words)),
        "facts.section": float(any(True for _ in context.sections_of("facts", "summary"))),
        "facts.period": float(bool(fields.get("facts_period"))),
        "facts.amounts": log1p(len(fields.get("amounts", ()))),
        "facts.offence": float(bool(fields.get("offences"))),
    }


def names_treaty(context: RequestContext) -> bool:
    """Return whether the letter names a treaty, and does not say that there is none."""
    words = " ".join(" ".join(letter_words(context)).split())
    named = any(context.in_own_words(span.start) for span in context.spans("TREATY"))
    return not holds("no_treaty", words) and (named or holds("treaty_word", words))
