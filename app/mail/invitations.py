"""Invitations by e-mail: the message is written in the transaction that makes the invitation."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.accounts.credentials import WithCredential
from app.i18n import OWN_NAMES
from app.mail.outbox import enqueue, withdraw
from app.mail.preferences import INVITATION, preferences, set_address
from app.mail.settings import is_address, mail_settings
from app.secret_box import encrypt
from extraction.errors import RogatioError
from indexing.installation import Installation


def invitation_mail(installation: Installation, name: str, address: str, language: str) -> WithCredential | None:
    """Return what writes the message of an invitation, in the transaction that makes it; None if there is no message.

    The message goes to ``address``, which becomes the account's, with ``language``; without one to the address that the
    account has. Raises ``app.bad_mail_address``, and ``app.mail_not_configured`` for an address if the installation
    sends no e-mail.
    """
    is_on = mail_settings() is not None
    if address and not is_on:
        raise RogatioError("app.mail_not_configured")
    if address and not (is_address(address) and language in OWN_NAMES):
        raise RogatioError("app.bad_mail_address")
    if not is_on or not (address or preferences(installation.store, name).address):
        return None

    def write(session: Session, secret: str, number: str) -> None:
        if address:
            set_address(session, name, address, language)
        withdraw(session, name, INVITATION)  # earlier invitations are over
        enqueue(session, name, INVITATION, number, encrypt(installation.settings.home, secret))

    return write
