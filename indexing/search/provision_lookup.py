"""Lookup of provisions in the index by id or by place in a document."""

from __future__ import annotations

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.plan import Keyword, Must, Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields

_MOST = 500


def by_ids(ids: tuple[str, ...], access: AccessFilter, engine: Engine) -> dict[str, StoredFields]:
    """Return provisions by their ids; those that may not be seen are missing."""
    return {one.scope_id: one for one in _scopes(Keyword("scope_id", ids), access, engine)} if ids else {}


def by_identity(ids: tuple[str, ...], access: AccessFilter, engine: Engine) -> list[StoredFields]:
    """Return the provisions, in every expression that is held and may be seen, that bear one of these canonical ids."""
    return _scopes(Keyword("identity", ids), access, engine) if ids else []


def provisions_around(scope_id: str, before: int, behind: int) -> tuple[str, ...]:
    """Return the ids of the provisions of the same document before and behind one, which are numbered in order."""
    document, _, number = scope_id.rpartition(":")
    if not number.isdigit():
        return ()
    return tuple(f"{document}:{near}" for near in range(max(0, int(number) - before), int(number) + behind + 1))


def provision_at(document_id: str, at: int, unit: str, access: AccessFilter, engine: Engine) -> str:
    """Return the id of the provision ``unit`` of a document that holds the offset ``at``.

    Raises ``indexing.no_such_provision`` where there is none that may be seen.
    """
    for shown in _scopes(_place(document_id, unit), access, engine):
        if shown.start <= at < shown.end:
            return shown.scope_id
    raise RogatioError("indexing.no_such_provision", provision=f"{document_id} {unit}"[:80])


def _place(document_id: str, unit: str) -> Must:
    return Must((Keyword("document_id", (document_id,)), Keyword("unit", (unit,))))


def _scopes(match: Keyword | Must, access: AccessFilter, engine: Engine) -> list[StoredFields]:
    plans = [
        Plan(part.partition, part.collections, match, limit=_MOST, limits=part.limits)
        for part in readable_partitions(access)
    ]
    return [one.shown for plan in plans for one in engine.search(plan).ranked]
