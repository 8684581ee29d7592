"""Countries in the words of a query whose law or documents are asked for ("confiscation in Brazil", "ley peruana")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.gazetteers import find_query_countries
from nlp.lexicon import Words, words_of


@dataclass(frozen=True, slots=True)
class Mention:
    """What of a query is read as a filter: the values, and the range of the text that says it."""

    values: tuple[str, ...]
    start: int
    end: int


def country_mentions(text: str) -> tuple[Mention, ...]:
    """Return the countries that ``text`` restricts itself to, each with the preposition before it.

    None where one of them is asked, written to or agreed with ("extradición de España a Colombia"): the query is then
    about a relation between states and not about the law of one. A nationality of a person, a company or a currency
    is none either.
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
    """The words before the one at ``first``: an article, then a preposition or a conjunction behind ``last``."""

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
    """Tell whether a nationality stands beside a person, a company or a currency."""
    behind = next((number for number, bounds in enumerate(words.bounds) if bounds[0] >= span.end), len(words))
    beside = (*words.forms[max(0, first - 1) : first], *words.forms[behind : behind + 1])
    return not _listed("belongings").isdisjoint(beside)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("indexing.query_recognition")["countries"][name])
