"""Evidence in a document's text for the issuing state: votes by state, ``INT`` for international bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.citations.neutral import court_country, first_neutral
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import fold, plain, words_of
from nlp.jurisdiction_evidence import SEARCHED, without_companies
from nlp.jurisdiction_judgement import INTERNATIONAL
from nlp.jurisdiction_metadata import address_country
from nlp.lexicon import Lexicon, Match, Term

_FIRST_PAGE = 3_000
_LETTERHEAD = 1_000
_HEAD = 400
_ENDING = 1_500
# Characters searched for the place of signature at the end, before an addressee, and before an issuer's state.
_SIGNED = 300
_ADDRESS = 70
# Length of a line whose neutral citation is the judgment's own.
_OWN_CITATION = 90
_INSTITUTION = 45
# Maximum number of distinct citations of one form, and the votes of each for the first and the other states.
_CITATIONS = 8
_FORM, _SHARED_FORM = 4, 2
_DATED_PLACE = compiled(
    r"(?P<place>\p{Lu}[\p{L}. ’'-]{2,30}?),?\s(?:a\s|le\s|aos?\s|em\s|on\s|this\s)?(?:los\s)?"
    r"\d{1,2}(?:er|º|°|st|nd|rd|th)?\s(?:days?\s|d[íi]as?\s)?(?:de\s|of\s|del\smes\sde\s)?"
    r"\p{L}{3,10}\.?,?\s(?:de\s|del\s)?(?:año\s)?(?:19|20)\d\d"
)
_NAME_BEHIND = compiled(r" (?-i:\p{Lu}\p{Ll}+)")
_NAME_BEFORE = compiled(r"(?<!(?i:tribunal|court|cour|corte|audiencia|juzgado))(?<=\b\p{Lu}\p{Ll}+) \Z")
# Before a city, behind which a capitalised word does not make it the name of a person: "Juzgado de Madrid Número 2".
_OF_PLACE = compiled(r"(?:\b(?:de|en|da|do|em|du|of|at|in)\s|[,(–-]\s?)\Z")
# Above a decision: "Montevideo, veintiocho de setiembre de dos mil doce", "Corte Suprema: San Salvador, a las diez
# horas del doce de marzo de dos mil veintiséis".
_DATELINE = compiled(
    r"(?m)^\W{0,3}(?:\p{Lu}[^:\n]{3,60}:\s|(?i:en)\s(?:la\sciudad\sde\s)?)?(?P<place>\p{Lu}[\p{L}. ’'-]{2,30}?),\s"
    r"[\p{Ll}\d][^\n]{4,120}?\b(?:(?:19|20)\d\d|dos\smil|dois\smil|mil\snovecientos|mil\snovecentos)\b"
)
_YEAR = compiled(r"(?:19|20)\d\d|(?i:mil|vingt|thousand|dos mil|dois mil)")
_TREATY = 200  # more than the places of adoption and signature with their dates have together
_ECLI = compiled(r"ECLI:([A-Z]{2}):")


def text_votes(text: str, title: str, spans: Sequence[Span]) -> Counter[str]:
    """Return the votes of ``title`` and ``text`` by ISO 3166 alpha-2 code, ``EU`` or ``INT``.

    ``spans`` are the countries and authorities on the first page.
    """
    votes = Counter[str]()
    first_page = text[:_FIRST_PAGE]
    folded = fold(first_page)
    spans = without_companies(folded, spans)
    evidence = (
        *_cues(first_page, folded), *_cues(title, fold(title)), *_ending_cues(text), *_named(folded, spans),
        *_issuers(title), *_datelines(text), *_seats(text), *_signatures(text),
        *_own_case(first_page), *_addresses(first_page), *_forms(plain(text[:SEARCHED])),
    )  # fmt: skip
    for code, weight in evidence:
        votes[code] += weight
    if _begins_with_parties(text):
        votes[INTERNATIONAL] += _TREATY
    return votes


def country_mentions(text: str) -> Counter[str]:
    """Count the names of states and their peoples in the first pages of ``text``."""
    body = text[:SEARCHED]
    spans = without_companies(fold(body), find_gazetteer(body, words_of(body)))
    return Counter(span.value for span in spans if span.label in ("COUNTRY", "NATIONALITY"))


def heads_international(text: str) -> bool:
    """Return whether an international body is named at the head of a text, or the parties of a treaty."""
    head = text[:_HEAD]
    return _begins_with_parties(text) or any(
        term.value == INTERNATIONAL for match in _cue_lexicon().find(head, words_of(head)) for term in match.terms
    )


@cache
def _cue_lexicon() -> Lexicon:
    return _lexicon(load("nlp.jurisdictions")["cues"] | {INTERNATIONAL: load("nlp.jurisdictions")["international"]})


@cache
def _shared_cues() -> frozenset[str]:
    """Return the folded names of institutions that several states have, whose votes are those of cues alone."""
    listed = Counter(fold(cue) for cues in load("nlp.jurisdictions")["cues"].values() for cue in cues)
    return frozenset(cue for cue, states in listed.items() if states > 1)


@cache
def _city_lexicon() -> Lexicon:
    return _lexicon(load("nlp.jurisdictions")["cities"], shape="capital")


def _lexicon(listed: dict[str, list[str]], shape: str = "") -> Lexicon:
    return Lexicon((cue, Term("JURISDICTION", code, 1.0, shape=shape)) for code, cues in listed.items() for cue in cues)


def _cues(passage: str, folded: str) -> Iterator[tuple[str, int]]:
    for match in _cue_lexicon().find(passage, words_of(passage)):
        if not _is_addressed(folded[max(0, match.start - _ADDRESS) : match.start]):
            for term in match.terms:
                yield term.value, 30


def _begins_with_parties(text: str) -> bool:
    """Return whether a line at the beginning of a text begins with the parties of a treaty."""
    return _parties().search(fold(text[:_LETTERHEAD])) is not None


@cache
def _parties() -> regex.Pattern[str]:
    return compiled(rf"(?m)^\W{{0,4}}(?:{'|'.join(load('nlp.jurisdictions')['treaty_parties'])})")


def _ending_cues(text: str) -> Iterator[tuple[str, int]]:
    """Yield votes for gazettes and formulas at the end of a law, beyond its first page."""
    ending = text[max(_FIRST_PAGE, len(text) - _ENDING) :]
    return ((code, weight // 2) for code, weight in _cues(ending, fold(ending)))


def _seats(text: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the states of the cities of the courts on the first page and of the place of signature."""
    for passage, signed in ((text[:_FIRST_PAGE], False), (text[-_SIGNED:], True)):
        folded = fold(passage)
        for match in _city_lexicon().find(passage, words_of(passage)):
            before = folded[max(0, match.start - _ADDRESS) : match.start].rpartition("\n")[2]
            court = any(word in before for word in load("nlp.jurisdictions")["court_words"])
            person = _is_personal(passage, match)
            seat = court and (not person or _OF_PLACE.search(before) is not None)
            if (seat or (signed and not person)) and not _is_addressed(before):
                dated = _YEAR.search(passage, match.end, match.end + _ADDRESS)
                for term in match.terms:
                    yield term.value, 20 if not signed else 40 if dated else 10


def _is_personal(passage: str, match: Match) -> bool:
    """Return whether a city is part of a person's name: ``Santiago Andrés``, ``Diego Valencia``."""
    return bool(_NAME_BEHIND.match(passage, match.end) or _NAME_BEFORE.search(passage[: match.start]))


def _signatures(text: str) -> Iterator[tuple[str, int]]:
    """Yield votes for a city before a date near the end: ``Santiago, 25 de octubre de 2019``."""
    ending = text[max(0, len(text) - _ENDING) : max(0, len(text) - _SIGNED)]
    for dated in _DATED_PLACE.finditer(ending):
        for match in _city_lexicon().find(dated["place"], words_of(dated["place"])):
            for term in match.terms:
                yield term.value, 20


def _datelines(text: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the city and date above a text."""
    for dated in _DATELINE.finditer(text[:_LETTERHEAD]):
        for match in _city_lexicon().find(dated["place"], words_of(dated["place"])):
            yield from ((term.value, 20) for term in match.terms)


def _named(folded: str, spans: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Yield votes for the states named, or whose authorities are named, on the first page.

    A name has the highest weight after an institution (``Laws of Kenya``), then in the letterhead.
    """
    heading = regex.match(r"\W*([^\n]*\w)", folded)
    for span in spans:
        code, _, authority = span.value.partition(":")
        before = folded[max(0, span.start - _ADDRESS) : span.start]
        addressed = _is_addressed(before)
        if span.label == "AUTHORITY" and authority and code != "generic" and not addressed:
            yield code, 0 if folded[span.start : span.end] in _shared_cues() else 25
        elif span.label == "COUNTRY" and not addressed:
            alone = heading is not None and heading.span(1) == (span.start, span.end)
            alone = alone or (span.start < _HEAD and _continues_issuer(folded, span))
            yield code, 30 if alone else _name_weight(span.start, before, folded[span.start : span.end])
        elif span.label in ("COUNTRY", "NATIONALITY"):
            yield code, 1


def _issuers(title: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the states whose institutions a title from metadata names (``Barbados Parliament Bills``)."""
    folded = fold(title)
    for span in find_gazetteer(title, words_of(title)):
        if span.label == "COUNTRY":
            before, name = folded[max(0, span.start - _ADDRESS) : span.start], folded[span.start : span.end]
            if _is_issuer(before, name) or _institutions_behind().match(folded, span.end):
                yield span.value, 30


def _name_weight(start: int, before: str, name: str) -> int:
    if _is_issuer(before, name):
        return 30
    return 10 if start < _LETTERHEAD else 5


def _is_issuer(before: str, name: str) -> bool:
    """Return whether an institution directly precedes a state's name, or is part of it (``Republic of Kenya``)."""
    line = before[-_INSTITUTION:].rpartition("\n")[2]
    return any(match.end() >= len(line) for match in _institutions().finditer(line + name))


def _continues_issuer(folded: str, span: Span) -> bool:
    """Return whether a name is alone on the line below an institution: ``IN THE SUPREME COURT OF THE / X``."""
    head, _, before = folded[max(0, span.start - _ADDRESS) : span.start].rpartition("\n")
    above = head.rstrip().rpartition("\n")[2]
    alone = not before.strip() and not folded[span.end :].partition("\n")[0].strip()
    return alone and _institutions().search(f"{above} ") is not None


@cache
def _institutions() -> regex.Pattern[str]:
    cues = "|".join(sorted(load("nlp.jurisdictions")["institutions"], key=len, reverse=True))
    return compiled(rf"\b(?:{cues}) (?:(?:la|el|the|los|las) |l['’])?")


@cache
def _institutions_behind() -> regex.Pattern[str]:
    return compiled(rf"(?:['’]s)? (?:{'|'.join(load('nlp.jurisdictions')['institutions_behind'])})\b")


def _own_case(first_page: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the state of the first ECLI and neutral citation, if they are the judgment's own.

    Its own neutral citation stands beside few other words in its line; one that is cited stands in a sentence.
    """
    if (match := _ECLI.search(first_page[:_LETTERHEAD])) is not None:
        yield match[1], 35
    head = first_page[:_LETTERHEAD].splitlines()
    court = next(filter(None, (first_neutral(line) for line in head if len(line) <= _OWN_CITATION)), "")
    if court not in ("", *load("nlp.jurisdictions")["courts_of_several"]):
        yield court_country(court), 25


def _addresses(first_page: str) -> Iterator[tuple[str, int]]:
    if code := address_country(first_page, official=True):
        yield code, 25


def _forms(body: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the states that use the forms of citation in the text."""
    for states, form, first in _citation_forms():
        distinct = {match[0] for match in islice(form.finditer(body), 4 * _CITATIONS)}
        count = min(len(distinct), _CITATIONS)
        for place, state in enumerate(states if count else ()):
            yield state, count * (_SHARED_FORM if place else first)


@cache
def _citation_forms() -> tuple[tuple[tuple[str, ...], regex.Pattern[str], int], ...]:
    rows = load("nlp.jurisdictions")["forms"]
    return tuple((tuple(row["states"]), compiled(row["re"]), row.get("votes", _FORM)) for row in rows)


def _is_addressed(before: str) -> bool:
    line = before.rpartition("\n")[2]
    return any(cue in line for cue in load("nlp.jurisdictions")["addressed"])
