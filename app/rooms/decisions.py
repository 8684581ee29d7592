"""Decisions of a workspace: proposed by a member, voted on by members, and closed with an outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.rooms.rooms import MEMBER, OWNER, member_room
from app.rooms.schema import RoomDecisionRow, RoomVoteRow
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.store.reading import Store
from indexing.store.schema import MAX_NUMBER
from indexing.store.writing import now, writing

MAX_DECISION_LENGTH = 2_000
CHOICES = ("for", "against", "abstention")
OUTCOMES = ("adopted", "rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Vote:
    """``choice`` is one of ``CHOICES``."""

    principal: str
    choice: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """``outcome`` is one of ``OUTCOMES``, empty while the vote is open; each member has one vote, the last one."""

    id: int
    text: str
    author: str
    made: datetime
    closed: datetime | None
    closed_by: str
    outcome: str
    votes: tuple[Vote, ...]

    def voters(self, choice: str) -> tuple[str, ...]:
        """Return who voted for a choice."""
        return tuple(vote.principal for vote in self.votes if vote.choice == choice)

    def choice_of(self, principal: str) -> str:
        """Return a member's vote, empty without one."""
        return next((vote.choice for vote in self.votes if vote.principal == principal), "")


def propose(store: Store, principal: Principal, room_id: str, text: str) -> Decision:
    """Propose a decision; raises ``indexing.decision_empty`` and ``indexing.not_your_part``."""
    text = text.strip()
    if not text or len(text) > MAX_DECISION_LENGTH:
        raise RogatioError("indexing.decision_empty", most=MAX_DECISION_LENGTH)
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
        row = RoomDecisionRow(room=room_id, text=text, author=principal.id, made=now())
        session.add(row)
        session.flush()
        return _decision(row, ())


def decisions(store: Store, principal: Principal, room_id: str) -> tuple[Decision, ...]:
    """Return the decisions of a workspace, open ones first, the newest first."""
    with Session(store.database) as session:
        member_room(session, principal, room_id)
        rows = session.scalars(select(RoomDecisionRow).where(RoomDecisionRow.room == room_id)).all()
        votes: dict[int, list[RoomVoteRow]] = defaultdict(list)
        chosen = select(RoomVoteRow).where(RoomVoteRow.decision.in_([row.id for row in rows])).order_by(RoomVoteRow.id)
        for vote in session.scalars(chosen):
            votes[vote.decision].append(vote)
        return tuple(
            _decision(row, votes[row.id]) for row in sorted(rows, key=lambda row: (row.closed is not None, -row.id))
        )


def vote(store: Store, principal: Principal, room_id: str, decision_id: int, choice: str) -> None:
    """Vote, or change one's vote; raises ``indexing.decision_closed`` and ``app.bad_parameter``."""
    _known("choice", choice, CHOICES)
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
        row = _open(session, room_id, decision_id)
        own = select(RoomVoteRow).where(RoomVoteRow.decision == row.id, RoomVoteRow.principal == principal.id)
        if found := session.scalar(own):
            found.choice, found.made = choice, now()
        else:
            session.add(RoomVoteRow(decision=row.id, principal=principal.id, choice=choice, made=now()))


def close_decision(store: Store, principal: Principal, room_id: str, decision_id: int, outcome: str) -> None:
    """Record the outcome: an owner any, the author ``withdrawn``; raises ``indexing.not_your_part``."""
    _known("outcome", outcome, OUTCOMES)
    with writing(store) as session:
        found = member_room(session, principal, room_id, (OWNER, MEMBER))
        row = _open(session, room_id, decision_id)
        if not found.is_owned and not (outcome == "withdrawn" and row.author == principal.id):
            raise RogatioError("indexing.not_your_part")
        row.closed, row.closed_by, row.outcome = now(), principal.id, outcome


def _known(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise RogatioError("app.bad_parameter", name=name)


def _open(session: Session, room_id: str, decision_id: int) -> RoomDecisionRow:
    row = session.get(RoomDecisionRow, decision_id) if decision_id <= MAX_NUMBER else None
    if row is None or row.room != room_id:
        raise RogatioError("indexing.no_such_decision", decision=decision_id)
    if row.closed is not None:
        raise RogatioError("indexing.decision_closed", decision=decision_id)
    return row


def _decision(row: RoomDecisionRow, votes: Sequence[RoomVoteRow]) -> Decision:
    cast = tuple(Vote(vote.principal, vote.choice, vote.made) for vote in votes)
    return Decision(row.id, row.text, row.author, row.made, row.closed, row.closed_by, row.outcome, cast)
