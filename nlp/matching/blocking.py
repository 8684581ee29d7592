"""Blocking keys: records that may be the same person or company share at least one, so that few pairs are compared.

Keys are made of spellings that compare as equal (transcriptions, short forms, abbreviations), in any order of the
words. Each key needs two facts (two words, or a word and a birth date), except a document number and a distinctive word
of a company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from extraction.resource import load
from nlp.matching.company_pairs import company_words, distinctive_words, is_company, translated
from nlp.matching.document_numbers import document_number
from nlp.matching.identity_data import birth_date
from nlp.matching.person_readings import read_person
from nlp.matching.spelling import spelling_keys

_MAX_WORDS = 8
_MIN_NUMBER_LENGTH = 5
_MIN_SLIP_LENGTH = 5


def blocking_keys(name: str, birth: str = "", document: str = "") -> frozenset[str]:
    """Return the keys of a record; ``birth`` is ISO 8601 as far as known, ``document`` a number with or without a kind.

    A company has no keys of a person and the other way round.
    """
    number = document_number(document)
    keys = {f"number:{number}"} if len(number) >= _MIN_NUMBER_LENGTH else set()
    keys.update(_company_keys(name) if is_company(name) else _person_keys(name, birth))
    return frozenset(keys)


def _person_keys(name: str, birth: str) -> Iterator[str]:
    person = read_person(name)
    others = (word for reading in person.readings for word in reading.surnames)
    words = list(dict.fromkeys((*person.words, *others)))[:_MAX_WORDS]
    spellings = [spelling_keys(word) for word in words]
    for (word, first), (other_word, other) in combinations(zip(words, spellings, strict=True), 2):
        yield from _pairs("name", first, other)
        yield from (*_initials(word, other), *_initials(other_word, first))
    if day := birth_date(birth):
        yield from (f"born:{day} {spelling}" for word in spellings for spelling in word)
        yield from (
            f"day:{day} {spelling[0]}"
            for word in spellings
            for spelling in word
            if len(day) == 10 and spelling[0] != "="
        )
    if len(words) == 2:
        yield from _slips(*words)


def _pairs(kind: str, first: Iterable[str], other: Iterable[str]) -> Iterator[str]:
    """Yield a key of each pair of spellings of two words."""
    for left in first:
        for right in other:
            if len(left) > 1 and len(right) > 1:
                yield f"{kind}:{' '.join(sorted((left, right)))}"


def _initials(word: str, others: Iterable[str]) -> Iterator[str]:
    """Yield keys of a word's initial with another word, which a name that is written out has too."""
    names = (word, *load("nlp.name_spelling")["short_forms"].get(word, ()))
    yield from (f"initial:{name[0]} {other}" for name in names for other in others if len(other) > 1)


def _slips(first: str, other: str) -> Iterator[str]:
    """Yield keys that a name of two words shares with itself after a letter of the one was changed or left out."""
    for word, beside in ((first, other), (other, first)):
        if len(word) >= _MIN_SLIP_LENGTH:
            yield from (f"slip:{beside[0]} {word[:at]}{word[at + 1 :]}" for at in range(1, len(word)))
            yield f"slip:{beside[0]} {word}"


def _company_keys(name: str) -> Iterator[str]:
    words = translated(company_words(name))
    spellings = [spelling_keys(word) for word in words[:_MAX_WORDS]]
    for first, other in combinations(spellings, 2):
        yield from _pairs("company", first, other)
    yield from (f"company:{spelling}" for word in distinctive_words(words) for spelling in spelling_keys(word))
