"""Comparison of two company names: their words, legal forms, and distinctive words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import regex

from extraction.resource import load
from nlp.entities.linked_bodies import read_body_name
from nlp.matching.spelling import Likeness, latin, likeness, plain, repaired

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_PARTICLE_BEFORE_FORM = regex.compile(r"\b(?:de|do|da|e|y)\s+S[áa]\.?$", regex.IGNORECASE)


class Agreement(IntEnum):
    """Agreement of the names of two companies; ``FORM_DIFFERS`` is the same name with another legal form."""

    CONFLICT = 0
    FORM_DIFFERS = 1
    PART = 2
    SLIP = 3
    WHOLE = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """``telling`` is the number of distinctive words; ``forms`` whether both have the same legal form."""

    agreement: Agreement
    telling: int = 0
    forms: bool = False


def is_company(written: str) -> bool:
    """Return whether a name is of a company or another body, by its legal form, first or last word, or a number."""
    words = _WORDS.findall(plain(written))
    if not words or ("," in written and not _form(written)):
        return False
    data = load("nlp.name_spelling")
    has_form = words[0] in data["beginnings"] or words[-1] in data["endings"]
    return has_form or bool(_form(written)) or any(word.isdigit() for word in words)


def _form(written: str) -> str:
    """Return the key of the legal form; the Portuguese surname Sá is none."""
    return "" if _PARTICLE_BEFORE_FORM.search(written) else read_body_name(latin(written)).form


def compare_companies(left: str, right: str) -> Comparison:
    """Compare two names of companies as they were written."""
    first, second = company_words(left), company_words(right)
    forms = _form(left), _form(right)
    likenesses = _likenesses(first, second)
    if likenesses is None:
        return Comparison(Agreement.CONFLICT)
    telling = len(distinctive_words(first))
    if len(first) != len(second):
        return Comparison(Agreement.PART, telling)
    if all(forms) and forms[0] != forms[1]:
        return Comparison(Agreement.FORM_DIFFERS, telling)
    agreement = Agreement.WHOLE if set(likenesses) == {Likeness.EQUAL} else Agreement.SLIP
    return Comparison(agreement, telling, all(forms))


def distinctive_words(words: Iterable[str]) -> list[str]:
    """Return the distinctive words of a company name: neither general words nor numbers."""
    return [word for word in words if word not in load("nlp.name_spelling")["generic"] and not word.isdigit()]


def company_words(written: str) -> tuple[str, ...]:
    """Return the folded words of a company's name, written out, without its legal form."""
    shortened = load("nlp.name_spelling")["company_words"]
    words = [shortened.get(word, word) for word in read_body_name(latin(repaired(written))).words]
    kept = [word for word in words if word not in load("nlp.name_spelling")["form_words"]]
    return tuple(kept or words)


def _likenesses(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Likeness, ...] | None:
    """Return the similarity of each word of the shorter name in order, None if the longer name lacks one."""
    short, long = sorted((left, right), key=len)
    found: list[Likeness] = []
    at = 0
    for word in short:
        place = next((number for number in range(at, len(long)) if _like(word, long[number])), -1)
        if place < 0:
            return None
        found.append(_like(word, long[place]))
        at = place + 1
    return tuple(found) if found else None


def _like(left: str, right: str) -> Likeness:
    if left.isdigit() or right.isdigit():
        return Likeness.EQUAL if left == right else Likeness.NONE
    like = likeness(left, right)
    return Likeness.NONE if like is Likeness.INITIAL else like
