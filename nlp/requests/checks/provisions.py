"""The instrument by whose rules a request is checked, and the provision that requires each item."""

from __future__ import annotations

from collections.abc import Mapping

from extraction.resource import load
from nlp.requests.law.invoked_basis import InvokedBasis, instrument_of_form
from nlp.treaties.participation import Standing

# Types of letters that always follow the rules of their type.
_OWN_RULES = frozenset({"civil_request"})


def checked_by(kind: str, basis: InvokedBasis) -> str:
    """Return the instrument (id) by whose rules a letter of type ``kind`` is checked, empty without one.

    It is the act of an order or certificate. Of another letter it is the first invoked one with rules that is in force
    between the States, else one of which that is not known, else that of the type if it is in force. One that is not in
    force is never cited to the other State.
    """
    if own := instrument_of_form(kind):
        return own
    rules = load("nlp.request_checks")
    usual, through = str(rules["default"].get(kind, "")), rules["through"]
    if kind in _OWN_RULES:
        return usual
    invoked = [one for one in (through.get(named, named) for named in basis.instruments) if one in _rules(kind)]
    for standing in (Standing.BOUND, Standing.UNKNOWN):
        if found := next((instrument for instrument in invoked if basis.standing(instrument) is standing), ""):
            return found
    return usual if usual and basis.standing(usual) is Standing.BOUND else ""


def provision_of(kind: str, instrument: str, key: str) -> str:
    """Return the provision of ``instrument`` that requires the item ``key`` of a letter of type ``kind``, or empty."""
    return _rules(kind).get(instrument, {}).get(key, "")


def _rules(kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return the provisions by instrument and item: those of letters of type ``kind``, else those on assistance."""
    rules = load("nlp.request_checks")
    provisions: Mapping[str, Mapping[str, str]] = rules["by_type"].get(kind, rules["instruments"])
    return provisions
