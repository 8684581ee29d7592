"""Entering what is learned of versions: a new row each time something else is said, so that what was known stays."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from indexing.store import Store
from indexing.store_schema import DocumentRow, ExpressionRow, WorkRow
from indexing.store_writing import now, writing
from indexing.validity import Claim

HISTORY = "git_history"
_SAID = ("start", "end", "earliest", "latest", "ended", "source", "basis")


def enter(store: Store, claims: Mapping[str, Claim | None]) -> None:
    """Enter what is said of documents (id -> claim); None for what is no legislation and so no version of a work.

    What a history says of its versions stands against what their files say.
    """
    with writing(store) as session:
        moment = now()
        laws = {document: claim for document, claim in claims.items() if claim}
        for document in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(laws))).all():
            _enter(session, document, laws[document.id], moment)
        no_laws = [document for document, claim in claims.items() if claim is None]
        session.execute(delete(ExpressionRow).where(ExpressionRow.document.in_(no_laws)))
        session.execute(delete(WorkRow).where(WorkRow.id.not_in(select(ExpressionRow.work))))


def _enter(session: Session, document: DocumentRow, claim: Claim, moment: datetime) -> None:
    known = select(ExpressionRow).where(ExpressionRow.document == document.id)
    current = session.scalar(known.where(ExpressionRow.known_to.is_(None)))
    place = claim.place or (current.place if current else "")
    work = _work(session, document, claim.identity, place)
    session.execute(update(ExpressionRow).where(ExpressionRow.document == document.id).values(work=work))
    said = _said(claim)
    if current:
        is_known = said == {name: getattr(current, name) for name in _SAID}
        if is_known or current.source == HISTORY != claim.source:
            return
        current.known_to = moment
    session.add(ExpressionRow(work=work, document=document.id, place=place, known_from=moment, **said))
    session.flush()


def _said(claim: Claim) -> dict[str, str | bool]:
    days = {name: getattr(claim.validity, name) for name in ("start", "end", "earliest", "latest")}
    return {**days, "ended": claim.ended, "source": claim.source, "basis": claim.basis}


def _work(session: Session, document: DocumentRow, identity: tuple[str, ...], place: str) -> str:
    """Return the work that a version is of: that of its place in a history, else the one with its canonical id."""
    here = select(WorkRow).where(WorkRow.collection == document.collection)
    of_place = select(ExpressionRow.work).where(ExpressionRow.place == place)
    history = session.scalar(here.where(WorkRow.id.in_(of_place)).limit(1)) if place else None
    named = session.scalar(here.where(WorkRow.canonical.in_(identity)).order_by(WorkRow.id).limit(1))
    if history and named and not history.canonical:
        # what was only a path until now turns out to be a law that is held
        session.execute(update(ExpressionRow).where(ExpressionRow.work == history.id).values(work=named.id))
        return named.id
    if history:
        history.canonical = history.canonical or next(iter(identity), "")
        return history.id
    return named.id if named else _new_work(session, document, next(iter(identity), ""), place)


def _new_work(session: Session, document: DocumentRow, canonical: str, place: str) -> str:
    key = "\0".join((document.collection, canonical or place or document.id))
    work_id = hashlib.sha256(key.encode()).hexdigest()[:16]
    if session.get(WorkRow, work_id) is None:
        session.add(WorkRow(id=work_id, collection=document.collection, canonical=canonical))
        session.flush()
    return work_id
