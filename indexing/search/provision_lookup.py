"""Lookup of provisions in the index by id or by position in a document."""

from __future__ import annotations

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.plan import Keyword, Must, Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields

_LIMIT = 500


def by_ids(ids: tuple[str, ...], access: AccessFilter, engine: Engine) -> dict[str, StoredFields]:
    """Return provisions by id; unreadable ones are missing."""
    return (
        {provision.scope_id: provision for provision in _scopes(Keyword("scope_id", ids), access, engine)}
        if ids
        else {}
    )


def by_identity(ids: tuple[str, ...], access: AccessFilter, engine: Engine) -> list[StoredFields]:
    """Return the readable provisions, in every available expression, that have one of these canonical ids."""
    return _scopes(Keyword("identity", ids), access, engine) if ids else []


def provisions_around(scope_id: str, before: int, behind: int) -> tuple[str, ...]:
    """Return the ids of a provision and of up to ``before`` preceding and ``behind`` following ones of its document."""
    document, _, number = scope_id.rpartition(":")
    if not number.isdigit():
        return ()
    return tuple(f"{document}:{near}" for near in range(max(0, int(number) - before), int(number) + behind + 1))


def provision_at(document_id: str, at: int, unit: str, access: AccessFilter, engine: Engine) -> str:
    """Return the id of the provision ``unit`` of a document that contains the offset ``at``.

    Raises ``indexing.no_such_provision`` if there is no readable one.
    """
    for shown in _scopes(_place(document_id, unit), access, engine):
        if shown.start <= at < shown.end:
            return shown.scope_id
    raise RogatioError("indexing.no_such_provision", provision=f"{document_id} {unit}"[:80])


def by_unit(document_id: str, unit: str, access: AccessFilter, engine: Engine) -> list[StoredFields]:
    """Return the provisions of a document with this unit (``art. 421-5``); none if it is not readable."""
    return _scopes(_place(document_id, unit), access, engine)


def _place(document_id: str, unit: str) -> Must:
    return Must((Keyword("document_id", (document_id,)), Keyword("unit", (unit,))))


def _scopes(match: Keyword | Must, access: AccessFilter, engine: Engine) -> list[StoredFields]:
    plans = [
        Plan(part.partition, part.collections, match, limit=_LIMIT, limits=part.limits)
        for part in readable_partitions(access)
    ]
    return [ranked.shown for plan in plans for ranked in engine.search(plan).ranked]
