"""Account numbers in tables, below a head that names accounts: "Cuenta", "N° de compte", "Account no."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.checksums import check
from nlp.folding import fold
from nlp.requests.columns import Row, cell_below, rows_of, split_cells, table_rows
from nlp.requests.identifiers.forms import VALID, Identifier, ibans

_CONFIDENCE, _LEAST, _LONGEST = 0.85, 5, 40
# Groups of figures and capital letters, of which the later ones hold figures or are one or two letters.
_NUMBER = regex.compile(
    r"\s*(?P<number>(?:\p{Lu}{1,4}[- ]?)?\d[\p{Lu}\d]*(?:[-./ ](?:\p{Lu}*\d[\p{Lu}\d]*|\p{Lu}{1,2}))*)"
    r"(?=\s*(?:$|[(;–—]|,(?!\d)))"
)
_DATE = regex.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{2}){1,2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2}")


def tabled_accounts(text: str) -> Iterator[Identifier]:
    """Yield the account numbers of tables other than IBANs, which are known without a head."""
    rows = rows_of(text)
    for number, (_, line) in enumerate(rows):
        cells = split_cells(line)
        for column, (_, cell) in enumerate(cells):
            head = fold(cell.strip())
            if len(cells) > 1 and len(head) <= _LONGEST and _head().fullmatch(head):
                yield from _below(rows[number + 1 :], line, column, head)


def _below(rows: Sequence[Row], head: str, column: int, words: str) -> Iterator[Identifier]:
    """Yield the accounts in a column with ``words`` as its head, up to the first row that is divided in another way."""
    for start, line in table_rows(rows):
        cell = cell_below(head, line, column)
        if cell is None:
            return
        found = _NUMBER.match(cell[1])
        if found and _is_account(found["number"]):
            first = start + cell[0] + found.start("number")
            yield Identifier(
                "account", first, first + len(found["number"]), _valid(words, found["number"]), _CONFIDENCE
            )


def _is_account(number: str) -> bool:
    is_iban = any(True for _ in ibans(number))
    return sum(map(str.isdigit, number)) >= _LEAST and not is_iban and not _DATE.fullmatch(number)


def _valid(words: str, number: str) -> bool | None:
    """Return the result of the check digits that numbers of the kind named by the head have, None without any."""
    checks = load("nlp.request_identifiers")["account_checks"]
    named = next((checks[word] for word in words.split() if word in checks), "")
    return VALID.get(check(named, number)) if named else None


@cache
def _head() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_identifiers")["account_head"])
