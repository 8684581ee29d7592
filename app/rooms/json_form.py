"""JSON form of workspaces, their comments and snapshots."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from app.api_parameters import iso_time
from app.rooms.comments import Comment
from app.rooms.decisions import Decision
from app.rooms.rooms import Room
from app.rooms.snapshots import SnapshotEntry


def room_json(found: Room) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "question": msgspec.to_builtins(found.question),
        "role": found.role,
        "author": found.author,
        "made": iso_time(found.made),
        "members": [{"principal": item.principal, "role": item.role} for item in found.members],
    }


def version_json(snapshot: SnapshotEntry) -> dict[str, Any]:
    return asdict(snapshot) | {"made": iso_time(snapshot.made)}


def comment_json(item: Comment) -> dict[str, Any]:
    return {
        "id": item.id,
        "parent": item.parent,
        **asdict(item.cell),
        "text": item.text,
        "author": item.author,
        "made": iso_time(item.made),
        "resolved": iso_time(item.resolved) if item.resolved else None,
        "resolved_by": item.resolved_by,
    }


def decision_json(item: Decision) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "author": item.author,
        "made": iso_time(item.made),
        "closed": iso_time(item.closed) if item.closed else None,
        "closed_by": item.closed_by,
        "outcome": item.outcome,
        "votes": [
            {"principal": vote.principal, "choice": vote.choice, "made": iso_time(vote.made)} for vote in item.votes
        ],
    }
