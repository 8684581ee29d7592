"""A gap matrix: the elements of a model instrument by countries on a day, with proposals and people's verdicts.

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
from indexing.validity import today, whole_day
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
    ``REPLACED`` (the version in force on the matrix's day is another than the one judged), ``GONE`` (a passage is no
    longer held).
    """

    key: CellKey
    state: str
    proposals: tuple[Proposal, ...] = ()
    verdict: Verdict | None = None
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells`` by element and country; ``countries`` are ISO 3166 alpha-2 in the order asked for.

    ``day`` (ISO 8601) is that on which the law is in force: proposals are of it, verdicts of that day or before.
    """

    instrument: ModelInstrument
    collection: str
    countries: tuple[str, ...]
    day: str
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
    store: Store,
    access: AccessFilter,
    instrument: ModelInstrument,
    countries: Sequence[str],
    collection: str,
    day: str = "",
) -> Matrix:
    """Return the matrix of ``collection`` on a day, today where it is empty.

    Raises ``indexing.no_such_collection`` where it may not be seen, ``indexing.no_such_day``.
    """
    store.collection(access, collection)
    wanted, at = tuple(dict.fromkeys(countries)), whole_day(day or today())
    states = _states(store, access, wanted, at)
    kept = _kept(store, access, instrument.id, states)
    verdicts = current_verdicts(store, access, collection, instrument.id, wanted, at)
    stale = _stale(store, access, verdicts, at)
    cells = {}
    for element in instrument.elements:
        for country in wanted:
            place = (element.id, country)
            rows = kept.get(place, [])
            cells[place] = Cell(
                key=CellKey(collection, instrument.id, element.id, country),
                state=_state(states.get(country, ()), rows),
                proposals=_best(rows),
                verdict=verdicts.get(place),
                stale=stale.get(place, ""),
            )
    return Matrix(instrument, collection, wanted, at, cells)


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


def look(
    store: Store,
    engine: Engine,
    access: AccessFilter,
    instrument: ModelInstrument,
    countries: Sequence[str],
    day: str = "",
) -> None:
    """Look through the law of ``countries`` on a day for every element, where that was not done for what is held now.

    Raises ``indexing.no_such_day``.
    """
    at = whole_day(day or today())
    held = _states(store, access, countries, at)
    kept = _kept(store, access, instrument.id, held)
    done = {(country, one.state) for (_, country), rows in kept.items() for one in rows}
    collections = {one.id: one for one in store.collections(access)}
    for country, states in held.items():
        for state in states:
            if (country, state) not in done:
                law = NationalLaw(store, engine, access, collections[state.collection], country, at)
                _keep(store, instrument, law, state, proposals(law, instrument))


@dataclass(frozen=True, slots=True)
class _State:
    """What tells one state of a country's law within a collection from another.

    ``since`` is the last day, up to the matrix's, on which a version of any law came into force or went out of it:
    from then on the same versions count. ``law`` is of what is held.
    """

    collection: str
    since: str
    law: str


@dataclass(frozen=True, slots=True)
class _Kept:
    state: _State
    proposals: tuple[Proposal, ...]


def _states(store: Store, access: AccessFilter, countries: Collection[str], day: str) -> dict[str, list[_State]]:
    """Return the state of each country's law in every collection that holds any."""
    place = (DocumentRow.jurisdiction, DocumentRow.collection)
    query = (
        select(*place, DocumentRow.validity, func.count(), func.max(ArrivalRow.id))
        .outerjoin(ArrivalRow, ArrivalRow.document == DocumentRow.id)
        .where(DocumentRow.collection.in_(access.collections), DocumentRow.status == Status.INDEXED)
        .where(DocumentRow.jurisdiction.in_(countries), DocumentRow.document_type.in_(national_law_types()))
        .group_by(*place, DocumentRow.validity)
    )
    held: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    with Session(store.database) as session:
        for country, collection, validity, count, newest in session.execute(query):
            held[country, collection].append((validity, count, newest or 0))
    states: dict[str, list[_State]] = defaultdict(list)
    for (country, collection), rows in held.items():
        turns = [turn for validity, _, _ in rows for turn in validity.split("/")[2:] if turn <= day]
        law = f"{RELEASE}/{sum(count for _, count, _ in rows)}/{max(newest for _, _, newest in rows)}"
        states[country].append(_State(collection, max(turns, default=""), law))
    return states


def _kept(
    store: Store, access: AccessFilter, instrument_id: str, states: Mapping[str, Sequence[_State]]
) -> dict[tuple[str, str], list[_Kept]]:
    """Return what was proposed of the versions that count in ``states``, by element and country."""
    since = {(country, one.collection): one.since for country, own in states.items() for one in own}
    query = select(ProposalsRow).where(
        ProposalsRow.collection.in_(access.collections),
        ProposalsRow.instrument == instrument_id,
        ProposalsRow.jurisdiction.in_(states),
    )
    kept: dict[tuple[str, str], list[_Kept]] = defaultdict(list)
    with Session(store.database) as session:
        found = session.scalars(query).all()
        rows = [row for row in found if since.get((row.jurisdiction, row.collection)) == row.since]
        named = {one["document_id"] for row in rows for one in row.proposals}
        seen = select(DocumentRow.id).where(DocumentRow.id.in_(named), DocumentRow.collection.in_(access.collections))
        held = set(session.scalars(seen))
        for row in rows:
            made = (Proposal(**{**one, "why": tuple(one["why"])}) for one in row.proposals)
            ones = tuple(one for one in made if one.document_id in held)
            state = _State(row.collection, row.since, row.state)
            kept[row.element, row.jurisdiction].append(_Kept(state, ones))
    return kept


def _keep(
    store: Store, instrument: ModelInstrument, law: NationalLaw, state: _State, made: Mapping[str, Sequence[Proposal]]
) -> None:
    place = {"collection": state.collection, "jurisdiction": law.country, "instrument": instrument.id}
    with writing(store) as session:
        rows = session.scalars(select(ProposalsRow).filter_by(**place, since=state.since)).all()
        old = {row.element: row for row in rows}
        for element, found in made.items():
            row = old.get(element) or ProposalsRow(**place, since=state.since, element=element)
            row.state, row.made = state.law, now()
            row.proposals = [asdict(one) for one in found]
            session.add(row)


def _state(states: Sequence[_State], rows: Sequence[_Kept]) -> str:
    if not states:
        return NO_LAW
    known = {row.state.collection: row.state for row in rows}
    if not any(one.collection in known for one in states):
        return NOT_LOOKED
    return LOOKED if all(known.get(one.collection) == one for one in states) else OUTDATED


def _best(rows: Sequence[_Kept]) -> tuple[Proposal, ...]:
    found = (one for row in rows for one in row.proposals)
    return tuple(sorted(found, key=lambda one: -one.score)[:MOST])


def _stale(
    store: Store, access: AccessFilter, verdicts: Mapping[tuple[str, str], Verdict], day: str
) -> dict[tuple[str, str], str]:
    """Return why verdicts should be read again, by element and country."""
    documents = {one.document for verdict in verdicts.values() for one in verdict.evidence}
    works = works_of(store, access, documents)
    replaced = {
        document
        for document, work in works.items()
        if (current := work.on(day)) and document not in {one.document for one in current}
    }
    found = {}
    for place, verdict in verdicts.items():
        if any(one.document in replaced for one in verdict.evidence):
            found[place] = REPLACED
        elif verdict.rested_on > len(verdict.evidence):
            found[place] = GONE
    return found
