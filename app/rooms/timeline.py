"""Timeline of a workspace: its events, newest first, derived from its own records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.rooms.comments import CellKey, Comment
from app.rooms.decisions import Decision
from app.rooms.provisions import ProvisionChange
from app.rooms.rooms import Room
from app.rooms.snapshots import SnapshotEntry
from indexing.records.stored_fields import StoredFields
from indexing.store.database import utc


@dataclass(frozen=True, slots=True)
class Event:
    """``kind`` is a label of ``room_event``; ``text`` are a decision's words or a snapshot's label.

    ``cell`` is that of a comment, ``number`` that of the comment, decision or snapshot, 0 without one; ``provision`` is
    the one that was added or removed.
    """

    kind: str
    when: datetime
    who: str
    text: str = ""
    cell: CellKey | None = None
    number: int = 0
    provision: StoredFields | None = None


def timeline(
    room: Room,
    comments: Iterable[Comment],
    decisions: Iterable[Decision],
    snapshots: Iterable[SnapshotEntry],
    changes: Iterable[ProvisionChange],
) -> list[Event]:
    """Return the events that a member may see."""
    events = [Event("opened", room.made, room.author)]
    events += [Event("joined", member.added, member.principal) for member in room.members]
    events += [event for comment in comments for event in _of_comment(comment)]
    events += [event for decision in decisions for event in _of_decision(decision)]
    events += [
        Event("snapshot", snapshot.made, snapshot.author, snapshot.label, number=snapshot.number)
        for snapshot in snapshots
    ]
    events += [Event(change.action, change.made, change.author, provision=change.provision) for change in changes]
    return sorted(events, key=lambda event: utc(event.when), reverse=True)


def _of_comment(comment: Comment) -> Iterator[Event]:
    yield Event("reply" if comment.parent else "comment", comment.made, comment.author, "", comment.cell, comment.id)
    if comment.resolved:
        yield Event("resolved", comment.resolved, comment.resolved_by, "", comment.cell, comment.id)


def _of_decision(decision: Decision) -> Iterator[Event]:
    yield Event("proposed", decision.made, decision.author, decision.text, number=decision.id)
    for vote in decision.votes:
        yield Event(f"voted_{vote.choice}", vote.made, vote.principal, decision.text, number=decision.id)
    if decision.closed:
        yield Event(decision.outcome, decision.closed, decision.closed_by, decision.text, number=decision.id)
