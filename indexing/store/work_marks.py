"""Marks of works whose expressions may have to be reindexed.

A work is marked in the transaction that changes its claims, so that marks survive a killed process, and unmarked once
its index records are up to date. Only marked works are checked, however many a collection has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from indexing.store.schema import ExpressionRow, WorkRow


def mark(session: Session, documents: Collection[str]) -> list[str]:
    """Mark the works of which ``documents`` (ids) are expressions, and return their ids."""
    if not documents:
        return []
    own = select(ExpressionRow.work).where(ExpressionRow.document.in_(documents))
    # always in the same order, to avoid deadlocks
    works = list(session.scalars(select(WorkRow.id).where(WorkRow.id.in_(own)).order_by(WorkRow.id).with_for_update()))
    session.execute(update(WorkRow).where(WorkRow.id.in_(works)).values(changed=datetime.now(UTC)))
    return works


def unmark(session: Session, marked_works: Iterable[tuple[str, datetime]]) -> None:
    """Unmark works, given as (id, time of the mark), unless they were marked again since."""
    rows = [{"of": work, "at": moment} for work, moment in sorted(marked_works)]
    if rows:
        marked = update(WorkRow).where(WorkRow.id == bindparam("of"), WorkRow.changed == bindparam("at"))
        session.connection().execute(marked.values(changed=None), rows)


def forget_versions(session: Session, documents: Collection[str]) -> None:
    """Delete all claims about ``documents``, and works without remaining expressions."""
    works = mark(session, documents)
    session.execute(delete(ExpressionRow).where(ExpressionRow.document.in_(documents)))
    remove_empty(session, works)


def remove_empty(session: Session, works: Collection[str]) -> None:
    """Delete those of ``works`` (ids) that have no expression."""
    used = select(ExpressionRow.work).where(ExpressionRow.work.in_(works))
    session.execute(delete(WorkRow).where(WorkRow.id.in_(works), WorkRow.id.not_in(used)))
