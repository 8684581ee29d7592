"""Bitemporal claims about periods of validity: each change is a new row, nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from indexing.records.validity import HISTORY, MANIFEST, NEVER, Claim, Validity, is_first_day, is_status
from indexing.store.database import insert, serialise
from indexing.store.index_entries import forget_versions, mark, remove_empty
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow, ExpressionRow, WorkRow
from indexing.store.writing import now, writing

_COMPARED = ("start", "end", "earliest", "latest", "ended", "source", "basis")


def record_claim(session: Session, claims: Mapping[str, Claim | None]) -> None:
    """Record the claims about documents (id -> claim), None for a document that is no legislation.

    A manifest takes precedence over all other sources; a Git history over the files themselves, except for a first day
    in force and the end of a law. The caller holds the lock ``works`` of the collections.
    """
    moment = now()
    laws = {document: claim for document, claim in claims.items() if claim}
    works = mark(session, laws)
    for document in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(laws))).all():
        _enter(session, document, laws[document.id], moment)
    mark(session, laws)
    remove_empty(session, works)
    forget_versions(session, [document for document, claim in claims.items() if claim is None])


def supersede_claims(store: Store, collection: str, place: str, held: Collection[str]) -> None:
    """Record that expressions of the file at ``place`` of a Git history never were in force, except those ``held``.

    ``held`` are origins (``place``) of documents. An expression disappears when it is corrected for its own date.
    """
    with writing(store) as session:
        serialise(session, "works", collection)
        current = select(ExpressionRow).join(DocumentRow, DocumentRow.id == ExpressionRow.document)
        current = current.where(ExpressionRow.place == place, ExpressionRow.known_to.is_(None))
        current = current.where(DocumentRow.collection == collection, DocumentRow.place.not_in(held))
        rows = session.scalars(current.where(ExpressionRow.latest != NEVER.latest)).all()
        mark(session, [row.document for row in rows])
        for row in rows:
            _renew(session, row, Claim((), NEVER, HISTORY, row.basis, place=place), now())


def _enter(session: Session, document: DocumentRow, claim: Claim, moment: datetime) -> None:
    known = select(ExpressionRow).where(ExpressionRow.document == document.id)
    current = session.scalar(known.where(ExpressionRow.known_to.is_(None)))
    place = claim.place or (current.place if current else "")
    identified = claim.identity or place
    work = current.work if current and not identified else _work(session, document, claim.identity, place)
    session.execute(update(ExpressionRow).where(ExpressionRow.document == document.id).values(work=work))
    if current is None:
        session.add(ExpressionRow(work=work, document=document.id, place=place, known_from=moment, **_columns(claim)))
        session.flush()
    elif replacement := _replacement(current, claim):
        _renew(session, current, replacement, moment)


def _replacement(current: ExpressionRow, claim: Claim) -> Claim | None:
    """Return the claim that replaces the current one, None if the current one prevails."""
    if _columns(claim) == {name: getattr(current, name) for name in _COMPARED}:
        return None
    if MANIFEST in (current.source, claim.source):
        return claim if claim.source == MANIFEST else None
    if claim.source == HISTORY:
        return None if is_first_day(current.basis) or is_status(current.basis) else claim
    if current.source != HISTORY or is_first_day(claim.basis):
        return claim
    if not is_status(claim.basis) or not current.start:
        return None
    day = current.start  # on which it ends the previous expression, without being in force itself
    return replace(claim, validity=Validity(day, day, day, day), source=HISTORY)


def _renew(session: Session, current: ExpressionRow, claim: Claim, moment: datetime) -> None:
    current.known_to = moment
    fresh = ExpressionRow(
        work=current.work, document=current.document, place=current.place, known_from=moment, **_columns(claim)
    )
    session.add(fresh)
    session.flush()


def _columns(claim: Claim) -> dict[str, str | bool]:
    days = {name: getattr(claim.validity, name) for name in ("start", "end", "earliest", "latest")}
    return {**days, "ended": claim.ended, "source": claim.source, "basis": claim.basis}


def _work(session: Session, document: DocumentRow, identity: tuple[str, ...], place: str) -> str:
    """Return the work of an expression: that of its file in a Git history, else the one with its canonical id."""
    here = select(WorkRow).where(WorkRow.collection == document.collection)
    of_place = select(ExpressionRow.work).where(ExpressionRow.place == place)
    history = session.scalar(here.where(WorkRow.id.in_(of_place)).limit(1)) if place else None
    named = session.scalar(here.where(WorkRow.canonical.in_(identity)).order_by(WorkRow.id).limit(1))
    if history and named and not history.canonical:
        # the file in the history turns out to be a law that is already in the collection
        session.execute(update(ExpressionRow).where(ExpressionRow.work == history.id).values(work=named.id))
        remove_empty(session, [history.id])
        return named.id
    if history:
        history.canonical = history.canonical or next(iter(identity), "")
        return history.id
    return named.id if named else _new_work(session, document, next(iter(identity), ""), place)


def _new_work(session: Session, document: DocumentRow, canonical: str, place: str) -> str:
    key = "\0".join((document.collection, canonical or place or document.id))
    work_id = hashlib.sha256(key.encode()).hexdigest()[:16]
    values = {"id": work_id, "collection": document.collection, "canonical": canonical}
    session.execute(insert(session, WorkRow).values(values).on_conflict_do_nothing())
    return work_id
