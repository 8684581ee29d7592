"""Names of persons written in another language: "Jordi" and "Jorge", "Etxeberria" and "Echeverría", a married name.

They are no contradiction between two records, and no agreement either: people have to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extraction.resource import load
from nlp.matching.person_pairs import Agreement, compare_persons
from nlp.matching.spelling import plain


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
