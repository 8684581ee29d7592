"""Proposals of gap matrices, computed once per state of a country's law and stored.

A state consists of the expressions in force on a day and the documents available. Proposals are computed per
collection, so that nothing shown depends on a collection that the reader may not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.comparison.published_law import is_national_law
from app.gap_matrix.element_evidence import RELEASE, Proposal, proposals
from app.gap_matrix.national_law import NationalLaw
from app.gap_matrix.schema import ProposalsRow
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.validity import today, whole_day
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import ArrivalRow, DocumentRow, Status
from indexing.store.writing import now, writing
from nlp.elements.instruments import ModelInstrument


@dataclass(frozen=True, slots=True)
class LawState:
    """State of a country's law within a collection.

    ``since`` is the last day, up to the matrix's, on which an expression of any law entered or left force: from then on
    the same expressions are in force. ``law`` is a digest of the available documents.
    """

    collection: str
    since: str
    law: str


@dataclass(frozen=True, slots=True)
class StoredProposals:
    """The proposals of a cell and the state of the law for which they were computed."""

    state: LawState
    proposals: tuple[Proposal, ...]


def compute_proposals(
    store: Store,
    engine: Engine,
    access: AccessFilter,
    instrument: ModelInstrument,
    countries: Sequence[str],
    day: str = "",
) -> None:
    """Compute the proposals of ``countries`` on a day for every element, unless stored for the present state.

    Raises ``indexing.no_such_day``.
    """
    at = whole_day(day or today())
    held = states_of(store, access, countries, at)
    stored = stored_proposals(store, access, instrument.id, held)
    computed = {(country, row.state) for (_, country), rows in stored.items() for row in rows}
    collections = {collection.id: collection for collection in store.collections(access)}
    for country, states in held.items():
        for state in states:
            if (country, state) not in computed:
                law = NationalLaw(store, engine, access, collections[state.collection], country, at)
                _keep(store, instrument, law, state, proposals(law, instrument))


def states_of(store: Store, access: AccessFilter, countries: Collection[str], day: str) -> dict[str, list[LawState]]:
    """Return the state of each country's law in every collection that has any."""
    place = (DocumentRow.jurisdiction, DocumentRow.collection)
    query = (
        select(*place, DocumentRow.validity, func.count(), func.max(ArrivalRow.id))
        .outerjoin(ArrivalRow, ArrivalRow.document == DocumentRow.id)
        .where(visible_documents(access), DocumentRow.status == Status.INDEXED)
        .where(DocumentRow.jurisdiction.in_(countries), is_national_law())
        .group_by(*place, DocumentRow.validity)
    )
    held: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    with Session(store.database) as session:
        for country, collection, validity, count, newest in session.execute(query):
            held[country, collection].append((validity, count, newest or 0))
    states: dict[str, list[LawState]] = defaultdict(list)
    for (country, collection), rows in held.items():
        turns = [turn for validity, _, _ in rows for turn in validity.split("/")[2:4] if turn <= day]
        law = f"{RELEASE}/{sum(count for _, count, _ in rows)}/{max(newest for _, _, newest in rows)}"
        states[country].append(LawState(collection, max(turns, default=""), law))
    return states


def stored_proposals(
    store: Store, access: AccessFilter, instrument_id: str, states: Mapping[str, Sequence[LawState]]
) -> dict[tuple[str, str], list[StoredProposals]]:
    """Return the proposals of ``states``, by element and country."""
    since = {(country, state.collection): state.since for country, own in states.items() for state in own}
    query = select(ProposalsRow).where(
        ProposalsRow.collection.in_(access.whole),
        ProposalsRow.instrument == instrument_id,
        ProposalsRow.jurisdiction.in_(states),
    )
    stored: dict[tuple[str, str], list[StoredProposals]] = defaultdict(list)
    with Session(store.database) as session:
        found = session.scalars(query).all()
        rows = [row for row in found if since.get((row.jurisdiction, row.collection)) == row.since]
        named = {proposal["document_id"] for row in rows for proposal in row.proposals}
        seen = select(DocumentRow.id).where(DocumentRow.id.in_(named), visible_documents(access))
        held = set(session.scalars(seen))
        for row in rows:
            made = (Proposal(**{**proposal, "why": tuple(proposal["why"])}) for proposal in row.proposals)
            visible = tuple(proposal for proposal in made if proposal.document_id in held)
            state = LawState(row.collection, row.since, row.state)
            stored[row.element, row.jurisdiction].append(StoredProposals(state, visible))
    return stored


def _keep(
    store: Store, instrument: ModelInstrument, law: NationalLaw, state: LawState, made: Mapping[str, Sequence[Proposal]]
) -> None:
    place = {"collection": state.collection, "jurisdiction": law.country, "instrument": instrument.id}
    with writing(store) as session:
        rows = session.scalars(select(ProposalsRow).filter_by(**place, since=state.since)).all()
        old = {row.element: row for row in rows}
        for element, found in made.items():
            row = old.get(element) or ProposalsRow(**place, since=state.since, element=element)
            row.state, row.made = state.law, now()
            row.proposals = [asdict(proposal) for proposal in found]
            session.add(row)
