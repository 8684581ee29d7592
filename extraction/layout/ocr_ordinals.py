"""Signs of ordinals in words read by OCR, which confuses ``º``, ``ª``, ``°``, a star and the letters ``o`` and ``a``.

Printers use the degree sign for ordinals too, so the language of the page decides, by its orthography: Spanish and
Portuguese write ``n.º 5``, ``art. 62º`` and ``2ª instancia``, French ``n° 5``. Degrees (``25 °C``, ``40° N``)
keep their sign. The wording is data (``resources/ordinals.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.resource import load

_NUMBER_SIGN = re.compile(r"(?P<head>[(\[]?[Nn]\.?)[º°*\"“”'‘’](?P<tail>\d.*|[.:,;)]*)")
_ORDINAL = re.compile(r"(?P<head>[(\[«“\"]?§*\d{1,4}\.?)(?P<sign>[ºª°oa*])(?P<tail>(?:[-–/]\w.*)?[^\w\s°º]*)")
_UNKNOWN_SIGN = re.compile("(?<=^N)[*\"“”'‘’](?=\\d)")
_READ_WITH_QUESTION = frozenset({"N?", "n?"})
_READ_AS_NO = frozenset({"no", "No", "nO", "n0"})
# minutes, a scale or a point of the compass; "O" and "E" also begin sentences in Portuguese
_DEGREES = re.compile(r"\d{1,2}(?:[.,]\d+)?['′’]|[CFKNSW]\b|[EO](?:[,;.)]|$| \d)")
_EDGES = " ,;:()[]«»“”\"'"


def with_ordinals(words: Sequence[str], language: str) -> list[str]:
    """Return the words of a page with the signs of ordinals that ``language`` (ISO 639-1) writes.

    A page in no single language, or in one without such signs, keeps the signs that were read, except that what is read
    for the sign after "N" in small type is no quotation mark or star there.
    """
    signs = load("extraction.ordinals")["signs"].get(language)
    if signs is None:
        return [_UNKNOWN_SIGN.sub("º", word) for word in words]
    return [_corrected(_Place(words, index, language), signs) for index in range(len(words))]


@dataclass(frozen=True, slots=True)
class _Place:
    """A word with those around it, on a page in ``language``."""

    words: Sequence[str]
    index: int
    language: str

    @property
    def word(self) -> str:
        return self.words[self.index]

    def near(self, distance: int) -> str:
        """Return the word at ``distance`` in lower case without punctuation, ``""`` beyond the page."""
        index = self.index + distance
        return self.words[index].strip(_EDGES).rstrip(".").casefold() if 0 <= index < len(self.words) else ""

    def follows(self, kind: str) -> bool:
        """Return whether the word before is one of a ``kind`` that depends on the language."""
        return self.near(-1) in _set(kind, self.language)


def _corrected(place: _Place, signs: Mapping[str, Any]) -> str:
    word = place.word
    if match := _NUMBER_SIGN.fullmatch(word):
        return f"{match['head']}{signs['masculine']}{match['tail']}"
    if word in _READ_WITH_QUESTION and place.near(1)[:1].isdigit():
        return f"{word[0]}{signs['masculine']}"
    if word in _READ_AS_NO and place.near(1)[:1].isdigit() and place.follows("laws"):
        return f"{word[0]}{signs['masculine']}"
    match = _ORDINAL.fullmatch(word)
    if match is None or not _is_ordinal(match, place):
        return word
    feminine = match["sign"] == "ª" or place.near(1) in _set("feminine_nouns")
    return f"{match['head']}{signs['feminine' if feminine else 'masculine']}{match['tail']}"


def _is_ordinal(match: re.Match[str], place: _Place) -> bool:
    """Return whether what follows a number is the sign of an ordinal, not of degrees, a star or a letter."""
    is_cited = place.follows("provisions") or match["head"].startswith("§")
    if match["sign"] in "oa*":
        return (is_cited and match["sign"] != "a") or place.near(1) in _set("feminine_nouns")
    if match["sign"] != "°" or match["head"].endswith(".") or is_cited:
        return True
    around = {place.near(distance) for distance in (-2, -1, 1, 2)}
    is_degree = place.near(1) in _set("degrees_after") or not around.isdisjoint(_set("degrees_near"))
    return not is_degree and not _DEGREES.match(" ".join(place.words[place.index + 1 : place.index + 3]))


@cache
def _set(name: str, language: str = "") -> frozenset[str]:
    words = load("extraction.ordinals")[name]
    return frozenset(words[language] if language else words)
