"""Amounts in columns of tables whose head names the currency: "Valor (R$)", "Montant en EUR", "MONTO $us"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.money import ORIGIN, PRINTED_NUMBER, currency_of, currency_signs, parse_number

_CELLS = regex.compile(r"\s*\|\s*|\t+|[ ]{2,}")
_RULE = regex.compile(r"[\s|+=:_–—-]*")
# An amount of a column has no decimals or two.
_AMOUNT = regex.compile(rf"(?<![\p{{L}}\d.,/'’-])(?!\d+[.,]\d[.,;]?$){PRINTED_NUMBER}[.,;]?$")
_LONGEST_HEAD, _CONFIDENCE = 200, 0.85

Row = tuple[int, str]  # offset of a line in the text, and the line


def column_amounts(text: str, country: str) -> list[Span]:
    """Return MONEY spans of the numbers below a head that names their currency, in order.

    ``country`` (ISO 3166-1 alpha-2) is that whose currency ``$`` and bare names denote.
    """
    rows = [(line.start(), line[0].rstrip()) for line in regex.finditer(r"[^\n]*\n?", text)]
    found: dict[int, Span] = {}
    for number, (_, line) in enumerate(rows):
        if currency := _head_currency(line, country):
            for span in _below(rows[number + 1 :], line, currency):
                found.setdefault(span.start, span)
    return [found[start] for start in sorted(found)]


def _head_currency(line: str, country: str) -> str:
    """Return the currency that the head of a column names, empty if a line is no such head."""
    if len(line) > _LONGEST_HEAD or not (named := _head().search(line)):
        return ""
    sign = named["sign"] or named["bare"]
    return currency_of(sign.strip(), country)


def _below(rows: list[Row], head: str, currency: str) -> Iterator[Span]:
    """Yield the amounts of the rows up to the first that has none; one blank line may follow the head."""
    column = _column(head)
    for passed, (start, line) in enumerate(rows):
        if not line and passed:
            return
        if _RULE.fullmatch(line):
            continue
        cell_start, cell = _cell(line, *column)
        amount = _AMOUNT.search(cell)
        if amount is None:
            return
        first = start + cell_start + amount.start("number")
        value = f"{parse_number(amount['number']).normalize():f} {currency}"
        yield Span(first, first + len(amount["number"]), "MONEY", value, _CONFIDENCE, ORIGIN)


def _column(head: str) -> tuple[int, int]:
    """Return the number of the column that a head names, and how many columns there are."""
    cells = _split(head)
    return next((number for number, (_, cell) in enumerate(cells) if _head().search(cell)), 0), len(cells)


def _cell(line: str, number: int, count: int) -> tuple[int, str]:
    """Return the offset and the text of a cell of a row; the whole row if it is divided in another way."""
    cells = _split(line)
    if count > 1 and len(cells) == count:
        return cells[number]
    return (0, line.rstrip(" |")) if number == count - 1 else (0, "")


def _split(line: str) -> list[tuple[int, str]]:
    """Return the cells of a line with their offsets; bars, tabulators and wide spaces part them."""
    cells, start = [], 0
    for gap in (*_CELLS.finditer(line), None):
        end = gap.start() if gap else len(line)
        if line[start:end].strip():
            cells.append((start, line[start:end]))
        start = gap.end() if gap else end
    return cells


@cache
def _head() -> regex.Pattern[str]:
    """Return the pattern of a currency in brackets, or behind a word for amounts at the end of its cell."""
    words = load("nlp.request_amounts")["column"]
    sign = "|".join(currency_signs())
    return regex.compile(
        rf"(?:\b(?:{words})\b[^\d|\n()]{{0,30}}?|^\s*)\(\s?(?:(?:en|in|em)\s)?(?P<sign>(?-i:{sign}))\s?\)"
        rf"|\b(?:{words})\b(?:\s?[-–:,/]?\s?(?:en|in|em|de)?\s?)(?P<bare>(?-i:{sign}))(?=\s*(?:$|\||\t|[ ]{{2}}))",
        regex.I,
    )
