"""Rows of a comparison for the elements of model instruments: clauses of the compared provisions that may state them.

The clauses are scored as those of the gap matrix (:mod:`nlp.evidence.scoring`), which searches the whole law of a
country. Whether an element is fulfilled is decided by people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.comparison.rows import quotation, with_common_traits
from app.comparison.table import Cell, Provision, Quotation, Row
from nlp.elements.clauses import Clause, clauses
from nlp.elements.instruments import Element, ModelInstrument, instruments
from nlp.elements.provision_elements import Part
from nlp.evidence.clause_features import ClauseFeatures, conduct_share
from nlp.evidence.clauses import HOME, Candidate, read_clauses
from nlp.evidence.scoring import ScoredClause, best_clauses, met_terms
from nlp.folding import content_stems
from nlp.provision_roles.classifier import BASIC

_CLAUSES_SHOWN = 2
_CACHED = 2_000


def instruments_of(concept_ids: Sequence[str], treaty: str = "") -> tuple[ModelInstrument, ...]:
    """Return the model instruments of a treaty provision, else those whose first concept is the given one."""
    known = tuple(instruments().values())
    if treaty and (named := tuple(instrument for instrument in known if instrument.treaty == treaty)):
        return named
    return tuple(instrument for instrument in known if instrument.concepts[0] in concept_ids)


def instrument_rows(columns: Sequence[Sequence[Provision]], concept_ids: Sequence[str], treaty: str) -> Iterator[Row]:
    """Yield a row for every element of the model instruments, also without clauses; a column is a country's."""
    if not any(columns):
        return
    for instrument in instruments_of(concept_ids, treaty):
        read = [list(_in_languages(column, instrument)) for column in columns]
        for element in instrument.elements:
            cells = tuple(Cell(tuple(_quotations(column, element))) for column in read)
            yield with_common_traits(Row(element.id, instrument.id, cells, wording=tuple(element.description.items())))


class _Clauses:
    """The clauses of a country's compared provisions in one language, with their features for an instrument."""

    def __init__(self, provisions: Sequence[Provision], language: str, instrument: ModelInstrument) -> None:
        self.by_place = {(each.document_id, each.start): each for each in provisions}
        self.language = language
        candidates = (_candidate(provision, instrument) for provision in provisions)
        read = [clause for candidate in candidates for clause in read_clauses(candidate)]
        self.features = ClauseFeatures(read, language)

    def quotation(self, scored: ScoredClause, element: Element) -> Quotation:
        """Return a clause as a quotation from its provision."""
        read = scored.read
        clause, why = read.clause, tuple(met_terms(read, element, self.language))
        provision = self.by_place[read.candidate.document_id, read.candidate.start]
        part = Part(element.id, clause.start, clause.end, clause.label, round(scored.confidence, 2), why)
        return quotation(provision, part)


def _in_languages(column: Sequence[Provision], instrument: ModelInstrument) -> Iterator[_Clauses]:
    """Yield the clauses of a country's provisions by language, for languages in which elements are described."""
    for language in dict.fromkeys(provision.language for provision in column):
        if language in instrument.elements[0].description:
            yield _Clauses([each for each in column if each.language == language], language, instrument)


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


def _quotations(column: Iterable[_Clauses], element: Element) -> list[Quotation]:
    """Return at most ``_CLAUSES_SHOWN`` of a country's clauses above the threshold for an element, the best first."""
    scored_by_language = ((read, best_clauses(read.features, element)) for read in column)
    found = [(read, scored) for read, chosen in scored_by_language for scored in chosen if scored.above >= 0]
    found.sort(key=lambda one: -one[1].confidence)
    return [read.quotation(scored, element) for read, scored in found[:_CLAUSES_SHOWN]]
