"""One person's name: its parts as compared, and whether two names may be one person's (brief 1.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold

# A word of a name; a hyphen and an apostrophe belong to it, "[X]" and "X..." stand for a name that a court left out.
_WORD = regex.compile(r"\[\p{L}+\]|\p{Lu}\.?\.{2,}|\p{Lu}…|[\p{L}\p{M}][\p{L}\p{M}'’\-]*\.?")
_AND = regex.compile(r"[ ](?:y|e|et|and)[ ]")
_MARKS = regex.compile(r"\p{M}+")


class Match(IntEnum):
    """How a name stands to a fuller one: not the same person, perhaps (only a proposal), or the same."""

    NO = 0
    PERHAPS = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class PersonName:
    """Words of a name, folded, without particles, given names first.

    ``given`` counts the words that are given names: at least the first and at most the second number. ``part`` says
    which part of the whole name it is (``surname`` behind "el Sr.", ``given`` behind "don", ``any`` where both may
    be), empty where it stands alone; ``other`` are surnames by birth or marriage. ``hidden`` are names that a court
    left out.
    """

    words: tuple[str, ...]
    given: tuple[int, int] = (0, 0)
    suffix: str = ""
    gender: str = ""
    part: str = ""
    other: tuple[str, ...] = ()
    portuguese: bool = False
    hidden: bool = False

    @property
    def form(self) -> str:
        """Return what two mentions of one form share."""
        return " ".join(filter(None, (*self.words, self.suffix)))

    @property
    def is_full(self) -> bool:
        """Whether two words or more are written out."""
        return sum(len(word) > 1 for word in self.words) > 1


def read_name(written: str, *, title: str = "", language: str = "", given: str = "") -> PersonName:
    """Return the parts of a name as it is written in a text of ``language``.

    ``title`` is the word before it (see ``title_before``), ``given`` the given names where a form has them apart.
    """
    if given:
        written = f"{written}, {given}"
    last, comma, first = written.partition(",")
    surnames, forenames = _words(last), _words(first) if comma else []
    words, suffix = _without_suffix([*forenames, *surnames])
    if comma:
        counts = (min(len(forenames), len(words)),) * 2
    else:
        words, counts = _ordered(words, written)
    gender, part = _title(title, language)
    small = {fold(word) for word in written.split()}
    return PersonName(
        words=tuple(words),
        given=counts,
        suffix=suffix,
        gender=gender,
        part=part if len(words) == 1 else "",
        portuguese=bool(small & set(load("nlp.linking")["portuguese"])),
        hidden=_is_hidden(written, words),
    )


def two_persons(span: Span) -> tuple[Span, ...]:
    """Return the two persons of a span that joins two full names ("Juan Paz y Ana Ruiz"), else the span itself."""
    joined = _AND.search(span.value)
    if joined is None:
        return (span,)
    left, right = span.value[: joined.start()], span.value[joined.end() :]
    second = _words(right)
    if len(_words(left)) < 2 or len(second) < 2 or not _is_given(second[0]):
        return (span,)
    return (
        replace(span, end=span.start + len(left), value=left),
        replace(span, start=span.end - len(right), value=right),
    )


def _is_hidden(written: str, words: list[str]) -> bool:
    """Whether a court left the name out: initials alone, ``[X]``, ``X...``, ``AA``; never to be made out again."""
    left_out = any(not word[0].isalpha() or ".." in word or "…" in word for word in _WORD.findall(written))
    doubled = [len(word) == 2 and word[0] == word[1] for word in words]
    return left_out or (bool(words) and all(len(word) == 1 or two for word, two in zip(words, doubled, strict=True)))


def _words(text: str) -> list[str]:
    """Return the folded words without particles; ``d'Almeida`` is ``almeida``, ``J.`` is ``j``."""
    found = []
    for word in _WORD.findall(text):
        folded = _MARKS.sub("", fold(word)).strip("[].…-'")
        folded = next((folded[len(one) :] for one in load("nlp.linking")["elided"] if folded.startswith(one)), folded)
        folded = folded.replace("'", "").strip()
        if folded and (folded not in _particles() or (len(folded) == 1 and word[0].isupper())):
            found.append(folded)
    return found


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    suffixes: dict[str, str] = load("nlp.linking")["suffixes"]
    found = [word for word in words[1:] if word in suffixes and len(words) > 2]
    kept = words[:1] + [word for word in words[1:] if word not in found]
    return kept, suffixes[found[-1]] if found else ""


def _ordered(words: list[str], written: str) -> tuple[list[str], tuple[int, int]]:
    """Return the words with the given names first, and how many of them are given names, least and most."""
    if written.isupper() and len(words) > 1 and not _is_given(words[0]) and _is_given(words[-1]):
        count = 1 + (len(words) > 3 and _is_given(words[-2]))
        return [*words[-count:], *words[:-count]], (count, count)
    if len(words) < 2:
        return words, (0, len(words))
    most = next((number for number, word in enumerate(words) if not _is_given(word)), len(words))
    capitals = _capitals(written)
    if capitals:
        return words, (len(words) - capitals,) * 2
    least = 1 if most or len(words) > 2 else 0
    return words, (least, min(max(most, least), len(words) - 1))


def _capitals(written: str) -> int:
    """Return how many words at the end are the surname because they alone are in capitals ("Juan PÉREZ GÓMEZ")."""
    last, _, _ = written.partition(",")
    parts = [word for word in _WORD.findall(last) if fold(word) not in _particles()]
    upper = [len(word) > 2 and word.isupper() for word in parts]
    count = next((number for number, one in enumerate(reversed(upper)) if not one), len(upper))
    return count if 0 < count < len(parts) and sum(upper) == count else 0


def _title(title: str, language: str) -> tuple[str, str]:
    """Return whom a title is said of and what part of the name follows; one of a letter or two has a capital."""
    key = fold(title).replace("ª", "a").strip(" :º").replace(".", "")
    gender, part = _titles().get(key, ("", "")) if len(key) > 2 or title[:1].isupper() else ("", "")
    return gender, "any" if part and language in load("nlp.linking")["familiar"] else part


def match(short: PersonName, full: PersonName, language: str = "") -> Match:
    """Say whether ``short`` may be a form of ``full``: the same words, or fewer of them in the same order.

    Names that both have a word that the other has not never match.
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
    """Return the name as it stands and with the surname by birth or marriage instead of, or behind, its own."""
    forenames = full.words[: max(1, full.given[1])]
    if not full.other:
        return [full]
    return [full, replace(full, words=(*full.words, *full.other)), replace(full, words=(*forenames, *full.other))]


def _match_one(short: PersonName, full: PersonName, language: str) -> Match:
    """Match one word: a surname behind "Sr.", a given name behind "don"."""
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
    """Whether the word at ``place`` is the surname a person is called by: in Spanish the first, else an end one."""
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
    leads = places[0] == 0 or (least <= places[0] <= most and not _is_given(short.words[0]))
    skipped = [place for place in range(places[0], places[-1]) if place not in places]
    spanish = language == "es" and not full.portuguese
    skips = not skipped or all(place < max(most, 1) for place in skipped) or not spanish
    return Match.YES if leads and skips else Match.PERHAPS


def _all_the_same(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether both are the same words in any order, three at least: lists write surnames first without a comma."""
    return len(left) > 2 and sorted(left) == sorted(right)


def _in_order(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return bool(_places(short, full))


def _places(short: tuple[str, ...], full: tuple[str, ...]) -> list[int]:
    """Return where the words of ``short`` stand in ``full``, in order; empty where one is missing."""
    places: list[int] = []
    for word in short:
        start = places[-1] + 1 if places else 0
        place = next((number for number in range(start, len(full)) if _same(word, full[number])), -1)
        if place < 0:
            return []
        places.append(place)
    return places


def _same(left: str, right: str) -> bool:
    """Whether two words are the same, or one is the other's initial."""
    return left == right or (1 in (len(left), len(right)) and left[0] == right[0])


def _split(words: tuple[str, ...]) -> list[str]:
    return [part for word in words for part in word.split("-")]


def _is_given(word: str) -> bool:
    return all(part in _given() for part in word.split("-"))


@cache
def _given() -> frozenset[str]:
    return frozenset(load("nlp.linking")["given"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(load("nlp.linking")["particles"])


@cache
def _titles() -> dict[str, Any]:
    return {name: tuple(said) for name, said in load("nlp.linking")["titles"].items()}
