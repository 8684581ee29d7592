"""Provisions split into elements, cached per text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.comparison.table import Provision
from nlp.concepts.layer import concept
from nlp.elements.provision_elements import Part, split_elements
from nlp.elements.rules import rules
from nlp.folding import fold

NOT_PUNISHING = 2
_CACHED = 2_000
_MIN_STEM_LENGTH = 4
_ENDING = 2
_split = lru_cache(_CACHED)(split_elements)


def parts_of(provision: Provision, concept_ids: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of a provision, not weighed against those of others; ranges are of its own text."""
    objects = object_parts(tuple(concept_ids), provision.language)
    return _split(provision.text, provision.unit, provision.language, provision.jurisdiction, objects)


def elements_of(provision: Provision, concept_ids: Sequence[str]) -> frozenset[str]:
    """Return the elements that a provision states."""
    return frozenset(part.element for part in parts_of(provision, concept_ids)) - {"other", "repealed", "vetoed"}


def punishing(provision: Provision, concept_ids: Sequence[str]) -> int:
    """Return 0 for a provision with conduct and penalty, 1 for one with a penalty only.

    ``NOT_PUNISHING`` is one with conduct only, and a greater number one with neither.
    """
    elements = elements_of(provision, concept_ids)
    if "penalty" in elements and "conduct" in elements:
        return 0
    if elements & {"penalty", "aggravation", "mitigation", "attempt"}:
        return 1
    return NOT_PUNISHING if "conduct" in elements else NOT_PUNISHING + 1


@lru_cache(_CACHED)
def object_parts(concept_ids: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the folded beginnings of the words for the object of the conduct of these concepts.

    Other words of a concept (violence, deceit, abuse) describe the means.
    """
    conducts = [concept(concept_id).conduct.get(language) for concept_id in concept_ids]
    words = (fold(word) for conduct in conducts if conduct for word in conduct.objects)
    known = rules(language)
    acted = (word for word in words if not (known and known.verb(word, 0, len(word))))
    return tuple(dict.fromkeys(word[: max(_MIN_STEM_LENGTH, len(word) - _ENDING)] for word in acted))
