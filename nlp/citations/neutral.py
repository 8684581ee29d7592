"""Neutral citations of common law courts (``[2024] ZASCA 21``, ``2014 SCC 37``) and the state of each court."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.state_languages import legislators

_NEUTRAL = compiled(r"\[(?:19|20)\d\d\]\s(?P<court>[A-Z]{3,10})(?:\s(?:Civ|Crim|App|Misc|Comm|Cr))?\s\d{1,5}(?!\d)")
# The year and the volume before the name of a series, and its part and the page behind it.
_BEYOND_SERIES = compiled(r"^[\[(][\d-]+[\])][\s\d.]*|\s(?:\([A-Z][A-Za-z]{0,4}\)\s)?[IVX-]*\d+$")


def court_country(court: str) -> str:
    """Return the state of a court by the abbreviation in its neutral citations, ``""`` if unknown.

    Abbreviations begin with the country code (``ZASCA``, ``KEHC``) except those of ``neutral_courts``; series of law
    reports (``INLR``) are not courts.
    """
    name = court.split(" ")[0].upper()
    known = _prefixes()
    prefix = next((name[:length] for length in range(len(name), 1, -1) if name[:length] in known), "")
    if prefix:
        return known[prefix]
    is_court = len(name) > 3 and "LR" not in name[2:]
    return name[:2] if is_court and name[:2] in legislators("en") else ""


def first_neutral(text: str) -> str:
    """Return the court of the first neutral citation in ``text``, or ``""``."""
    first = next((match for match in _NEUTRAL.finditer(text) if court_country(match["court"])), None)
    return first["court"] if first else ""


def series_countries(report: str) -> tuple[str, ...]:
    """Return the States whose law reports have the series of ``[2019] 1 AC 1``, none if it is not listed."""
    name = regex.sub(r"\(\d\w\w\)|[^\p{L}]", "", _BEYOND_SERIES.sub("", report)).upper()
    listed: dict[str, list[str]] = load("nlp.cases")["report_series"]
    return tuple(state for state, names in listed.items() if name in names)


@cache
def _prefixes() -> dict[str, str]:
    courts: dict[str, list[str]] = load("nlp.cases")["neutral_courts"]
    return {prefix: country for country, prefixes in courts.items() for prefix in prefixes}
