"""Marks of works whose expressions may have to be reindexed.

A work is marked in the transaction that learns it, so a mark outlives a process that is killed; it goes once the
records tell what is known. Only marked works are looked at, however many a collection holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from indexing.store.schema import ExpressionRow, WorkRow


def mark(session: Session, documents: Collection[str]) -> list[str]:
    """Mark the works that ``documents`` are versions of, and return them."""
    if not documents:
        return []
    held = select(ExpressionRow.work).where(ExpressionRow.document.in_(documents))
    # always in the same order, so that of two transactions none waits for the other
    works = list(session.scalars(select(WorkRow.id).where(WorkRow.id.in_(held)).order_by(WorkRow.id).with_for_update()))
    session.execute(update(WorkRow).where(WorkRow.id.in_(works)).values(changed=datetime.now(UTC)))
    return works


def unmark(session: Session, seen: Iterable[tuple[str, datetime]]) -> None:
    """Take their marks from works (work, moment of the mark), but not from one that was marked again since."""
    rows = [{"of": work, "at": moment} for work, moment in sorted(seen)]
    if rows:
        marked = update(WorkRow).where(WorkRow.id == bindparam("of"), WorkRow.changed == bindparam("at"))
        session.connection().execute(marked.values(changed=None), rows)


def forget_versions(session: Session, documents: Collection[str]) -> None:
    """Forget that ``documents`` were versions of works."""
    left = mark(session, documents)
    session.execute(delete(ExpressionRow).where(ExpressionRow.document.in_(documents)))
    remove_empty(session, left)


def remove_empty(session: Session, works: Collection[str]) -> None:
    """Delete those of ``works`` of which no version is held any more."""
    held = select(ExpressionRow.work).where(ExpressionRow.work.in_(works))
    session.execute(delete(WorkRow).where(WorkRow.id.in_(works), WorkRow.id.not_in(held)))
