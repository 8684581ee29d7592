"""Parties and proposed pairs of a request, recomputed with each of its readings and decisions.

Only parties that share a blocking key are compared. A key shared by very many parties does not discriminate and is
ignored; the best candidates of a party are kept. The cost per request thus does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.requests.matching.compare import compare_parties
from app.requests.matching.parties import Party, parties_of
from app.requests.matching.schema import RequestMatchRow, RequestPartyKeyRow, RequestPartyRow
from indexing.settings import opaque_key
from indexing.store.database import insert, serialise
from nlp.matching.verdict import Match

MAX_OF_KEY = 200
"""Parties of one authority beyond which a key is passed over."""
MAX_OF_PARTY = 20
"""Proposals of one party, the surest ones."""


def refresh_matches(
    session: Session, secret: str, partition: str, document_id: str, fields: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[Party]:
    """Replace the parties of a request and their pairs, and return the parties.

    ``partition`` are the files of the authority; ``fields`` are the decided values of the request with their places.
    """
    serialise(session, "request_matches", partition)
    parties = parties_of(fields)
    session.execute(delete(RequestPartyRow).where(RequestPartyRow.document == document_id))
    for party in parties:
        row = _row(document_id, party)
        session.add(row)
        session.flush()
        keys = party.blocks()
        session.add_all(RequestPartyKeyRow(party=row.id, partition=partition, key=key) for key in sorted(keys))
        _write_pairs(session, secret, row, party, _candidates(session, partition, document_id, party, keys))
    return parties


def party_from(row: RequestPartyRow) -> Party:
    """Return the party in a row of the table."""
    return Party(row.kind, row.name, row.compared, row.start, row.birth_date, row.number, row.role)


def _row(document_id: str, party: Party) -> RequestPartyRow:
    return RequestPartyRow(
        document=document_id,
        kind=party.kind,
        name=party.name,
        compared=party.compared,
        birth_date=party.birth_date,
        number=party.number,
        role=party.role,
        start=party.start,
    )


def _candidates(
    session: Session, partition: str, document_id: str, party: Party, keys: Iterable[str]
) -> list[RequestPartyRow]:
    """Return the parties of other requests of the authority that share a key which is not too frequent."""
    key, held = RequestPartyKeyRow, RequestPartyRow
    counted = session.execute(
        select(key.key, func.count()).where(key.partition == partition, key.key.in_(keys)).group_by(key.key)
    )
    telling = [name for name, count in counted if count <= MAX_OF_KEY or not party.is_named]
    found = select(key.party).where(key.partition == partition, key.key.in_(telling)).distinct()
    others = select(held).where(held.id.in_(found), held.document != document_id, held.kind == party.kind)
    return list(session.scalars(others.order_by(held.id.desc()).limit(MAX_OF_KEY)))


def _write_pairs(
    session: Session, secret: str, row: RequestPartyRow, party: Party, others: Iterable[RequestPartyRow]
) -> None:
    found = [(match, other) for other in others if (match := compare_parties(party, party_from(other)))]
    found.sort(key=lambda candidate: -candidate[0].score)
    for match, other in found[:MAX_OF_PARTY]:
        values = _pair(secret, row, other, match)
        session.execute(insert(session, RequestMatchRow).values(values).on_conflict_do_nothing())


def _pair(secret: str, row: RequestPartyRow, other: RequestPartyRow, match: Match) -> dict[str, Any]:
    sides = sorted((row, other), key=lambda side: (side.document, side.kind, side.compared))
    identity = [part for side in sides for part in (side.document, side.kind, side.compared)]
    return {
        "key": opaque_key(secret, "request_match", *identity),
        "left": sides[0].id,
        "right": sides[1].id,
        "verdict": match.verdict.value,
        "score": match.score,
        "reasons": list(match.reasons),
    }
