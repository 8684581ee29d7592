"""Whether the offences of an instrument cover the one of a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.concepts.layer import broader_concepts, concepts
from nlp.concepts.query import concepts_of_query
from nlp.treaties.instruments import Instrument

_SURE = 0.7
"""Least score of a concept that words name (nlp.concepts.query); below it words are no offence that is known."""


class Coverage(StrEnum):
    """How far an instrument covers an offence; ``CONDITION`` where facts decide that the offence does not tell."""

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


def offence_of(given: str) -> str:
    """Return the concept of an offence that is given by its id or in words, empty where none is recognised."""
    if given in concepts():
        return given
    named = (match for match in concepts_of_query(given, "", 5) if concepts()[match.concept].penal)
    return next((match.concept for match in named if match.score >= _SURE), "")


def scope_of(instrument: Instrument, offence: str, measure: str) -> Scope:
    """Return how far ``instrument`` covers ``offence`` (a concept id, or empty where it is not known)."""
    if instrument.general or measure in instrument.evidence:
        return _COVERED
    if not offence and instrument.needs:
        return _OUTSIDE  # a protocol on certain offences; its convention stands for it where the offence is not known
    own = {offence, *broader_concepts(offence)} if offence else set()
    if own & instrument.offences:
        return _COVERED
    if own & instrument.partly:
        return Scope(Coverage.CONDITION, (f"offence_partly_{instrument.id.lower()}",))
    if measure in instrument.electronic:
        return Scope(Coverage.CONDITION, ("electronic_evidence",))
    return _OUTSIDE if offence else Scope(Coverage.CONDITION, ("offence_covered",))
