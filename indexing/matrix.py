"""A gap matrix: the elements of a model instrument by countries, with proposals of evidence and people's verdicts.

Proposals are made once for each state of a country's law and kept (``look``), so that a matrix opens at once. They are
made collection by collection: nobody is shown anything that rests on a collection that he may not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indexing.access import AccessFilter
from indexing.alert_schema import ArrivalRow
from indexing.element_evidence import MOST, RELEASE, Proposal, proposals
from indexing.element_search import NationalLaw
from indexing.element_verdicts import CellKey, Verdict, current_verdicts
from indexing.engine import Engine
from indexing.matrix_schema import ProposalsRow
from indexing.store import Store
from indexing.store_schema import DocumentRow, Status
from indexing.store_writing import now, writing
from indexing.validity import today
from indexing.works import works_of
from nlp.document_type import national_law_types
from nlp.elements import Element, ModelInstrument

LOOKED, OUTDATED, NOT_LOOKED, NO_LAW = "looked", "outdated", "not_looked", "no_law"
REPLACED, GONE = "replaced", "gone"


@dataclass(frozen=True, slots=True)
class Cell:
    """One element in one country.

    ``state`` is ``LOOKED``, ``OUTDATED`` (the law that is held has changed since), ``NOT_LOOKED`` or ``NO_LAW``;
    looked and without ``proposals`` means that nothing was found. ``stale`` says why ``verdict`` should be read again:
    ``REPLACED`` (a version in force today is another than the one judged), ``GONE`` (a passage is no longer held).
    """

    key: CellKey
    state: str
    proposals: tuple[Proposal, ...] = ()
    verdict: Verdict | None = None
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells`` by element and country; ``countries`` are ISO 3166 alpha-2 in the order asked for."""

    instrument: ModelInstrument
    collection: str
    countries: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def row(self, element: Element) -> tuple[Cell, ...]:
        return tuple(self.cells[element.id, country] for country in self.countries)

    def judged(self, country: str) -> int:
        return sum(cell.verdict is not None for (_, own), cell in self.cells.items() if own == country)

    def confirmed(self, country: str) -> int:
        cells = (cell for (_, own), cell in self.cells.items() if own == country)
        return sum(cell.verdict is not None and cell.verdict.confirmed is True for cell in cells)

    @property
    def to_look_at(self) -> tuple[str, ...]:
        """The countries whose law is to be looked through, again or for the first time."""
        waiting = {key[1] for key, cell in self.cells.items() if cell.state in (NOT_LOOKED, OUTDATED)}
        return tuple(country for country in self.countries if country in waiting)


def matrix(
    store: Store, access: AccessFilter, instrument: ModelInstrument, countries: Sequence[str], collection: str
) -> Matrix:
    """Return the matrix of ``collection``; ``indexing.no_such_collection`` where it may not be seen."""
    store.collection(access, collection)
    wanted = tuple(dict.fromkeys(countries))
    states = _states(store, access, wanted)
    kept = _kept(store, access, instrument.id, wanted)
    verdicts = current_verdicts(store, access, collection, instrument.id, wanted)
    stale = _stale(store, access, verdicts)
    cells = {}
    for element in instrument.elements:
        for country in wanted:
            place = (element.id, country)
            rows = kept.get(place, [])
            cells[place] = Cell(
                key=CellKey(collection, instrument.id, element.id, country),
                state=_state(states.get(country, {}), rows),
                proposals=_best(rows),
                verdict=verdicts.get(place),
                stale=stale.get(place, ""),
            )
    return Matrix(instrument, collection, wanted, cells)


def cell_of(
    store: Store, access: AccessFilter, instrument: ModelInstrument, element: Element, country: str, collection: str
) -> Cell:
    """Return one cell of the matrix."""
    return matrix(store, access, instrument, [country], collection).cells[element.id, country]


def look(
    store: Store,
    engine: Engine,
    access: AccessFilter,
    instrument: ModelInstrument,
    countries: Sequence[str],
) -> None:
    """Look through the law of ``countries`` for every element, where that was not done for what is held now."""
    kept = _kept(store, access, instrument.id, countries)
    done = {(one.collection, country, one.state) for (_, country), rows in kept.items() for one in rows}
    collections = {one.id: one for one in store.collections(access)}
    for country, states in _states(store, access, countries).items():
        for collection, state in states.items():
            if (collection, country, state) not in done:
                law = NationalLaw(store, engine, access, collections[collection], country)
                _keep(store, instrument, law, state, proposals(law, instrument))


@dataclass(frozen=True, slots=True)
class _Kept:
    collection: str
    state: str
    proposals: tuple[Proposal, ...]


def _states(store: Store, access: AccessFilter, countries: Collection[str]) -> dict[str, dict[str, str]]:
    """Return what tells one state of a country's law from another, by country and collection that holds any."""
    columns = (DocumentRow.jurisdiction, DocumentRow.collection, func.count(), func.max(ArrivalRow.id))
    query = (
        select(*columns)
        .outerjoin(ArrivalRow, ArrivalRow.document == DocumentRow.id)
        .where(DocumentRow.collection.in_(access.collections), DocumentRow.status == Status.INDEXED)
        .where(DocumentRow.jurisdiction.in_(countries), DocumentRow.document_type.in_(national_law_types()))
        .group_by(DocumentRow.jurisdiction, DocumentRow.collection)
    )
    states: dict[str, dict[str, str]] = defaultdict(dict)
    with Session(store.database) as session:
        for country, collection, count, newest in session.execute(query):
            states[country][collection] = f"{RELEASE}/{count}/{newest or 0}"
    return states


def _kept(
    store: Store, access: AccessFilter, instrument_id: str, countries: Collection[str]
) -> dict[tuple[str, str], list[_Kept]]:
    query = select(ProposalsRow).where(
        ProposalsRow.collection.in_(access.collections),
        ProposalsRow.instrument == instrument_id,
        ProposalsRow.jurisdiction.in_(countries),
    )
    kept: dict[tuple[str, str], list[_Kept]] = defaultdict(list)
    with Session(store.database) as session:
        rows = session.scalars(query).all()
        named = {one["document_id"] for row in rows for one in row.proposals}
        seen = select(DocumentRow.id).where(DocumentRow.id.in_(named), DocumentRow.collection.in_(access.collections))
        held = set(session.scalars(seen))
        for row in rows:
            made = (Proposal(**{**one, "why": tuple(one["why"])}) for one in row.proposals)
            ones = tuple(one for one in made if one.document_id in held)
            kept[row.element, row.jurisdiction].append(_Kept(row.collection, row.state, ones))
    return kept


def _keep(
    store: Store, instrument: ModelInstrument, law: NationalLaw, state: str, made: Mapping[str, Sequence[Proposal]]
) -> None:
    where = (ProposalsRow.collection == law.collection.id, ProposalsRow.jurisdiction == law.country)
    with writing(store) as session:
        rows = session.scalars(select(ProposalsRow).where(*where, ProposalsRow.instrument == instrument.id)).all()
        old = {row.element: row for row in rows}
        for element, found in made.items():
            row = old.get(element) or ProposalsRow(
                collection=law.collection.id, jurisdiction=law.country, instrument=instrument.id, element=element
            )
            row.state, row.made = state, now()
            row.proposals = [asdict(one) for one in found]
            session.add(row)


def _state(states: Mapping[str, str], rows: Sequence[_Kept]) -> str:
    if not states:
        return NO_LAW
    known = {row.collection: row.state for row in rows}
    if not known.keys() & states.keys():
        return NOT_LOOKED
    return LOOKED if all(known.get(collection) == state for collection, state in states.items()) else OUTDATED


def _best(rows: Sequence[_Kept]) -> tuple[Proposal, ...]:
    found = (one for row in rows for one in row.proposals)
    return tuple(sorted(found, key=lambda one: -one.score)[:MOST])


def _stale(
    store: Store, access: AccessFilter, verdicts: Mapping[tuple[str, str], Verdict]
) -> dict[tuple[str, str], str]:
    """Return why verdicts should be read again, by element and country."""
    documents = {one.document for verdict in verdicts.values() for one in verdict.evidence}
    works = works_of(store, access, documents)
    replaced = {
        document
        for document, work in works.items()
        if (current := work.on(today())) and document not in {one.document for one in current}
    }
    found = {}
    for place, verdict in verdicts.items():
        if any(one.document in replaced for one in verdict.evidence):
            found[place] = REPLACED
        elif verdict.rested_on > len(verdict.evidence):
            found[place] = GONE
    return found
