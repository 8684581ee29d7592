"""What in a text tells its State besides its formulas, counted by State (``resources/state_evidence.yaml``).

Adjectives of a State beside a word of law (``législateur ivoirien``, ``Irish law``), mentions of the State and its
people, laws that one State only has (``nlp/jurisdiction_laws.py``), currencies, prefixes and addresses, and terms
whose weights were learned from laws and judgments (``resources/state_terms.yaml``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import Words, fold, words_of
from nlp.jurisdiction_laws import laws_of_states
from nlp.jurisdiction_metadata import address_countries
from nlp.lexicon import Lexicon, Match, Term

# Characters of a text that are searched for its State.
SEARCHED = 60_000
_BESIDE = 40


def evidence(text: str, language: str) -> dict[str, Counter[str]]:
    """Return the counts by State of each kind of evidence: adjectives, mentions, laws, signs and terms.

    ``language`` (ISO 639-1) decides the terms and the words of law.
    """
    body = text[:SEARCHED]
    words, folded = words_of(body), fold(body)
    found = without_companies(folded, find_gazetteer(body, words))
    named = [span for span in found if span.label in ("COUNTRY", "NATIONALITY")]
    return {
        "adjectives": _distinct(_adjectives(folded, named)),
        "mentions": Counter(span.value for span in named),
        "laws": _distinct(laws_of_states(body, folded, words, language)),
        "signs": _distinct(_signs(body)),
        "terms": _terms(body, folded, words, language),
    }


def without_companies(folded: str, spans: Iterable[Span]) -> list[Span]:
    """Return ``spans`` without States in the name of a company: ``RBC Royal Bank (Bahamas) Limited``."""
    return [
        span
        for span in spans
        if span.label != "COUNTRY"
        or not (folded.startswith("(", span.start - 1) and _company().match(folded, span.end))
    ]


@cache
def _company() -> regex.Pattern[str]:
    return compiled(rf"\),?\s(?:{'|'.join(load('nlp.jurisdictions')['companies'])})(?!\w)")


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


def _signs(body: str) -> Iterator[tuple[str, str]]:
    for state, form in _sign_forms():
        yield from ((state, match[0].lower()) for match in form.finditer(body))
    yield from ((state, "address") for state in address_countries(body))


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
