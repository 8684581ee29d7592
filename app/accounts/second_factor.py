"""One-time codes as a second factor (TOTP, RFC 6238: SHA-1, six digits, thirty seconds)."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pyotp
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.accounts import account
from app.accounts.passwords import count_failure, refuse_guessing
from app.accounts.schema import AccountRow
from app.secret_box import decrypt, encrypt
from extraction.errors import RogatioError
from indexing.store.reading import Store
from indexing.store.writing import writing

STEP_SECONDS = 30
_TOLERANCE = 1
"""Steps before and behind the current one that count: clocks differ (RFC 6238, 5.2)."""


REQUIRED_OF = "ROGATIO_REQUIRE_SECOND_FACTOR"
"""Variable of the environment: ``administrators``, ``everyone``, or empty if nobody needs a second factor."""


def second_factor_required(role: str) -> bool:
    """Return whether accounts of ``role`` with a password need a second factor; raises ``app.setting_wrong``."""
    required = os.environ.get(REQUIRED_OF, "").strip()
    if required not in ("", "administrators", "everyone"):
        raise RogatioError("app.setting_wrong", name=REQUIRED_OF)
    return required == "everyone" or (required == "administrators" and role == "administrator")


def new_secret() -> str:
    """Return a new key in Base32, 160 bits."""
    return pyotp.random_base32()


def address(name: str, secret: str) -> str:
    """Return the ``otpauth`` URI by which an authenticator app imports the key."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Rogatio")


def set_up_second_factor(store: Store, home: Path, name: str, secret: str, code: str) -> bool:
    """Activate one-time codes of ``secret`` if ``code`` is valid; return whether it was."""
    step = _step_of(secret, code, 0)
    if step is None:
        return False
    account(store, name)
    values = {"one_time_secret": encrypt(home, secret), "one_time_step": step}
    with writing(store) as session:
        session.execute(update(AccountRow).where(AccountRow.id == name).values(values))
    return True


def remove_second_factor(store: Store, name: str) -> None:
    """Remove the second factor; raises ``app.no_such_account``."""
    account(store, name)
    with writing(store) as session:
        session.execute(update(AccountRow).where(AccountRow.id == name).values(one_time_secret="", one_time_step=0))


def check_code(store: Store, home: Path, name: str, code: str) -> bool:
    """Return whether ``code`` is a valid, unused code of the account, and mark it as used.

    Raises ``app.too_many_attempts`` as ``check_password`` does.
    """
    with Session(store.database) as session:
        row = session.get_one(AccountRow, name)
    refuse_guessing(row)
    step = _step_of(decrypt(home, row.one_time_secret), code, row.one_time_step)
    if step is None:
        count_failure(store, name)
        return False
    newer = (AccountRow.id == name, AccountRow.one_time_step < step)
    with writing(store) as session:
        used = session.execute(update(AccountRow).where(*newer).values(one_time_step=step).returning(AccountRow.id))
        return used.first() is not None


def _step_of(secret: str, code: str, last: int) -> int | None:
    """Return the time step of ``code`` if later than ``last``; None without one."""
    if not secret:
        return None
    generator, now = pyotp.TOTP(secret), int(time.time()) // STEP_SECONDS
    written = "".join(code.split())
    for step in range(max(now - _TOLERANCE, last + 1), now + _TOLERANCE + 1):
        if pyotp.utils.strings_equal(generator.generate_otp(step), written):
            return step
    return None
