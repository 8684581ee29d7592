"""Types of letters that the labelled letters lack, by what a letter says: provisional arrest, spontaneous information.

A letter that asks its reader to complete an earlier request is an answer to it, though it asks for something.

Arrest before the formal request for extradition, of which treaties ask little, is not a request for extradition
(European Convention on Extradition 16, UN Model Treaty 9); who transmits information of his own motion asks for nothing
(UNTOC 18(4), UNCAC 46(4), Budapest 26).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.document_type import UNKNOWN
from nlp.patterns import expanded
from nlp.requests.flow import Flow
from nlp.requests.letter_types.missing_elements import missing_elements
from nlp.requests.letter_types.statements import EXTRADITION, REMINDER, RESPONSE, SUPPLEMENT, TypeStatement

PROVISIONAL_ARREST, SPONTANEOUS = "provisional_arrest_request", "spontaneous_information"
# Types that the weights and rules give to such letters, and those of which a sentence alone tells.
_GENERAL = frozenset({"mla_request", "rogatory_letter", UNKNOWN, "official_letter", "note_verbale"})
_GIVEN = {
    PROVISIONAL_ARREST: _GENERAL | {EXTRADITION, PROVISIONAL_ARREST},
    SPONTANEOUS: _GENERAL | {RESPONSE, REMINDER, SUPPLEMENT},
    RESPONSE: _GENERAL | {REMINDER, SUPPLEMENT},
}
# Patterns of answers, by the place in the letter.
_OF_ANSWERS = {RESPONSE: "statement", f"{RESPONSE}_title": "title"}

Titles = Sequence[tuple[int, str]]


def unlearned_type(flow: Flow, titles: Titles, start: int, end: int, label: str) -> TypeStatement | None:
    """Return the statement by which a letter between two offsets of the document is of such a type, if there is one.

    ``titles`` are the folded title lines with their offsets, ``label`` is the type of the letter by the weights.
    """
    places = flow.at(start), flow.at(end)
    may_be = [name for name, given in _GIVEN.items() if label in given]
    if _asks_for_extradition(flow, *places):
        may_be = [name for name in may_be if name != PROVISIONAL_ARREST]
    return next((found for name in may_be if (found := _statement(name, flow, titles, *places))), None)


def _asks_for_extradition(flow: Flow, first: int, last: int) -> bool:
    """Return whether a letter asks for the extradition itself and announces no later request for it."""
    asked = _pattern("extradition").search(flow.folded, first, last)
    return asked is not None and _pattern("later").search(flow.folded, first, last) is None


def _statement(label: str, flow: Flow, titles: Titles, first: int, last: int) -> TypeStatement | None:
    for place, line in titles:
        if found := _pattern(f"{label}_title").match(line):
            return TypeStatement(label, place, place + found.end(), in_title=True)
    if found := _pattern(label).search(flow.folded, first, last):
        return TypeStatement(label, *flow.original(*found.span()), in_title=False)
    return None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    if name in _OF_ANSWERS:
        return regex.compile(missing_elements(_OF_ANSWERS[name]))
    content = load("nlp.request_unlearned_types")
    return regex.compile(expanded(content[name], content["fragments"]))
