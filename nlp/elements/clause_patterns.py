"""Patterns of folded text by which the elements of an offence end or begin within a clause.

They are those of ``clauses`` in ``resources/clause_patterns.yaml``, which describes each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load

RESOURCE = "nlp.clause_patterns"
Pattern = regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class ClausePatterns:
    """Compiled patterns of ``clauses``; a missing or unknown name in the resource raises ``TypeError``."""

    phrase_end: Pattern
    word: Pattern
    adverb: Pattern
    manner: Pattern
    complement: Pattern
    a_infinitive: Pattern
    de_infinitive: Pattern
    before_act: Pattern
    of_noun: Pattern
    knowingly: Pattern
    of_what: Pattern
    future_perfect: Pattern
    that: Pattern
    inserted: Pattern
    consists: Pattern
    determined: Pattern
    joined: Pattern
    only_conjunction: Pattern
    reference: Pattern
    paragraph: Pattern
    circumstance_item: Pattern
    predicate_item: Pattern
    modal: Pattern
    profit: Pattern
    aside: Pattern
    punishes: Pattern
    begins_act: Pattern
    inline_heading: Pattern
    opened_item: Pattern
    number: Pattern


def compiled(section: str) -> dict[str, Pattern]:
    """Return the compiled patterns of a section of the resource by their names."""
    return {name: regex.compile(pattern) for name, pattern in load(RESOURCE)[section].items()}


@cache
def clause_patterns() -> ClausePatterns:
    """Return the patterns of clauses, read on their first use."""
    return ClausePatterns(**compiled("clauses"))
