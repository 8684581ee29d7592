"""Countries in the words of a query that restrict it ("confiscation in Brazil", "ley peruana")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.gazetteers import find_query_countries
from nlp.lexicon import Words, words_of


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a query interpreted as a filter: values and the range of the text."""

    values: tuple[str, ...]
    start: int
    end: int


def country_mentions(text: str) -> tuple[Mention, ...]:
    """Return the countries to which ``text`` is restricted, each with the preceding preposition.

    The result is empty for a query about a relation between states ("extradición de España a Colombia"). Nationalities
    of persons, companies or currencies are ignored.
    """
    words = words_of(text)
    mentions: list[Mention] = []
    for span in find_query_countries(text):
        first = next(number for number, bounds in enumerate(words.bounds) if bounds[1] > span.start)
        before = _Before(words, first, mentions[-1] if mentions else None)
        if before.is_relation:
            return ()
        if span.label == "COUNTRY" or not _is_a_belonging(words, first, span):
            mentions.append(Mention((span.value,), before.start if span.label == "COUNTRY" else span.start, span.end))
    return tuple(mentions)


class _Before:
    """The words before word ``first``: an article, and a preposition or a conjunction after the mention ``last``."""

    def __init__(self, words: Words, first: int, last: Mention | None) -> None:
        at = first
        if at and words.forms[at - 1] in _listed("articles"):
            at -= 1
        word = words.forms[at - 1] if at else ""
        joined = word in _listed("joining") and last is not None and words.bounds[at - 2][1] == last.end
        self.is_relation = word in _listed("relation")
        if joined or word in _listed("of"):
            at -= 1
        self.start = words.bounds[at][0]


def _is_a_belonging(words: Words, first: int, span: Span) -> bool:
    """Return whether a nationality is adjacent to a person, company or currency."""
    following = next((number for number, bounds in enumerate(words.bounds) if bounds[0] >= span.end), len(words))
    adjacent = (*words.forms[max(0, first - 1) : first], *words.forms[following : following + 1])
    return not _listed("belongings").isdisjoint(adjacent)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("indexing.query_recognition")["countries"][name])
