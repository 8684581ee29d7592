"""Identification numbers of a request that fail their check digits, and annexes that its own list does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import regex

from nlp.folding import fold
from nlp.requests.checks.words import Fields, pattern
from nlp.requests.context import RequestContext
from nlp.requests.proposal import OWN_WORDS, Proposal

INVALID, UNLISTED = "invalid", "unlisted"
# Identifiers of persons, companies, accounts and devices; those of proceedings and contacts concern nobody.
_OF_SUBJECTS = frozenset({"national_id", "passport", "company_number", "iban", "account", "imei", "wallet"})
_AFTER, _ROMAN = 60, {"i": 1, "v": 5, "x": 10}
# The number at the end of the name of an annex.
_NUMBER = regex.compile(r"(?:^|[ º°.])(\d{1,2}|[ivx]{1,6}|[a-h])\W*$")
_LIST_END = regex.compile(r"\n[^\S\n]*\n")


def invalid_identifiers(fields: Fields) -> list[Proposal]:
    """Return the identifiers of persons, companies and accounts that fail their check digits."""
    return [
        found
        for found in fields.get("identifiers", ())
        if isinstance(found.value, Mapping) and found.value["valid"] is False and found.value["kind"] in _OF_SUBJECTS
    ]


def identifiers_of(context: RequestContext, fields: Fields) -> str | None:
    """Return the finding on the identification numbers, None if none fails its check digits."""
    return INVALID if invalid_identifiers(fields) else None


def annexes_of(context: RequestContext, fields: Fields) -> str | None:
    """Return the finding on the annexes, None if the list has all that the text announces, or there is no list."""
    return UNLISTED if unlisted_annexes(context) else None


def unlisted_annexes(context: RequestContext) -> list[tuple[int, int]]:
    """Return the ranges of the annexes that the letter names by number and its list of annexes does not have."""
    listed = _listed(context)
    named = [found for found in _named(context) if listed and _ordinal(found["number"]) not in listed]
    return [context.flow.original(*found.span()) for found in named]


def _named(context: RequestContext) -> Iterator[regex.Match[str]]:
    """Yield the names of annexes of the letter in its sentences: "as Annex 2", and not those of laws and treaties."""
    flow = context.flow
    for found in pattern("annex_named").finditer(flow.folded):
        start = flow.places[found.start()]
        behind = flow.folded[found.end() : found.end() + _AFTER]
        letter = found["number"].isalpha() and flow.cased[found.start("number")].islower()
        if context.in_own_words(start) and not letter and not pattern("annex_of_law").match(behind):
            yield found


def _listed(context: RequestContext) -> set[int]:
    """Return the ordinals of the annexes in the lists of the letter and of those that follow it in the file."""
    flow, found = context.flow, set[int]()
    for head in pattern("annex_list").finditer(flow.folded):
        if context.part_at(flow.places[head.start()]).kind in OWN_WORDS:
            found |= _items(_block(context, head.end()))
    if found:
        found |= {_ordinal(one["number"]) for one in pattern("annex_title").finditer(flow.folded)}
    return found


def _block(context: RequestContext, start: int) -> str:
    """Return the folded words of a list from ``start`` up to the next empty line behind its first item."""
    folded = context.flow.folded
    first = start + len(folded[start:]) - len(folded[start:].lstrip())
    end = _LIST_END.search(folded, first)
    return folded[first : end.start() if end else len(folded)]


def _items(block: str) -> set[int]:
    """Return the numbers of the items of a list, those without a number counted by lines."""
    numbered = {_ordinal(one["number"]) for one in pattern("annex_item").finditer(block)}
    return numbered or set(range(1, 1 + sum(1 for line in block.split("\n") if line.strip())))


def annex_number(name: str) -> int:
    """Return the place of an annex by its name ("Anexo II", "Annex B"), 0 of one without a number."""
    found = _NUMBER.search(fold(name))
    return _ordinal(found[1]) if found else 0


@cache
def _ordinal(number: str) -> int:
    """Return the place of an annex by its figure, its Roman number or its letter."""
    if number.isdigit():
        return int(number)
    if set(number) <= {*_ROMAN}:
        values = [_ROMAN[one] for one in number]
        return sum(-one if one < max(values[place:]) else one for place, one in enumerate(values))
    return ord(number[0]) - ord("a") + 1
