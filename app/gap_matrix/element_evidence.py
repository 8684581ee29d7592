"""Proposed evidence for an element: the clauses of a country's law with the highest scores, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.gap_matrix.element_search import ElementSearch
from app.gap_matrix.national_law import NationalLaw
from nlp.elements.instruments import Element, ModelInstrument
from nlp.evidence.clause_features import ClauseFeatures
from nlp.evidence.clauses import read_clauses
from nlp.evidence.scoring import LIMIT, ScoredClause, best_clauses, met_terms

RELEASE = 18  # increase with every change that alters the proposals for the same law


@dataclass(frozen=True, slots=True)
class Proposal:
    """A clause that may be evidence: ``start`` and ``end`` are offsets of the document's text.

    ``lead_start`` and ``lead_end`` are the range that it continues ("... if:"), ``tail_start`` and ``tail_end`` the
    words that close the sentence after its list; each pair is equal without one. ``score`` is the probability that a
    reader finds the clause right, from 0 to 1. ``why`` are codes with their fact (``words:convierte``, ``place:home``).
    """

    document_id: str
    provision: str
    pinpoint: str
    language: str
    page: int
    start: int
    end: int
    lead_start: int
    lead_end: int
    tail_start: int
    tail_end: int
    score: float
    why: tuple[str, ...]


def proposals(law: NationalLaw, instrument: ModelInstrument) -> Mapping[str, tuple[Proposal, ...]]:
    """Return the proposals for each element of ``instrument``, best first; none if nothing was found."""
    found: dict[str, list[Proposal]] = {element.id: [] for element in instrument.elements}
    for language in law.languages:
        for elements, candidates in ElementSearch(law, language).candidates(instrument):
            read = [clause for candidate in candidates for clause in read_clauses(candidate)]
            signs = ClauseFeatures(read, language)
            for element in elements if read else ():
                best = best_clauses(signs, element)
                found[element.id] += [_proposal(law, language, element, scored) for scored in best]
    return {
        name: tuple(sorted(proposed, key=lambda proposal: -proposal.score)[:LIMIT]) for name, proposed in found.items()
    }


def _proposal(law: NationalLaw, language: str, element: Element, judged: ScoredClause) -> Proposal:
    read, at = judged.read, judged.read.candidate.start
    return Proposal(
        document_id=read.candidate.document_id,
        provision=read.candidate.unit,
        pinpoint=read.clause.label or read.candidate.unit,
        language=language,
        page=law.reading(read.candidate.document_id).page_at(at + read.clause.start),
        start=at + read.clause.start,
        end=at + read.clause.end,
        lead_start=at + read.lead[0],
        lead_end=at + read.lead[1],
        tail_start=at + read.tail[0],
        tail_end=at + read.tail[1],
        score=round(judged.confidence, 3),
        why=(*met_terms(read, element, language), f"place:{read.candidate.found}"),
    )
