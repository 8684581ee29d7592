"""Append to the audit trail, read it, and verify its chain.

The content follows article 25 of Directive (EU) 2016/680: collection, alteration, consultation, disclosure,
combination and erasure, with justification, date and time, and the person. Objects are ids; no words of a document or
of a query are recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import Session

from app.audit.schema import AuditRow
from indexing.store.database import serialise
from indexing.store.reading import Store
from indexing.store.writing import now, writing

OPERATIONS = ("consultation", "collection", "alteration", "disclosure", "combination", "erasure", "administration")
BEGINNING = "0" * 64
"""Previous digest of the first entry."""

MAX_REASON_LENGTH = 500
MAX_OBJECTS = 200
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation on ``objects`` (kind -> id or ids); ``action`` is the route or the command."""

    number: int
    moment: str
    actor: str
    operation: str
    action: str
    objects: Mapping[str, Any]
    outcome: str
    reason: str
    previous: str
    digest: str

    def expected_digest(self) -> str:
        """Return the SHA-256 of all fields except the digest, as JSON with sorted keys."""
        content = {name: value for name, value in asdict(self).items() if name != "digest"}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Criteria of entries; empty ones do not restrict. Days are ISO 8601, both inclusive."""

    actor: str = ""
    operation: str = ""
    object_id: str = ""
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """``broken`` is the number of the first entry that does not match its predecessor, 0 for none."""

    entries: int
    head: str
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation to be recorded."""

    actor: str
    operation: str
    action: str
    objects: Mapping[str, Any] = field(default_factory=dict)
    outcome: str = "done"
    reason: str = ""


def append(store: Store, operation: Operation) -> None:
    """Append an entry; writers of all processes are serialised."""
    with writing(store) as session:
        serialise(session, "audit_trail")
        last = session.execute(
            select(AuditRow.number, AuditRow.digest).order_by(AuditRow.number.desc()).limit(1)
        ).one_or_none()
        number, previous = (last[0], last[1]) if last else (0, BEGINNING)
        moment = now().isoformat(timespec="microseconds")
        made = Entry(
            number + 1,
            moment,
            operation.actor[:80],
            operation.operation,
            operation.action[:64],
            dict(operation.objects),
            operation.outcome[:16],
            operation.reason.replace("\0", "")[:MAX_REASON_LENGTH],
            previous,
            "",
        )
        session.add(AuditRow(**asdict(made) | {"digest": made.expected_digest()}))


def entries(
    store: Store, entry_filter: EntryFilter = EntryFilter(), *, before: int = 0, limit: int = 100
) -> list[Entry]:
    """Return the newest entries before the number ``before`` (0: all), at most ``limit``."""
    query = _filtered(entry_filter).order_by(AuditRow.number.desc()).limit(limit)
    with Session(store.database) as session:
        return [_entry(row) for row in session.scalars(query.where(AuditRow.number < before) if before else query)]


def every_entry(store: Store, entry_filter: EntryFilter = EntryFilter(), *, after: int = 0) -> Iterator[Entry]:
    """Yield all entries after the number ``after``, oldest first."""
    while True:
        query = _filtered(entry_filter).where(AuditRow.number > after).order_by(AuditRow.number).limit(_AT_ONCE)
        with Session(store.database) as session:
            page = [_entry(row) for row in session.scalars(query)]
        yield from page
        if len(page) < _AT_ONCE:
            return
        after = page[-1].number


def verify(found: Iterable[Entry], *, complete: bool = True) -> Verification:
    """Check that each entry has the digest of its content and of its predecessor.

    With ``complete`` the first entry must be number 1; otherwise the first one is trusted.
    """
    previous, number, count = (BEGINNING, 0, 0) if complete else ("", -1, 0)
    for entry in found:
        follows = number < 0 or (entry.number == number + 1 and entry.previous == previous)
        if not follows or entry.digest != entry.expected_digest():
            return Verification(count, previous, entry.number or 1)
        previous, number, count = entry.digest, entry.number, count + 1
    return Verification(count, previous)


def as_line(entry: Entry) -> str:
    """Return an entry as a line of JSON, the format of exports."""
    return json.dumps(asdict(entry), ensure_ascii=False)


def from_lines(lines: Iterable[str]) -> Iterator[Entry]:
    """Parse entries from the lines of an export; raises ``ValueError`` or ``TypeError`` for invalid lines."""
    for line in lines:
        if line.strip():
            yield Entry(**json.loads(line))


def actors(store: Store) -> Sequence[str]:
    """Return all actors named in the trail."""
    with Session(store.database) as session:
        return session.scalars(select(AuditRow.actor).distinct().order_by(AuditRow.actor)).all()


def _filtered(entry_filter: EntryFilter) -> Select[tuple[AuditRow]]:
    query = select(AuditRow)
    if entry_filter.actor:
        query = query.where(AuditRow.actor == entry_filter.actor)
    if entry_filter.operation:
        query = query.where(AuditRow.operation == entry_filter.operation)
    if entry_filter.object_id:
        quoted = json.dumps(entry_filter.object_id)
        query = query.where(cast(AuditRow.objects, String).contains(quoted, autoescape=True))
    if entry_filter.first_day:
        query = query.where(AuditRow.moment >= entry_filter.first_day)
    if entry_filter.last_day:
        query = query.where(
            AuditRow.moment < f"{entry_filter.last_day}U"
        )  # sorts after every time of the day: "…T23:59"
    return query


def _entry(row: AuditRow) -> Entry:
    return Entry(
        row.number,
        row.moment,
        row.actor,
        row.operation,
        row.action,
        row.objects,
        row.outcome,
        row.reason,
        row.previous,
        row.digest,
    )


def ids_of(given: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return those arguments of an address or a command that are ids, by ``names``."""
    found = ((name, given.get(name)) for name in names)
    return {name: _plain(value) for name, value in found if value}


def _plain(value: Any) -> str | list[str]:
    if isinstance(value, tuple | list):
        return [str(each)[:64] for each in value[:MAX_OBJECTS]]
    return str(value)[:64]
