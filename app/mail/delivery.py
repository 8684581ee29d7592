"""Sending: a thread of each server writes the digests of the day and hands what is due to the relay."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from traceback import format_tb

from app.accounts.accounts import accounts
from app.accounts.schema import AccountRow
from app.audit.trail import Operation, append
from app.mail import outbox
from app.mail.announcements import announce
from app.mail.messages import compose
from app.mail.outbox import OutboxMessage
from app.mail.preferences import MailPreferences, preferences
from app.mail.relay import Refused, send
from app.mail.settings import MailSettings
from app.secret_box import decrypt
from extraction.errors import RogatioError
from indexing.installation import Installation
from indexing.store.writing import now

log = logging.getLogger(__name__)

EVERY_SECONDS, ROUNDS_PER_ANNOUNCEMENT = 30.0, 20
ACTOR = "server:mail"
"""Who sends, in the audit trail; no account's name has a colon."""


@dataclass(slots=True)
class MailLoop:
    """The thread of a server that sends; it does nothing without ``settings``."""

    installation: Installation
    settings: MailSettings | None
    stopped: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread; without settings of a relay there is nothing to send."""
        if self.settings is not None:
            self.thread = threading.Thread(target=self._run, args=(self.settings,), daemon=True)
            self.thread.start()

    def stop(self) -> None:
        """Stop after the message that is being sent."""
        self.stopped.set()
        if self.thread is not None:
            self.thread.join(timeout=5)

    def _run(self, settings: MailSettings) -> None:
        rounds = 0
        while not self.stopped.is_set():
            try:
                if rounds % ROUNDS_PER_ANNOUNCEMENT == 0:
                    announce(self.installation, date.today())
                    outbox.remove_old(self.installation.store, now())
                deliver(self.installation, settings, now())
            except RogatioError as error:
                log.warning("e-mail is sent later: %s", error.code)
            except Exception as error:
                # the location only: the message may contain an address
                where = "".join(format_tb(error.__traceback__))
                log.error("e-mail: %s at\n%s", type(error).__name__, where)
            rounds += 1
            self.stopped.wait(EVERY_SECONDS)


def deliver(installation: Installation, settings: MailSettings, moment: datetime) -> int:
    """Send what is due at ``moment`` and return how many messages were sent.

    It ends at the first message that the relay does not take; that one and the others are tried again later.
    """
    sent = 0
    while message := outbox.take_next(installation.store, moment):
        outcome = _attempt(installation, settings, message, moment)
        if not outcome:
            outbox.postpone(installation.store, message, moment)
            break
        # recorded first: who is stopped in between records and sends twice, but sends nothing unrecorded
        objects = {"principal": message.account}
        append(installation.store, Operation(ACTOR, "administration", f"mail {message.kind}", objects, outcome))
        outbox.finish(installation.store, message, outcome)
        sent += outcome == outbox.SENT
    return sent


def _attempt(installation: Installation, settings: MailSettings, message: OutboxMessage, moment: datetime) -> str:
    """Return the outcome of a message, empty if it has to be tried again."""
    if moment - message.made > outbox.LIFETIME:
        return outbox.EXPIRED
    to = preferences(installation.store, message.account)
    secret = decrypt(installation.settings.home, message.secret)
    if not _is_wanted(installation, message, to) or bool(secret) != bool(message.secret):
        return outbox.WITHDRAWN
    try:
        send(settings, compose(settings, message.kind, to.address, to.language, message.id, secret))
    except Refused:
        return outbox.REFUSED
    except RogatioError as error:
        log.warning("message %s is sent later: %s (%s)", message.id, error.code, error.facts.get("reason", ""))
        return ""
    return outbox.SENT


def _is_wanted(installation: Installation, message: OutboxMessage, to: MailPreferences) -> bool:
    """Return whether a message still has an account in use with an address that wants it."""
    found = accounts(installation.store, AccountRow.id == message.account, AccountRow.disabled.is_(False))
    return bool(found) and to.wants(message.kind)
