"""Names of persons, analysed into parts for comparison; coordinated surnames ("M. et Mme Robins")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.folding import fold

# A word of a name, including hyphens and apostrophes; "[X]" and "X..." are names anonymised by a court.
_WORD = compiled(r"\[\p{L}+\]|\p{Lu}\.?\.{2,}|\p{Lu}…|[\p{L}\p{M}][\p{L}\p{M}'’\-]*\.?")
_AND = compiled(r"[ ](?:y|e|et|and)[ ]")
_MARKS = compiled(r"\p{M}+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The folded words of a name without particles, given names first.

    ``given`` is the minimum and maximum number of words that are given names. ``part`` is the part of the full name
    that a single word is (``surname`` after "el Sr.", ``given`` after "don", ``any`` if both are possible), empty
    without title; ``other`` are surnames by birth or marriage. ``hidden`` names were anonymised by a court.
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
        """Return the form that mentions must share to be grouped: words and suffix."""
        return " ".join(filter(None, (*self.words, self.suffix)))

    @property
    def is_full(self) -> bool:
        """Return whether at least two words are more than initials."""
        return sum(len(word) > 1 for word in self.words) > 1


def read_name(written: str, *, title: str = "", language: str = "", given: str = "") -> PersonName:
    """Return the parts of a name as written in a text in ``language`` (ISO 639-1).

    ``title`` is the word before it (see ``title_before``), ``given`` the given names if they are in a separate field.
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
    """Return the two persons of a span with two coordinated full names ("Juan Paz y Ana Ruiz"), else the span."""
    joined = _AND.search(span.value)
    if joined is None:
        return (span,)
    left, right = span.value[: joined.start()], span.value[joined.end() :]
    second = _words(right)
    if len(_words(left)) < 2 or len(second) < 2 or not is_given(second[0]):
        return (span,)
    return (
        replace(span, end=span.start + len(left), value=left),
        replace(span, start=span.end - len(right), value=right),
    )


def _is_hidden(written: str, words: list[str]) -> bool:
    """Return whether a court anonymised the name: initials only, ``[X]``, ``X...``, ``AA``; it is never resolved."""
    elided = any(not word[0].isalpha() or ".." in word or "…" in word for word in _WORD.findall(written))
    doubled = [len(word) == 2 and word[0] == word[1] for word in words]
    return elided or (bool(words) and all(len(word) == 1 or two for word, two in zip(words, doubled, strict=True)))


def _words(text: str) -> list[str]:
    """Return the folded words without particles; ``d'Almeida`` is ``almeida``, ``J.`` is ``j``."""
    words = []
    for word in _WORD.findall(text):
        folded = _MARKS.sub("", fold(word)).strip("[].…-'")
        elided = load("nlp.linking")["elided"]
        folded = next((folded[len(prefix) :] for prefix in elided if folded.startswith(prefix)), folded)
        folded = folded.replace("'", "").strip()
        if folded and (folded not in _particles() or (len(folded) == 1 and word[0].isupper())):
            words.append(folded)
    return words


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    suffixes: dict[str, str] = load("nlp.linking")["suffixes"]
    present = [word for word in words[1:] if word in suffixes and len(words) > 2]
    kept = words[:1] + [word for word in words[1:] if word not in present]
    return kept, suffixes[present[-1]] if present else ""


def _ordered(words: list[str], written: str) -> tuple[list[str], tuple[int, int]]:
    """Return the words with the given names first, and the minimum and maximum number of given names."""
    if written.isupper() and len(words) > 1 and not is_given(words[0]) and is_given(words[-1]):
        count = 1 + (len(words) > 3 and is_given(words[-2]))
        return [*words[-count:], *words[:-count]], (count, count)
    if len(words) < 2:
        return words, (0, len(words))
    most = next((number for number, word in enumerate(words) if not is_given(word)), len(words))
    capitals = _capitals(written)
    if capitals:
        return words, (len(words) - capitals,) * 2
    least = 1 if most or len(words) > 2 else 0
    return words, (least, min(max(most, least), len(words) - 1))


def _capitals(written: str) -> int:
    """Return the number of final words that are the surname since only they are in capitals ("Juan PÉREZ GÓMEZ")."""
    last, _, _ = written.partition(",")
    parts = [word for word in _WORD.findall(last) if fold(word) not in _particles()]
    upper = [len(word) > 2 and word.isupper() for word in parts]
    count = next((number for number, capital in enumerate(reversed(upper)) if not capital), len(upper))
    return count if 0 < count < len(parts) and sum(upper) == count else 0


def _title(title: str, language: str) -> tuple[str, str]:
    """Return the gender of a title and the part of the name after it; titles of one or two letters need a capital."""
    key = fold(title).replace("ª", "a").strip(" :º").replace(".", "")
    gender, part = _titles().get(key, ("", "")) if len(key) > 2 or title[:1].isupper() else ("", "")
    return gender, "any" if part and language in load("nlp.linking")["familiar"] else part


def is_given(word: str) -> bool:
    """Return whether a folded word, and each part of a hyphenated one, is a listed given name."""
    return all(part in _given() for part in word.split("-"))


@cache
def _given() -> frozenset[str]:
    return frozenset(load("nlp.linking")["given"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(load("nlp.linking")["particles"])


@cache
def _titles() -> dict[str, Any]:
    return {name: tuple(entry) for name, entry in load("nlp.linking")["titles"].items()}


_REACH = 30  # maximum length of the words for a couple before its surname, in characters


def couple_start(text: str, start: int) -> int:
    """Return the start of a couple's mention whose surname is at ``start`` ("M. et Mme Robins"), else ``start``."""
    match = _couple().search(text, max(0, start - _REACH), start)
    return match.start() if match and match.end() == start else start


def names_couple(written: str) -> bool:
    """Return whether a name as written begins with the words for a couple."""
    return _couple().match(written) is not None


@cache
def _couple() -> regex.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(load('nlp.names')['couples'])})\s+")
