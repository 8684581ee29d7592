"""Rows for the elements of a model instrument: clauses of the compared provisions that may fulfil each.

Matching is lexical: a clause matches an element if it has one of its keys in its own language, alone or with the clause
it continues. Rare words among the clauses of the country have a higher weight. Whether the element is fulfilled is
decided by people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.comparison.rows import ReadProvision, quotation, with_common_traits
from app.comparison.table import Cell, Quotation, Row
from nlp.elements.clauses import Clause, clauses
from nlp.elements.instruments import Element, ModelInstrument, instruments
from nlp.elements.provision_elements import Part
from nlp.stems import content_stems

_CACHED = 2_000
_LIMIT = 2
_MINIMUM = 1.2
_FULL = 6.0


@dataclass(frozen=True, slots=True)
class _Read:
    """A clause of a provision; ``stems`` are those of its words and of the clause that it continues."""

    read: ReadProvision
    start: int
    end: int
    label: str
    own: frozenset[str]
    stems: frozenset[str]


def instruments_of(concept_ids: Sequence[str], treaty: str = "") -> tuple[ModelInstrument, ...]:
    """Return the model instruments of a treaty provision, else those whose first concept is the given one."""
    known = tuple(instruments().values())
    if treaty and (named := tuple(instrument for instrument in known if instrument.treaty == treaty)):
        return named
    return tuple(instrument for instrument in known if instrument.concepts[0] in concept_ids)


def instrument_rows(
    columns: Sequence[Sequence[ReadProvision]], concept_ids: Sequence[str], treaty: str
) -> Iterator[Row]:
    """Yield a row for every element, also without matches."""
    chosen = instruments_of(concept_ids, treaty)
    if not chosen or not any(columns):
        return
    clauses_of = [[clause for read in column for clause in _clauses(read)] for column in columns]
    for instrument in chosen:
        for element in instrument.elements:
            cells = tuple(Cell(tuple(_best(element, found))) for found in clauses_of)
            yield with_common_traits(Row(element.id, instrument.id, cells, wording=tuple(element.description.items())))


def _clauses(read: ReadProvision) -> Iterator[_Read]:
    provision = read.provision
    cut, stems = _cut(provision.text, provision.unit, provision.language, provision.jurisdiction)
    for clause, own in zip(cut, stems, strict=True):
        yield _Read(
            read, clause.start, clause.end, clause.label, own, own | stems[clause.lead] if clause.lead >= 0 else own
        )


@lru_cache(_CACHED)
def _cut(
    text: str, unit: str, language: str, jurisdiction: str
) -> tuple[tuple[Clause, ...], tuple[frozenset[str], ...]]:
    """Return the clauses of a provision with the stems of their words."""
    cut = clauses(text, unit, language, jurisdiction)
    return cut, tuple(_stems(text[clause.start : clause.end], language) for clause in cut)


@lru_cache(10 * _CACHED)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(content_stems(text, language))


def _best(element: Element, found: Sequence[_Read]) -> Iterator[Quotation]:
    counted = Counter(stem for clause in found for stem in clause.own)
    scored = []
    for place, candidate in enumerate(found):
        score, key = max(_scores(element, candidate, counted, len(found)), default=(0.0, ""))
        if score >= _MINIMUM:
            scored.append((-score, place, key))
    for score, place, key in sorted(scored)[:_LIMIT]:
        clause = found[place]
        part = Part(
            element.id, clause.start, clause.end, clause.label, round(min(1.0, -score / _FULL), 2), (f"words:{key}",)
        )
        yield quotation(clause.read.provision, part)


def _scores(element: Element, clause: _Read, counted: Counter[str], clauses_held: int) -> Iterator[tuple[float, str]]:
    """Yield the score of each key in the clause: the rarity of its words, at least one of which is the clause's own."""
    language = clause.read.provision.language
    for key in element.keys.get(language, ()):
        stems = _stems(key, language)
        if stems and stems <= clause.stems and stems & clause.own:
            yield sum(math.log((clauses_held + 2) / (counted[stem] + 0.5)) for stem in stems), key
