"""Rows of a comparison for the elements of model instruments: clauses of the compared provisions that may state them.

The clauses are scored as those of the gap matrix (:mod:`nlp.evidence.scoring`), which searches the whole law of a
country. Whether an element is fulfilled is decided by people. Provisions beside the compared ones are scored with them;
where they may state an element, its cell tells their clauses apart from its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from app.comparison.ancillary_provisions import speaks_of
from app.comparison.rows import quotation, with_common_traits
from app.comparison.selection import is_relevant
from app.comparison.table import Cell, Provision, Quotation, Row
from nlp.elements.clauses import Clause, clauses
from nlp.elements.instruments import Element, ModelInstrument, instruments
from nlp.elements.provision_elements import Part
from nlp.evidence.clause_features import ClauseFeatures, conduct_share
from nlp.evidence.clauses import CHAPTER, HOME, Candidate, ReadClause, read_clauses
from nlp.evidence.scoring import ScoredClause, best_clauses, met_terms
from nlp.folding import content_stems
from nlp.provision_roles.classifier import BASIC, CONNECTED

_CLAUSES_SHOWN = 2
_FURTHER_SHOWN = 4  # provisions
_LOOKED_AT = 12  # clauses of all provisions
_AS_LIKELY = 0.5  # share of the score above the threshold
_CACHED = 2_000


def instruments_of(concept_ids: Sequence[str], treaty: str = "") -> tuple[ModelInstrument, ...]:
    """Return the model instruments of a treaty provision, else those whose first concept is the given one.

    Without a treaty, those that regulate rather than punish are left out: the compared provisions are offences.
    """
    known = tuple(instruments().values())
    if treaty and (named := tuple(instrument for instrument in known if instrument.treaty == treaty)):
        return named
    return tuple(one for one in known if one.concepts[0] in concept_ids and not one.administrative)


def instrument_rows(
    columns: Sequence[Sequence[Provision]],
    concept_ids: Sequence[str],
    treaty: str,
    beside: Sequence[Sequence[Provision]] = (),
) -> Iterator[Row]:
    """Yield a row for every element of the model instruments, also without clauses; a column is a country's.

    An element like one of another instrument among them would repeat its row and has none.
    ``beside`` are for each column provisions of its laws that are not compared.
    """
    if not any(columns):
        return
    others = beside or [()] * len(columns)
    shown = instruments_of(concept_ids, treaty)
    for instrument in shown:
        read = [list(_in_languages(*each, instrument)) for each in zip(columns, others, strict=True)]
        for element in _once(instrument, shown):
            cells = tuple(_cell(column, element) for column in read)
            yield with_common_traits(Row(element.id, instrument.id, cells, wording=tuple(element.description.items())))


def _once(instrument: ModelInstrument, shown: Sequence[ModelInstrument]) -> Iterator[Element]:
    others = {one.id for one in shown} - {instrument.id}
    return (element for element in instrument.elements if element.like not in others)


class _Clauses:
    """The clauses of a country's compared provisions in one language, with their features for an instrument.

    ``further`` are the features of these clauses and those of provisions beside them together, None without any.
    """

    def __init__(
        self, compared: Sequence[Provision], beside: Sequence[Provision], language: str, instrument: ModelInstrument
    ) -> None:
        self.by_place = {(each.document_id, each.start): each for each in (*compared, *beside)}
        self.language = language
        self.own = {(each.document_id, each.start) for each in compared}
        candidates = [_candidate(provision, instrument) for provision in compared]
        others = [_candidate_beside(provision, compared, instrument) for provision in beside]
        self.features = ClauseFeatures(_clauses_of(candidates), language)
        self.further = ClauseFeatures(_clauses_of([*candidates, *others]), language) if others else None

    def place(self, scored: ScoredClause) -> tuple[str, int]:
        """Return the document and the start of the provision of a clause."""
        return scored.read.candidate.document_id, scored.read.candidate.start

    def quotation(self, scored: ScoredClause, element: Element) -> Quotation:
        """Return a clause as a quotation from its provision."""
        read = scored.read
        clause, why = read.clause, tuple(met_terms(read, element, self.language))
        provision = self.by_place[self.place(scored)]
        part = Part(element.id, clause.start, clause.end, clause.label, round(scored.confidence, 2), why)
        return quotation(provision, part)


def _in_languages(
    column: Sequence[Provision], beside: Sequence[Provision], instrument: ModelInstrument
) -> Iterator[_Clauses]:
    """Yield the clauses of a country's provisions by language, for languages in which elements are described."""
    for language in dict.fromkeys(provision.language for provision in column):
        if language in instrument.elements[0].description:
            own, others = ([each for each in some if each.language == language] for some in (column, beside))
            yield _Clauses(own, others, language, instrument)


def _clauses_of(candidates: Iterable[Candidate]) -> list[ReadClause]:
    return [clause for candidate in candidates for clause in read_clauses(candidate)]


def _candidate_beside(provision: Provision, compared: Sequence[Provision], instrument: ModelInstrument) -> Candidate:
    """Return a provision beside the compared ones as a candidate: half as relevant, unless it speaks of one of them."""
    candidate = replace(_candidate(provision, instrument), score=0.5, found=CHAPTER, about=False, role="")
    if not speaks_of(provision, compared):
        return replace(candidate, about=is_relevant(provision))
    return replace(candidate, about=True, role=CONNECTED)


def _candidate(provision: Provision, instrument: ModelInstrument) -> Candidate:
    """Return a compared provision as a candidate: it is about the concept, and named ones are compared as offences."""
    stems, cut = _read(provision.text, provision.unit, provision.language, provision.jurisdiction)
    return Candidate(
        provision.document_id,
        provision.unit,
        provision.start,
        provision.end,
        provision.text,
        score=1.0,
        conduct=conduct_share(stems, instrument.concepts, provision.language),
        found=HOME,
        cut=cut,
        about=True,
        role=provision.role or BASIC,
    )


@lru_cache(_CACHED)
def _read(text: str, unit: str, language: str, jurisdiction: str) -> tuple[frozenset[str], tuple[Clause, ...]]:
    """Return the stems of a provision and its clauses."""
    return frozenset(content_stems(text, language)), tuple(clauses(text, unit, language, jurisdiction))


def _cell(column: Sequence[_Clauses], element: Element) -> Cell:
    found = tuple(_quotations(column, element))
    return Cell(found, tuple(_further(column, element, bool(found)))[:_FURTHER_SHOWN])


def _further(column: Iterable[_Clauses], element: Element, is_stated: bool) -> Iterator[Quotation]:
    """Yield the best clause of each provision beside the compared ones that may state an element.

    If a compared provision states it, only those that are at least ``_AS_LIKELY`` as likely as the best one.
    """
    for read in column:
        scored = best_clauses(read.further, element, _LOOKED_AT) if read.further else []
        own = max((one.above for one in scored if read.place(one) in read.own), default=0.0) if is_stated else 0.0
        by_place = {read.place(one): one for one in reversed(scored) if one.above >= max(0.0, own * _AS_LIKELY)}
        yield from (read.quotation(one, element) for place, one in by_place.items() if place not in read.own)


def _quotations(column: Iterable[_Clauses], element: Element) -> list[Quotation]:
    """Return at most ``_CLAUSES_SHOWN`` of a country's clauses above the threshold for an element, the best first."""
    scored_by_language = ((read, best_clauses(read.features, element)) for read in column)
    found = [(read, scored) for read, chosen in scored_by_language for scored in chosen if scored.above >= 0]
    found.sort(key=lambda one: -one[1].confidence)
    return [read.quotation(scored, element) for read, scored in found[:_CLAUSES_SHOWN]]
