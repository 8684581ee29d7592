"""Laws named in a text that one State only has: by name, number or date, and English titles by year or chapter.

They are those of ``resources/law_titles.yaml`` and ``resources/state_laws.yaml``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.citations.canonical import plain_number
from nlp.compiled_patterns import compiled
from nlp.entities.dates import month_number
from nlp.folding import Words, fold
from nlp.lexicon import Lexicon, Term
from nlp.state_languages import writers

_SHORTEST_ABBREVIATION = 4
_LONG_NUMBER, _YEARS, _CENTURY = 4, range(1850, 2031), 30
_BY_NUMBER = frozenset({"ley", "lei", "lo", "lc", "decreto", "decreto-lei"})
_ENGLISH = "en"
_UNION = "EU"
# Characters before a title in which its chapter is printed: "CHAPTER 11:27 PROCEEDS OF CRIME ACT".
_BEFORE = 20


def laws_of_states(body: str, folded: str, words: Words, language: str) -> Iterator[tuple[str, str]]:
    """Yield the State of each law in ``body`` that no other State has, with the name or key of the law.

    ``folded`` and ``words`` are those of ``body``; ``language`` (ISO 639-1) decides the States of a number or title.
    """
    yield from _named(body, words)
    if language == _ENGLISH:
        yield from _titled(body, folded, words)
    else:
        yield from _numbered(folded, language)


def law_key(kind: str, number: str, year: str) -> str:
    """Return the key of a law in ``state_laws.yaml``, with the year where the number is short: ``ley#906/2004``."""
    digits = number.replace(".", "")
    plain = int(digits.partition("-")[0])
    full = ("19" if int(year) > _CENTURY else "20") + year if len(year) == len("98") else year
    if len(digits) >= _LONG_NUMBER and plain not in _YEARS:
        return f"{kind[:3]}#{digits}"
    dated = full and (int(full) in _YEARS or plain in _YEARS)
    return f"{kind[:3]}#{digits}/{full}" if dated else ""


def _named(body: str, words: Words) -> Iterator[tuple[str, str]]:
    for match in _known_names().find(body, words):
        for term in match.terms:
            yield term.value, body[match.start : match.end].lower()


@cache
def _known_names() -> Lexicon:
    """Return the names and abbreviations that one State only has; those of the Union are cited in all of its States."""
    states: dict[str, set[str]] = defaultdict(set)
    for row in _rows():
        for form in (*row.get("names", ()), *row.get("titles", ()), *row.get("abbr", ())):
            states[fold(form)].add(row["cc"])
    return Lexicon(
        (form, Term("LAW", row["cc"], 1.0, shape="capital"))
        for row in _rows()
        for form in _forms(row)
        if len(states[fold(form)]) == 1 and row["cc"] != _UNION
    )


def _rows() -> Sequence[Mapping[str, str]]:
    rows: Sequence[Mapping[str, str]] = load("nlp.law_titles")["laws"]
    return rows


def _forms(row: Mapping[str, Sequence[str]]) -> Iterator[str]:
    names = (*row.get("names", ()), *row.get("titles", ())) if row.get("only") else ()
    yield from (name for name in names if name not in row.get("common", ()))
    yield from (form for form in row.get("abbr") or () if len(form) >= _SHORTEST_ABBREVIATION)


def _numbered(folded: str, language: str) -> Iterator[tuple[str, str]]:
    known = _states_of_numbers(language)
    for key in (*_number_keys(folded), *_date_keys(folded)):
        if key in known:
            yield known[key], key


def _number_keys(folded: str) -> Iterator[str]:
    for match in _form("number").finditer(folded):
        yield law_key(match["kind"], match["number"], match["year"] or "")


def _date_keys(folded: str) -> Iterator[str]:
    for match in _form("date").finditer(folded):
        if month := month_number(match["month"]):
            yield f"{match['kind'][:3]}@{match['year']}-{month:02d}-{int(match['day']):02d}"


@cache
def _form(name: str) -> regex.Pattern[str]:
    return compiled(load("nlp.state_evidence")["laws"][name])


@cache
def _states_of_numbers(language: str) -> Mapping[str, str]:
    """Return the State of each law by number or date, by its key, for those of which one State only has one."""
    listed: Mapping[str, Sequence[str]] = load("nlp.state_laws").get(language, {})
    pairs = [(key, state) for state, keys in listed.items() for key in keys]
    ids = ((id_, row["cc"]) for row in _rows_of(language) for id_ in (row["id"], *row.get("same", ())))
    return _of_one((*pairs, *((_key_of_id(id_), state) for id_, state in ids)))


def _rows_of(language: str) -> Iterator[Mapping[str, str]]:
    return (row for row in _rows() if row["cc"] in writers(language))


def _of_one(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the State of each key that one State only has."""
    states: dict[str, set[str]] = defaultdict(set)
    for key, state in pairs:
        states[key].add(state)
    return {key: next(iter(owners)) for key, owners in states.items() if key and len(owners) == 1}


def _key_of_id(identity: str) -> str:
    """Return the key of a canonical id with a number (``ref:cr:ley:7594``), else ``""``."""
    kind, number, year = (*identity.split(":")[2:], "", "", "")[:3]
    return law_key(kind, number, year) if kind in _BY_NUMBER and number.isdigit() else ""


def _titled(body: str, folded: str, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the States of English short titles of which only one State has one of that year or in that chapter."""
    known = _states_of_titles()
    for match in _titles().find(body, words):
        beside = _form("behind").match(folded, match.end) or _form("before").search(
            folded[max(0, match.start - _BEFORE) : match.start]
        )
        mark = _mark(beside.groupdict()) if beside else ""
        for term in match.terms if mark else ():
            if state := known.get(f"{term.value}#{mark}"):
                yield state, term.value


def _mark(groups: Mapping[str, str | None]) -> str:
    return groups.get("year") or plain_number(groups.get("chapter") or "")


@cache
def _titles() -> Lexicon:
    return Lexicon(
        (title, Term("LAW", title, 1.0, shape="capital"))
        for title in {key.rpartition("#")[0] for key in _states_of_titles()}
    )


@cache
def _states_of_titles() -> Mapping[str, str]:
    """Return the State of each English short title with its year or chapter: ``evidence act#5:03``."""
    listed: Mapping[str, Sequence[str]] = load("nlp.state_laws")[_ENGLISH]
    pairs = [(key, state) for state, keys in listed.items() for key in keys]
    return _of_one((*pairs, *(pair for row in _rows_of(_ENGLISH) for pair in _marked_titles(row))))


def _marked_titles(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    marks = {id_.rpartition(":chapter:")[2] for id_ in row.get("same", ()) if ":chapter:" in id_}
    last = row["id"].rpartition(":")[2]
    marks |= {last} if last.isdigit() and int(last) in _YEARS else set()
    return (
        (f"{fold(name)}#{mark}", row["cc"])
        for name in (*row.get("names", ()), *row.get("titles", ()))
        for mark in marks
    )
