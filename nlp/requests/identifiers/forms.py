"""Identifiers whose form alone tells their kind: IBANs, addresses of wallets, telephones, numbers of some countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.checksums import check

CASE, CONTACT = "case", "contact"
VALID = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number with its kind (``iban account phone plate ip wallet email passport national_id case_number ...``).

    ``valid`` is the result of the check digit, None without one; ``scope`` is ``case``, or ``contact`` for contact
    data of an authority.
    """

    kind: str
    start: int
    end: int
    valid: bool | None
    confidence: float
    scope: str = CASE


def ibans(matched: str) -> Iterator[Identifier]:
    """Yield IBANs without a cue word; check digits may be wrong and one character missing or added.

    One in groups of its own country ("PT50 0035 0651 00012345678 31") has the length of its country.
    """
    for found in _NATIONAL.finditer(matched):
        if _missing(found[0]) == 0 and not _IBAN.fullmatch(found[0]):
            yield Identifier("iban", *found.span(), VALID[check("iban", _SEPARATORS.sub("", found[0]))], 0.85)
    for found in _IBAN.finditer(matched):
        # A word in capitals behind the number is no part of it.
        whole = found.end() if _missing(found[0]) >= 0 else found.start() + len(_LAST_WORD.sub("", found[0]))
        if abs(_missing(matched[found.start() : whole])) <= 1:
            compact = _SEPARATORS.sub("", matched[found.start() : whole])
            yield Identifier("iban", found.start(), whole, VALID[check("iban", compact)], 0.85)


_LAST_WORD = regex.compile(r" [A-Z]{1,3}\Z")


def _missing(number: str) -> int:
    """Return by how many characters a number is shorter than those of its country, far too many if that has none."""
    compact = _SEPARATORS.sub("", number)
    return int(load("nlp.request_identifiers")["iban_lengths"].get(compact[:2], 99)) - len(compact)


_SEPARATORS = regex.compile(r"[ .\-]")
# Groups of figures of any length behind at most one of letters, as banks of some countries print them.
_NATIONAL = regex.compile(
    r"(?<!\w)[A-Z]{2}\d{2}[ .\-]?(?:[A-Z]{4}[ .\-]?)?\d{1,12}(?:[ .\-]\d{1,12}){1,8}(?!\w|[.\-]\d)"
)
_IBAN = regex.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \-]?[A-Z\d]{4}){2,7}(?:[ \-]?[A-Z\d]{1,3})?(?!\w)")


def formed(matched: str) -> Iterator[Identifier]:
    """Yield the numbers whose form alone tells their kind."""
    for kind, form in _forms():
        for found in form.finditer(matched):
            yield Identifier(kind, *found.span(), None, 0.8)


@cache
def _forms() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    forms = load("nlp.request_identifiers")["forms"]
    return tuple((form["kind"], regex.compile(rf"(?<![\w./-])(?:{form['number']})(?![\w/]|[.-]\w)")) for form in forms)


def wallets(matched: str) -> Iterator[Identifier]:
    """Yield addresses of wallets by their form; with check digits that fail, an address is still one.

    Addresses of Bitcoin may have characters that it excludes, as scanned letters have (``i`` for ``l``): near one in
    Bech32 by its beginning, near one in Base58 behind a word for a wallet.
    """
    for found in _WALLET.finditer(matched):
        yield Identifier("wallet", *found.span(), None, 0.8)
    for form in (_NEAR_BECH32, _near_base58()):
        for found in form.finditer(matched):
            yield Identifier("wallet", *found.span("number"), VALID[check("bitcoin", found["number"])], 0.8)


_WALLET = regex.compile(r"(?<!\w)(?:0x[\da-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33})(?!\w)")
_NEAR_BECH32 = regex.compile(r"(?<!\w)(?P<number>[bB][cC][1lIi|](?=(?:\p{L}*\d){4})[A-Za-z\d]{25,71})(?!\w)")


@cache
def _near_base58() -> regex.Pattern[str]:
    """Return the pattern of 26 to 35 letters and figures of mixed case behind a word for a wallet."""
    words = load("nlp.request_identifiers")["wallet_words"]
    return regex.compile(
        rf"(?<!\w)(?i:{words})(?!\w)[^\n.;]{{0,40}}?(?<!\w)"
        r"(?P<number>[13lI|](?=\w*\d\w*\d)(?=\w*\p{Lu})(?=\w*\p{Ll})[A-Za-z\d]{25,34})(?!\w)"
    )


def plain_phones(matched: str) -> Iterator[Identifier]:
    """Yield telephone numbers without a cue word: with ``+``, area code in brackets, North American or French form."""
    form = (
        r"(?<![\w+\-])(?:\(\+?\d{2,4}\) ?\d{3,5}[- ]\d{3,4}(?:[- ]\d{3,4})?|\d{3}-\d{3}-\d{4}"
        r"|\+\d{1,3}(?:[ .\-]?\(?\d{1,4}\)?){2,5}|0[1-9](?:[ .]\d{2}){4}|0[1-9]\d{2}(?: \d{2}){3})(?![\d\-])"
    )
    for found in regex.finditer(form, matched):
        yield Identifier("phone", *found.span(), None, 0.8)
