"""Amounts of money as ``AMOUNT CUR`` (``1500000 COP``), and amounts in statutory units (``50 SMLMV``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.entities.dates import find_dates
from nlp.folding import plain
from nlp.state_languages import language_of

ORIGIN = "money@5"
# Signs that are letters; with a short number they are labels: "Q3".
_LETTERS, _LABEL = frozenset({"Q", "L"}), 2
# Crypto-assets have more decimals than money: 0.00451 BTC.
_FRACTION = compiled(
    r"(?<![\w.,])(?P<number>\d{1,6}[.,](?:\d{3,8}|\d))\s?(?P<code>BTC|ETH|XMR)(?!\p{L})|"
    r"(?<![\w.,])(?P<number>\d{1,6}[.,]\d{4,8})\s?(?P<code>USDT|USDC|bitcoins?)(?!\p{L})",
    regex.I,
)
PRINTED_NUMBER = r"(?P<number>\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
"""A printed number for ``parse_number``: groups of three digits or digits only, with one or two decimals or none."""

_NUMBER = rf"{PRINTED_NUMBER}(?!\d)"
_YEAR = regex.compile(r"(?:19|20)\d\d\s")
_FIGURES_OF_DAY, _LENGTH_OF_DATE = 5, 24  # of "17.03" before ".2022"; of a day with the name of its month
_AROUND = 60  # characters before a number in which the name of its document stands
# A number behind a currency, perhaps in the next cell of a table; a cell that ends; a number that goes on.
_FOLLOWING = regex.compile(r"[ ]?(?P<cell>[\t|])?[ ]?\d")
_CELL = regex.compile(r"[\t|]")
_LONGER = regex.compile(r"\d[ -]$")
_CENTS = r"(?:[,.]?(?:-|--|00/100))?"


def find_money(text: str, language: str = "", jurisdiction: str = "") -> list[Span]:
    """Return MONEY spans in order.

    Currencies are ISO 4217 codes; ``$`` and names without country denote the currency of ``jurisdiction`` (ISO 3166
    alpha-2), or ``XXX`` if unknown. ``language`` (ISO 639-1) decides the meaning of words such as "billion".
    """
    matched = plain(text)
    language = language or language_of(jurisdiction)
    marked = [*_coins(matched), *_marked(matched, language, jurisdiction)]
    named = (span for span in _named(text, matched, language, jurisdiction) if not _is_year(matched, span, marked))
    candidates = [*marked, *named]
    spans: list[Span] = []
    for span in sorted(candidates, key=lambda item: (item.start, -item.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
        elif span.end > spans[-1].end and span.start == spans[-1].start:
            spans[-1] = span
    return spans


def _marked(text: str, language: str, country: str) -> Iterator[Span]:
    """Yield amounts with a sign or a code before them: ``US$ 2 millones``, ``EUR 1.000``."""
    for match in _before().finditer(text):
        is_label = match["sign"] in _LETTERS and len(match["number"]) <= _LABEL
        if is_label or _is_identifier(text, match) or _starts_date(text, match):
            continue
        currency = _currency(match["sign"], country)
        if currency and match["sign"] == "$" and (abroad := _foreign(text, match.end())):
            currency = abroad
        if currency:
            yield _span(match, currency, language, country)


def _is_identifier(text: str, match: regex.Match[str]) -> bool:
    """Return whether figures joined to a code are the number of a document: ``pasaporte n.º PAB902113``."""
    is_joined = match.end("sign") == match.start("number") and match["sign"] in load("nlp.money")["codes"]
    if not is_joined or not match["number"].isdigit() or match["scale"] or match["short"]:
        return False
    return _numbered().search(text, max(0, match.start() - _AROUND), match.start()) is not None


def _starts_date(text: str, match: regex.Match[str]) -> bool:
    """Return whether the number behind a currency begins a day, as in a table whose column ends: ``USD 2022-03-17``."""
    start, end = match.span("number")
    if end - start > _FIGURES_OF_DAY:
        return False
    dates = find_dates(text[start : start + _LENGTH_OF_DATE])
    return any(date.start == 0 and start + date.end > end and len(date.value) == len("2022-03-17") for date in dates)


def _named(text: str, matched: str, language: str, country: str) -> Iterator[Span]:
    """Yield amounts with the currency or unit after them: ``500 dólares``, ``50 SMLMV``."""
    for match in _after().finditer(matched):
        if _is_of_next(text, match):
            continue
        currency = next(code for name, code in _codes().items() if match[name])
        yield _span(match, _currency(currency, country), language, country)


def _is_of_next(text: str, match: regex.Match[str]) -> bool:
    """Return whether the currency behind a number is that of the next number: "... 0005 1332 | EUR 412.300,00".

    The first number is in another cell of a table, or the end of a longer one.
    """
    following = _FOLLOWING.match(text, match.end())
    if following is None:
        return False
    is_apart = _CELL.search(text, match.end("number"), match.end()) is not None
    if following["cell"]:
        return is_apart and match["number"].isdigit()
    return is_apart or _LONGER.search(text, max(0, match.start() - 2), match.start()) is not None


def _is_year(text: str, span: Span, marked: Sequence[Span]) -> bool:
    """Return whether an amount is a year before another amount: "2023 EUR" in ``9 de octubre de 2023 EUR 240.500``."""
    return _YEAR.match(text, span.start) is not None and any(span.start < other.start < span.end for other in marked)


def _foreign(text: str, end: int) -> str:
    """Return the currency of which an amount is by words in brackets behind it, else an empty text."""
    for code, words in load("nlp.money")["foreign"].items():
        if regex.compile(rf"\s?\([^()]{{0,40}}?(?:{words})", regex.I).match(text, end):
            return str(code)
    return ""


def _coins(text: str) -> Iterator[Span]:
    """Yield amounts of crypto-assets with more decimals than money; their only separator is the decimal one."""
    for match in _FRACTION.finditer(text):
        code = match["code"].upper()
        currency = "BTC" if code.startswith("BITCOIN") else code
        amount = Decimal(match["number"].replace(",", ".")).normalize()
        yield Span(match.start(), match.end(), "MONEY", f"{amount:f} {currency}", 0.9, ORIGIN)


def _span(match: regex.Match[str], currency: str, language: str, country: str) -> Span:
    scale = _scale(match["scale"] or match["short"] or "", language, country)
    amount = parse_number(match["number"]) * scale
    value = f"{amount.normalize():f} {currency}"
    confidence = 0.95 if currency != "XXX" else 0.7
    return Span(match.start(), match.start() + len(match[0].rstrip(" ,")), "MONEY", value, confidence, ORIGIN)


def parse_number(printed: str) -> Decimal:
    """Return the value of a printed number with decimal point or decimal comma.

    Of two different separators the last is the decimal one; a single separator before three digits separates thousands,
    since no amount has three decimals.
    """
    signs = [sign for sign in printed if sign in ".,"]
    compact = regex.sub(r"[ '’]", "", printed)
    if len(set(signs)) == 2:
        decimal = signs[-1]
    elif len(signs) == 1 and len(compact.rsplit(signs[0], 1)[1]) != 3:
        decimal = signs[0]
    else:
        decimal = ""
    thousands = "".join(sign for sign in ".," if sign != decimal)
    for sign in thousands:
        compact = compact.replace(sign, "")
    return Decimal(compact.replace(decimal, ".") if decimal else compact)


def currency_of(name: str, country: str) -> str:
    """Return the currency of a sign, code or name as in the head of a column, empty if it is unknown."""
    if name in load("nlp.money")["signs"] or name in load("nlp.money")["codes"]:
        return _currency(name, country)
    for expression, code in load("nlp.money")["names"].items():
        if regex.fullmatch(expression, name, regex.I):
            return _currency(code, country)
    return ""


def currency_signs() -> list[str]:
    """Return the patterns of the signs, codes and names of currencies, the longest first."""
    content = load("nlp.money")
    signs = sorted([*content["signs"], *content["codes"]], key=len, reverse=True)
    return [*(regex.escape(sign) for sign in signs if sign != "L"), *(f"(?i:{name})" for name in content["names"])]


def _scale(printed: str, language: str, country: str) -> int:
    if not printed:
        return 1
    printed = " ".join(printed.split())
    tables = load("nlp.money")["scales"]
    keys = {"pt": ["pt-BR", "pt"] if country != "PT" else ["pt", "pt-BR"]}.get(language, [language])
    for key in [*keys, "", "es", "pt-BR", "pt", "en", "fr", "short"]:
        for expression, factor in tables.get(key, {}).items():
            if regex.fullmatch(expression, printed, regex.I):
                return int(factor)
    return 1


def _currency(sign: str, country: str) -> str:
    content = load("nlp.money")
    code = content["signs"].get(sign.replace(" ", ""), content["signs"].get(sign, sign))
    if regional := content["regional"].get(code):
        return str(regional.get(country, regional.get("", "")))
    return str(content["home"].get(country, "XXX")) if code == "HOME" else str(code)


@cache
def _codes() -> Mapping[str, str]:
    content = load("nlp.money")
    values = [*content["names"].values(), *content["units"].values(), *content["codes"]]
    return {f"c{index}": code for index, code in enumerate(values)}


@cache
def _scale_pattern() -> str:
    """Return the pattern of a word for a scale behind a number, or of its abbreviation ("3m", "1,5 Mio", "2 M€")."""
    content = load("nlp.money")
    tables = [table for name, table in content["scales"].items() if name != "short"]
    words = "|".join(sorted((expression for table in tables for expression in table), key=len, reverse=True))
    short, codes = "|".join(content["scales"]["short"]), "|".join(content["codes"])
    # A single letter before a point and a name is a title: "EUR 3 000 M. Dupont".
    return (
        rf"(?:\s(?P<scale>{words})(?!\p{{L}})"
        rf"|\s?(?P<short>{short})(?!\.\s\p{{Lu}}|[²³\d])(?:(?!\p{{L}})|(?=(?-i:{codes})(?!\p{{L}}))))?"
    )


@cache
def _numbered() -> regex.Pattern[str]:
    """Return the pattern of the name of a numbered document, with a word or two behind it, at the end of a text."""
    content = load("nlp.money")["numbered"]
    number = rf"(?:{content['number']})(?!\p{{L}})[.:\s]*"
    return regex.compile(
        rf"(?<!\p{{L}})(?:(?:{content['sure']})[\s,:(|]+(?:\p{{Ll}}+[\s:(]+){{0,2}}(?:{number})?"
        rf"|(?:{content['others']})\s(?:\p{{Ll}}+\s){{0,3}}{number})$",
        regex.I,
    )


@cache
def _before() -> regex.Pattern[str]:
    content = load("nlp.money")
    signs = sorted([*content["signs"], *content["codes"]], key=len, reverse=True)
    marks = "|".join(
        regex.escape(sign).replace(r"\$", r"\s?\$") if sign[0].isalpha() else regex.escape(sign) for sign in signs
    )
    tail = r"(?:\s(?:de\s)?(?:d[óo]lares|pesos(?:\s\p{Ll}+os)?|euros?|reais|soles)(?!\w))?"
    return compiled(
        rf"(?:(?<![\p{{L}}\d$])|(?<=\p{{Ll}})(?=[€£]))(?P<sign>(?-i:{marks}))\s?"
        rf"{_NUMBER}(?!/\d){_CENTS}{_scale_pattern()}{tail}",
        regex.I,
    )


@cache
def _after() -> regex.Pattern[str]:
    content = load("nlp.money")
    expressions = [*content["names"], *content["units"], *(rf"(?-i:{code})" for code in content["codes"])]
    choices = "|".join(rf"(?P<c{index}>{expression})" for index, expression in enumerate(expressions))
    words = r"(?:\s\([^)\d]{3,120}\))?"
    return compiled(
        rf"(?<![\w.,/\-]){_NUMBER}{words}{_scale_pattern()}\s?(?:de\s|d’)?(?:{choices})(?!\p{{L}})", regex.I
    )
