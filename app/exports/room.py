"""The report of a working room's table."""

from __future__ import annotations

from app.exports.answers import exported
from app.exports.report import Report
from indexing.access import Principal
from indexing.comparison.views import compared
from indexing.library import Library
from indexing.rooms.rooms import room
from indexing.rooms.versions import opened


def room_report(library: Library, principal: Principal, room_id: str, number: int, language: str) -> Report:
    """Return the table as it was frozen under ``number``, or with 0 as it is now, for one who may see the room."""
    store, access = library.store, library.store.access(principal)
    found = room(store, principal, room_id)
    if not number:
        now = compared(library, principal, found.question)
        return exported(now, store, access, principal, language, title=found.name)
    kept = opened(store, access, principal, room_id, number)
    return exported(
        kept.comparison,
        store,
        access,
        principal,
        language,
        title=found.name,
        version=kept.version,
        sources=kept.sources,
    )
