"""Retention rules: proposed by one person and approved by another; legal holds take precedence.

A rule deletes nothing by itself. Due documents are reported, and deleted by :mod:`app.retention.deletion`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, true, tuple_
from sqlalchemy.orm import Session

from app.documents.four_eyes import DeletionRequest, pending_request
from app.documents.schema import DeletionRequestRow
from app.retention.schema import RetentionRuleRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.search.query_fields import known_value
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import CaseFileRuleRow, DocumentRow, LegalHoldRow
from indexing.store.writing import now, writing

MIN_DAYS, MAX_DAYS = 1, 36_500


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """Documents of a type in a collection are due after ``days`` days; only once it has an ``approver``."""

    id: int
    collection: str
    document_type: str
    days: int
    author: str
    made: datetime
    approver: str


@dataclass(frozen=True, slots=True)
class DueDocument:
    """A document due for deletion since ``since``; under legal hold (``is_held``) it must be kept.

    ``request`` is the pending request of its deletion.
    """

    document: StoredDocument
    since: datetime
    is_held: bool
    request: DeletionRequest | None = None

    @property
    def asked_by(self) -> str:
        """The person who requested the deletion, empty without a request."""
        return self.request.account if self.request else ""


def propose_rule(store: Store, collection: str, document_type: str, days: int, principal: Principal) -> RetentionRule:
    """Propose a rule that replaces, once approved, the one for the same collection and type.

    Raises ``indexing.no_such_collection``, ``indexing.not_writable``, ``indexing.unknown_value`` and
    ``app.bad_parameter``.
    """
    if not MIN_DAYS <= days <= MAX_DAYS:
        raise RogatioError("app.bad_parameter", name="days")
    document_type = known_value("document_type", document_type)
    _require_write(store, collection, principal)
    same = (RetentionRuleRow.collection == collection, RetentionRuleRow.document_type == document_type)
    with writing(store) as session:
        session.execute(delete(RetentionRuleRow).where(*same))
        row = RetentionRuleRow(
            collection=collection, document_type=document_type, days=days, author=principal.id, made=now()
        )
        session.add(row)
        session.flush()
        return _rule(row)


def approve_rule(store: Store, rule_id: int, principal: Principal, *, alone: bool = False) -> None:
    """Approve a rule that another person proposed, or with ``alone`` (the operator) one's own.

    Raises ``app.no_such_rule`` and ``app.second_person_needed``.
    """
    rule = _found(store, rule_id, principal)
    if rule.author == principal.id and not alone:
        raise RogatioError("app.second_person_needed")
    with writing(store) as session:
        row = session.get_one(RetentionRuleRow, rule_id)
        row.approver, row.approved = principal.id, now()


def remove_rule(store: Store, rule_id: int, principal: Principal) -> None:
    """Remove a rule; raises ``app.no_such_rule``."""
    _found(store, rule_id, principal)
    with writing(store) as session:
        session.execute(delete(RetentionRuleRow).where(RetentionRuleRow.id == rule_id))


def retention_rules(store: Store, access: AccessFilter) -> tuple[RetentionRule, ...]:
    """Return the rules of the writable collections."""
    query = select(RetentionRuleRow).where(RetentionRuleRow.collection.in_(access.writable))
    with Session(store.database) as session:
        rows = session.scalars(query.order_by(RetentionRuleRow.collection, RetentionRuleRow.document_type))
        return tuple(map(_rule, rows))


def due_documents(
    store: Store, access: AccessFilter, moment: datetime | None = None, among: Collection[str] | None = None
) -> list[DueDocument]:
    """Return the documents due under approved rules, the longest overdue first, including those under legal hold.

    They are those due at ``moment`` (by default now), with ``among`` only those with these ids. A rule for a type takes
    precedence over the rule without a type. Attachments and members are due with their document.
    """
    found: list[DueDocument] = []
    for rule, typed in _approved(store, access):
        found += _due_by(store, access, rule, typed, moment or now(), among)
    return sorted(found, key=lambda due: (due.since, due.document.id))


def _approved(store: Store, access: AccessFilter) -> Iterator[tuple[RetentionRule, Sequence[str]]]:
    """Yield the approved rules, each with the document types of the other rules of its collection."""
    rules = [rule for rule in retention_rules(store, access) if rule.approver]
    for rule in rules:
        others = [other.document_type for other in rules if other.collection == rule.collection and other.document_type]
        yield rule, others


def _due_by(
    store: Store,
    access: AccessFilter,
    rule: RetentionRule,
    typed: Sequence[str],
    moment: datetime,
    among: Collection[str] | None,
) -> Iterator[DueDocument]:
    of_type: ColumnElement[bool] = DocumentRow.document_type == rule.document_type
    if not rule.document_type:
        of_type = DocumentRow.document_type.not_in(typed)
    due = and_(
        visible_documents(access),
        DocumentRow.collection == rule.collection,
        DocumentRow.parent.is_(None),
        DocumentRow.added < moment - timedelta(days=rule.days),
        of_type,
        true() if among is None else DocumentRow.id.in_(among),
    )
    asked = DeletionRequestRow
    query = select(DocumentRow, asked).outerjoin(asked, asked.document == DocumentRow.id).where(due)
    with Session(store.database) as session:
        held = _held(session, due)
        found = [(document_from(row), pending_request(of)) for row, of in session.execute(query)]
    for document, request in found:
        since = utc(document.added) + timedelta(days=rule.days)
        yield DueDocument(document, since, document.id in held, request)


def _held(session: Session, due: ColumnElement[bool]) -> set[str]:
    """Return the ``due`` documents under legal hold: of the document, of one of its members, or of its case file."""
    tree = select(DocumentRow.id, DocumentRow.id.label("top")).where(due)
    inside = tree.cte("inside", recursive=True)
    below = select(DocumentRow.id, inside.c.top).where(DocumentRow.parent == inside.c.id)
    inside = inside.union_all(below)
    by_file = select(CaseFileRuleRow.collection, CaseFileRuleRow.case_file).where(CaseFileRuleRow.held)
    place = tuple_(DocumentRow.collection, DocumentRow.case_file)
    held = or_(DocumentRow.id.in_(select(LegalHoldRow.document)), place.in_(by_file))
    query = select(inside.c.top).join(DocumentRow, DocumentRow.id == inside.c.id).where(held)
    return set(session.scalars(query))


def _found(store: Store, rule_id: int, principal: Principal) -> RetentionRule:
    rules = retention_rules(store, store.access(principal))
    found = next((rule for rule in rules if rule.id == rule_id), None)
    if found is None:
        raise RogatioError("app.no_such_rule")
    return found


def _require_write(store: Store, collection: str, principal: Principal) -> None:
    access = store.access(principal)
    store.collection(access, collection)
    if collection not in access.writable:
        raise RogatioError("indexing.not_writable")


def _rule(row: RetentionRuleRow) -> RetentionRule:
    return RetentionRule(row.id, row.collection, row.document_type, row.days, row.author, utc(row.made), row.approver)
