"""Which names of a concept stand in a text: ranges to mark, and the reasons of a hit that they find."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexing.analysis import Tokens, analysed
from indexing.folding import fold
from indexing.search.highlight import Mark
from indexing.search.own_names import OwnNames, lemmas_of
from indexing.search.query_words import content_words, stop_words
from indexing.shown import Shown

_SENTENCE_END = re.compile(r"[.;:]\s|\n\s*\n")
_SLACK = 2  # words of no name that may stand between two words of one (``tráfico [ilícito de] drogas``)


@dataclass(frozen=True, slots=True)
class NameMarker:
    """Marks the names that a country's law gives to what is asked."""

    names: OwnNames

    def marks(self, text: str, country: str, language: str) -> list[Mark]:
        """Return the names in ``text``, the longest where several stand at one place (``name:trata de personas``)."""
        tokens = analysed(text, language)
        where = _where(tokens)
        found = [
            Mark(tokens.starts[first], tokens.ends[last], f"name:{label.text}", concept)
            for concept, label in self.names.names(country, language)
            for first, last in _places(_lemmas(label.text, language), tokens, where)
            if not _SENTENCE_END.search(text, tokens.starts[first], tokens.ends[last])
        ]
        kept: list[Mark] = []
        for mark in sorted(found, key=lambda mark: (mark.start - mark.end, mark.start)):
            if not any(mark.start < other.end and other.start < mark.end for other in kept):
                kept.append(mark)
        return sorted(kept, key=lambda mark: mark.start)

    def reasons(self, scope: Shown, marked: Sequence[Mark]) -> tuple[str, ...]:
        """Return which concept finds ``scope`` under which of its names; of the names above it those not within it."""
        above = self.marks(" \n ".join((*scope.path, scope.title)), scope.jurisdiction, scope.language)
        marks = (*marked, *above)
        concepts = dict.fromkeys(mark.concept for mark in marks)
        first = [*concepts] or [self.names.matches[0].concept]
        return (*(f"concept:{one}" for one in first), *dict.fromkeys(mark.why for mark in marks))


@lru_cache(maxsize=10_000)
def _lemmas(name: str, language: str) -> tuple[str, ...]:
    return tuple(lemma for word in content_words(name) for lemma in lemmas_of(word, language))


def _where(tokens: Tokens) -> dict[str, list[int]]:
    where: dict[str, list[int]] = {}
    for at, lemma in enumerate(tokens.lemmas):
        where.setdefault(lemma, []).append(at)
    return where


def _places(wanted: Sequence[str], tokens: Tokens, where: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Return the first and the last token of each place where the words stand in order and near each other."""
    begins = where.get(wanted[0], ()) if wanted else ()
    found = ((first, _last(wanted[1:], tokens, first)) for first in begins)
    return [(first, last) for first, last in found if last is not None]


def _last(wanted: Sequence[str], tokens: Tokens, at: int) -> int | None:
    for word in wanted:
        passed = 0
        at += 1
        while at < len(tokens) and tokens.lemmas[at] != word:
            passed += fold(tokens.exact[at]) not in stop_words()
            at += 1
            if passed > _SLACK:
                return None
        if at == len(tokens):
            return None
    return at
