"""Snapshots of a workspace's comparison: immutable, hashed, shown according to current access.

Public law is stored verbatim. Of other documents only the ranges and hashes of quotations are stored; their text is
read from the document for readers who may see it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import msgspec
import zstandard
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.comparison.table import Comparison, Provision, Quotation
from app.comparison.visibility import quoted_documents, sources_of, visible_part
from app.documents.cited_sources import CitedSource, cited_sources
from app.rooms.rooms import MEMBER, OWNER, member_room
from app.rooms.schema import RoomVersionRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.installation import Installation
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.schema import MAX_NUMBER
from indexing.store.writing import now, writing
from nlp.structure.structure import provisions


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``hashes`` are of texts that are not stored (``document:start:end`` -> SHA-256), ``sources`` of public law."""

    comparison: Comparison
    hashes: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[CitedSource, ...] = ()


def take_snapshot(store: Store, access: AccessFilter, comparison: Comparison) -> Snapshot:
    """Return the part to be stored: texts, titles and reasons of public law only."""
    public = {collection.id for collection in store.collections(access) if collection.is_public}
    collections = sources_of(comparison)
    withheld = {document for document, collection in collections.items() if collection not in public}
    hashes: dict[str, str] = {}

    def kept(quoted: Quotation) -> Quotation:
        if quoted.document_id not in withheld:
            return quoted
        hashes[_key(quoted)] = _hash(quoted.text)
        return replace(quoted, text="", pinpoint="", why=(), traits=(), figures=(), role="")

    def named(provision: Provision) -> Provision:
        if provision.document_id not in withheld:
            return provision
        hashes[_key(provision)] = _hash(provision.text)
        return replace(provision, text="", title="", unit="", path=(), why=(), source="", role="")

    columns = tuple(
        replace(
            column,
            provisions=tuple(map(named, column.provisions)),
            connected=tuple(map(named, column.connected)),
            offered=(),
        )
        for column in comparison.columns
    )
    rows = tuple(
        replace(row, cells=tuple(replace(cell, quotations=tuple(map(kept, cell.quotations))) for cell in row.cells))
        for row in comparison.rows
    )
    cited = cited_sources(
        store, access, (document_id for document_id in quoted_documents(comparison) if document_id not in withheld)
    )
    return Snapshot(replace(comparison, columns=columns, rows=rows), hashes, tuple(cited.values()))


@dataclass(frozen=True, slots=True)
class SnapshotReader:
    """Reads a snapshot for a reader who may not see all of it."""

    store: Store
    access: AccessFilter
    frozen: Snapshot

    def comparison(self) -> Comparison:
        """Return the frozen comparison without what its reader may not see today."""
        return visible_part(self.frozen.comparison, self.access, self._text, self._provision)

    def sources(self) -> dict[str, CitedSource]:
        """Return the stored sources, and the present ones of other documents, as far as they may be seen."""
        readable = {
            source.document_id: source for source in self.frozen.sources if self.access.allows(source.collection)
        }
        others = (
            document_id for document_id in quoted_documents(self.frozen.comparison) if document_id not in readable
        )
        return readable | cited_sources(self.store, self.access, others)

    def _text(self, quoted: Quotation) -> Quotation | None:
        """Return a quotation with its text, None if the document's text has changed."""
        digest = self.frozen.hashes.get(_key(quoted))
        if digest is None:
            return quoted
        text = self._read(quoted.document_id, quoted.start, quoted.end)
        if _hash(text) != digest:
            return None
        return replace(quoted, text=text, pinpoint=self._unit(quoted.document_id, quoted.start))

    def _provision(self, provision: Provision) -> Provision | None:
        digest = self.frozen.hashes.get(_key(provision))
        if digest is None:
            return provision
        text = self._read(provision.document_id, provision.start, provision.end)
        if _hash(text) != digest:
            return None
        title = self.store.document(self.access, provision.document_id).title
        return replace(provision, text=text, title=title, unit=self._unit(provision.document_id, provision.start))

    def _unit(self, document: str, at: int) -> str:
        """Return the label of the provision that contains ``at`` in the document's present annotations."""
        held = provisions(self.store.annotations(self.access, document).structure)
        return next((unit.label for unit in held if unit.start <= at < unit.end), "")

    def _read(self, document: str, start: int, end: int) -> str:
        try:
            return self.store.reading(self.access, document).text[start:end]
        except RogatioError:  # deleted since: only its hash remains
            return ""


def _key(ranged: Quotation | Provision) -> str:
    return f"{ranged.document_id}:{ranged.start}:{ranged.end}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


MAX_LABEL_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SnapshotEntry:
    """``number`` is from 1; ``digest`` is the SHA-256 of the whole snapshot with author and time."""

    number: int
    label: str
    author: str
    made: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class OpenedSnapshot:
    """A snapshot as its reader may see it; ``sources`` are by document."""

    version: SnapshotEntry
    comparison: Comparison
    sources: Mapping[str, CitedSource]


def freeze(
    installation: Installation, principal: Principal, room_id: str, comparison: Comparison, label: str = ""
) -> SnapshotEntry:
    """Store ``comparison``, as its author sees it, as the next snapshot of a workspace."""
    store, access = installation.store, installation.store.access(principal)
    with Session(store.database) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
    content = msgspec.json.encode(take_snapshot(store, access, comparison))
    label = " ".join(label.split())[:MAX_LABEL_LENGTH]
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
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


def snapshots(store: Store, principal: Principal, room_id: str) -> tuple[SnapshotEntry, ...]:
    """Return the snapshots of a workspace, newest first."""
    with Session(store.database) as session:
        member_room(session, principal, room_id)
        rows = select(RoomVersionRow).where(RoomVersionRow.room == room_id).order_by(RoomVersionRow.number.desc())
        return tuple(map(_version, session.scalars(rows)))


def open_snapshot(
    store: Store, access: AccessFilter, principal: Principal, room_id: str, number: int
) -> OpenedSnapshot:
    """Return a snapshot as ``principal`` may see it now.

    Raises ``indexing.no_such_version``, and ``indexing.version_damaged`` if it was altered.
    """
    with Session(store.database) as session:
        member_room(session, principal, room_id)
        statement = select(RoomVersionRow).where(RoomVersionRow.room == room_id, RoomVersionRow.number == number)
        row = session.scalar(statement) if number <= MAX_NUMBER else None
        if row is None:
            raise RogatioError("indexing.no_such_version", number=number)
        content = _checked(row)
        version = _version(row)
    reader = SnapshotReader(store, access, msgspec.json.decode(content, type=Snapshot))
    return OpenedSnapshot(version, reader.comparison(), reader.sources())


def _checked(row: RoomVersionRow) -> bytes:
    content = zstandard.decompress(row.content)
    if _digest(content, row.room, row.number, row.label, row.author, row.made) != row.digest:
        raise RogatioError("indexing.version_damaged", number=row.number)
    return content


def _digest(content: bytes, room_id: str, number: int, label: str, author: str, moment: datetime) -> str:
    made = utc(moment).astimezone(UTC).isoformat()
    beside = "\0".join((room_id, str(number), label, author, made)).encode()
    return hashlib.sha256(beside + b"\0" + content).hexdigest()


def _version(row: RoomVersionRow) -> SnapshotEntry:
    return SnapshotEntry(row.number, row.label, row.author, utc(row.made), row.digest)
