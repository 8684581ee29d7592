"""Hands messages to the relay (RFC 5321), with STARTTLS and authentication where the settings say so."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from app.mail.settings import MailSettings
from extraction.errors import RogatioError

TIMEOUT = 20.0
"""Seconds in which the relay has to answer each command."""


class Refused(Exception):
    """The relay refused the message or its recipient for good (reply codes 5xx)."""


def send(settings: MailSettings, message: EmailMessage) -> None:
    """Hand a message to the relay.

    Raises ``Refused`` if it will not be accepted later either, and ``app.mail_relay_failed`` for everything that may
    be over later: no connection, no STARTTLS, wrong password, a full disk.
    """
    with _connection(settings) as relay:
        try:
            relay.send_message(message, settings.sender, [str(message["To"])])
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= 500 for code, _ in error.recipients.values()):
                raise Refused from error
            raise
        except smtplib.SMTPDataError as error:
            if error.smtp_code >= 500:
                raise Refused from error
            raise


def check_relay(settings: MailSettings) -> str:
    """Return the relay's host and port if it accepts a connection as a message needs it; raises as ``send``."""
    with _connection(settings) as relay:
        relay.noop()
    return f"{settings.host}:{settings.port}"


@contextmanager
def _connection(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    try:
        with smtplib.SMTP(settings.host, settings.port, local_hostname=settings.domain, timeout=TIMEOUT) as relay:
            if settings.starttls:
                relay.starttls(context=ssl.create_default_context())
            if settings.user:
                relay.login(settings.user, settings.password())
            yield relay
    except OSError as error:  # all of smtplib's and ssl's are
        place = f"{settings.host}:{settings.port}"
        raise RogatioError("app.mail_relay_failed", relay=place, reason=type(error).__name__) from error
