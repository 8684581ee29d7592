"""Authorities of the installation: the State of each, which tells incoming requests from outgoing ones, and quotas."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import Collection
from indexing.store.quotas import MEBIBYTE
from indexing.store.reading import Store
from indexing.store.rows import collection_from
from indexing.store.schema import CollectionRow
from indexing.store.writing import writing
from nlp.treaties.authorities import known_states

MAX_MEBIBYTES = 1 << 30
"""The largest quota: 1 PiB."""


def authorities(store: Store) -> list[Collection]:
    """Return the collections that hold the files of an authority, by name: for administrators, who see no files."""
    query = select(CollectionRow).where(CollectionRow.authority != "").order_by(CollectionRow.name)
    with Session(store.database) as session:
        return [collection_from(row) for row in session.scalars(query)]


def set_authority_state(store: Store, collection: str, state: str) -> None:
    """Set the State of an authority (ISO 3166-1 alpha-2), or take it away where ``state`` is empty.

    Raises ``indexing.no_such_collection``, ``app.public_is_no_authority`` and ``app.no_such_state_code``.
    """
    code = state.strip().upper()
    if code and code not in known_states():
        raise RogatioError("app.no_such_state_code", state=state[:20])
    with writing(store) as session:
        row = session.get(CollectionRow, collection)
        if row is None:
            raise RogatioError("indexing.no_such_collection", collection=collection)
        if not row.authority:
            raise RogatioError("app.public_is_no_authority", collection=collection)
        row.state = code


def set_quota(store: Store, collection: str, mebibytes: int | None) -> None:
    """Set the storage quota of any collection, or remove it (None); what is stored beyond it remains.

    Raises ``indexing.no_such_collection``, and ``app.bad_quota`` outside of 1 to ``MAX_MEBIBYTES``.
    """
    if mebibytes is not None and not 1 <= mebibytes <= MAX_MEBIBYTES:
        raise RogatioError("app.bad_quota", most=MAX_MEBIBYTES)
    with writing(store) as session:
        row = session.get(CollectionRow, collection)
        if row is None:
            raise RogatioError("indexing.no_such_collection", collection=collection)
        row.quota = None if mebibytes is None else mebibytes * MEBIBYTE
