"""The outbox: messages are written in the transaction of their cause, and taken from here to be sent.

A message that is taken is not taken again for ``LEASE``, by no server. If the one that took it dies before it records
the outcome, the message is sent again with the same Message-ID.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.mail.schema import MailOutboxRow
from indexing.store.database import insert, utc
from indexing.store.reading import Store
from indexing.store.writing import now, writing

SENT, REFUSED, EXPIRED, WITHDRAWN = "sent", "refused", "expired", "withdrawn"

LEASE = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
LIFETIME = timedelta(days=3)
"""A message that could not be sent for so long is given up: an invitation is over by then, a digest out of date."""
KEPT = timedelta(days=30)
"""Finished messages are removed after so long, and until then prevent a second one of the same occasion."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message that was taken to be sent; ``secret`` is encrypted, ``attempts`` counts this one."""

    id: str
    account: str
    kind: str
    secret: str
    made: datetime
    attempts: int


def enqueue(session: Session, account: str, kind: str, occasion: str, secret: str = "") -> bool:
    """Write a message in the transaction of its cause; return False if there is one of the same occasion."""
    row = insert(session, MailOutboxRow).values(
        id=uuid.uuid4().hex,
        account=account,
        kind=kind,
        occasion=occasion,
        secret=secret,
        made=now(),
        due=now(),
        attempts=0,
        outcome="",
    )
    once = [MailOutboxRow.account, MailOutboxRow.kind, MailOutboxRow.occasion]
    added = session.execute(row.on_conflict_do_nothing(index_elements=once).returning(MailOutboxRow.id))
    return added.first() is not None


def has_message(store: Store, account: str, kind: str, occasion: str) -> bool:
    """Return whether a message of an occasion was written, finished or not."""
    row = MailOutboxRow
    query = select(row.id).where(row.account == account, row.kind == kind, row.occasion == occasion)
    with Session(store.database) as session:
        return session.scalar(query) is not None


def withdraw(session: Session, account: str, kind: str) -> None:
    """Finish the waiting messages of a kind to an account, unsent."""
    row = MailOutboxRow
    waiting = update(row).where(row.account == account, row.kind == kind, row.outcome == "")
    session.execute(waiting.values(outcome=WITHDRAWN, secret=""))


def take_next(store: Store, moment: datetime) -> OutboxMessage | None:
    """Take the message that is due for the longest time; None without any."""
    row = MailOutboxRow
    due = select(row).where(row.outcome == "", row.due <= moment).order_by(row.due).limit(1)
    with writing(store) as session:
        found = session.scalar(due.with_for_update(skip_locked=True))
        if found is None:
            return None
        found.due, found.attempts = moment + LEASE, found.attempts + 1
        return OutboxMessage(found.id, found.account, found.kind, found.secret, utc(found.made), found.attempts)


def postpone(store: Store, message: OutboxMessage, moment: datetime) -> None:
    """Set the time of the next attempt: pauses double from a minute up to four hours."""
    pause = min(FIRST_PAUSE * 2 ** min(message.attempts - 1, 20), LONGEST_PAUSE)
    with writing(store) as session:
        waiting = update(MailOutboxRow).where(MailOutboxRow.id == message.id, MailOutboxRow.outcome == "")
        session.execute(waiting.values(due=moment + pause))


def finish(store: Store, message: OutboxMessage, outcome: str) -> None:
    """Record the outcome of a message and remove its secret."""
    with writing(store) as session:
        own = update(MailOutboxRow).where(MailOutboxRow.id == message.id)
        session.execute(own.values(outcome=outcome, secret=""))


def remove_old(store: Store, moment: datetime) -> None:
    """Remove finished messages of long ago."""
    with writing(store) as session:
        old = delete(MailOutboxRow).where(MailOutboxRow.outcome != "", MailOutboxRow.made < moment - KEPT)
        session.execute(old)
