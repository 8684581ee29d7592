"""Amounts of money of the case; fines and other amounts that a law sets are none."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.money import find_money
from nlp.requests.amounts.columns import column_amounts
from nlp.requests.amounts.ranges import range_starts
from nlp.requests.amounts.words import worded_amounts
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.proposal import ANNEX, OWN_WORDS, Proposal

ORIGIN = "requests.amounts@4"
_REACH = 70
_PARTS = frozenset({*OWN_WORDS, ANNEX})


def read_amounts(context: RequestContext) -> list[Proposal]:
    """Return each amount once, at its first mention; ``$`` and bare names are the requesting State's currency."""
    found: dict[tuple[str, str], Proposal] = {}
    for part in context.parts:
        if part.kind not in _PARTS:
            continue
        passage = context.text[part.start : part.end]
        country = context.requesting_state[:2]
        printed = find_money(passage, part.language, country)
        spans = (
            *printed,
            *range_starts(passage, printed),
            *column_amounts(passage, country),
            *worded_amounts(passage, country),
        )
        for span in spans:
            number, _, currency = span.value.partition(" ")
            if currency in _currencies() and not _is_penalty(context, part.start, span):
                value = {"value": _number(number), "currency": currency}
                start, end = part.start + span.start, part.start + span.end
                found.setdefault((number, currency), Proposal(value, start, end, span.confidence, ORIGIN))
    return list(found.values())


def _number(written: str) -> int | float:
    number = Decimal(written)
    return int(number) if number == number.to_integral_value() else float(number)


def _is_penalty(context: RequestContext, offset: int, span: Span) -> bool:
    """Return whether an amount is a statutory penalty, by the words around it."""
    flow = context.flow
    start, end = flow.at(offset + span.start), flow.at(offset + span.end)
    sentence = sentence_at(context.sentences, start)
    before = flow.folded[max(sentence.start, start - _REACH) : start]
    named = any(_pattern(name).search(before) for name in ("penalty", "imprisoned"))
    return named or _pattern("penalty_after").match(flow.folded, end) is not None


@cache
def _currencies() -> frozenset[str]:
    """Return the codes that are currencies: no unknown one, no units that a law defines."""
    content = load("nlp.money")
    regional = [code for codes in content["regional"].values() for code in codes.values()]
    named = (*content["codes"], *content["names"].values(), *content["home"].values(), *regional)
    return frozenset(named) - {"HOME", "XXX"}


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_amounts")[name])
