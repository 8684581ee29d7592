"""Passwords (Argon2id) and protection against guessing."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.accounts import account
from app.accounts.schema import AccountRow, UnknownNameRow
from extraction.errors import RogatioError
from indexing.settings import opaque_key, secret_key
from indexing.store.database import insert, utc
from indexing.store.reading import Store
from indexing.store.writing import now, writing

MIN_LENGTH, MAX_LENGTH = 12, 128
"""Characters of a new password (OWASP ASVS 4.0.3, 2.1.1 and 2.1.2)."""

LONGEST = 200
"""Characters of the longest password that was accepted formerly."""
MAX_FAILURES = 8
PAUSE = timedelta(minutes=15)

_hasher = PasswordHasher()  # Argon2id with the parameters of RFC 9106, section 4, second choice (64 MiB)


def set_password(store: Store, name: str, password: str) -> None:
    """Set the password of an account; raises ``app.no_such_account`` and ``app.bad_password``."""
    account(store, name)
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH or password.lower() == name.lower():
        raise RogatioError("app.bad_password", least=MIN_LENGTH, most=MAX_LENGTH)
    hashed = _hasher.hash(password)
    with writing(store) as session:
        row = session.get_one(AccountRow, name)
        row.password, row.failures = hashed, 0


def check_password(store: Store, name: str, password: str) -> bool:
    """Return whether ``password`` is that of an active account; unknown accounts take the same time.

    Raises ``app.too_many_attempts`` for some minutes after ``MAX_FAILURES`` wrong passwords or codes, also with a name
    that no account has.
    """
    with Session(store.database) as session:
        row = session.get(AccountRow, name)
        tried = row or session.get(UnknownNameRow, _digest(store, name))
    if tried is not None:
        refuse_guessing(tried)
    usable = row is not None and not row.disabled and row.password != ""
    fits = _fits(row.password if row is not None and usable else _other_hash(), password[:LONGEST])
    if not fits:
        count_failure(store, name)
    return usable and fits


def refuse_guessing(row: AccountRow | UnknownNameRow) -> None:
    """Raise ``app.too_many_attempts`` for some minutes after ``MAX_FAILURES`` wrong passwords or codes."""
    if _must_wait(row):
        raise RogatioError("app.too_many_attempts", minutes=PAUSE.seconds // 60)


def count_failure(store: Store, name: str) -> None:
    """Count a wrong password or code of an account, or of a name that no account has."""
    with writing(store) as session:
        row = session.get(AccountRow, name, with_for_update=True) or _unknown_name(session, _digest(store, name))
        over = row.failures >= MAX_FAILURES and not _must_wait(row)
        row.failures, row.failed = 1 if over else row.failures + 1, now()


def _unknown_name(session: Session, digest: str) -> UnknownNameRow:
    """Return the row of a name that no account has; those whose pause is over are removed."""
    session.execute(delete(UnknownNameRow).where(UnknownNameRow.failed < now() - PAUSE))
    values = {"digest": digest, "failures": 0}
    session.execute(insert(session, UnknownNameRow).values(values).on_conflict_do_nothing())
    return session.get_one(UnknownNameRow, digest, with_for_update=True)


def _digest(store: Store, name: str) -> str:
    return opaque_key(secret_key(store.derived.home), "unknown name", name)


def forget_failures(store: Store, name: str) -> None:
    """Reset the count of wrong passwords after a sign-in."""
    with writing(store) as session:
        session.get_one(AccountRow, name).failures = 0


def _must_wait(row: AccountRow | UnknownNameRow) -> bool:
    return row.failures >= MAX_FAILURES and row.failed is not None and now() - utc(row.failed) < PAUSE


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _other_hash() -> str:
    """Return the hash of no account's password, so that response times do not reveal which accounts exist."""
    return _hasher.hash("no account has this password")
