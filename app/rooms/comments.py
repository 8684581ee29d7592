"""Comments on the cells of a workspace: threads, replies, resolution.

A comment is hidden from members who may not see what its cell quoted when the comment was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.comparison.table import Comparison
from app.comparison.visibility import comparison_for, sources_of
from app.rooms.rooms import MEMBER, OWNER, member_room, room
from app.rooms.schema import RoomCommentRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.installation import Installation
from indexing.store.reading import Store
from indexing.store.schema import MAX_NUMBER
from indexing.store.writing import now, writing

MAX_COMMENT_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class CellKey:
    """A cell of a comparison, independent of its content: its row (``source``, ``element``) and its country."""

    source: str
    element: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Comment:
    """``parent`` is the comment to which it replies, 0 for the head of a thread, which alone can be ``resolved``."""

    id: int
    cell: CellKey
    parent: int
    text: str
    author: str
    made: datetime
    resolved: datetime | None
    resolved_by: str


def comment(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    room_id: str,
    cell: CellKey,
    text: str,
    *,
    quoted: Iterable[str] = (),
    parent: int = 0,
) -> Comment:
    """Add a comment on a cell; ``quoted`` are the collections, other than public law, quoted in it for the author.

    Raises ``indexing.no_such_comment`` if the author may not see ``parent``, and ``indexing.comment_empty``.
    """
    text = text.strip()
    if not text or len(text) > MAX_COMMENT_LENGTH:
        raise RogatioError("indexing.comment_empty", most=MAX_COMMENT_LENGTH)
    collections = set(quoted)
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
        if parent:
            above = _seen(session, access, room_id, parent)
            cell = CellKey(above.source, above.element, above.jurisdiction)
            collections |= set(above.collections)
        row = RoomCommentRow(
            room=room_id,
            parent=(above.parent or above.id) if parent else None,
            source=cell.source,
            element=cell.element,
            jurisdiction=cell.jurisdiction,
            collections=sorted(collections),
            text=text,
            author=principal.id,
            made=now(),
        )
        session.add(row)
        session.flush()
        return _comment(row)


def comments(store: Store, access: AccessFilter, principal: Principal, room_id: str) -> tuple[Comment, ...]:
    """Return the readable comments of a workspace in chronological order."""
    with Session(store.database) as session:
        member_room(session, principal, room_id)
        rows = session.scalars(
            select(RoomCommentRow).where(RoomCommentRow.room == room_id).order_by(RoomCommentRow.id)
        ).all()
        return tuple(_comment(row) for row in rows if _may_see(access, row))


def resolve(
    store: Store, access: AccessFilter, principal: Principal, room_id: str, comment_id: int, *, done: bool = True
) -> None:
    """Mark a thread as resolved, or reopen it."""
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
        row = _seen(session, access, room_id, comment_id)
        if row.parent:
            raise RogatioError("indexing.no_such_comment", comment=comment_id)
        row.resolved, row.resolved_by = (now(), principal.id) if done else (None, "")


def withdraw(store: Store, access: AccessFilter, principal: Principal, room_id: str, comment_id: int) -> None:
    """Delete one's own comment with its replies; an owner may delete any comment."""
    with writing(store) as session:
        found = member_room(session, principal, room_id)
        row = _seen(session, access, room_id, comment_id)
        if row.author != principal.id and not found.is_owned:
            raise RogatioError("indexing.not_your_part")
        session.delete(row)


def _seen(session: Session, access: AccessFilter, room_id: str, comment_id: int) -> RoomCommentRow:
    row = session.get(RoomCommentRow, comment_id) if comment_id <= MAX_NUMBER else None
    if row is None or row.room != room_id or not _may_see(access, row):
        raise RogatioError("indexing.no_such_comment", comment=comment_id)
    return row


def _may_see(access: AccessFilter, row: RoomCommentRow) -> bool:
    return set(row.collections) <= access.whole


def _comment(row: RoomCommentRow) -> Comment:
    return Comment(
        id=row.id,
        cell=CellKey(row.source, row.element, row.jurisdiction),
        parent=row.parent or 0,
        text=row.text,
        author=row.author,
        made=row.made,
        resolved=row.resolved,
        resolved_by=row.resolved_by,
    )


def comment_on_cell(
    installation: Installation, principal: Principal, room_id: str, cell: CellKey, text: str, parent: int = 0
) -> Comment:
    """Add a comment on a cell of a workspace's table, or a reply to ``parent``.

    Raises ``indexing.not_your_part`` for readers, ``app.no_such_cell`` for a cell not in the table, and what
    ``comment`` does.
    """
    found, access = room(installation.store, principal, room_id), installation.store.access(principal)
    if not found.may_write:
        raise RogatioError("indexing.not_your_part")
    made = comparison_for(installation, principal, found.question)
    if not parent and not _has_cell(made, cell):
        raise RogatioError("app.no_such_cell")
    quoted = _quoted_restricted(installation.store, access, made, cell)
    return comment(installation.store, access, principal, room_id, cell, text, quoted=quoted, parent=parent)


def _has_cell(made: Comparison, cell: CellKey) -> bool:
    """Return whether a table has a row and a column for ``cell``."""
    return any((row.source, row.element) == (cell.source, cell.element) for row in made.rows) and any(
        column.jurisdiction == cell.jurisdiction for column in made.columns
    )


def _quoted_restricted(store: Store, access: AccessFilter, made: Comparison, cell: CellKey) -> set[str]:
    """Return the collections, other than public law, quoted in a cell for the reader."""
    public = {collection.id for collection in store.collections(access) if collection.is_public}
    collections = sources_of(made)
    places = [at for at, column in enumerate(made.columns) if column.jurisdiction == cell.jurisdiction]
    quoted = (
        quotation.document_id
        for row in made.rows
        if (row.source, row.element) == (cell.source, cell.element)
        for place in places
        for quotation in row.cells[place].quotations
    )
    return {collections[document] for document in quoted} - public
