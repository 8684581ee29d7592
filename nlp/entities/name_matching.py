"""Comparison of names of persons: whether two names may belong to one person."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from nlp.entities.person_names import PersonName, is_given


class Match(IntEnum):
    """Result of the comparison with a fuller name: another person, possibly the same (a proposal), or the same."""

    NO = 0
    PERHAPS = 1
    YES = 2


def match(short: PersonName, full: PersonName, language: str = "") -> Match:
    """Return whether ``short`` may be a form of ``full``: the same words, or some of them in the same order.

    Names that each have a word which the other lacks do not match. ``language`` (ISO 639-1) decides by which surname
    a person is called.
    """
    if not short.words or (short.gender and full.gender and short.gender != full.gender):
        return Match.NO
    if short.hidden or full.hidden:
        return Match.YES if short.form == full.form else Match.NO
    if short.suffix != full.suffix and (short.suffix or len(short.words) > 1):
        return Match.PERHAPS if _in_order(short.words, full.words) else Match.NO
    if len(short.words) == 1:
        return _match_one(short, full, language)
    return max(_match_many(short, name, language) for name in _with_other_surnames(full))


def _with_other_surnames(full: PersonName) -> list[PersonName]:
    """Return the name, and its forms with the surname by birth or marriage after or instead of its own."""
    forenames = full.words[: max(1, full.given[1])]
    if not full.other:
        return [full]
    return [full, replace(full, words=(*full.words, *full.other)), replace(full, words=(*forenames, *full.other))]


def _match_one(short: PersonName, full: PersonName, language: str) -> Match:
    """Match a single word: a surname after "Sr.", a given name after "don"."""
    word = short.words[0]
    places = [number for number, other in enumerate(full.words) if _same(word, other)]
    if word in full.other:
        return Match.YES
    if not places or len(word) == 1:
        return Match.NO
    _, most = full.given
    as_given = short.part != "surname" and places[0] < max(most, 1)
    as_surname = short.part != "given" and any(_is_called_by(full, place, language) for place in places)
    if len(full.words) == 1 or as_given or as_surname:
        return Match.YES
    return Match.PERHAPS


def _is_called_by(full: PersonName, place: int, language: str) -> bool:
    """Return whether the word at ``place`` is the surname in use: in Spanish the first, else the first or last."""
    least, most = full.given
    first = least <= place <= most
    last = place == len(full.words) - 1 and place >= max(least, 1)
    spanish = language == "es" and not full.portuguese and len(full.words) - most > 1
    return first or (last and not spanish)


def _match_many(short: PersonName, full: PersonName, language: str) -> Match:
    if _split(short.words) == _split(full.words) or _all_the_same(short.words, full.words):
        return Match.YES
    places = _places(short.words, full.words)
    if not places:
        return Match.PERHAPS if set(short.words) == set(full.words) else Match.NO
    least, most = full.given
    leads = places[0] == 0 or (least <= places[0] <= most and not is_given(short.words[0]))
    skipped = [place for place in range(places[0], places[-1]) if place not in places]
    spanish = language == "es" and not full.portuguese
    skips = not skipped or all(place < max(most, 1) for place in skipped) or not spanish
    return Match.YES if leads and skips else Match.PERHAPS


def _all_the_same(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether both are the same three or more words in any order: lists put surnames first without comma."""
    return len(left) > 2 and sorted(left) == sorted(right)


def _in_order(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return bool(_places(short, full))


def _places(short: tuple[str, ...], full: tuple[str, ...]) -> list[int]:
    """Return the positions of the words of ``short`` in ``full``, in order; empty if one is missing."""
    places: list[int] = []
    for word in short:
        start = places[-1] + 1 if places else 0
        place = next((number for number in range(start, len(full)) if _same(word, full[number])), -1)
        if place < 0:
            return []
        places.append(place)
    return places


def _same(left: str, right: str) -> bool:
    """Return whether two words are equal, or one is the initial of the other."""
    return left == right or (1 in (len(left), len(right)) and left[0] == right[0])


def _split(words: tuple[str, ...]) -> list[str]:
    return [part for word in words for part in word.split("-")]
