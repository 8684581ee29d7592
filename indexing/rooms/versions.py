"""Frozen versions of a room's comparison: never changed, checked by a hash, and shown to each as he may see it now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import zstandard
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.cited_sources import CitedSource
from indexing.comparison.table import Comparison
from indexing.rooms.frozen_comparison import Frozen, FrozenReader, frozen
from indexing.rooms.rooms import MEMBER, OWNER, entered
from indexing.rooms.schema import RoomVersionRow
from indexing.store.reading import Store
from indexing.store.schema import MOST_NUMBER
from indexing.store.writing import now, writing

if TYPE_CHECKING:
    from indexing.library import Library

LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Version:
    """``number`` is from 1; ``digest`` is the SHA-256 of all that the version says, who froze it and when."""

    number: int
    label: str
    author: str
    made: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A version as its reader may see it; ``sources`` are by document."""

    version: Version
    comparison: Comparison
    sources: Mapping[str, CitedSource]


def freeze(library: Library, principal: Principal, room_id: str, comparison: Comparison, label: str = "") -> Version:
    """Keep ``comparison``, as its author sees it, as the next version of a room."""
    store, access = library.store, library.store.access(principal)
    with Session(store.database) as session:
        entered(session, principal, room_id, (OWNER, MEMBER))
    content = msgspec.json.encode(frozen(store, access, comparison))
    label = " ".join(label.split())[:LONGEST_LABEL]
    with writing(store) as session:
        entered(session, principal, room_id, (OWNER, MEMBER))
        last = select(func.max(RoomVersionRow.number)).where(RoomVersionRow.room == room_id)
        number, moment = (session.scalar(last) or 0) + 1, now()
        row = RoomVersionRow(
            room=room_id,
            number=number,
            label=label,
            content=zstandard.compress(content),
            digest=_digest(content, room_id, number, label, principal.id, moment),
            author=principal.id,
            made=moment,
        )
        session.add(row)
        session.flush()
        return _version(row)


def versions(store: Store, principal: Principal, room_id: str) -> tuple[Version, ...]:
    """Return the versions of a room, the newest first."""
    with Session(store.database) as session:
        entered(session, principal, room_id)
        rows = select(RoomVersionRow).where(RoomVersionRow.room == room_id).order_by(RoomVersionRow.number.desc())
        return tuple(map(_version, session.scalars(rows)))


def opened(store: Store, access: AccessFilter, principal: Principal, room_id: str, number: int) -> Opened:
    """Return a version as ``principal`` may see it now.

    Raises ``indexing.no_such_version``, and ``indexing.version_damaged`` where it is not what was frozen.
    """
    with Session(store.database) as session:
        entered(session, principal, room_id)
        wanted = select(RoomVersionRow).where(RoomVersionRow.room == room_id, RoomVersionRow.number == number)
        row = session.scalar(wanted) if number <= MOST_NUMBER else None
        if row is None:
            raise RogatioError("indexing.no_such_version", number=number)
        content = _checked(row)
        version = _version(row)
    reader = FrozenReader(store, access, msgspec.json.decode(content, type=Frozen))
    return Opened(version, reader.comparison(), reader.sources())


def _checked(row: RoomVersionRow) -> bytes:
    content = zstandard.decompress(row.content)
    if _digest(content, row.room, row.number, row.label, row.author, row.made) != row.digest:
        raise RogatioError("indexing.version_damaged", number=row.number)
    return content


def _digest(content: bytes, room_id: str, number: int, label: str, author: str, moment: datetime) -> str:
    made = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()
    beside = "\0".join((room_id, str(number), label, author, made)).encode()
    return hashlib.sha256(beside + b"\0" + content).hexdigest()


def _version(row: RoomVersionRow) -> Version:
    made = row.made if row.made.tzinfo else row.made.replace(tzinfo=UTC)
    return Version(row.number, row.label, row.author, made, row.digest)
