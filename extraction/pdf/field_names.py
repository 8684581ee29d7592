"""Names of form fields as people read them: a tooltip, or a name that is made of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extraction.characters import one_line
from extraction.resource import load

MAX_LENGTH = 80  # characters; longer ones are instructions
_WORDS = re.compile(r"\w+")
_INDEX = re.compile(r"\[\d+\]")
_BOUNDARY = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|[_\W]+")


def readable_name(tooltip: str, name: str) -> str:
    """Return a field's tooltip, else the last part of its name if that has words; ``""`` if neither says anything.

    Names that programs give ("Text1", "topmostSubform[0].f1_02[0]") say nothing.
    """
    told = _INDEX.sub("", one_line(tooltip)).rstrip(" :*")
    if len(told) <= MAX_LENGTH and _says_something(_WORDS.findall(told)):
        return told
    words = [word for word in _BOUNDARY.split(_INDEX.sub("", one_line(name)).rpartition(".")[2]) if word]
    while words and words[0].casefold() in _prefixes():
        words.pop(0)
    while words and words[-1].isdecimal():
        words.pop()
    own = " ".join(words)
    written = all(word.isalpha() or word.isdecimal() for word in words)
    return own if written and len(own) <= MAX_LENGTH and _says_something(words) else ""


def _says_something(words: Sequence[str]) -> bool:
    """Return whether one of ``words`` is more than a number or a kind of field."""
    return any(len(word) > 2 and word.isalpha() and word.casefold() not in _generic() for word in words)


@cache
def _generic() -> frozenset[str]:
    return frozenset(load("extraction.form_fields")["generic"])


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(load("extraction.form_fields")["prefixes"])
