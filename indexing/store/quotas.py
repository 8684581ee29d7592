"""Storage quotas of collections: limit, use, and refusal of files beyond it.

Each original counts once in each collection that has it, by its size in bytes. What is derived from originals (text,
annotations, index) does not count, since it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.store.database import serialise
from indexing.store.reading import Store
from indexing.store.schema import CollectionRow, DocumentRow

EXCEEDED = "indexing.quota_exceeded"
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class StorageUse:
    """Bytes of the originals of a collection, and its quota in bytes (None: no limit)."""

    collection: str
    name: str
    used: int
    quota: int | None


def storage_use(store: Store) -> list[StorageUse]:
    """Return the use of every collection, by name: for administrators, who see no files."""
    with Session(store.database) as session:
        used = _used(session)
        rows = session.scalars(select(CollectionRow).order_by(CollectionRow.name, CollectionRow.id))
        return [StorageUse(row.id, row.name, used.get(row.id, 0), row.quota) for row in rows]


def has_quota(store: Store, collection: str) -> bool:
    """Return whether the originals of a collection are limited."""
    with Session(store.database) as session:
        return _quota(session, collection) is not None


def require_space(
    session: Session, collection: str, files: Mapping[str, int], reserved: Callable[[], int] = lambda: 0
) -> None:
    """Check that ``files`` (SHA-256 -> bytes) fit into a collection beside ``reserved`` bytes.

    Holds a lock of the collection until the transaction ends if it has a quota. Raises ``indexing.quota_exceeded``.
    """
    quota = _quota(session, collection)
    if quota is None:
        return
    serialise(session, "quota", collection)
    new = reserved() + sum(size for sha256, size in files.items() if not _holds(session, collection, sha256))
    if new and _used(session, collection).get(collection, 0) + new > quota:
        raise RogatioError(EXCEEDED, collection=collection, mebibytes=quota // MEBIBYTE)


def _quota(session: Session, collection: str) -> int | None:
    row = session.get(CollectionRow, collection)  # the row is there already where a file is entered
    return row.quota if row else None


def _holds(session: Session, collection: str, sha256: str) -> bool:
    held = select(DocumentRow.id).where(DocumentRow.collection == collection, DocumentRow.sha256 == sha256)
    return session.scalar(held.limit(1)) is not None


def _used(session: Session, collection: str = "") -> dict[str, int]:
    """Return collections with the bytes of their originals, ``collection`` alone if it is given."""
    each = select(DocumentRow.collection, func.max(DocumentRow.size).label("size"))
    if collection:
        each = each.where(DocumentRow.collection == collection)
    originals = each.group_by(DocumentRow.collection, DocumentRow.sha256).subquery()
    sums = select(originals.c.collection, func.sum(originals.c.size)).group_by(originals.c.collection)
    return {name: int(size) for name, size in session.execute(sums).tuples()}
