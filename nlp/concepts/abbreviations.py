"""Abbreviations in a query that practitioners type for a concept: ``TdP``, ``LA/FT``, ``OEDE``.

They stand beside the names of the concepts (``short``), in the languages that use them, and are not read in texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.concepts.layer import LANGUAGES, concepts
from nlp.dictionaries import is_known

# A word, or words joined by signs: "TdP", "LA/FT", "LCB-FT", "O.E.D.E."
_WRITTEN = compiled(r"(?<![\p{L}\d])[\p{L}\d](?:[\p{L}\d]|[./–-](?=[\p{L}\d]))*")
_SIGNS = compiled(r"[./–-]")
_PART = compiled(r"[\p{L}\d]+")
_SHORT = 2  # letters of an abbreviation that is read in its own capitals alone ("ml", "ft")
_LONG_WORD = 5  # letters of a word that shows that a query in capitals is no row of abbreviations


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an abbreviation stands for in a language; ``concept`` is empty if it is of none."""

    written: str
    language: str
    long: str
    concept: str = ""

    @property
    def is_word(self) -> bool:
        """Whether the letters are also a word of one of the languages, so that they are read in capitals alone."""
        small = _key(self.written).lower()
        known = any(is_known(small, language) for language in LANGUAGES)
        return known or len(small) <= _SHORT or small in load("nlp.abbreviations")["words"]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation ``text[start:end]`` with its meanings; ``long`` are those in the first of their languages."""

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...]

    @property
    def long(self) -> tuple[str, ...]:
        """What it stands for, in one language."""
        return self.long_in("")

    def long_in(self, language: str) -> tuple[str, ...]:
        """Return what it stands for in ``language``, in the first language that uses it if that one does not."""
        used = {meaning.language for meaning in self.meanings}
        chosen = language if language in used else self.meanings[0].language
        return tuple(dict.fromkeys(meaning.long for meaning in self.meanings if meaning.language == chosen))

    @property
    def is_word(self) -> bool:
        """Whether its letters are also a word."""
        return any(meaning.is_word for meaning in self.meanings)


def find_abbreviations(text: str, language: str = "") -> tuple[Abbreviation, ...]:
    """Return the abbreviations in a query, in order.

    With a ``language`` its own meaning excludes those in others. In a text that is all in capitals, letters that are
    also a word are a word.
    """
    written = [one for found in _WRITTEN.finditer(text) for one in _abbreviations(found[0], found.start(), language)]
    others = (one.text for one in written if not one.meanings)
    shouted = text.isupper() and any(len(word) >= _LONG_WORD for word in others)
    return tuple(one for one in written if one.meanings and not (shouted and one.is_word))


def spelled_out(text: str, language: str = "") -> str:
    """Return a query with what its abbreviations stand for in their place."""
    for one in reversed(find_abbreviations(text, language)):
        text = text[: one.start] + " ".join(one.long) + text[one.end :]
    return text


def _abbreviations(word: str, start: int, language: str) -> Iterator[Abbreviation]:
    """Yield a word with its meanings, which may be none, or abbreviations that signs join ("JIT/ECI")."""
    whole = Abbreviation(start, start + len(word), word, _meanings(word, language))
    parts = [] if whole.meanings else [(found[0], found.start()) for found in _PART.finditer(word)]
    joined = [Abbreviation(start + at, start + at + len(part), part, _meanings(part, language)) for part, at in parts]
    yield from joined if joined and all(one.meanings for one in joined) else [whole]


def _meanings(word: str, language: str) -> tuple[Meaning, ...]:
    key = _key(word)
    found = [
        meaning
        for form in dict.fromkeys((key, key.removesuffix("s")))
        for meaning in _by_letters().get(form.casefold(), ())
        if not meaning.is_word or form in (_key(meaning.written), _key(meaning.written).upper())
    ]
    own = tuple(meaning for meaning in found if meaning.language == language)
    return own or tuple(found)


def _key(written: str) -> str:
    return _SIGNS.sub("", written)


@cache
def _by_letters() -> Mapping[str, list[Meaning]]:
    """Return the meanings by letters without signs and capitals, in the order of the languages."""
    by_letters: dict[str, list[Meaning]] = defaultdict(list)
    for language in LANGUAGES:
        for meaning in _of_language(language):
            by_letters[_key(meaning.written).casefold()].append(meaning)
    return by_letters


def _of_language(language: str) -> Iterator[Meaning]:
    for entry in concepts().values():
        for written, long in entry.short.get(language, {}).items():
            yield Meaning(written, language, long, entry.id)
    for written, long in load("nlp.abbreviations")["other"].get(language, {}).items():
        yield Meaning(written, language, long)
