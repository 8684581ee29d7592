"""Words in the place of a name that identify nobody: addresses, posts, and persons whose name is not known."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.matching.company_pairs import legal_form
from nlp.matching.spelling import plain

_ARTICLES = frozenset(("el", "la", "o", "a", "the", "le"))
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
_NAMES = regex.compile(r"(?<=\S\s+)\p{Lu}[\p{L}\p{M}'’-]+")
_FEWEST = 2
_WITHOUT_NUMBER = regex.compile(r"\bs/n\b")


def no_name(written: str) -> str:
    """Return ``address``, ``post`` or ``unnamed`` for a text that is no name, otherwise nothing."""
    text = plain(written)
    words = [word for word in _WORDS.findall(text) if word not in _ARTICLES]
    if _is_address(text, words):
        return "address"
    if _is_post(words):
        return "post"
    unnamed = bool(_unnamed().match(" ".join(_WORDS.findall(text)))) or _is_person_without_name(written, words)
    return "unnamed" if unnamed and not legal_form(written) else ""


def _is_person_without_name(written: str, words: list[str]) -> bool:
    """Return whether a text begins with a word for a person and has no name after it ("Persona A", "the witness")."""
    return (
        words[:1] != [] and words[0] in load("nlp.name_spelling")["persons"] and len(_NAMES.findall(written)) < _FEWEST
    )


def _is_address(text: str, words: list[str]) -> bool:
    """Return whether a text is an address with a number, or a post box."""
    if _post_box().search(text):
        return True
    streets = load("nlp.name_spelling")["addresses"]
    if words[:1] and words[0].isdigit():  # the number first, as in English and French
        return any(word in streets for word in words)
    numbered = any(map(str.isdigit, text)) or bool(_WITHOUT_NUMBER.search(text))
    return words[:1] != [] and words[0] in streets and numbered


def _is_post(words: list[str]) -> bool:
    data = load("nlp.name_spelling")
    ends = any(" ".join(words).endswith(f" {ending}") for ending in data["post_endings"])
    return bool(words) and (words[0] in data["posts"] or ends)


@cache
def _unnamed() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{'|'.join(load('nlp.name_spelling')['unnamed'])})\b")


@cache
def _post_box() -> regex.Pattern[str]:
    return regex.compile(load("nlp.name_spelling")["post_boxes"])
