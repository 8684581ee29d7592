"""Records and files of background exports, visible to their author only and kept for one day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.exports.schema import ExportRow
from app.secret_box import decrypt, encrypt
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.store.database import utc
from indexing.store.deletion import EXPORTS
from indexing.store.reading import Store
from indexing.store.writing import now, writing

KEPT = timedelta(days=1)
"""Time from the request of an export to its deletion."""

MAX_WAITING = 3
"""Maximum number of unfinished exports of one account."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export that is made in the background: ``done`` of ``total`` rows are written.

    ``name`` and ``media_type`` are those of its file, ``error`` and ``error_facts`` those of a ``RogatioError``.
    """

    id: str
    author: str
    endpoint: str
    added: datetime
    finished: datetime | None
    done: int
    total: int
    name: str
    media_type: str
    error: str
    error_facts: dict[str, Any]
    request: str = field(repr=False, default="")

    @property
    def state(self) -> str:
        """``waiting`` until it is finished, then ``failed`` or ``ready``."""
        return ("failed" if self.error else "ready") if self.finished else "waiting"

    @property
    def ends(self) -> datetime:
        """Return when its file is removed."""
        return self.added + KEPT

    def sentence(self, language: str) -> str:
        """Return its error in words, empty without one."""
        return RogatioError(self.error, **self.error_facts).sentence(language) if self.error else ""


def path_of(home: Path, export_id: str) -> Path:
    """Return the file of an export."""
    return home / EXPORTS / export_id


def add_export(store: Store, principal: Principal, endpoint: str, address: str) -> str:
    """Record a requested export and return its id; raises ``app.too_many_exports``."""
    waiting = select(func.count()).where(ExportRow.author == principal.id, ExportRow.finished.is_(None))
    row = ExportRow(
        id=uuid.uuid4().hex,
        author=principal.id,
        endpoint=endpoint,
        request=encrypt(store.derived.home, address),
        added=now(),
    )
    export_id = row.id
    with writing(store) as session:
        if (session.scalar(waiting) or 0) >= MAX_WAITING:
            raise RogatioError("app.too_many_exports", most=MAX_WAITING)
        session.add(row)
    return export_id


def exports(store: Store, principal: Principal) -> tuple[Export, ...]:
    """Return the exports of a principal, the newest first."""
    query = select(ExportRow).where(ExportRow.author == principal.id, ExportRow.added > now() - KEPT)
    with Session(store.database) as session:
        return tuple(_export(store, row) for row in session.scalars(query.order_by(ExportRow.added.desc())))


def export(store: Store, principal: Principal, export_id: str) -> Export:
    """Return one export; raises ``app.no_such_export``, also for an export of another account."""
    found = next((item for item in exports(store, principal) if item.id == export_id), None)
    if found is None:
        raise RogatioError("app.no_such_export")
    return found


def any_export(store: Store, export_id: str) -> Export | None:
    """Return an export for the consumer that makes it; None if it was deleted or is finished."""
    with Session(store.database) as session:
        row = session.get(ExportRow, export_id)
        return _export(store, row) if row and not row.finished else None


def unfinished(store: Store) -> tuple[str, ...]:
    """Return the ids of the exports that are not finished, the oldest first."""
    query = select(ExportRow.id).where(ExportRow.finished.is_(None)).order_by(ExportRow.added)
    with Session(store.database) as session:
        return tuple(session.scalars(query))


def note_progress(store: Store, export_id: str, done: int, total: int) -> None:
    """Record that ``done`` of ``total`` results are written."""
    with writing(store) as session:
        session.execute(update(ExportRow).where(ExportRow.id == export_id).values(done=done, total=total))


def finish(
    store: Store, export_id: str, error: RogatioError | None = None, name: str = "", media_type: str = ""
) -> None:
    """Record the file or the error of an export, and delete its request."""
    failed = {"error": error.code, "error_facts": dict(error.facts)} if error else {}
    values = {"finished": now(), "request": "", "name": name, "media_type": media_type, **failed}
    with writing(store) as session:
        session.execute(update(ExportRow).where(ExportRow.id == export_id).values(**values))


def remove_export(store: Store, principal: Principal, export_id: str) -> None:
    """Delete an export with its file; raises ``app.no_such_export``."""
    _remove(store, [export(store, principal, export_id).id])


def remove_old(store: Store) -> None:
    """Delete the exports that are older than ``KEPT``."""
    with Session(store.database) as session:
        old = session.scalars(select(ExportRow.id).where(ExportRow.added <= now() - KEPT)).all()
    _remove(store, list(old))


def _remove(store: Store, ids: list[str]) -> None:
    for export_id in ids:
        path_of(store.derived.home, export_id).unlink(missing_ok=True)
    with writing(store) as session:
        session.execute(delete(ExportRow).where(ExportRow.id.in_(ids)))


def _export(store: Store, row: ExportRow) -> Export:
    return Export(
        row.id,
        row.author,
        row.endpoint,
        utc(row.added),
        utc(row.finished) if row.finished else None,
        row.done,
        row.total,
        row.name,
        row.media_type,
        row.error,
        dict(row.error_facts),
        decrypt(store.derived.home, row.request),
    )
