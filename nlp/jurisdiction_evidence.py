"""What in a text tells its State besides its formulas, counted by State (``resources/state_evidence.yaml``).

Adjectives of a State beside a word of law (``législateur ivoirien``, ``Irish law``), mentions of the State and its
people, laws that one State only has (``resources/state_laws.yaml``), currencies, prefixes and addresses, and terms
whose weights were learned from laws and judgments (``resources/state_terms.yaml``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import Words, fold, words_of
from nlp.lexicon import Lexicon, Match, Term

_BODY = 20_000
_BESIDE = 40
_SHORTEST_ABBREVIATION = 4
# Laws by number, with the adjective of a State and the sign of a number before it, and the year or the date behind it.
_NUMBERED = compiled(
    r"\b(?P<kind>ley|lei|loi|decreto?|dahir|ordonnance|lo|lc)(?:es|is|s)?(?:[- ](?:lei|ley|organica|complementar|"
    r"federal|ordinaria|estatutaria|organique|\p{Ll}{3,12}(?:ana|na|enne|aise|ira|esa)))?,?\s(?:n[^\d\n]{0,5}\s?)?"
    r"(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,6}(?:-[a-z])?)"
    r"(?:(?:/|-|\sde\s(?:\d{1,2}\sde\s\p{L}+\sde\s)?|,\sde\s\d{1,2}\sde\s\p{L}+\sde\s)(?P<year>\d{2,4}))?(?!\d)"
)
_LONG_NUMBER, _YEARS, _CENTURY = 4, range(1850, 2031), 30


def evidence(text: str, language: str) -> dict[str, Counter[str]]:
    """Return the counts by State of each kind of evidence: adjectives, mentions, laws, signs and terms.

    ``language`` (ISO 639-1) decides the terms and the words of law.
    """
    body = text[:_BODY]
    words, folded = words_of(body), fold(body)
    named = [span for span in find_gazetteer(body, words) if span.label in ("COUNTRY", "NATIONALITY")]
    return {
        "adjectives": _distinct(_adjectives(folded, named)),
        "mentions": Counter(span.value for span in named),
        "laws": _distinct((*_laws(body, words), *_numbered_laws(folded, language))),
        "signs": _distinct(_signs(body)),
        "terms": _terms(body, folded, words, language),
    }


def _distinct(found: Iterable[tuple[str, str]]) -> Counter[str]:
    """Count the distinct expressions of each State."""
    return Counter(state for state, _ in set(found))


def _adjectives(folded: str, named: Sequence[Span]) -> Iterator[tuple[str, str]]:
    for span in named:
        before = _law_before().search(folded[max(0, span.start - _BESIDE) : span.start])
        behind = _law_behind().match(folded[span.end : span.end + _BESIDE])
        if beside := before or behind:
            yield span.value, beside[0].strip()


@cache
def _law_before() -> regex.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(load('nlp.state_evidence')['law_before'])})(?: [\p{{L}}-]+)?[ \n]\Z")


@cache
def _law_behind() -> regex.Pattern[str]:
    return compiled(rf"(?:['’]s)?[ \n](?:[\p{{L}}-]+ )?(?:{'|'.join(load('nlp.state_evidence')['law_behind'])})\b")


def _laws(body: str, words: Words) -> Iterator[tuple[str, str]]:
    for match in _known_laws().find(body, words):
        for term in match.terms:
            yield term.value, body[match.start : match.end].lower()


@cache
def _known_laws() -> Lexicon:
    """Return the names and abbreviations that one State only has."""
    rows = load("nlp.law_titles")["laws"]
    states: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for form in (*row.get("names", ()), *row.get("abbr", ())):
            states[fold(form)].add(row["cc"])
    return Lexicon(
        (form, Term("LAW", row["cc"], 1.0, shape="capital"))
        for row in rows
        for form in _forms(row)
        if len(states[fold(form)]) == 1
    )


def _forms(row: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from row.get("names") or () if row.get("only") else ()
    yield from (form for form in row.get("abbr") or () if len(form) >= _SHORTEST_ABBREVIATION)


def _signs(body: str) -> Iterator[tuple[str, str]]:
    for state, form in _sign_forms():
        yield from ((state, match[0].lower()) for match in form.finditer(body))


@cache
def _sign_forms() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((state, compiled(form)) for state, form in load("nlp.state_evidence")["signs"].items())


def _terms(body: str, folded: str, words: Words, language: str) -> Counter[str]:
    """Return the weights of the distinct terms of each State, in tenths; none in a language without learned terms."""
    if language not in load("nlp.state_terms"):
        return Counter()
    found = {
        (term.value, term.confidence, _written(body, match))
        for match in _learned(language).find(body, words)
        for term in match.terms
    }
    weights = Counter[str]()
    for state, weight, _ in found:
        weights[state] += round(weight * 10)
    return weights


def _written(body: str, match: Match) -> str:
    return fold(body[match.start : match.end])


@cache
def _learned(language: str) -> Lexicon:
    """Return the learned terms of a language with States and weights as confidences."""
    listed: Mapping[str, Mapping[str, float]] = load("nlp.state_terms")[language]
    return Lexicon(
        (term, Term("STATE", state, weight, shape="upper" if term.isupper() else ""))
        for state, terms in listed.items()
        for term, weight in terms.items()
    )


def _numbered_laws(folded: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the States of the laws cited by number of which only one State has one, with their keys."""
    known = _states_of_laws(language)
    for match in _NUMBERED.finditer(folded):
        key = law_key(match["kind"], match["number"], match["year"] or "")
        if key in known:
            yield known[key], key


@cache
def _states_of_laws(language: str) -> Mapping[str, str]:
    listed: Mapping[str, Sequence[str]] = load("nlp.state_laws").get(language, {})
    return {key: state for state, keys in listed.items() for key in keys}


def law_key(kind: str, number: str, year: str) -> str:
    """Return the key of a law in ``state_laws.yaml``, with the year where the number is short: ``ley#906/2004``."""
    digits = number.replace(".", "")
    plain = int(digits.partition("-")[0])
    full = ("19" if int(year) > _CENTURY else "20") + year if len(year) == len("98") else year
    if len(digits) >= _LONG_NUMBER and plain not in _YEARS:
        return f"{kind[:3]}#{digits}"
    dated = full and (int(full) in _YEARS or plain in _YEARS)
    return f"{kind[:3]}#{digits}/{full}" if dated else ""
