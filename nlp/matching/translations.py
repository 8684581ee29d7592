"""Names of persons written in another language or script: "Jordi" and "Jorge", "Etxeberria" and "Echeverría".

They are no contradiction between two records, and no agreement either: people have to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extraction.resource import load
from nlp.matching.person_pairs import Agreement, compare_persons
from nlp.matching.spelling import plain

_WITHOUT_VOWELS = regex.compile(r"[\p{Arabic}\p{Hebrew}]")


def may_be_translated(left: str, right: str) -> bool:
    """Return whether two names that contradict each other agree once both are written in one language."""
    first, second = in_one_language(left), in_one_language(right)
    return (first, second) != (plain(left), plain(right)) and compare_persons(
        first, second
    ).agreement > Agreement.LITTLE


def may_be_married(left: str, right: str) -> bool:
    """Return whether two names agree without the husband's surname ("Giménez de Benítez", "Giménez Ayala")."""
    forms = [(_married().sub("", left.strip()), right), (left, _married().sub("", right.strip()))]
    changed = [pair for pair in forms if pair != (left, right)]
    return any(compare_persons(*pair).agreement > Agreement.LITTLE for pair in changed)


def may_be_transliterated(left: str, right: str) -> bool:
    """Return whether a name in a script without vowels (Arabic, Hebrew) has the consonants of one that writes them.

    The words may stand in another order.
    """
    if _has_no_vowels(left) == _has_no_vowels(right):
        return False
    first, second = plain(left).split(), plain(right).replace("-", " ").split()
    orders = (second, [*second[1:], *second[:1]], [*second[-1:], *second[:-1]])
    return any(_consonants("".join(first)) == _consonants("".join(words)) for words in orders)


def _has_no_vowels(name: str) -> bool:
    return bool(_WITHOUT_VOWELS.search(name))


def _consonants(name: str) -> str:
    for pattern, replacement in load("nlp.translated_names")["consonants"]:
        name = regex.sub(pattern, replacement, name)
    return name


def in_one_language(name: str) -> str:
    """Return a name, folded, with each given name in the first language of its group and surnames in one spelling."""
    return " ".join(_of_group().get(word) or _spelled(word) for word in plain(name).replace("-", " ").split())


def _spelled(word: str) -> str:
    for pattern, replacement in load("nlp.translated_names")["spelling"]:
        word = regex.sub(pattern, replacement, word)
    return word


@cache
def _of_group() -> Mapping[str, str]:
    return {name: group[0] for group in load("nlp.translated_names")["given"] for name in group}


@cache
def _married() -> regex.Pattern[str]:
    return regex.compile(load("nlp.translated_names")["married"], regex.I)
