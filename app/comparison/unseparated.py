"""Elements that provisions may state although the program quotes nothing for them.

An empty cell has two causes: the provisions do not have the element, or the program did not separate it from another
one. Only words of the provisions can tell the first, so that a law is said to lack an element only without any.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.comparison.provisions import parts_of
from app.comparison.table import Provision
from nlp.elements.clause_reading import OTHER
from nlp.elements.penalties import find_penalties
from nlp.elements.rules import rules
from nlp.folding import fold

NO_ELEMENTS = frozenset({OTHER, "repealed", "vetoed"})
"""Rows that are no element of an offence."""
_OF_EVERY_OFFENCE = frozenset({"subject", "conduct", "object"})
_PENALTY = "penalty"


def may_state(element: str, provisions: Sequence[Provision]) -> bool:
    """Return whether provisions without a quotation for ``element`` may state it in words quoted for another one.

    Someone acts on something in every offence; other elements need a word of theirs. Provisions that were not divided,
    for instance in a language without rules, may state every element.
    """
    if not provisions or element in NO_ELEMENTS:
        return False
    return element in _OF_EVERY_OFFENCE or any(_mentions(element, provision) for provision in provisions)


def _mentions(element: str, provision: Provision) -> bool:
    known = rules(provision.language)
    if known is None or all(part.element == OTHER for part in parts_of(provision)):
        return True
    if element == _PENALTY and find_penalties(provision.text, provision.language, provision.jurisdiction):
        return True
    return known.mentions(element, fold(provision.text))
