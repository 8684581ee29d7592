"""A query that is the name of a person: it is matched as a name, since no name is near to another in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.analysis.lemmas import is_in_a_dictionary
from nlp.concepts.query import concepts_of_query
from nlp.entities.gazetteers import find_gazetteer
from nlp.entities.person_names import is_given
from nlp.lexicon import words_of

FEWEST, MOST = 2, 7
_LONG = 3
_CONCEPT = 0.8  # so surely a text names a concept ("juicio de amparo", where Amparo is a given name too)
_WRITTEN = regex.compile(r"[\p{L}\p{M}'’.\- ]+(?:,[\p{L}\p{M}'’.\- ]+)?")
_WORD = regex.compile(r"(?:\p{L}['’](?=\p{L}))?(\p{L}[\p{L}\p{M}]*)(\.?)")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a possible name, as written, and what it may be."""

    written: str
    given: bool
    ordinary: bool

    @property
    def has_capital(self) -> bool:
        return self.written[0].isupper()


def person_name(text: str) -> tuple[str, ...]:
    """Return the parts of the name that ``text`` is, without titles, particles and initials; none where it is no name.

    A name has two to seven parts, the first or last of them a given name; with capitals, parts that no dictionary
    has are enough. Where the other parts are ordinary words, three parts or an unusual given name are needed, and
    behind them a given name is one only after a comma.
    """
    text = text.strip()
    words = _words(text)
    if not FEWEST <= len(words) <= MOST or not _WRITTEN.fullmatch(text) or not _is_a_name(words, text):
        return ()
    if _is_something_else(text):
        return ()
    return tuple(word.written for word in words)


def _is_a_name(words: Sequence[_Word], text: str) -> bool:
    ordinary = sum(word.ordinary for word in words)
    capitals = all(word.has_capital for word in words)
    first, last = words[0].given, words[-1].given
    if capitals and (first or last or not ordinary):
        return True
    if not ordinary:
        return first or last
    if not first:
        return last and ordinary < len(words) - ("," not in text)
    unusual = not is_in_a_dictionary(words[0].written.lower())
    return ordinary < len(words) - 1 or len(words) >= _LONG or unusual


def _is_something_else(text: str) -> bool:
    """Tell whether the words are in the list of countries, bodies and treaties, or the name of a concept."""
    if find_gazetteer(text, words_of(text)):
        return True
    return any(match.label and match.score >= _CONCEPT for match in concepts_of_query(text, "", 1))


def _words(text: str) -> list[_Word]:
    """Return the words of a name; none where one of them is no part of a name ("Tribunal", "Ley", "San")."""
    words: list[_Word] = []
    for written, stop in _WORD.findall(text):
        folded = fold(written)
        if folded in _listed("particles") or (stop and len(written) == 1) or (not words and folded in _titles()):
            continue
        if folded in _no_names():
            return []
        given = is_given(folded)
        words.append(_Word(written, given, not given and is_in_a_dictionary(written.lower())))
    return words


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("nlp.linking")[name])


@cache
def _titles() -> frozenset[str]:
    return frozenset(load("nlp.linking")["titles"])


@cache
def _no_names() -> frozenset[str]:
    return frozenset((*load("nlp.names")["not_names"], *load("indexing.query_recognition")["no_persons"]))
