"""Comparison of two company names: their words, legal forms, and distinctive words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.gazetteers import country_names
from nlp.entities.linked_bodies import read_body_name
from nlp.matching.rarity import frequent_names
from nlp.matching.spelling import Likeness, latin, likeness, plain, repaired

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_PARTICLE_BEFORE_FORM = regex.compile(r"\b(?:de|do|da|e|y)\s+S[áa]\.?$", regex.IGNORECASE)
_PLACE = regex.compile(r"\s*\([^()]*\)\s*$")
_MIN_ABBREVIATION_LENGTH = 3
_MIN_DISTINCTIVE_LENGTH = 3
_FILLING = frozenset(("a", "al", "ao", "aux", "au", "la", "las", "los", "el", "le", "les", "the"))
_FREQUENT = 2.2
"""Names up to this exponent of frequency are those of many companies."""


class Agreement(IntEnum):
    """Agreement of the names of two companies.

    ``FORM_DIFFERS``: the same name with another legal form; ``FORM_CONVERTED``: with a form of the same kind, into
    which a company is converted; ``BRANCH``: one is a branch of the other, or both of one; ``TRANSLATED``: the same
    words in two languages.
    """

    CONFLICT = 0
    FORM_DIFFERS = 1
    FORM_CONVERTED = 2
    BRANCH = 3
    TRANSLATED = 4
    PART = 5
    SLIP = 6
    WHOLE = 7


@dataclass(frozen=True, slots=True)
class Comparison:
    """``telling`` is the number of distinctive words; ``forms`` whether both have the same legal form."""

    agreement: Agreement
    telling: int = 0
    forms: bool = False


def is_company(written: str) -> bool:
    """Return whether a name is of a company or another body, by its legal form, first or last word, or a number."""
    written, branch = _head(written)
    words = _WORDS.findall(plain(written))
    if branch and "," not in written:
        return True
    if not words or ("," in written and not legal_form(written)):
        return False
    data = load("nlp.name_spelling")
    if not set(words).isdisjoint(data["anywhere"]):
        return True
    has_form = words[0] in data["beginnings"] or words[-1] in data["endings"]
    return has_form or bool(legal_form(written)) or any(word.isdigit() for word in words)


def legal_form(written: str) -> str:
    """Return the key of the legal form; the Portuguese surname Sá is none."""
    name = _without_status(written)
    return "" if _PARTICLE_BEFORE_FORM.search(name) else read_body_name(latin(name)).form


def _head(written: str) -> tuple[str, str]:
    """Return a name without the words for its branch, and those words ("Banco Lumen S.A., sucursal Cali")."""
    found = _branch().search(written)
    return (written[: found.start()], written[found.start() :].strip(" ,()-")) if found else (written, "")


def _without_status(written: str) -> str:
    """Return a name without what registers add to it: a place, a tax class, or that the company is being wound up."""
    return _status().sub("", _PLACE.sub("", written))


def compare_companies(left: str, right: str) -> Comparison:
    """Compare two names of companies as they were written."""
    (head, branch), (other_head, other_branch) = _head(left), _head(right)
    found = _compare(head, other_head)
    differs = (
        company_words(branch) != company_words(other_branch) if branch and other_branch else branch != other_branch
    )
    return replace(found, agreement=Agreement.BRANCH) if differs and found.agreement > Agreement.BRANCH else found


def _compare(left: str, right: str) -> Comparison:
    first, second = company_words(left), company_words(right)
    forms = legal_form(left), legal_form(right)
    likenesses = _likenesses(first, second)
    if likenesses is None and _are_translations(first, second):
        return Comparison(Agreement.TRANSLATED, len(distinctive_words(first)))
    if likenesses is None:
        return Comparison(Agreement.PART if _abbreviates(left, right) else Agreement.CONFLICT)
    telling = len(distinctive_words(first))
    if len(first) != len(second):
        return Comparison(Agreement.PART, telling)
    if all(forms) and forms[0] != forms[1]:
        converted = any(set(forms) <= set(kin) for kin in load("nlp.name_spelling")["kindred_forms"])
        return Comparison(Agreement.FORM_CONVERTED if converted else Agreement.FORM_DIFFERS, telling)
    agreement = Agreement.WHOLE if set(likenesses) == {Likeness.EQUAL} else Agreement.SLIP
    return Comparison(agreement, telling, all(forms))


def distinctive_words(words: Iterable[str]) -> list[str]:
    """Return the distinctive words of a company name: no general words, countries, frequent names or numbers."""
    return [
        word
        for word in words
        if len(word) >= _MIN_DISTINCTIVE_LENGTH and word not in _undistinctive() and not word.isdigit()
    ]


@cache
def _undistinctive() -> frozenset[str]:
    data = load("nlp.name_spelling")
    countries = (plain(name) for name in country_names())
    words = (*load("nlp.linking")["articles"], *load("nlp.linking")["particles"])
    return frozenset((*data["generic"], *data["generic_names"], *words, *countries, *frequent_names(_FREQUENT)))


def company_words(written: str) -> tuple[str, ...]:
    """Return the folded words of a company's name, written out, without its legal form."""
    shortened = load("nlp.name_spelling")["company_words"]
    words = [
        shortened.get(word, word)
        for word in read_body_name(latin(repaired(_without_status(written)).replace("-", " "))).words
    ]
    kept = [word for word in words if word not in load("nlp.name_spelling")["form_words"]]
    return tuple(kept or words)


def _are_translations(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether two names have the same words in two languages; their order may differ, some word has to."""
    return frozenset(left) != frozenset(right) and frozenset(translated(left)) == frozenset(translated(right))


def translated(words: Iterable[str]) -> list[str]:
    """Return the words of a company name without articles, each by the first of its translations."""
    return [_translations().get(word, word) for word in words if word not in _FILLING]


@cache
def _translations() -> dict[str, str]:
    groups = load("nlp.name_spelling")["translated_words"]
    return {word: group[0] for group in groups for word in group}


def _abbreviates(left: str, right: str) -> bool:
    """Return whether one name consists of the first letters of the words of the other."""
    short, long = sorted((left, right), key=lambda written: len(company_words(written)))
    letters = "".join(company_words(short))
    name = read_body_name(latin(_without_status(long))).words
    initials = {"".join(word[0] for word in words) for words in (name, company_words(long)) if words}
    return len(company_words(short)) == 1 and len(letters) >= _MIN_ABBREVIATION_LENGTH and letters in initials


@cache
def _branch() -> regex.Pattern[str]:
    words = "|".join(load("nlp.name_spelling")["branches"])
    return regex.compile(rf"(?<=\S)[\s,(]+(?:[-–]\s*)?(?:{words})\b.*$", regex.IGNORECASE)


@cache
def _status() -> regex.Pattern[str]:
    words = "|".join(load("nlp.name_spelling")["statuses"])
    return regex.compile(rf"[\s,(–-]+(?:{words})[\s.)]*$", regex.IGNORECASE)


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
