"""Recognition of a query that is a personal name, which is matched as a name and not semantically."""

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

MINIMUM, LIMIT = 2, 7
_LONG = 3
_CONCEPT = 0.8  # score from which a text is a concept ("juicio de amparo", although Amparo is a given name)
_NAME_CHARACTERS = regex.compile(r"[\p{L}\p{M}'’.\- ]+(?:,[\p{L}\p{M}'’.\- ]+)?")
_WORD = regex.compile(r"(?:\p{L}['’](?=\p{L}))?(\p{L}[\p{L}\p{M}]*)(\.?)")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a possible name; ``given``: a given name, ``ordinary``: a dictionary word."""

    text: str
    given: bool
    ordinary: bool

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()


def person_name(text: str) -> tuple[str, ...]:
    """Return the parts of the personal name in ``text`` without titles, particles and initials; empty if it is none.

    A name has two to seven parts and begins or ends with a given name; if all parts are capitalised, parts in no
    dictionary suffice. If the other parts are ordinary words, three parts or an unusual given name are required, and a
    final given name counts only after a comma.
    """
    text = text.strip()
    words = _words(text)
    if not MINIMUM <= len(words) <= LIMIT or not _NAME_CHARACTERS.fullmatch(text) or not _is_a_name(words, text):
        return ()
    if _is_something_else(text):
        return ()
    return tuple(word.text for word in words)


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
    unusual = not is_in_a_dictionary(words[0].text.lower())
    return ordinary < len(words) - 1 or len(words) >= _LONG or unusual


def _is_something_else(text: str) -> bool:
    """Return whether the text is a country, body, treaty or concept."""
    if find_gazetteer(text, words_of(text)):
        return True
    return any(match.label and match.score >= _CONCEPT for match in concepts_of_query(text, "", 1))


def _words(text: str) -> list[_Word]:
    """Return the words of a name; none if one of them excludes a name ("Tribunal", "Ley", "San")."""
    words: list[_Word] = []
    for word, stop in _WORD.findall(text):
        folded = fold(word)
        if folded in _listed("particles") or (stop and len(word) == 1) or (not words and folded in _titles()):
            continue
        if folded in _no_names():
            return []
        given = is_given(folded)
        words.append(_Word(word, given, not given and is_in_a_dictionary(word.lower())))
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
