"""The state whose document this is: from hints, from what the file says of itself, from its first page and its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pycountry
import regex

from extraction.resource import load
from nlp.annotations import Hints, Span
from nlp.folding import fold
from nlp.lexicon import Lexicon, Term, words_of

_FIRST_PAGE = 3_000
_LETTERHEAD = 1_000
# How many characters hold the place of signing at the end, the words before an addressee, the name of who asks.
_SIGNED = 300
_ADDRESS = 70
_REQUESTING = 250
# Keys under which files name it (front matter, Akoma Ntoso FRBR, Dublin Core), the best first.
_KEYS = ("jurisdiction", "country", "frbrcountry", "dc.coverage")


def find_jurisdiction(
    text: str, hints: Hints, metadata: Mapping[str, str], spans: Sequence[Span] = (), language: str = ""
) -> str:
    """Return ISO 3166 alpha-2 (or ``EU``) of the state whose document this is, empty where nothing says so.

    ``spans`` are the countries and authorities found in the first page. Of those, only states that write in
    ``language`` count, and not the one that a request is addressed to.
    """
    if hints.jurisdiction:
        return hints.jurisdiction.upper()
    for key in _KEYS:
        if code := _country_code(metadata.get(key, "")):
            return code
    folded = fold(text[:_FIRST_PAGE])
    if code := _requesting(folded, spans):
        return code
    votes = Counter[str]()
    for code, weight in (*_cues(text[:_FIRST_PAGE], folded), *_named(folded, spans), *_seats(text)):
        votes[code] += weight
    writers = load("nlp.jurisdictions")["languages"].get(language, votes)
    own = {code: weight for code, weight in votes.items() if code in writers}
    return max(own, key=lambda code: own[code]) if own else ""


def _country_code(given: str) -> str:
    code = given.strip().upper()[:2]
    known = code == "EU" or pycountry.countries.get(alpha_2=code) is not None
    return code if known and len(given.strip()) in (2, 5, 6) else ""


@cache
def _cue_lexicon() -> Lexicon:
    return _lexicon("cues")


@cache
def _city_lexicon() -> Lexicon:
    return _lexicon("cities")


def _lexicon(name: str) -> Lexicon:
    listed: dict[str, list[str]] = load("nlp.jurisdictions")[name]
    return Lexicon((cue, Term("JURISDICTION", code, 1.0)) for code, cues in listed.items() for cue in cues)


def _requesting(folded: str, spans: Sequence[Span]) -> str:
    """Return the state that a request names as the one that asks, empty where it names none."""
    for cue in _between_states().finditer(folded):
        named = (span for span in spans if cue.start("own") <= span.start < cue.end("own"))
        for span in named:
            if span.label == "COUNTRY":
                return span.value
    return ""


@cache
def _between_states() -> regex.Pattern[str]:
    said = load("nlp.jurisdictions")
    requested = "|".join(said["requested"])
    own = rf"(?P<own>(?:(?!\n\n|{requested}).){{0,{_REQUESTING}}})"
    return regex.compile(rf"(?:{'|'.join(said['requesting'])}){own}", regex.DOTALL)


def _cues(first_page: str, folded: str) -> Iterator[tuple[str, int]]:
    for match in _cue_lexicon().find(first_page, words_of(first_page)):
        if not _is_addressed(folded[max(0, match.start - _ADDRESS) : match.start]):
            for term in match.terms:
                yield term.value, 30


def _seats(text: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the states in whose cities the courts of the first page sit, or the document is signed."""
    for passage, signed in ((text[:_FIRST_PAGE], False), (text[-_SIGNED:], True)):
        folded = fold(passage)
        for match in _city_lexicon().find(passage, words_of(passage)):
            before = folded[max(0, match.start - _ADDRESS) : match.start].rpartition("\n")[2]
            court = any(word in before for word in load("nlp.jurisdictions")["court_words"])
            if (court or signed) and not _is_addressed(before):
                for term in match.terms:
                    yield term.value, 40 if signed else 20


def _named(folded: str, spans: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Yield votes for the states whose authorities or names stand in the first page, more in the letterhead."""
    for span in spans:
        code, _, authority = span.value.partition(":")
        addressed = _is_addressed(folded[max(0, span.start - _ADDRESS) : span.start])
        if span.label == "AUTHORITY" and authority and code != "generic" and not addressed:
            yield code, 25
        elif span.label == "COUNTRY" and not addressed:
            yield code, 15 if span.start < _LETTERHEAD else 5
        elif span.label in ("COUNTRY", "NATIONALITY"):
            yield code, 1


def _is_addressed(before: str) -> bool:
    line = before.rpartition("\n")[2]
    return any(cue in line for cue in load("nlp.jurisdictions")["addressed"])
