"""Mentions of states in a letter: names, peoples, authorities of one state only, seats of authorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extraction.resource import load
from nlp.entities.gazetteers import find_gazetteer
from nlp.lexicon import Lexicon, Term, Words, words_of

NAME, PEOPLE, AUTHORITY, SEAT, CUE = "name", "people", "authority", "seat", "cue"


@dataclass(frozen=True, slots=True)
class StateMention:
    """A mention of the state ``code`` (ISO 3166-1, or ``GB-SCT``) at a range of the text."""

    code: str
    start: int
    end: int
    kind: str


def state_mentions(text: str, start: int, end: int) -> list[StateMention]:
    """Return the mentions in ``text[start:end]``, in order of their start."""
    passage = text[start:end]
    words = words_of(passage)
    found = [*_gazetteer(passage, words), *_listed(passage, words, _seats()), *_listed(passage, words, _cues())]
    moved = (StateMention(item.code, item.start + start, item.end + start, item.kind) for item in found)
    return sorted(moved, key=lambda item: (item.start, -item.end))


def _gazetteer(text: str, words: Words) -> Iterator[StateMention]:
    kinds = {"COUNTRY": NAME, "NATIONALITY": PEOPLE, "AUTHORITY": AUTHORITY}
    for span in find_gazetteer(text, words):
        code = span.value.partition(":")[0]
        if span.label in kinds and len(code) == 2:
            yield StateMention(code, span.start, span.end, kinds[span.label])


def _listed(text: str, words: Words, lexicon: Lexicon) -> Iterator[StateMention]:
    for match in lexicon.find(text, words):
        for term in match.terms:
            yield StateMention(term.value, match.start, match.end, term.label)


@cache
def _seats() -> Lexicon:
    content = load("nlp.request_states")
    shared = load("nlp.jurisdictions")["cities"]
    return Lexicon([*_terms(content["cities"], SEAT), *_terms(content["territories"], NAME), *_terms(shared, SEAT)])


@cache
def _cues() -> Lexicon:
    return Lexicon(_terms(load("nlp.jurisdictions")["cues"], CUE))


def _terms(names: dict[str, list[str]], kind: str) -> Iterable[tuple[str, Term]]:
    return ((name, Term(kind, code, 1.0, shape="capital")) for code, listed in names.items() for name in listed)
