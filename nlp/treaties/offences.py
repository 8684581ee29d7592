"""Coverage of the offence of a request by the offences of an instrument."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.concepts.layer import broader_concepts, concepts
from nlp.concepts.query import concepts_of_query
from nlp.treaties.instruments import Instrument

SURE = 0.7
"""Minimum score of a concept recognised in words (``nlp.concepts.query``)."""


class Coverage(StrEnum):
    """Coverage of an offence by an instrument; ``CONDITION`` if it depends on facts beyond the offence."""

    COVERED = "covered"
    CONDITION = "condition"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Scope:
    """The coverage of an offence and the conditions (keys of the wording) on which it depends."""

    coverage: Coverage
    conditions: tuple[str, ...] = ()


_COVERED = Scope(Coverage.COVERED)
_OUTSIDE = Scope(Coverage.OUTSIDE)


def offence_of(expression: str) -> str:
    """Return the concept id of an offence stated by its id or in words, empty if none is recognised."""
    if expression in concepts():
        return expression
    named = (match for match in concepts_of_query(expression, "", 5) if concepts()[match.concept].penal)
    return next((match.concept for match in named if match.score >= SURE), "")


def scope_of(instrument: Instrument, offence: str, measure: str) -> Scope:
    """Return the coverage of ``offence`` (a concept id, empty if unknown) by ``instrument`` for ``measure``."""
    if instrument.general or measure in instrument.evidence:
        return _COVERED
    if not offence and instrument.needs:
        return _OUTSIDE  # a protocol on certain offences; if the offence is unknown, its convention is returned instead
    own = {offence, *broader_concepts(offence)} if offence else set()
    if own & instrument.offences:
        return _COVERED
    if own & instrument.partly:
        return Scope(Coverage.CONDITION, (f"offence_partly_{instrument.id.lower()}",))
    if measure in instrument.electronic:
        return Scope(Coverage.CONDITION, ("electronic_evidence",))
    return _OUTSIDE if offence else Scope(Coverage.CONDITION, ("offence_covered",))
