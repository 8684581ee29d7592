"""Phrase matcher: one pass over folded words, longest match, exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nlp.folding import Words, words_of_phrases

# Separators between two words of a phrase: space, line end, apostrophe, hyphen, point, comma, &.
_GAP = re.compile(r"[ '\"\-.,/()&]{0,3}\n?[ '\"\-.,/()&]{0,2}")
_TERMS = "\0"


@dataclass(frozen=True, slots=True)
class Term:
    """A meaning of a phrase.

    ``shape`` is the required spelling: ``capital`` for a name, ``upper`` for an acronym, empty for any. ``languages``
    are those of texts in which the phrase counts; empty for all.
    """

    label: str
    value: str
    confidence: float
    shape: str = ""
    languages: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence of a phrase: its range and all its possible meanings."""

    start: int
    end: int
    terms: tuple[Term, ...]


class Lexicon:
    """A trie of folded words. With ``plurals``, a word also matches with a final ``s`` or ``es``."""

    def __init__(self, phrases: Iterable[tuple[str, Term]], *, plurals: bool = False) -> None:
        self._root: dict[str, object] = {}
        self._plurals = plurals
        listed = list(phrases)
        for forms, (_, term) in zip(words_of_phrases(phrase for phrase, _ in listed), listed, strict=True):
            node = self._root
            for form in forms:
                node = node.setdefault(form, {})  # type: ignore[assignment]
            terms: list[Term] = node.setdefault(_TERMS, [])  # type: ignore[assignment]
            if term not in terms:
                terms.append(term)

    def find(self, text: str, words: Words, language: str = "") -> Iterator[Match]:
        """Yield the longest matches in ``text`` from left to right, without overlap.

        ``words`` is ``words_of(text)``; with ``language``, terms that do not count in it are omitted.
        """
        beginnings = {form for form in set(words.forms) if self._next(self._root, form) is not None}
        position = 0
        for first in [number for number, form in enumerate(words.forms) if form in beginnings]:
            if first >= position:
                match, position = self._longest(text, words, first, language)
                if match is not None:
                    yield match

    def _longest(self, text: str, words: Words, first: int, language: str) -> tuple[Match | None, int]:
        """Return the longest match that begins at word ``first``, and the number of the word to continue with."""
        forms, bounds = words.forms, words.bounds
        node = self._next(self._root, forms[first])
        start = bounds[first][0]
        longest: Match | None = None
        after = first + 1
        position = first
        while node is not None:
            if _TERMS in node and (terms := self._applicable(node, text[start : bounds[position][1]], language)):
                longest = Match(start, bounds[position][1], terms)
                after = position + 1
            position += 1
            if position == len(forms):
                break
            node = self._next(node, forms[position])
            if node is not None and not _GAP.fullmatch(text, bounds[position - 1][1], bounds[position][0]):
                break
        return longest, after

    def _next(self, node: dict[str, object], form: str) -> dict[str, object] | None:
        following = node.get(form)
        if following is None and self._plurals and form.endswith("s"):
            following = node.get(form[:-1]) or (node.get(form[:-2]) if form.endswith("es") else None)
        return following  # type: ignore[return-value]

    @staticmethod
    def _applicable(node: dict[str, object], written: str, language: str) -> tuple[Term, ...]:
        terms: list[Term] = node[_TERMS]  # type: ignore[assignment]
        return tuple(
            term
            for term in terms
            if (not term.languages or not language or language in term.languages) and _has_shape(written, term.shape)
        )


def _has_shape(written: str, shape: str) -> bool:
    if shape == "upper":
        return not any(letter.islower() for letter in written)
    return shape != "capital" or not written[0].islower()
