"""Review queue of matches: proposals, decisions of people, and the recording of decisions.

Nothing is merged: a decision states that two parties of two requests are the same, different or unclear, with author
and time; the newest is valid, and ``open`` withdraws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select, tuple_, union
from sqlalchemy.orm import Session, aliased

from app.requests.life.stored_links import linked_letters
from app.requests.matching.pairs import party_from
from app.requests.matching.parties import KINDS, Party
from app.requests.matching.schema import MatchDecisionRow, RequestMatchRow, RequestPartyRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import MAX_NUMBER, DocumentRow
from indexing.store.writing import now, writing

SAME, DIFFERENT, UNCLEAR, OPEN = "same", "different", "unclear", "open"
VERDICTS = (SAME, DIFFERENT, UNCLEAR, OPEN)
STATES = (OPEN, SAME, DIFFERENT, UNCLEAR)
PAGE_SIZE, MAX_MATCHES = 25, 100


@dataclass(frozen=True, slots=True)
class Side:
    """A party and the request that names it."""

    party: Party
    document: StoredDocument


@dataclass(frozen=True, slots=True)
class MatchDecision:
    """A person's decision on a match."""

    verdict: str
    principal: str
    made: datetime


@dataclass(frozen=True, slots=True)
class ProposedMatch:
    """Two parties with the proposal (``same`` or ``unclear``, its likelihood, keys of reasons) and all decisions."""

    key: str
    left: Side
    right: Side
    verdict: str
    score: float
    reasons: tuple[str, ...]
    history: tuple[MatchDecision, ...]

    @property
    def state(self) -> str:
        """Return the last decision, ``open`` without one or if it was withdrawn."""
        return self.history[-1].verdict if self.history else OPEN


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of matches, the most probable first; ``total`` counts all, ``states`` those of each state."""

    found: tuple[ProposedMatch, ...]
    total: int
    states: dict[str, int]


_left, _right = aliased(RequestPartyRow, name="one"), aliased(RequestPartyRow, name="other")
_left_document, _right_document = aliased(DocumentRow, name="one_document"), aliased(DocumentRow, name="other_document")


def matches(
    store: Store,
    access: AccessFilter,
    *,
    state: str = OPEN,
    kind: str = "",
    document: str = "",
    start: int = 0,
    limit: int = PAGE_SIZE,
) -> Matches:
    """Return matches between visible requests, optionally of one ``kind`` or ``document``.

    Letters of one request, such as a reminder or an answer and the request itself, are not matched with each other.
    An empty ``state`` means all. Raises ``app.bad_match_filter`` for an unknown state or kind.
    """
    if state not in ("", *STATES) or kind not in ("", *KINDS):
        raise RogatioError("app.bad_match_filter")
    decided = _newest()
    verdict = func.coalesce(decided.c.verdict, OPEN)
    of_all = [_visible(access), *([_left.kind == kind] if kind else []), *([_of(document)] if document else [])]
    conditions = [*of_all, *([verdict == state] if state else [])]
    with Session(store.database) as session:
        counted = session.execute(
            _joined(select(verdict, func.count()), decided).where(*of_all).group_by(verdict)
        ).tuples()
        states = dict.fromkeys(STATES, 0) | dict(counted.all())
        query = _joined(select(RequestMatchRow, _left, _right, _left_document, _right_document), decided)
        ordered = query.where(*conditions).order_by(RequestMatchRow.score.desc(), RequestMatchRow.key)
        rows = session.execute(ordered.offset(min(start, MAX_NUMBER)).limit(limit)).all()
        history = _history(session, [row[0].key for row in rows])
        found = tuple(_match(history.get(row[0].key, ()), *row) for row in rows)
    return Matches(found, states[state] if state else sum(states.values()), states)


def decide_match(store: Store, access: AccessFilter, principal: Principal, key: str, verdict: str) -> None:
    """Record that the parties of a match are ``same``, ``different``, ``unclear``, or ``open`` again.

    Raises ``app.no_such_match`` if none may be seen, ``indexing.not_writable`` if a file may only be read,
    ``app.form_invalid`` for another verdict.
    """
    if verdict not in VERDICTS:
        raise RogatioError("app.form_invalid")
    with Session(store.database) as session:
        query = _joined(select(_left.document, _right.document), _newest())
        sides = session.execute(query.where(_visible(access), RequestMatchRow.key == key)).first()
    if sides is None:
        raise RogatioError("app.no_such_match")
    for document in sides:
        require_write(store, access, store.document(access, document), principal)
    row = MatchDecisionRow(
        key=key, document=sides[0], other_document=sides[1], verdict=verdict, principal=principal.id, made=now()
    )
    with writing(store) as session:
        session.add(row)


def _newest() -> Subquery:
    row = MatchDecisionRow
    newest = select(func.max(row.id)).group_by(row.key)
    return select(row.key, row.verdict).where(row.id.in_(newest)).subquery()


def _joined(query: Select[Any], decided: Subquery) -> Select[Any]:
    return (
        query.select_from(RequestMatchRow)
        .join(_left, _left.id == RequestMatchRow.left)
        .join(_right, _right.id == RequestMatchRow.right)
        .join(_left_document, _left_document.id == _left.document)
        .join(_right_document, _right_document.id == _right.document)
        .outerjoin(decided, decided.c.key == RequestMatchRow.key)
    )


def _visible(access: AccessFilter) -> ColumnElement[bool]:
    allowed = select(DocumentRow.id).where(visible_documents(access))
    apart = tuple_(_left.document, _right.document).not_in(_of_one_request())
    return and_(_left.document.in_(allowed), _right.document.in_(allowed), apart)


def _of_one_request() -> Select[Any]:
    """Return the pairs of letters, in both orders, that are linked or belong to the same request."""
    one, other = linked_letters(), linked_letters()
    pairs = union(
        select(one.c.letter, one.c.request),
        select(one.c.request, one.c.letter),
        select(one.c.letter, other.c.letter).where(one.c.request == other.c.request, one.c.letter != other.c.letter),
    ).subquery()
    return select(*pairs.c)


def _of(document: str) -> ColumnElement[bool]:
    return or_(_left.document == document, _right.document == document)


def _history(session: Session, keys: Iterable[str]) -> dict[str, tuple[MatchDecision, ...]]:
    row = MatchDecisionRow
    found: dict[str, tuple[MatchDecision, ...]] = {}
    for decided in session.scalars(select(row).where(row.key.in_(keys)).order_by(row.id)):
        decision = MatchDecision(decided.verdict, decided.principal, decided.made)
        found[decided.key] = (*found.get(decided.key, ()), decision)
    return found


def _match(
    history: tuple[MatchDecision, ...],
    row: RequestMatchRow,
    left: RequestPartyRow,
    right: RequestPartyRow,
    document: DocumentRow,
    other: DocumentRow,
) -> ProposedMatch:
    return ProposedMatch(
        key=row.key,
        left=Side(party_from(left), document_from(document)),
        right=Side(party_from(right), document_from(other)),
        verdict=row.verdict,
        score=row.score,
        reasons=tuple(row.reasons),
        history=history,
    )
