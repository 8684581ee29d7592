"""Numbers and labels of provisions in the form of each country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.folding import fold

_LATIN_SUFFIX_FROM = 2
_MAX_LINE_LENGTH = 20_000
_PREFIX_RANKS = {"": 0, "L": 1, "LO": 1, "R": 2, "D": 2, "A": 3}
_THOUSANDS = compiled(r"(?<=^\d{1,2})\.(?=\d{3}$)")
_PARTS = compiled(r"\p{L}+|\d+")
_SUFFIX_PARTS = compiled(r"(?P<before>[^\p{L}\d]*)(?P<part>\p{L}+|\d+)")
_KEY_PARTS = compiled(r"\d+|[A-Z]+")
_LETTERS = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def grammar() -> dict[str, Any]:
    """Return the content of ``resources/structure.yaml``."""
    data: dict[str, Any] = load("nlp.structure")
    return data


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a unit: its form in labels, and a sort key in the order of a law."""

    text: str
    key: tuple[int, ...]


def line_end(text: str, position: int) -> int:
    """Return the end of the line containing ``position``, at most ``_MAX_LINE_LENGTH`` characters after it."""
    end = text.find("\n", position, position + _MAX_LINE_LENGTH)
    return end if end >= 0 else min(len(text), position + _MAX_LINE_LENGTH)


@cache
def ordinals() -> dict[str, int]:
    """Return the values of ordinals by folded word."""
    return {word: value for value, words in grammar()["ordinals"].items() for word in words}


def cardinals() -> dict[str, int]:
    """Return the values of English numbers in words, by word."""
    values: dict[str, int] = grammar()["cardinals"]
    return values


def cardinal_value(words: str) -> int:
    """Return the value of a number such as ``One Hundred and Sixty-Three``."""
    value = 0
    for word in regex.findall(r"[a-z]+", words.lower()):
        part = cardinals().get(word, 0)
        value = (value or 1) * part if part == 100 else value + part
    return value


@cache
def suffixes() -> dict[str, str]:
    """Return the canonical forms of Latin suffixes (``bis``, ``quater``) by folded spelling."""
    return {fold(form): forms[0] for forms in grammar()["suffixes"] for form in forms}


def ordinal_value(words: str) -> int:
    """Return the value of an ordinal such as ``vigésimo primero``, 0 for other words."""
    values = [ordinals().get(word, 0) for word in regex.findall(r"\p{L}+", fold(words))]
    return sum(values) if values and all(values) else 0


def roman_value(text: str) -> int:
    """Return the value of a Roman numeral, 0 for other text."""
    values = [_ROMAN.get(char, 0) for char in text.upper()]
    if not values or not all(values):
        return 0
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def letter_value(letters: str) -> int:
    """Return the sort value of an inserted letter, with Ñ after N: A is 1, AA is 28; ZA, before A, is negative."""
    if len(letters) == 2 and letters[0] == "Z":
        return _LETTERS.find(letters[1]) - len(_LETTERS)
    value = 0
    for letter in letters.upper():
        value = value * len(_LETTERS) + _LETTERS.find(letter) + 1
    return value


def article_number(digits: str, *, prefix: str = "", suffix: str = "") -> Number:
    """Return the number of an article from its printed parts: ``324-1``, ``L`` + ``132-1``, ``400`` + ``bis``.

    A dot before three digits separates thousands (``1.015``) and is removed.
    """
    plain = _THOUSANDS.sub("", digits)
    letters = "".join(filter(str.isalpha, prefix.upper()))
    key = [_PREFIX_RANKS.get(letters, 3), *(_part_value(part) for part in _KEY_PARTS.findall(plain))]
    text = f"{letters}. {plain}" if letters else plain
    for part in _PARTS.findall(suffix):
        latin = suffixes().get(fold(part))
        key.append(_latin_value(latin) if latin else _part_value(part.upper()))
    return Number(text + _printed_suffix(suffix), tuple(key))


def _part_value(part: str) -> int:
    return int(part) if part.isdigit() else letter_value(part)


def _latin_value(suffix: str) -> int:
    forms = [entry[0] for entry in grammar()["suffixes"]]
    return forms.index(suffix) + _LATIN_SUFFIX_FROM


def _printed_suffix(suffix: str) -> str:
    """Return the suffix with ``bis`` and a following number separated by spaces, otherwise as printed.

    ``400 bis 1``, ``433 quater/3``, ``108-B``, ``3A``, ``224-1 A``.
    """
    printed, after_latin = "", False
    for part in _SUFFIX_PARTS.finditer(suffix):
        latin = suffixes().get(fold(part["part"]))
        separate = latin or (after_latin and part["part"] != "0" and part["before"] != "/")
        printed += (" " if separate else _join(part["before"])) + (latin or part["part"])
        after_latin = bool(latin)
    return printed


def _join(between: str) -> str:
    mark = between.strip()[:1]
    if mark in ("-", "–", "/") and mark:
        return "/" if mark == "/" else "-"
    return " "[: len(between)]


def article_label(number: Number, language: str, jurisdiction: str = "") -> str:
    """Return the canonical label of an article: ``art. 324-1``, ``art. 368.º-A``, ``art. 5º``, ``art. 1er``."""
    return f"art. {number_text(number.text, language, jurisdiction)}"


def number_text(text: str, language: str, jurisdiction: str = "") -> str:
    """Return a number in the form of the country.

    Portugal ``368.º-A``, Brazil ``5º`` up to nine, French ``1er``, Spanish ``quáter``.
    """
    if language == "fr" and regex.match(r"1(?=$| )", text):
        return f"1er{text[1:]}"
    if language == "es":
        return text.replace("quater", "quáter")
    if language != "pt" or not (parts := regex.fullmatch(r"(\d+)(.*)", text)):
        return text
    ordinal = ("º" if int(parts[1]) < 10 else "") if jurisdiction == "BR" else ".º"
    return f"{parts[1]}{ordinal}{parts[2]}"
