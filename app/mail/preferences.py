"""Addresses of accounts, and which kinds of messages each account wants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.i18n import OWN_NAMES
from app.mail.schema import MailPreferenceRow
from app.mail.settings import is_address
from extraction.errors import RogatioError
from indexing.store.database import insert
from indexing.store.reading import Store
from indexing.store.writing import writing

ALERTS, DEADLINES, INVITATION = "alerts", "deadlines", "invitation"
DIGESTS = (ALERTS, DEADLINES)
"""The kinds of messages that a person may decline; at most one of each is sent on a day."""


@dataclass(frozen=True, slots=True)
class MailPreferences:
    """``language`` is one of the interface; ``address`` is empty for none."""

    account: str
    address: str = ""
    language: str = "es"
    declined: frozenset[str] = frozenset()

    def wants(self, kind: str) -> bool:
        """Return whether messages of a kind are sent to the address of the account."""
        return bool(self.address) and kind not in self.declined


def preferences(store: Store, account: str) -> MailPreferences:
    """Return the preferences of an account, without an address where it has none."""
    with Session(store.database) as session:
        row = session.get(MailPreferenceRow, account)
        return _preferences(row) if row else MailPreferences(account)


def recipients(store: Store) -> tuple[MailPreferences, ...]:
    """Return the preferences of every account with an address."""
    with Session(store.database) as session:
        rows = session.scalars(select(MailPreferenceRow).order_by(MailPreferenceRow.account))
        return tuple(map(_preferences, rows))


def save_preferences(store: Store, account: str, address: str, language: str, wanted: Collection[str]) -> None:
    """Set the address of an account and the digests that it wants; an empty address ends all messages.

    Raises ``app.bad_mail_address``.
    """
    with writing(store) as session:
        if address:
            set_address(session, account, address, language, sorted(set(DIGESTS) - set(wanted)))
        else:
            session.execute(delete(MailPreferenceRow).where(MailPreferenceRow.account == account))


def set_address(
    session: Session, account: str, address: str, language: str, declined: Collection[str] | None = None
) -> None:
    """Set the address of an account in a transaction; without ``declined`` what it wants stays as it was."""
    if not is_address(address) or language not in OWN_NAMES:
        raise RogatioError("app.bad_mail_address")
    values = {"address": address, "language": language}
    changed = values if declined is None else values | {"declined": list(declined)}
    row = insert(session, MailPreferenceRow).values(
        account=account, declined=list(declined or ()), alerts_reached=0, **values
    )
    session.execute(row.on_conflict_do_update(index_elements=[MailPreferenceRow.account], set_=changed))


def _preferences(row: MailPreferenceRow) -> MailPreferences:
    return MailPreferences(row.account, row.address, row.language, frozenset(row.declined))
