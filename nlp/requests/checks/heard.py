"""Persons to be heard or served of whom a letter gives nothing by which they can be found."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from nlp.folding import fold
from nlp.requests.checks.words import HEARINGS, Fields, measure_names, measure_of, pattern
from nlp.requests.context import RequestContext
from nlp.requests.proposal import Proposal

UNLOCATED = "heard_unlocated"
_HEARD = HEARINGS | {"service_of_documents"}
_LOCATED = "identify_locate_person"
_BEFORE, _BEHIND, _LEAST_NAME = 80, 260, 3
_FROM_NUMBER, _TO_NUMBER = 20, 60  # characters before and behind the word for a street in which its number is
_BODIES = ("ORGANISATION", "INSTITUTION", "AUTHORITY", "COURT")
_NUMBER = regex.compile(r"\d|\bs/n\b")
_CLAUSE_END = regex.compile(r"[;\n]\s*(?:\(?[a-h\d]{1,2}[.)°º]|[-–•])|\n\s*\n")


def unlocated_persons(context: RequestContext, fields: Fields) -> list[Proposal]:
    """Return the natural persons to be heard or served without birth date, document, address or place of work.

    One whom the letter asks to locate is none, nor is a single word, which may be a place ("by video link from Lima").
    """
    targets = {
        fold(str(found.value["target"]))
        for found in fields.get("measures", ())
        if isinstance(found.value, Mapping) and found.value["target"] and measure_of(found.value) in _HEARD
    }
    if _LOCATED in measure_names(fields):
        return []
    return [
        found for found in fields.get("persons", ()) if _is_target(found, targets) and not _is_located(context, found)
    ]


def _is_target(found: Proposal, targets: set[str]) -> bool:
    person = found.value
    if not isinstance(person, Mapping) or person["kind"] != "natural":
        return False
    name = str(person["name"])
    return " " in name and fold(name) in targets


def _is_located(context: RequestContext, found: Proposal) -> bool:
    """Return whether particulars of a person are read, or words of an address, a post or a body stand by the name.

    One of whom the letter says that an address or further particulars are unknown is not located.
    """
    person = found.value
    if not isinstance(person, Mapping) or person["birth_date"] or person["documents"]:
        return True
    flow = context.flow
    last = max(regex.findall(r"\w+", fold(str(person["name"])))[-1:], default="")
    if len(last) < _LEAST_NAME:
        return True
    ranges = []
    for name in regex.finditer(rf"\b{regex.escape(last)}\b", flow.folded):
        end = _CLAUSE_END.search(flow.folded, name.end(), name.end() + _BEHIND)
        ranges.append((name.start(), name.end(), end.start() if end else name.end() + _BEHIND))
    if any(pattern("vague").search(flow.folded, end, stop) for _, end, stop in ranges):
        return False
    return any(
        _has_address(flow.folded, end, stop)
        or pattern("post_behind").match(flow.folded, end)
        or pattern("post_before").search(flow.folded, max(0, start - _BEFORE), start)
        or _body(context, end, stop)
        for start, end, stop in ranges
    )


def _has_address(folded: str, start: int, stop: int) -> bool:
    """Return whether words of an address or post stand in a range; a street needs a number near it."""
    for found in pattern("located").finditer(folded, start, stop):
        is_street = pattern("street").fullmatch(found[0]) is not None
        if not is_street or _NUMBER.search(folded, max(start, found.start() - _FROM_NUMBER), found.end() + _TO_NUMBER):
            return True
    return False


def _body(context: RequestContext, start: int, stop: int) -> bool:
    places = (context.flow.at(span.start) for span in context.spans(*_BODIES))
    return any(start <= place < stop for place in places)
