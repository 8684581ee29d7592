"""Two provisions side by side, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.comparison.alignment import Comparable, align
from app.comparison.provisions import named_provisions, parts_of
from app.comparison.table import ComparisonRequest, Provision, Trait
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.protocol import Engine
from indexing.installation import Installation
from indexing.records.validity import today, whole_day
from indexing.store.reading import Store
from indexing.vectors.encoder import Encoder
from nlp.elements.clauses import clauses
from nlp.elements.provision_elements import Part

MAX_CLAUSES = 120


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause with its text: offsets of the document, its innermost unit, its elements and traits."""

    start: int
    end: int
    text: str
    pinpoint: str
    elements: tuple[str, ...]
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class ClausePair:
    """Corresponding clauses; one side is empty if the other provision has no counterpart.

    ``shared`` are the common traits, ``score`` is from 0 to 1, ``why`` as in ``alignment.Aligned``.
    """

    left: tuple[ClauseText, ...]
    right: tuple[ClauseText, ...]
    shared: tuple[str, ...]
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """``by_meaning`` tells whether an encoder was used."""

    left: Provision
    right: Provision
    pairs: tuple[ClausePair, ...]
    by_meaning: bool


def side_by_side(
    installation: Installation, left: str, right: str, date: str = "", principal: Principal = LOCAL_USER
) -> SideBySide:
    """Return two provisions by their ids, clause by clause; ``date`` is ISO 8601, empty for today.

    Raises ``indexing.no_such_provision`` and ``indexing.no_such_day``.
    """
    store = installation.store
    return pair_clauses(left, right, date, store.access(principal), installation.engine, installation.encoder, store)


def pair_clauses(
    left: str, right: str, date: str, access: AccessFilter, engine: Engine, encoder: Encoder | None, store: Store
) -> SideBySide:
    """Return two provisions by their ids; raises ``indexing.no_such_provision`` and ``indexing.no_such_day``."""
    request = ComparisonRequest(provisions=(left, right), date=whole_day(date or today()))
    first, second = named_provisions(request, access, engine, store)
    left_clauses, right_clauses = _clauses(first), _clauses(second)
    aligned = align(
        [_comparable(clause_text) for clause_text in left_clauses],
        [_comparable(clause_text) for clause_text in right_clauses],
        encoder,
    )
    pairs = (
        _pair(
            [left_clauses[at] for at in alignment.left],
            [right_clauses[at] for at in alignment.right],
            alignment.score,
            alignment.why,
        )
        for alignment in aligned
    )
    return SideBySide(first, second, tuple(pairs), encoder is not None)


def _clauses(provision: Provision) -> list[ClauseText]:
    parts = parts_of(provision)
    cut = clauses(provision.text, provision.unit, provision.language, provision.jurisdiction)[:MAX_CLAUSES]
    return [_clause(provision, clause.start, clause.end, clause.label, parts) for clause in cut]


def _clause(provision: Provision, start: int, end: int, label: str, parts: Sequence[Part]) -> ClauseText:
    inside = [part for part in parts if start <= part.start and part.end <= end]
    at = provision.start
    traits = {trait.name: trait for part in inside for trait in part.traits}
    return ClauseText(
        start=at + start,
        end=at + end,
        text=provision.text[start:end],
        pinpoint=label,
        elements=tuple(dict.fromkeys(part.element for part in inside if part.element != "other")),
        traits=tuple(Trait(trait.name, at + trait.start, at + trait.end) for trait in traits.values()),
    )


def _comparable(clause: ClauseText) -> Comparable:
    return Comparable(clause.text, frozenset(clause.elements), frozenset(trait.name for trait in clause.traits))


def _pair(left: Sequence[ClauseText], right: Sequence[ClauseText], score: float, why: tuple[str, ...]) -> ClausePair:
    first, second = ({trait.name for clause_text in side for trait in clause_text.traits} for side in (left, right))
    return ClausePair(tuple(left), tuple(right), tuple(sorted(first & second)), score, why)
