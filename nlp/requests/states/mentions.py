"""Mentions of states: names, peoples, authorities of one state only, seats, dialling codes and domains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import Words, words_of
from nlp.lexicon import Lexicon, Term

NAME, PEOPLE, AUTHORITY, SEAT, CUE, CONTACT = "name", "people", "authority", "seat", "cue", "contact"
# "+506 2295 4410", "dai@fiscalia.gov.co", "www.justice.gouv.fr"
_DIALLED = regex.compile(r"(?<![\w+])(?:\+|00)[ (]?(?P<code>\d{1,3})(?:[ ().-]{1,2}(?P<area>\d{3}))?")
# What makes a seat the name of a treaty: "the Budapest Convention".
_OF_TREATY = regex.compile(r" (?:Convention|Protocol|Treaty|Agreement|Rules|Principles)\b")
_DOMAIN = regex.compile(r"(?:@|www\.)[\w.-]+\.(?P<country>[a-z]{2})(?![\w.])")

_PREPOSITION = regex.compile(r"(?i)\b(?:d[aeo]s?|del|du|of|de la|en|in)\s+$|\bd['’]$")
# A word of a name: "Washington Pérez", "VALENCIA-Ruiz".
_CAPITAL = regex.compile(r"[ -]?\p{Lu}\p{L}")


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
    listed = [*_listed(passage, words, _seats()), *_listed(passage, words, _cues())]
    found = [*_gazetteer(passage, words), *listed, *_contacts(passage)]
    overseas: dict[str, str] = load("nlp.request_states")["overseas"]
    moved = (
        StateMention(overseas.get(item.code, item.code), item.start + start, item.end + start, item.kind)
        for item in found
    )
    return sorted(moved, key=lambda item: (item.start, -item.end))


def in_name(mention: StateMention, text: str, people: Iterable[Span]) -> bool:
    """Return whether a mention is a given name or surname in the name of one of the ``people``.

    "SILVA, Washington" and "Florence Petit" are names; a place after "de", or after a name and a comma, is a place.
    """
    if mention.kind not in (NAME, PEOPLE, SEAT):
        return False
    around = [one for one in people if one.start <= mention.start and mention.end <= one.end]
    return any(_is_part(text[one.start : mention.start], text[mention.end : one.end]) for one in around)


def _is_part(before: str, after: str) -> bool:
    """Return whether words of a name stand ``before`` or ``after`` a place, and no preposition or comma parts them."""
    if _PREPOSITION.search(before):
        return False
    surname, comma, _ = before.rpartition(",")
    return surname.isupper() if comma else bool(_CAPITAL.search(before) or _CAPITAL.match(after))


def _gazetteer(text: str, words: Words) -> Iterator[StateMention]:
    kinds = {"COUNTRY": NAME, "NATIONALITY": PEOPLE, "AUTHORITY": AUTHORITY}
    for span in find_gazetteer(text, words):
        code = span.value.partition(":")[0]
        if span.label in kinds and len(code) == 2:
            yield StateMention(code, span.start, span.end, kinds[span.label])


def _listed(text: str, words: Words, lexicon: Lexicon) -> Iterator[StateMention]:
    for match in lexicon.find(text, words):
        if _OF_TREATY.match(text, match.end):
            continue
        for term in match.terms:
            yield StateMention(term.value, match.start, match.end, term.label)


def _contacts(text: str) -> Iterator[StateMention]:
    """Yield dialling codes (in North America with the area code) and the country domains of addresses."""
    content = load("nlp.request_states")
    for found in _DIALLED.finditer(text):
        digits = found["code"] + (found["area"] or "")
        lengths = (length for length in range(4, 0, -1) if digits[:length] in content["dialling"])
        if length := next(lengths, 0):
            yield StateMention(content["dialling"][digits[:length]], found.start(), found.end(), CONTACT)
    for found in _DOMAIN.finditer(text):
        country = content["domains"].get(found["country"], found["country"].upper())
        if country in _states():
            yield StateMention(country, found.start(), found.end(), CONTACT)


@cache
def _states() -> frozenset[str]:
    """Return the states whose seats or dialling codes are known."""
    content = load("nlp.request_states")
    return frozenset({*content["cities"], *content["dialling"].values(), *load("nlp.jurisdictions")["cities"]})


@cache
def _seats() -> Lexicon:
    content = load("nlp.request_states")
    lists = (load("nlp.jurisdictions")["cities"], content["cities"], load("nlp.request_seats")["cities"])
    seats = (term for cities in lists for term in _terms(cities, SEAT))
    return Lexicon([*seats, *_terms(content["territories"], NAME)])


@cache
def _cues() -> Lexicon:
    bodies = load("nlp.request_seats")
    cues = _terms(load("nlp.jurisdictions")["cues"], CUE)
    return Lexicon([*cues, *_terms(bodies["institutions"], CUE), *_terms(bodies["acronyms"], CUE, "upper")])


def _terms(names: dict[str, list[str]], kind: str, shape: str = "capital") -> Iterable[tuple[str, Term]]:
    return ((name, Term(kind, code, 1.0, shape=shape)) for code, listed in names.items() for name in listed)
