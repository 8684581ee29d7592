"""What waits for a person: deadlines, links and states of requests, second readings, deletions, alerts, uploads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.alerts.alerts import alerts
from app.alerts.notices import notice_counts
from app.documents.four_eyes import deletions_to_confirm
from app.gap_matrix.verdicts import awaiting_second_reading
from app.requests.waiting import waiting as waiting_at_desk
from app.retention.rules import retention_rules
from app.uploads.job_records import Job, failed_files, jobs
from indexing.access import AccessFilter, Principal
from indexing.search.request import SearchRequest
from indexing.store.database import utc
from indexing.store.reading import Store

DEADLINE, LINK, STATE, READING, ALERT, UPLOAD = "deadline", "link", "state", "reading", "alert", "upload"
DELETION, RULE = "deletion", "rule"
KINDS = (DEADLINE, LINK, STATE, READING, DELETION, RULE, ALERT, UPLOAD)
_MOST_DELETIONS = 100
_RECENT = timedelta(days=7)
"""An upload with files that failed is listed so long after it ended."""


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """A pending item: ``id`` is that of the request, instrument, alert or upload; ``count`` its number of entries.

    ``title`` is empty if kind and count are sufficient. ``day`` (ISO 8601) is the due date, with ``days_left`` (less
    than 0 if it passed);
    ``since`` is the date of arrival of items without one. ``pair`` are the requesting and requested State,
    ``reason`` is the key of a deadline.
    """

    kind: str
    id: str
    title: str = ""
    language: str = ""
    count: int = 1
    day: str = ""
    days_left: int = 0
    since: datetime | None = None
    pair: tuple[str, str] = ("", "")
    reason: str = ""
    is_running: bool = False


def number_waiting(items: Iterable[WaitingItem]) -> int:
    """Return how many entries wait, those of an item with several included."""
    return sum(item.count for item in items)


def waiting(store: Store, access: AccessFilter, principal: Principal) -> list[WaitingItem]:
    """Return what waits for ``principal``, the deadlines first, those that passed before the near ones."""
    return [
        *_requests(store, access, date.today()),
        *_readings(store, access, principal),
        *_news(store, access, principal),
        *_uploads(store, access),
    ]


def to_confirm(store: Store, access: AccessFilter) -> list[WaitingItem]:
    """Return the deletions and retention rules of others that need a second person, for one who may delete."""
    rules = [rule for rule in retention_rules(store, access) if not rule.approver and rule.author != access.principal]
    found = deletions_to_confirm(store, access, _MOST_DELETIONS)
    items = [
        WaitingItem(DELETION, document.id, document.title or document.source, document.language, since=request.made)
        for document, request in found
    ]
    return [*items, WaitingItem(RULE, RULE, count=len(rules))] if rules else items


def _requests(store: Store, access: AccessFilter, today: date) -> Iterator[WaitingItem]:
    found = waiting_at_desk(store, access, today)
    for line in (*found.passed, *found.near):
        yield WaitingItem(
            DEADLINE,
            line.document.id,
            line.reference or line.document.title or line.document.source,
            day=line.deadline.day,
            days_left=line.deadline.days_left(today),
            pair=(line.requesting, line.requested),
            reason=line.deadline.key,
        )
    if found.links:
        yield WaitingItem(LINK, LINK, count=found.links)
    if found.statuses:
        yield WaitingItem(STATE, STATE, count=found.statuses)


def _readings(store: Store, access: AccessFilter, principal: Principal) -> Iterator[WaitingItem]:
    cells = awaiting_second_reading(store, access, principal)
    for instrument, count in Counter(cell.instrument for cell in cells).items():
        yield WaitingItem(READING, instrument, count=count)


def _news(store: Store, access: AccessFilter, principal: Principal) -> Iterator[WaitingItem]:
    counts = notice_counts(store, access, principal)
    for alert in alerts(store, principal):
        if alert.id in counts and counts[alert.id].new:
            question = alert.question
            title = question.query if isinstance(question, SearchRequest) else question.unit
            yield WaitingItem(ALERT, alert.id, title, count=counts[alert.id].new)


def _uploads(store: Store, access: AccessFilter) -> Iterator[WaitingItem]:
    for job in jobs(store, access):
        if not job.finished:
            yield WaitingItem(UPLOAD, job.id, since=job.added, is_running=True)
        elif failed := _failed(store, job):
            yield WaitingItem(UPLOAD, job.id, since=job.added, count=failed)


def _failed(store: Store, job: Job) -> int:
    """Return how many files of a job that ended lately could not be read."""
    ended = job.finished
    if ended is None or datetime.now(UTC) - utc(ended) > _RECENT:
        return 0
    return failed_files(store, job.id)
