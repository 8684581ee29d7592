"""Identifiers of persons, companies, accounts, devices, vehicles and cargo, with their check digits.

A number with wrong check digits is kept: in a request it is a typing error that should be noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from ipaddress import ip_address

import regex

from extraction.resource import load
from nlp.annotations import Reading, Span
from nlp.entities.checksums import check
from nlp.folding import plain
from nlp.pattern_bank import Rule, Setting, load_bank, words_among
from nlp.ranges import overlap

ORIGIN = "identifiers@3"
_CUE_REACH = 40
_PHONE_REACH = 60
_SEPARATORS = regex.compile(r"[\s.\-/]")
_PLUS = regex.compile(r"\+(?=\d)")
_DISTINCTIVE_FORMS = frozenset({"email", "network", "mac", "ethereum"})


def find_identifiers(text: str, *, jurisdiction: str = "", language: str = "") -> list[Span]:
    """Return IDENTIFIER spans in order, ``attributes`` with ``kind``, ``number``, ``check`` and ``valid``.

    ``value`` is ``id:{rule}:{number without punctuation}``; alternative readings of one number are in ``readings``.
    ``jurisdiction`` (ISO 3166 alpha-2) and ``language`` (ISO 639-1) are those of ``text``, empty if unknown.
    """
    matched = plain(text).replace("–", "-")
    setting = Setting(jurisdiction, language, any_country=True)
    return _without_rivals([*_candidates(matched, setting), *_phones(matched, jurisdiction)])


def number_id(number: str) -> str:
    """Return the id by which a number is found however it is written: without spaces, points, hyphens and slashes."""
    return f"number:{_SEPARATORS.sub('', number).upper()}"


def number_ids(spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the ids of the numbers of the identifiers among ``spans``, each once."""
    found = (reading.number for span in spans if span.label == "IDENTIFIER" for reading in span.readings)
    return tuple(dict.fromkeys(number_id(number) for number in found if number))


def _candidates(text: str, setting: Setting) -> Iterator[Span]:
    for rule, match in load_bank("identifiers", "identifiers").scan(text):
        number = match["number"]
        valid = _valid(rule, number)
        confidence = _confidence(rule, text, match.start("number"), number, valid, setting)
        if confidence:
            yield _span(rule.id, rule, number, match.span("number"), valid, confidence)


def _valid(rule: Rule, number: str) -> str:
    if rule.check == "ip":
        return _is_address(number)
    return check(rule.check, number)


def _is_address(number: str) -> str:
    try:
        ip_address(number)
    except ValueError:
        return "false"
    return "true"


def _confidence(rule: Rule, text: str, start: int, number: str, valid: str, setting: Setting) -> float:
    """Return the confidence of a reading, 0 if only the form of the number supports it."""
    cued, cues = _cues()[rule.id]
    home = setting.jurisdiction in rule.jurisdictions
    before = text[max(0, start - _CUE_REACH) : start].lower()
    cued = cued or any(regex.search(rf"(?<!\w){regex.escape(cue)}(?!\w)", before) for cue in cues)
    bare = number.isdigit()
    if rule.kind in _DISTINCTIVE_FORMS:
        return 0.95 if valid != "false" else 0.0
    if cued:
        return {"true": 0.97, "false": 0.6}.get(valid, 0.85) + (0.02 if home else 0.0)
    if valid == "true":
        return 0.0 if bare and not home else 0.8 + (0.1 if home else 0.0)
    return 0.5 if home and not bare and valid != "unchecked" else 0.0


def _span(name: str, rule: Rule, number: str, place: tuple[int, int], valid: str, confidence: float) -> Span:
    country = rule.jurisdictions[0] if len(rule.jurisdictions) == 1 and rule.jurisdictions[0] != "any" else ""
    compact = number.lower() if rule.kind == "email" else _SEPARATORS.sub("", number).upper()
    if rule.kind in ("crypto", "ethereum", "network"):
        compact = number
    reading = Reading(f"id:{name}:{compact}", country, rule.kind, compact, valid=valid, score=confidence, rule=name)
    attributes = {"kind": rule.kind, "number": compact, "check": rule.check or "none", "valid": valid, "rule": name}
    return Span(*place, "IDENTIFIER", reading.canonical, confidence, ORIGIN, (reading,), attributes)


def _phones(text: str, jurisdiction: str) -> Iterator[Span]:
    """Yield telephone numbers that follow a cue or a plus sign, in E.164."""
    for start, end in _phone_windows(text):
        import phonenumbers  # loads large tables on import, which few texts need

        for match in phonenumbers.PhoneNumberMatcher(text[start:end], jurisdiction or None):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            place = (start + match.start, start + match.end)
            reading = Reading(f"id:phone:{number}", "", "phone", number, valid="true", score=0.9, rule="phone")
            attributes = {"kind": "phone", "number": number, "check": "phonenumbers", "valid": "true", "rule": "phone"}
            yield Span(*place, "IDENTIFIER", reading.canonical, 0.9, ORIGIN, (reading,), attributes)


def _phone_windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges in which telephone numbers are sought: after a cue or from a plus sign before a digit."""
    cues = (word.span() for word in words_among(text, lambda word: word.lower() in _phone_cues()))
    signs = (sign.span() for sign in _PLUS.finditer(text))
    for start, end in sorted([*cues, *signs]):
        yield start, end + _PHONE_REACH


def _without_rivals(spans: list[Span]) -> list[Span]:
    """Return the most confident of overlapping spans; the others become its alternative readings."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda item: (-item.confidence, item.start - item.end)):
        index = next((i for i, item in enumerate(kept) if overlap(span, item)), None)
        if index is None:
            kept.append(span)
        elif span.value not in {reading.canonical for reading in kept[index].readings}:
            kept[index] = _with_reading(kept[index], span.readings[0])
    return sorted(kept, key=lambda item: item.start)


def _with_reading(span: Span, reading: Reading) -> Span:
    readings = (*span.readings, reading)
    return Span(span.start, span.end, span.label, span.value, span.confidence, ORIGIN, readings, span.attributes)


@cache
def _cues() -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Return for each rule whether its expression contains a cue, and the cues that may precede it."""
    rows = load("nlp.identifiers")["identifiers"]
    return {row["id"]: (row.get("cued", False), tuple(row.get("cues", ()))) for row in rows}


@cache
def _phone_cues() -> frozenset[str]:
    return frozenset(load("nlp.identifiers")["phone_cues"])
