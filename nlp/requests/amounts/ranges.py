"""First amounts of ranges whose currency stands behind the last one only: "de 300 a 900 euros"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from nlp.annotations import Span
from nlp.entities.money import PRINTED_NUMBER, parse_number

_BEFORE = regex.compile(
    rf"(?<!\p{{L}})(?:entre|between|from|de|d[eu]s?)\s{PRINTED_NUMBER}\s(?:y|e|et|and|a|à|al|to|–|-)\s$", regex.I
)
_LAST = regex.compile(PRINTED_NUMBER)
_REACH = 40


def range_starts(text: str, amounts: Sequence[Span]) -> Iterator[Span]:
    """Yield MONEY spans of the first amounts of ranges; ``amounts`` are those whose currency is printed.

    The currency and the scale are those of the last amount: "20 y 60 mil pesos" begins with 20,000.
    """
    for span in amounts:
        last = _LAST.match(text, span.start)
        first = _BEFORE.search(text, max(0, span.start - _REACH), span.start)
        if last is None or first is None or not parse_number(last["number"]):
            continue
        amount, _, currency = span.value.rpartition(" ")
        value = parse_number(first["number"]) * Decimal(amount) / parse_number(last["number"])
        start, end = first.span("number")
        yield replace(span, start=start, end=end, value=f"{value.normalize():f} {currency}")
