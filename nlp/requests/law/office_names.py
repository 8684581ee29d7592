"""Offences in the name of the court or office that deals with them: "Juzgado de Delitos de Femicidio y Trata"."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.context import RequestContext

_REACH = 200


def is_in_name_of_office(context: RequestContext, span: Span) -> bool:
    """Return whether only words with a capital, and small ones, stand between an office and the name of an offence."""
    end = context.flow.at(span.start)
    cased = context.flow.cased
    return cased[end : end + 1].isupper() and _office().search(cased, max(0, end - _REACH), end) is not None


@cache
def _office() -> regex.Pattern[str]:
    rules = load("nlp.request_offences")["offices"]
    word = rf"(?:\p{{Lu}}[\p{{L}}.'’-]*|\d+[.ºª°a-z]{{0,3}}|{rules['small']})"
    return regex.compile(rf"(?<!\p{{L}})(?:{rules['nouns']})(?:[ ,]+{word})*[ ,]+\Z")
