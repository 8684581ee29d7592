"""The file's own references: the number of the letter and that of its proceeding, chosen by weighed evidence.

A logistic regression over the features of ``reference_evidence`` tells a number of the writer from those of the other
side and of other letters, laws, persons and things. The weights are those of ``models/request_references``, whose
README describes their training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from nlp.requests.context import RequestContext
from nlp.requests.identifiers.case_numbers import OF_YEAR
from nlp.requests.identifiers.forms import Identifier
from nlp.requests.identifiers.identifiers import find_request_identifiers
from nlp.requests.identifiers.reference_evidence import Reference, references_of
from nlp.requests.proposal import Proposal
from nlp.requests.weights import feature_probability, feature_weights
from nlp.transformer import MODELS

ORIGIN = "requests.references@8"
WEIGHTS = MODELS / "request_references" / "weights.json"
OWN = "own"
# Least probability of the best reference of a letter and of further ones, and the number of all.
FIRST, FURTHER, _MOST = 0.2, 0.2, 3
_LABEL = regex.compile(
    r"(?:radicad[oa]|nuipc|autos|expediente|causa|processo|proceso|carpeta|inqu[eé]rito|dossier|case|file|r[eé]f)\b"
    r"[.:\s]*(?:n[.º°o]*\s*)?(?=[\p{L}\-]{0,8}\d)",
    regex.I,
)
# Kinds of numbers that are never those of a letter or a case.
_OF_THINGS = frozenset({"account", "iban", "imei", "ip", "email", "wallet", "passport"})
# Weight of a label of the own reference ("our ref."), and the probability from which the first in the text comes first.
_OWN_LABEL, _LIKELY = 1.0, 0.6


def read_own_reference(context: RequestContext) -> list[Proposal]:
    """Return the references that are the writer's own, best first: mostly the letter's number and that of the case."""
    weights = _trained_weights()
    numbers = [one for one in find_request_identifiers(context) if one.kind in _OF_THINGS]
    possible = [one for one in references_of(context) if not _is_among(one, numbers)]
    likely = [(feature_probability(one.features, weights), one) for one in possible]
    found: dict[str, tuple[float, Reference]] = {}
    for share, one in sorted(likely, key=lambda item: (-item[0], item[1].start)):
        year = OF_YEAR.match(context.text, one.end)
        value = _without_label(" ".join(context.text[one.start : year.end() if year else one.end].split()))
        if share < (FURTHER if found else FIRST) or len(found) == _MOST:
            break
        if not any(value in other or other in value for other in found):
            found[value] = (share, one)
    ranked = sorted(found.items(), key=lambda item: _rank(*item[1]))
    return [Proposal(value, one.start, one.end, round(share, 2), ORIGIN) for value, (share, one) in ranked]


def _is_among(reference: Reference, numbers: Sequence[Identifier]) -> bool:
    return any(one.start < reference.end and reference.start < one.end for one in numbers)


def _without_label(value: str) -> str:
    """Return a reference without the word for what it is the number of: "Radicado 77-1/2026"."""
    label = _LABEL.match(value)
    return value[label.end() :] if label else value


def _rank(share: float, one: Reference) -> tuple[bool, bool, bool, int]:
    """Return the rank of a reference: that of a cover note last, one with the label of an own reference first."""
    labelled = one.features["weight"] >= _OWN_LABEL
    return "part.cover" in one.features, not labelled, share < _LIKELY, one.start


@cache
def _trained_weights() -> Mapping[str, float]:
    """Return the weights of the features, none if their file is missing."""
    return feature_weights(WEIGHTS).get(OWN, {})
