"""One person's name: its parts as compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    if len(_words(left)) < 2 or len(second) < 2 or not is_given(second[0]):
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


def is_given(word: str) -> bool:
    """Tell whether a folded word is a given name, each of its parts where it is a double one."""
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
