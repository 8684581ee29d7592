"""Forms and words by which a number is that of a natural person, or no telephone number."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load


@cache
def personal() -> regex.Pattern[str]:
    """Match a number in a form that only natural persons have."""
    return regex.compile(load("nlp.request_identifiers")["personal"])


@cache
def other_number() -> regex.Pattern[str]:
    """Match the words right before a number that is none of a telephone ("número de empresa 0479.114.268")."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_identifiers')['no_phone']})[^\w\n]*\Z")
