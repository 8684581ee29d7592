"""Forms of dates, names, amounts and offices in each language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from babel import Locale

from app.demonstration.words import words
from app.demonstration.writing import Mention

ARTICLES = {"es": ("el", "la", "los", "las"), "pt": ("o", "a", "os", "as"), "en": ("the",), "fr": ("le", "la", "les")}


def named(text: str, language: str, label: str, value: str = "") -> Mention:
    """Return a mention of ``text`` whose leading article is outside the span."""
    if language == "fr" and text[:2].lower() in ("l'", "l’"):
        return Mention(text[2:], label, value or text[2:], text[:2])
    first, _, rest = text.partition(" ")
    if rest and first in ARTICLES[language]:
        return Mention(rest, label, value or rest, first)
    return Mention(text, label, value or text)


def foreign(mention: Mention, own: str, language: str) -> Mention:
    """Remove the article of a name in language ``own`` that is used in a text of another language."""
    return mention if own == language else replace(mention, article="")


def country(code: str, language: str) -> Mention:
    """Return the name of a State (ISO 3166 alpha-2) in a language."""
    return Mention(Locale(language).territories[code], "COUNTRY", code)


def day(moment: date, language: str, rng: Random) -> Mention:
    """Return one of the date formats of letters in this language."""
    month = words("vocabulary")["months"][language][moment.month - 1]
    number, year = moment.day, moment.year
    numeric = f"{number:02d}/{moment.month:02d}/{year}"
    if language == "en":
        forms = [f"{number} {month} {year}", f"{month} {number}, {year}", f"{number}{_ordinal(number)} {month} {year}"]
    elif language == "fr":
        forms = [f"{'1er' if number == 1 else number} {month} {year}", numeric]
    else:
        first = {"es": "1.º", "pt": "1.º"}[language] if number == 1 else str(number)
        forms = [f"{first} de {month} de {year}", numeric]
        number_words = words("vocabulary")["numbers"][language]
        if 1 < number < len(number_words):
            forms.append(f"{number_words[number]} ({number}) de {month} de {year}")
    return Mention(rng.choice(forms), "DATE", moment.isoformat())


def _ordinal(number: int) -> str:
    return "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def money(amount: int, currency: str, decimal: str, language: str, rng: Random) -> Mention:
    """Return ``amount`` in the number format of the State, with its currency as a code or in words."""
    whole = f"{amount:,}".replace(",", "." if decimal == "," else ",")
    written = f"{whole}{decimal}00" if rng.random() < 0.6 else whole
    name = words("vocabulary")["currencies"][language].get(currency)
    forms = [f"{currency} {written}"] + ([f"{written} {name}"] if name else [])
    return Mention(rng.choice(forms), "MONEY", f"{amount} {currency}")


def full_name(given: str, surnames: tuple[str, ...], honorific: str, rng: Random) -> Mention:
    """Return a person's full name, in about a third of cases with ``honorific`` before it."""
    name = f"{given} {' '.join(surnames)}"
    article, _, title = honorific.rpartition(" ")
    lead = f"{article} {title}".strip() if rng.random() < 0.35 else ""
    return Mention(name, "PERSON", name, lead)


def formal_name(given: str, surnames: tuple[str, ...], rng: Random) -> Mention:
    """Return the name as in forms and registers: surnames in capitals, first or last."""
    family, name = " ".join(surnames).upper(), f"{given} {' '.join(surnames)}"
    return Mention(rng.choice([f"{family}, {given}", f"{given} {family}", name]), "PERSON", name)
