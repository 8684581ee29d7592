"""Rarity of names, by their frequencies in ``resources/name_frequencies.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from extraction.resource import load
from nlp.entities.person_names import is_given


def exponent(word: str, kind: str) -> float:
    """Return the exponent of the share of persons with a name, 2.0 for one in a hundred.

    ``kind``, ``surname`` or ``given``, is used for names in no list.
    """
    listed = [names[word] for names in (_exponents("surname"), _exponents("given")) if word in names]
    return min(listed, default=float(load("nlp.name_frequencies")["unlisted"][kind]))


def is_given_name(word: str) -> bool:
    """Return whether a word is listed as a given name."""
    return word in _exponents("given") or is_given(word)


def is_surname(word: str) -> bool:
    """Return whether a word is listed as a surname."""
    return word in _exponents("surname")


def is_listed(word: str) -> bool:
    """Return whether a word is a listed name, so that another listed name is not a typing error for it."""
    return is_surname(word) or is_given_name(word)


@cache
def frequent_names(most: float) -> frozenset[str]:
    """Return the listed surnames and given names with an exponent of at most ``most``."""
    kinds = (_exponents("surname"), _exponents("given"))
    return frozenset(name for kind in kinds for name, share in kind.items() if share <= most)


@cache
def _exponents(kind: str) -> Mapping[str, float]:
    classes: Mapping[float, list[str]] = load("nlp.name_frequencies")["surnames" if kind == "surname" else kind]
    found: dict[str, float] = {}
    for share, names in classes.items():
        for name in names:
            found.setdefault(name, float(share))
    return found
