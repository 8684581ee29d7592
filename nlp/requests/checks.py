"""Completeness check of a request, item by item, by the instrument on which it rests (UNTOC 18(15) and others)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extraction.resource import load
from nlp.requests.check_items import ITEMS, Finding
from nlp.requests.context import RequestContext
from nlp.requests.proposal import DOUBTFUL, MISSING, PRESENT, Check, Proposal

_PRESENT_REASONS = frozenset({"present", "reciprocity"})
_MISSING_REASONS = frozenset({"missing"})

Fields = Mapping[str, Sequence[Proposal]]


def check_request(context: RequestContext, fields: Fields) -> tuple[Check, ...]:
    """Return the state of each item that applies to the letter, given the proposals of its fields."""
    rules = load("nlp.request_checks")
    instrument = _instrument(context, fields)
    provisions: Mapping[str, str] = rules["instruments"].get(instrument, {})
    checks = []
    for key in rules["types"].get(str(context.document_type.value), ()):
        if found := ITEMS[key](context, fields):
            checks.append(_check(key, found, instrument, provisions.get(key, "")))
    return tuple(checks)


def explain(reason: str, language: str) -> str:
    """Return the message of a check with this reason in one of the four languages."""
    reasons: Mapping[str, Mapping[str, str]] = load("nlp.request_checks")["reasons"]
    return reasons[reason][language]


def _check(key: str, found: Finding, instrument: str, provision: str) -> Check:
    state = PRESENT if found in _PRESENT_REASONS else MISSING if found in _MISSING_REASONS else DOUBTFUL
    return Check(key, state, instrument if provision else "", provision, f"{key}.{found}")


def _instrument(context: RequestContext, fields: Fields) -> str:
    """Return the first treaty that the letter rests on and that has rules, else the one of its type."""
    rules = load("nlp.request_checks")
    kind = str(context.document_type.value)
    if kind in ("eio", "civil_request"):
        return str(rules["default"][kind])
    for proposal in fields.get("legal_basis", ()):
        if isinstance(proposal.value, Mapping) and proposal.value["instrument"] in rules["instruments"]:
            return str(proposal.value["instrument"])
    return str(rules["default"].get(kind, ""))
