"""Provisions split into elements, cached per text."""

from __future__ import annotations

from functools import lru_cache

from app.comparison.table import Provision
from nlp.elements.provision_elements import Part, split_elements

NOT_PUNISHING = 2
_CACHED = 2_000
_split = lru_cache(_CACHED)(split_elements)


def parts_of(provision: Provision) -> tuple[Part, ...]:
    """Return the parts of a provision, not weighed against those of others; ranges are of its own text."""
    return _split(provision.text, provision.unit, provision.language, provision.jurisdiction)


def elements_of(provision: Provision) -> frozenset[str]:
    """Return the elements that a provision states."""
    return frozenset(part.element for part in parts_of(provision)) - {"other", "repealed", "vetoed"}


def punishing(provision: Provision) -> int:
    """Return 0 for a provision with conduct and penalty, 1 for one with a penalty only.

    ``NOT_PUNISHING`` is one with conduct only, and a greater number one with neither.
    """
    elements = elements_of(provision)
    if "penalty" in elements and "conduct" in elements:
        return 0
    if elements & {"penalty", "aggravation", "mitigation", "attempt"}:
        return 1
    return NOT_PUNISHING if "conduct" in elements else NOT_PUNISHING + 1
