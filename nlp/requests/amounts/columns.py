"""Amounts in columns of tables whose head names the currency: "Valor (R$)", "Montant en EUR", "USD"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.money import ORIGIN, PRINTED_NUMBER, currency_of, currency_signs, parse_number
from nlp.requests.columns import Cell, Row, cell_below, rows_of, split_cells, table_rows

# An amount of a column has no decimals or two.
_AMOUNT = regex.compile(rf"(?<![\p{{L}}\d.,/'’-])(?!\d+[.,]\d[.,;]?$){PRINTED_NUMBER}[.,;]?$")
_LONGEST_HEAD, _CONFIDENCE = 200, 0.85


def column_amounts(text: str, country: str) -> list[Span]:
    """Return MONEY spans of the numbers below a head that names their currency, in order.

    ``country`` (ISO 3166-1 alpha-2) is that whose currency ``$`` and bare names denote.
    """
    rows = rows_of(text)
    found: dict[int, Span] = {}
    for number, (_, line) in enumerate(rows):
        for column, currency in _currencies(line, country):
            for span in _below(rows[number + 1 :], line, column, currency):
                found.setdefault(span.start, span)
    return [found[start] for start in sorted(found)]


def _currencies(line: str, country: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each column whose head in a line names a currency, with that; none if it is no such head."""
    if len(line) > _LONGEST_HEAD:
        return
    cells = split_cells(line)
    is_head = len(cells) > 1 and not any(map(str.isdigit, line))
    for number, (_, cell) in enumerate(cells):
        alone = _sign().fullmatch(cell.strip()) if is_head else None
        if named := _head().search(cell):
            yield number, currency_of((named["sign"] or named["bare"]).strip(), country)
        elif alone:
            yield number, currency_of(alone[0], country)


def _below(rows: Sequence[Row], head: str, column: int, currency: str) -> Iterator[Span]:
    """Yield the amounts of a column up to the first row that has another text there."""
    for start, line in table_rows(rows):
        cell_start, cell = _cell(head, line, column)
        amount = _AMOUNT.search(cell)
        if amount:
            first = start + cell_start + amount.start("number")
            value = f"{parse_number(amount['number']).normalize():f} {currency}"
            yield Span(first, first + len(amount["number"]), "MONEY", value, _CONFIDENCE, ORIGIN)
        elif cell.strip() or len(split_cells(line)) == 1:
            return


def _cell(head: str, line: str, column: int) -> Cell:
    """Return the cell of a row below that of a head; the whole row for the last one if it is divided in another way."""
    cell = cell_below(head, line, column) if len(split_cells(head)) > 1 else None
    if cell is None and column == len(split_cells(head)) - 1:
        return 0, line.rstrip(" |")
    return cell or (0, "")


@cache
def _sign() -> regex.Pattern[str]:
    return regex.compile("|".join(currency_signs()), regex.I)


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
