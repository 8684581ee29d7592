"""Gap matrix of a model instrument by countries at a date, with proposals and verdicts.

Proposals are stored (``app.gap_matrix.stored_proposals``), so that a matrix opens at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.gap_matrix.element_evidence import Proposal
from app.gap_matrix.stored_proposals import LawState, StoredProposals, states_of, stored_proposals
from app.gap_matrix.verdicts import CellKey, Verdict, current_verdicts
from indexing.access import AccessFilter
from indexing.records.validity import today, whole_day
from indexing.store.reading import Store
from indexing.works.works import works_of
from nlp.elements.instruments import Element, ModelInstrument
from nlp.evidence.scoring import LIMIT

COMPUTED, OUTDATED, NOT_COMPUTED, NO_LAW = "looked", "outdated", "not_looked", "no_law"
REPLACED, PASSAGE_REMOVED = "replaced", "gone"


@dataclass(frozen=True, slots=True)
class Cell:
    """One element in one country.

    ``state`` is ``COMPUTED``, ``OUTDATED`` (the law has changed since), ``NOT_COMPUTED`` or ``NO_LAW``. A computed cell
    without proposals means that nothing was found. ``stale`` is the reason to review ``verdict``: ``REPLACED`` (the
    expression in force on the matrix's day is not the one judged), ``PASSAGE_REMOVED`` (a passage is gone).
    """

    key: CellKey
    state: str
    proposals: tuple[Proposal, ...] = ()
    verdict: Verdict | None = None
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells`` by element and country; ``countries`` are ISO 3166 alpha-2 in the order requested.

    ``day`` (ISO 8601) is the point in time of the law: proposals are of that day, verdicts of that day or before.
    """

    instrument: ModelInstrument
    collection: str
    countries: tuple[str, ...]
    day: str
    cells: Mapping[tuple[str, str], Cell]

    def row(self, element: Element) -> tuple[Cell, ...]:
        """Return the cells of an element in the order of the countries."""
        return tuple(self.cells[element.id, country] for country in self.countries)

    def judged(self, country: str) -> int:
        """Return how many cells of a country have a verdict."""
        return sum(cell.verdict is not None for (_, own), cell in self.cells.items() if own == country)

    def confirmed(self, country: str) -> int:
        """Return how many verdicts of a country a second reader confirmed."""
        cells = (cell for (_, own), cell in self.cells.items() if own == country)
        return sum(cell.verdict is not None and cell.verdict.confirmed is True for cell in cells)

    @property
    def to_look_at(self) -> tuple[str, ...]:
        """The countries whose proposals are missing or outdated."""
        waiting = {key[1] for key, cell in self.cells.items() if cell.state in (NOT_COMPUTED, OUTDATED)}
        return tuple(country for country in self.countries if country in waiting)


def matrix(
    store: Store,
    access: AccessFilter,
    instrument: ModelInstrument,
    countries: Sequence[str],
    collection: str,
    day: str = "",
) -> Matrix:
    """Return the matrix of ``collection`` on a day, by default today.

    Raises ``indexing.no_such_collection`` if it may not be seen, and ``indexing.no_such_day``.
    """
    store.collection(access, collection)
    chosen_countries, date = tuple(dict.fromkeys(countries)), whole_day(day or today())
    states = states_of(store, access, chosen_countries, date)
    stored = stored_proposals(store, access, instrument.id, states)
    verdicts = current_verdicts(store, access, collection, instrument.id, chosen_countries, date)
    stale = _stale(store, access, verdicts, date)
    cells = {}
    for element in instrument.elements:
        for country in chosen_countries:
            place = (element.id, country)
            rows = stored.get(place, [])
            cells[place] = Cell(
                key=CellKey(collection, instrument.id, element.id, country),
                state=_state(states.get(country, ()), rows),
                proposals=_best(rows),
                verdict=verdicts.get(place),
                stale=stale.get(place, ""),
            )
    return Matrix(instrument, collection, chosen_countries, date, cells)


def cell_of(
    store: Store,
    access: AccessFilter,
    instrument: ModelInstrument,
    element: Element,
    country: str,
    collection: str,
    day: str = "",
) -> Cell:
    """Return one cell of the matrix."""
    return matrix(store, access, instrument, [country], collection, day).cells[element.id, country]


def _state(states: Sequence[LawState], rows: Sequence[StoredProposals]) -> str:
    if not states:
        return NO_LAW
    known = {row.state.collection: row.state for row in rows}
    if not any(state.collection in known for state in states):
        return NOT_COMPUTED
    return COMPUTED if all(known.get(state.collection) == state for state in states) else OUTDATED


def _best(rows: Sequence[StoredProposals]) -> tuple[Proposal, ...]:
    found = (proposal for row in rows for proposal in row.proposals)
    return tuple(sorted(found, key=lambda proposal: -proposal.score)[:LIMIT])


def _stale(
    store: Store, access: AccessFilter, verdicts: Mapping[tuple[str, str], Verdict], day: str
) -> dict[tuple[str, str], str]:
    """Return the reasons to review verdicts, by element and country."""
    documents = {passage.document for verdict in verdicts.values() for passage in verdict.evidence}
    works = works_of(store, access, documents)
    replaced = {
        document
        for document, work in works.items()
        if (current := work.on(day)) and document not in {expression.document for expression in current}
    }
    found = {}
    for place, verdict in verdicts.items():
        if any(passage.document in replaced for passage in verdict.evidence):
            found[place] = REPLACED
        elif verdict.rested_on > len(verdict.evidence):
            found[place] = PASSAGE_REMOVED
    return found
