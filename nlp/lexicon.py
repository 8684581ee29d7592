"""Phrases found in one pass over a text: accents and case fold, the longest match wins, offsets stay exact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.folding import fold

# A sign that names of networks end with (CibEL@, Iber@) belongs to the word.
_WORD = re.compile(r"[\w@\u0300-\u036f]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
# What may stand between two words of one phrase: a space, a line end, an apostrophe, a hyphen, a point, a comma, &.
_GAP = re.compile(r"[ '\"\-.,/()&]{0,3}\n?[ '\"\-.,/()&]{0,2}")
_TERMS = "\0"


class Word(NamedTuple):
    """A folded word of a text and its range."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase stands for.

    ``shape`` asks for the original spelling: ``capital`` for a name, ``upper`` for an acronym, empty for any.
    ``languages`` are those a phrase is believed in; empty for all.
    """

    label: str
    value: str
    confidence: float
    shape: str = ""
    languages: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its range, and all that it may stand for."""

    start: int
    end: int
    terms: tuple[Term, ...]


def words_of(text: str) -> list[Word]:
    """Return the folded words of ``text``; a letter and its combining accents are one letter."""
    folded = fold(text)
    words = [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]
    if _MARKS.search(folded):
        return [word._replace(form=_MARKS.sub("", word.form)) for word in words]
    return words


class Lexicon:
    """A tree of folded words. With ``plurals`` a word also matches with ``s`` or ``es`` at its end."""

    def __init__(self, phrases: Iterable[tuple[str, Term]], *, plurals: bool = False) -> None:
        self._root: dict[str, object] = {}
        self._plurals = plurals
        for phrase, term in phrases:
            node = self._root
            for word in words_of(phrase):
                node = node.setdefault(word.form, {})  # type: ignore[assignment]
            terms: list[Term] = node.setdefault(_TERMS, [])  # type: ignore[assignment]
            if term not in terms:
                terms.append(term)

    def find(self, text: str, words: Sequence[Word], language: str = "") -> Iterator[Match]:
        """Yield the longest matches in ``text`` from left to right, without overlap.

        ``words`` are ``words_of(text)``; ``language`` leaves out the terms that are not believed in it.
        """
        position = 0
        root = self._root
        while position < len(words):
            if not self._plurals and words[position].form not in root:
                position += 1
                continue
            match, position = self._longest(text, words, position, language)
            if match is not None:
                yield match

    def _longest(self, text: str, words: Sequence[Word], first: int, language: str) -> tuple[Match | None, int]:
        """Return the longest match that begins at word ``first``, and the word to go on with."""
        node = self._next(self._root, words[first].form)
        found: Match | None = None
        after = first + 1
        position = first
        while node is not None:
            if terms := self._believed(node, text[words[first].start : words[position].end], language):
                found = Match(words[first].start, words[position].end, terms)
                after = position + 1
            position += 1
            if position == len(words) or not _GAP.fullmatch(text, words[position - 1].end, words[position].start):
                break
            node = self._next(node, words[position].form)
        return found, after

    def _next(self, node: dict[str, object], form: str) -> dict[str, object] | None:
        following = node.get(form)
        if following is None and self._plurals and form.endswith("s"):
            following = node.get(form[:-1]) or (node.get(form[:-2]) if form.endswith("es") else None)
        return following  # type: ignore[return-value]

    @staticmethod
    def _believed(node: dict[str, object], written: str, language: str) -> tuple[Term, ...]:
        terms: list[Term] = node.get(_TERMS, [])  # type: ignore[assignment]
        return tuple(
            term
            for term in terms
            if (not term.languages or not language or language in term.languages) and _has_shape(written, term.shape)
        )


def _has_shape(written: str, shape: str) -> bool:
    if shape == "upper":
        return not any(letter.islower() for letter in written)
    return shape != "capital" or not written[0].islower()
