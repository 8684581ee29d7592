"""Provisions of a workspace: added by place or citation, removed, and the record of both.

Each change alters the question of the workspace; snapshots keep the comparison of their time. The record holds ids
only: titles are read at display, so that a member reads of no provision that he or she may not see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.comparison.provisions import named_provisions
from app.comparison.table import Comparison, ComparisonRequest, Provision
from app.comparison.visibility import comparison_for
from app.labels import country
from app.rooms.rooms import MEMBER, OWNER, member_room, room
from app.rooms.schema import RoomProvisionChangeRow, RoomRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.installation import Installation
from indexing.records.stored_fields import StoredFields
from indexing.records.validity import today
from indexing.search.provision_lookup import by_ids
from indexing.search.query_recognition import country_mentions
from indexing.store.writing import now, writing

ADDED, REMOVED = "provision_added", "provision_removed"
MAX_PROVISIONS = 100
MAX_CITATION_LENGTH = 300
_WITH_COUNTRY = re.compile(r"(?P<citation>.*\S)\s*\((?P<country>[^()]+)\)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """``action`` is ``ADDED`` or ``REMOVED``; ``provision`` is the provision as its reader may see it."""

    action: str
    provision: StoredFields
    author: str
    made: datetime


def readable_provision(installation: Installation, access: AccessFilter, provision_id: str) -> StoredFields:
    """Return a provision by its id; raises ``indexing.no_such_provision``, also if it may not be read."""
    found = by_ids((provision_id,), access, installation.engine).get(provision_id)
    if found is None:
        raise RogatioError("indexing.no_such_provision", provision=provision_id[:80])
    return found


def add_provision(installation: Installation, principal: Principal, room_id: str, provision_id: str) -> StoredFields:
    """Add a provision to a workspace and return it; for owners and members.

    The other provisions of its country stay: they are named too, as a country with named provisions shows only these.
    Raises ``indexing.no_such_provision``, ``indexing.not_your_part`` and ``app.workspace_of_many_provisions``.
    """
    added = readable_provision(installation, installation.store.access(principal), provision_id)
    question = room(installation.store, principal, room_id).question
    shown = _shown(comparison_for(installation, principal, question), added.jurisdiction)
    _change(installation, principal, room_id, _Action(ADDED, provision_id, lambda asked: _with(asked, added, shown)))
    return added


def add_cited(installation: Installation, principal: Principal, room_id: str, citation: str) -> StoredFields:
    """Add the provision of a citation, such as ``Código Penal art. 301 (Brasil)``, to a workspace.

    Raises what ``add_provision`` and ``cited_provision`` do.
    """
    day = room(installation.store, principal, room_id).question.date
    cited = cited_provision(installation, installation.store.access(principal), citation, day)
    return add_provision(installation, principal, room_id, cited.id)


def cited_provision(installation: Installation, access: AccessFilter, citation: str, day: str = "") -> Provision:
    """Return the provision of a citation on ``day`` (ISO 8601, by default today).

    Raises ``indexing.no_such_provision``, ``indexing.not_of_the_day``, and ``app.citation_of_several_countries`` for a
    citation that names no country and has provisions in several.
    """
    text, countries = _citation_parts(citation[:MAX_CITATION_LENGTH].strip())
    if not text:
        raise RogatioError("app.bad_parameter", name="citation")
    request = ComparisonRequest(citations=(text,), jurisdictions=countries, date=day or today())
    found = named_provisions(request, access, installation.engine, installation.store)
    if len(found) > 1:
        names = ", ".join(sorted(country(provision.jurisdiction) for provision in found))
        raise RogatioError("app.citation_of_several_countries", citation=text[:80], countries=names)
    return found[0]


def remove_provision(installation: Installation, principal: Principal, room_id: str, provision_id: str) -> StoredFields:
    """Remove a provision from a workspace, whether it was named or found, and return it; for owners and members.

    Raises ``indexing.no_such_provision``, ``indexing.not_your_part``, and ``app.last_provision`` if nothing would be
    compared without it.
    """
    removed = readable_provision(installation, installation.store.access(principal), provision_id)
    _change(installation, principal, room_id, _Action(REMOVED, provision_id, lambda asked: _without(asked, removed)))
    return removed


def remove_cited(installation: Installation, principal: Principal, room_id: str, citation: str) -> StoredFields:
    """Remove the provision of a citation; raises what ``remove_provision`` and ``cited_provision`` do."""
    day = room(installation.store, principal, room_id).question.date
    cited = cited_provision(installation, installation.store.access(principal), citation, day)
    return remove_provision(installation, principal, room_id, cited.id)


def provision_changes(
    installation: Installation, access: AccessFilter, principal: Principal, room_id: str
) -> tuple[ProvisionChange, ...]:
    """Return the changes of the provisions of a workspace that ``access`` may see, in chronological order."""
    with Session(installation.store.database) as session:
        member_room(session, principal, room_id)
        of_room = select(RoomProvisionChangeRow).where(RoomProvisionChangeRow.room == room_id)
        rows = session.scalars(of_room.order_by(RoomProvisionChangeRow.id)).all()
    seen = by_ids(tuple({row.provision for row in rows}), access, installation.engine)
    return tuple(
        ProvisionChange(row.action, seen[row.provision], row.author, row.made) for row in rows if row.provision in seen
    )


def _citation_parts(citation: str) -> tuple[str, tuple[str, ...]]:
    """Return a citation without the country in parentheses at its end, and that country."""
    matched = _WITH_COUNTRY.fullmatch(citation)
    named = country_mentions(matched["country"]) if matched else ()
    if not matched or not named:
        return citation, ()
    return matched["citation"], named[0].values


def _shown(comparison: Comparison, jurisdiction: str) -> tuple[str, ...]:
    columns = (column for column in comparison.columns if column.jurisdiction == jurisdiction)
    return tuple(provision.id for column in columns for provision in column.provisions)


@dataclass(frozen=True, slots=True)
class _Action:
    name: str
    provision: str
    change: Callable[[ComparisonRequest], ComparisonRequest]


def _change(installation: Installation, principal: Principal, room_id: str, action: _Action) -> None:
    """Change the question of a workspace and record it, unless it stays the same."""
    with writing(installation.store) as session:
        member_room(session, principal, room_id, (OWNER, MEMBER))
        row = session.get_one(RoomRow, room_id, with_for_update=True)
        question = msgspec.convert(row.question, ComparisonRequest)
        changed = action.change(question)
        if changed == question:
            return
        row.question = msgspec.to_builtins(changed)
        session.add(
            RoomProvisionChangeRow(
                room=room_id, provision=action.provision, action=action.name, author=principal.id, made=now()
            )
        )


def _with(question: ComparisonRequest, added: StoredFields, shown: Sequence[str]) -> ComparisonRequest:
    """Return the question with a provision beside those ``shown`` of its country; a list of countries includes it."""
    if added.scope_id in shown:
        return question
    provisions = tuple(dict.fromkeys((*question.provisions, *shown, added.scope_id)))
    if len(provisions) > MAX_PROVISIONS:
        raise RogatioError("app.workspace_of_many_provisions", most=MAX_PROVISIONS)
    countries = question.jurisdictions
    return replace(
        question,
        provisions=provisions,
        left_out=tuple(other for other in question.left_out if other != added.scope_id),
        jurisdictions=tuple(dict.fromkeys((*countries, added.jurisdiction))) if countries else (),
    )


def _without(question: ComparisonRequest, removed: StoredFields) -> ComparisonRequest:
    """Return the question without a provision; raises ``app.last_provision`` if it would ask for nothing."""
    provisions = tuple(other for other in question.provisions if other != removed.scope_id)
    if not (provisions or question.concept or question.treaty or question.query or question.citations):
        raise RogatioError("app.last_provision")
    return replace(
        question,
        provisions=provisions,
        left_out=tuple(dict.fromkeys((*question.left_out, removed.scope_id))),
    )
