"""Digests: once a day at most, an account is notified that a deadline is near or that an alert has new results.

Each digest is computed with the access filter of its account. What was announced is recorded in the
transaction that writes the message; what arrives after the message of a day is announced on the next day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.accounts import Account, accounts
from app.accounts.permissions import needed_permission, permissions_of
from app.alerts.alerts import alerts
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import notices
from app.mail.outbox import enqueue, has_message
from app.mail.preferences import ALERTS, DEADLINES, MailPreferences, recipients
from app.mail.schema import MailDeadlineRow, MailPreferenceRow
from app.requests.deadlines.deadlines import Deadline
from app.requests.deadlines.radar import RadarFilter, radar
from indexing.installation import Installation
from indexing.store.database import insert
from indexing.store.writing import writing

MARKS = (0, 1, 3, 7)
"""Days before a deadline at which it is announced, at each once."""
PAGES = {ALERTS: "alerts.alert_list", DEADLINES: "request_deadlines.deadline_list"}


def announce(installation: Installation, today: date) -> None:
    """Write the digests of a day into the outbox, for all accounts with an address that want them."""
    wanting = {recipient.account: recipient for recipient in recipients(installation.store)}
    for account in accounts(installation.store) if wanting else ():
        if account.id not in wanting or account.disabled:
            continue
        for kind, announce_kind in ((DEADLINES, _announce_deadlines), (ALERTS, _announce_alerts)):
            is_first = not has_message(installation.store, account.id, kind, today.isoformat())
            if is_first and _is_notified(account, wanting[account.id], kind):
                announce_kind(installation, account, today)


def _is_notified(account: Account, wanted: MailPreferences, kind: str) -> bool:
    """Return whether an account wants messages of a kind and may open the page that they link to."""
    held = permissions_of(account.role, public_write=account.writes_public)
    return wanted.wants(kind) and needed_permission(PAGES[kind]) in held


def _announce_deadlines(installation: Installation, account: Account, today: date) -> None:
    store = installation.store
    near = radar(store, store.access(account.principal()), RadarFilter(ahead=max(MARKS)), today).lines
    reached = {_mark(account.id, line.deadline, today) for line in near if line.deadline.days_left(today) >= -1}
    with writing(store) as session:
        new = reached - _announced(session, account.id, {document for _, document, *_ in reached})
        if new and enqueue(session, account.id, DEADLINES, today.isoformat()):
            names = ("account", "document", "key", "day", "days")
            rows = [dict(zip(names, row, strict=True)) for row in sorted(new)]
            session.execute(insert(session, MailDeadlineRow).values(rows))


Mark = tuple[str, str, str, str, int]
"""Account, document, key and day of a deadline, and the mark of days before it."""


def _mark(account: str, deadline: Deadline, today: date) -> Mark:
    days = next(mark for mark in MARKS if mark >= deadline.days_left(today))
    return account, deadline.document, deadline.key, deadline.day, days


def _announced(session: Session, account: str, documents: Iterable[str]) -> set[Mark]:
    row = MailDeadlineRow
    query = select(row).where(row.account == account, row.document.in_(documents))
    return {(sent.account, sent.document, sent.key, sent.day, sent.days) for sent in session.scalars(query)}


def _announce_alerts(installation: Installation, account: Account, today: date) -> None:
    store, principal = installation.store, account.principal()
    own = [alert.id for alert in alerts(store, principal)]
    if not own:
        return
    evaluate_alerts(installation, principal)
    newest = notices(store, store.access(principal), principal, own, new=True, limit=1)
    if not newest:
        return
    with writing(store) as session:
        row = session.get(MailPreferenceRow, account.id)
        if row and newest[0].id > row.alerts_reached and enqueue(session, account.id, ALERTS, today.isoformat()):
            row.alerts_reached = newest[0].id
