"""The text of messages: a sentence that says of which kind, and a link; no title, name, reference or count."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.mail.preferences import ALERTS, DEADLINES, INVITATION
from app.mail.settings import MailSettings
from app.wording import wording
from indexing.store.writing import now

TEST = "test"
PATHS = {ALERTS: "/alerts/", DEADLINES: "/requests/deadlines", INVITATION: "/invitation/{secret}", TEST: "/"}
"""The page that a message of each kind links to."""


def compose(
    settings: MailSettings, kind: str, address: str, language: str, message_id: str, secret: str = ""
) -> EmailMessage:
    """Return a plain-text message; ``message_id`` makes its Message-ID, ``secret`` the link of an invitation."""
    sentence = _sentence(kind, language)
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Rogatio <{settings.sender}>"
    message["To"] = address
    message["Subject"] = sentence
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{message_id}@{settings.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers of absence
    message.set_content(f"{sentence}\n\n{settings.public_url}{PATHS[kind].format(secret=secret)}\n")
    return message


def _sentence(kind: str, language: str) -> str:
    if kind == ALERTS:
        return wording("mail.new_results", language)
    if kind == DEADLINES:
        return wording("mail.deadline_near", language)
    if kind == INVITATION:
        return wording("mail.invited", language)
    return wording("mail.test", language)
