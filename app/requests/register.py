"""Lines of the register of requests: States, measures, the nearest deadline, and missing elements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.requests.deadlines.deadlines import Deadline
from app.requests.decided_fields import decided_proposals
from app.requests.decisions import Decision
from app.requests.life.schema import RequestSummaryRow
from app.requests.life.summary import first_value
from app.requests.readings import StoredReading
from indexing.store.rows import StoredDocument

SOON, OVERDUE = 14, 30
"""Days before a deadline within which it is shown as near, and after it within which it comes before later ones."""


@dataclass(frozen=True, slots=True)
class RegisteredRequest:
    """One line of the register; states are ISO 3166 codes, empty if unknown.

    ``due`` is the nearest running deadline, stated or computed: the first that is not past by more than 30 days, else
    the last; None without any. ``status`` is the current state, ``direction`` that for its authority. A request that is
    not read, or that ``is_outdated``, has no measures, offences and missing elements; nothing is missing of a type of
    letter without a completeness check, which is not ``is_checked``.
    """

    document: StoredDocument
    is_read: bool
    requesting: str
    requested: str
    reference: str
    measures: tuple[str, ...]
    offences: tuple[str, ...]
    due: Deadline | None
    days_left: int | None
    missing: int
    is_checked: bool
    urgent: bool
    status: str = ""
    direction: str = ""
    is_outdated: bool = False
    is_overdue: bool = False

    @property
    def deadline(self) -> str:
        """Return the day of the deadline in ISO 8601, empty without one."""
        return self.due.day if self.due else ""


def register_line(
    request: StoredReading,
    day: date,
    decisions: Mapping[str, Decision],
    deadlines: Iterable[Deadline],
    status: str = "",
    direction: str = "",
    last: RequestSummaryRow | None = None,
) -> RegisteredRequest:
    """Return the line of a request on ``day``, as people decided its fields.

    Without a current reading, States and reference are those of ``last``, the summary of the last reading.
    """
    row = request.row or {}
    fields = decided_proposals(row, decisions)
    last = last if request.row is None else None
    due = nearest_deadline(deadlines, day)
    return RegisteredRequest(
        document=request.document,
        is_read=request.row is not None,
        requesting=last.requesting if last else first_value(fields, "requesting_state"),
        requested=last.requested if last else first_value(fields, "requested_state"),
        reference=last.reference if last else first_value(fields, "own_reference"),
        measures=tuple(dict.fromkeys(found["value"]["measure"] for found in fields.get("measures", ()))),
        offences=tuple(dict.fromkeys(found["value"]["concept"] for found in fields.get("offences", ()))),
        due=due,
        days_left=due.days_left(day) if due else None,
        missing=sum(check["state"] != "present" for check in row.get("preflight", ())),
        is_checked=bool(row.get("preflight")),
        urgent=bool(fields.get("urgency")),
        status=status,
        direction=direction,
        is_outdated=last is not None,
        is_overdue=due is not None and due.is_overdue(day),
    )


def headline_deadlines(deadlines: Sequence[Deadline], day: date) -> list[Deadline]:
    """Return the deadlines at the head of a request: the one longest overdue and the next to come, else the nearest."""
    running = _running(deadlines)
    overdue = [deadline for deadline in running if deadline.is_overdue(day)]
    coming = [deadline for deadline in running if deadline.days_left(day) >= 0]
    nearest = nearest_deadline(running, day)
    return [*overdue[:1], *coming[:1]] or ([nearest] if nearest else [])


def nearest_deadline(deadlines: Iterable[Deadline], day: date) -> Deadline | None:
    """Return the deadline that a list shows: the first that runs and is not long past, else the last that runs."""
    running = _running(deadlines)
    earliest = (day - timedelta(days=OVERDUE)).isoformat()
    return next((deadline for deadline in running if deadline.day >= earliest), running[-1] if running else None)


def _running(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Return the deadlines that run, the first to end first."""
    return sorted((deadline for deadline in deadlines if not deadline.met), key=lambda deadline: deadline.day)
