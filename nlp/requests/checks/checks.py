"""Completeness check of a request, item by item, by the instrument on which it rests (UNTOC 18(15) and others)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extraction.resource import load
from nlp.requests.checks.alarm_choice import likely_alarms
from nlp.requests.checks.extradition import NO_MAXIMUM
from nlp.requests.checks.identity import IMPOSSIBLE
from nlp.requests.checks.inverted_periods import INVERTED, inverted_periods
from nlp.requests.checks.items import ITEMS, NAMED, NO_PERIOD_NEEDED, OF_REMINDER, Finding
from nlp.requests.checks.later_orders import LATER_ORDER
from nlp.requests.checks.places import place_of, places_in_doubt
from nlp.requests.checks.provisions import checked_by, provision_of
from nlp.requests.checks.signatures import NOT_VISIBLE
from nlp.requests.checks.transmittals import only_transmits
from nlp.requests.context import RequestContext
from nlp.requests.law.invoked_basis import BASED_ORDER, NO_ORDER, basis_of_letter
from nlp.requests.letter_types.annexes import ANNEX
from nlp.requests.proposal import DOUBTFUL, MISSING, PRESENT, Check, Proposal
from nlp.requests.translations.doubts import DIFFERS, divergences, words_of
from nlp.treaties.invoked import Support

# The findings of an item that no rule found and that the letter likely states, and of one that a rule found and that it
# likely lacks in part.
_LIKELY, _UNCLEAR = "likely", "unclear"
# Findings of the rules that weights may doubt.
_FOUND = frozenset({"present", "reciprocity", "no_penalty_needed", NO_PERIOD_NEEDED, NAMED, BASED_ORDER})
# Treaties of which it is not known whether they are in force support a request until somebody has looked.
_TO_VERIFY = frozenset({Support.TO_VERIFY.value, Support.ONE_NOT_KNOWN.value})
_PRESENT_REASONS = frozenset({*_FOUND, *_TO_VERIFY, _LIKELY, OF_REMINDER})
_MISSING_REASONS = frozenset({"missing"})
# Findings that rest on data about treaties, on the calendar or on values of a translation, not on words that a rule may
# have missed: always raised.
_UNSUPPORTED = frozenset(one.value for one in Support if one not in (Support.IN_FORCE, Support.TO_VERIFY))
_CERTAIN = frozenset({*_UNSUPPORTED, IMPOSSIBLE, DIFFERS, LATER_ORDER, INVERTED, NO_MAXIMUM, NOT_VISIBLE, NO_ORDER})

Fields = Mapping[str, Sequence[Proposal]]


def check_request(context: RequestContext, fields: Fields) -> tuple[Check, ...]:
    """Return the state of each item that applies to the letter, given the proposals of its fields.

    An item that the rules raise is present if the alarm is unlikely to be right, one that they found is doubtful if the
    letter likely lacks it (``nlp.requests.checks.alarm_choice``).
    """
    kind = str(context.document_type.value)
    instrument = checked_by(kind, basis_of_letter(context, fields))
    found = _findings(context, fields)
    alarms, doubted = _alarms(found), _doubted(found)
    raised = likely_alarms(context, fields, alarms, doubted)
    weighed = {key: _withdrawn(key, alarms[key]) for key in alarms.keys() - raised}
    weighed |= dict.fromkeys(doubted.keys() & raised, _UNCLEAR)
    checks = (_check(key, weighed.get(key, finding), kind, instrument) for key, finding in found.items())
    return tuple(_with_evidence(context, fields, check, found[check.key]) for check in checks)


def _withdrawn(key: str, finding: Finding) -> Finding:
    """Return the finding for an alarm that weights withdraw, which says what was raised where that has a wording."""
    return f"{finding}.{_LIKELY}" if f"{key}.{finding}" in load("nlp.request_checks")["likely"] else _LIKELY


def _with_evidence(context: RequestContext, fields: Fields, check: Check, finding: Finding) -> Check:
    """Return a check with the place of a raised item, the invoked treaties in doubt, the values that differ."""
    if check.key == "legal_basis" and finding in (*_CERTAIN, *_TO_VERIFY):
        check = replace(check, treaties=basis_of_letter(context, fields).in_doubt)
    if finding == DIFFERS:
        differing = divergences(context, fields)
        check = replace(check, differences=tuple(words_of(context, difference) for difference in differing))
    if finding == INVERTED:
        check = replace(check, periods=tuple((one.first, one.last) for one in inverted_periods(context, fields)))
    if places := places_in_doubt(context, fields, finding):
        check = replace(check, values=tuple(dict.fromkeys(" ".join(context.text[a:b].split()) for a, b in places)))
    return check if check.state == PRESENT else replace(check, place=place_of(context, fields, check.key, finding))


def weighed_findings(context: RequestContext, fields: Fields) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """Return the findings that weights decide on, by key: of the items that the rules raise, and that they find."""
    found = _findings(context, fields)
    return _alarms(found), _doubted(found)


def _findings(context: RequestContext, fields: Fields) -> dict[str, Finding]:
    """Return the finding for each item that applies to the letter, by key; none if it only sends a request on.

    Of an annex only what it holds counts.
    """
    if only_transmits(context, fields):
        return {}
    kind = str(context.document_type.value)
    keys = load("nlp.request_checks")["types"].get(kind, ())
    found = {key: finding for key in keys if (finding := ITEMS[key](context, fields))}
    return {key: one for key, one in found.items() if kind != ANNEX or state_of(one) == PRESENT}


def _alarms(found: Mapping[str, Finding]) -> dict[str, Finding]:
    """Return the findings that weights may withdraw."""
    certain, further = _PRESENT_REASONS | _CERTAIN, load("nlp.request_checks")["further"]
    return {key: finding for key, finding in found.items() if finding not in certain and key not in further}


def _doubted(found: Mapping[str, Finding]) -> dict[str, Finding]:
    """Return the findings of the items present of which weights may tell that the letter lacks them in part."""
    doubted = load("nlp.request_checks")["doubted"]
    return {key: finding for key, finding in found.items() if finding in doubted.get(key, ())}


def is_likely(reason: str) -> bool:
    """Return whether the reason of a check is that no rule found the item and the letter likely states it."""
    return reason.endswith(f".{_LIKELY}")


def needs_a_look(reason: str) -> bool:
    """Return whether a person should look at an item that counts as present.

    It is a likely one, a treaty to verify, or that of a reminder, whose request is checked elsewhere.
    """
    key, _, finding = reason.partition(".")
    return is_likely(reason) or finding == OF_REMINDER or (key == "legal_basis" and finding in (*_TO_VERIFY, NAMED))


def explain(reason: str, language: str) -> str:
    """Return the message of a check with this reason in a language (es, pt, en or fr) or a variety of it (pt-PT)."""
    rules = load("nlp.request_checks")
    if is_likely(reason):
        wordings: Mapping[str, Mapping[str, str]] = rules["likely"]
        words = wordings.get(reason.removesuffix(f".{_LIKELY}"), wordings["every"])
    else:
        words = rules["reasons"][reason]
    return words.get(language) or words[language.partition("-")[0]]


def _check(key: str, found: Finding, kind: str, instrument: str) -> Check:
    provision = provision_of(kind, instrument, key)
    return Check(key, state_of(found), instrument if provision else "", provision, f"{key}.{found}")


def state_of(finding: Finding) -> str:
    """Return the state of an item with this finding."""
    if finding in _PRESENT_REASONS or finding.endswith(f".{_LIKELY}"):
        return PRESENT
    return MISSING if finding in _MISSING_REASONS else DOUBTFUL
