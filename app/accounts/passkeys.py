"""Passkeys as a second factor (W3C Web Authentication, level 3), verified by py_webauthn.

They work where the browser reached the site by https, or on localhost; an address without a name has none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts.accounts import account
from app.accounts.credentials import CHALLENGE, consume, end_all, issue
from app.accounts.passwords import count_failure, refuse_guessing
from app.accounts.schema import AccountRow, PasskeyRow
from extraction.errors import RogatioError
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.writing import now, writing

MAX_PASSKEYS = 10
MAX_LABEL = 100


@dataclass(frozen=True, slots=True)
class Passkey:
    """A registered passkey; ``id`` is the credential id in base64url."""

    id: str
    label: str
    made: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The site as an authenticator knows it: its host name without the port, and the origins of its pages."""

    id: str
    origins: tuple[str, ...]

    @classmethod
    def of_host(cls, host: str) -> RelyingParty | None:
        """Return the relying party of a host with an optional port; None for an address without a name."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if _is_address(name.strip("[]")):
            return None
        local = (f"http://{host}",) if name == "localhost" else ()
        return cls(name, (f"https://{host}", *local))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def passkeys(store: Store, name: str) -> tuple[Passkey, ...]:
    """Return the passkeys of an account, the oldest first."""
    query = select(PasskeyRow).where(PasskeyRow.account == name).order_by(PasskeyRow.made, PasskeyRow.id)
    with Session(store.database) as session:
        rows = session.scalars(query).all()
    return tuple(Passkey(row.id, row.label, utc(row.made), utc(row.used) if row.used else None) for row in rows)


def registration_options(store: Store, name: str, site: RelyingParty) -> tuple[str, str]:
    """Return the options for ``navigator.credentials.create`` as JSON, and the challenge to give back."""
    challenge = _challenge(store, name)
    options = generate_registration_options(
        rp_id=site.id,
        rp_name="Rogatio",
        user_name=name,
        user_id=hashlib.sha256(name.encode()).digest(),
        challenge=challenge.encode("ascii"),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=_descriptors(store, name),
    )
    return options_to_json(options), challenge


def register(store: Store, name: str, site: RelyingParty, challenge: str, answer: str, label: str) -> None:
    """Keep the passkey that an authenticator made for ``challenge``; ``answer`` is its response as JSON.

    Raises ``app.passkey_refused`` for a response that does not fit, a known passkey, or more than ``MAX_PASSKEYS``.
    """
    if not _is_current(store, name, challenge) or len(passkeys(store, name)) >= MAX_PASSKEYS:
        raise RogatioError("app.passkey_refused")
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge.encode("ascii"),
            expected_rp_id=site.id,
            expected_origin=list(site.origins),
        )
    except (WebAuthnException, ValueError) as error:
        raise RogatioError("app.passkey_refused") from error
    row = PasskeyRow(
        id=bytes_to_base64url(made.credential_id),
        account=name,
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        label=label.strip()[:MAX_LABEL],
        made=now(),
    )
    with writing(store) as session:
        if session.get(PasskeyRow, row.id) is not None:
            raise RogatioError("app.passkey_refused")
        session.add(row)


def authentication_options(store: Store, name: str, site: RelyingParty) -> tuple[str, str]:
    """Return the options for ``navigator.credentials.get`` as JSON, and the challenge to give back."""
    challenge = _challenge(store, name)
    options = generate_authentication_options(
        rp_id=site.id, challenge=challenge.encode("ascii"), allow_credentials=_descriptors(store, name)
    )
    return options_to_json(options), challenge


def check_passkey(store: Store, name: str, site: RelyingParty, challenge: str, answer: str) -> bool:
    """Return whether ``answer`` is signed by a passkey of the account for ``challenge``, which counts once.

    Raises ``app.too_many_attempts`` as ``check_password`` does.
    """
    with Session(store.database) as session:
        refuse_guessing(session.get_one(AccountRow, name))
    if _is_current(store, name, challenge) and _is_signed(store, name, site, challenge, answer):
        return True
    count_failure(store, name)
    return False


def _is_signed(store: Store, name: str, site: RelyingParty, challenge: str, answer: str) -> bool:
    try:
        given = parse_authentication_credential_json(answer)
        with Session(store.database) as session:
            row = session.get(PasskeyRow, bytes_to_base64url(given.raw_id))
        if row is None or row.account != name:
            return False
        checked = verify_authentication_response(
            credential=given,
            expected_challenge=challenge.encode("ascii"),
            expected_rp_id=site.id,
            expected_origin=list(site.origins),
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
        )
    except (WebAuthnException, ValueError):
        return False
    values = {"sign_count": checked.new_sign_count, "used": now()}
    with writing(store) as session:
        session.execute(update(PasskeyRow).where(PasskeyRow.id == row.id).values(**values))
    return True


def remove_passkey(store: Store, name: str, passkey: str) -> None:
    """Remove one passkey of an account, or nothing where it has no such passkey."""
    with writing(store) as session:
        session.execute(delete(PasskeyRow).where(PasskeyRow.account == name, PasskeyRow.id == passkey))


def remove_passkeys(store: Store, name: str) -> None:
    """Remove all passkeys of an account; raises ``app.no_such_account``."""
    account(store, name)
    with writing(store) as session:
        session.execute(delete(PasskeyRow).where(PasskeyRow.account == name))


def _challenge(store: Store, name: str) -> str:
    end_all(store, name, CHALLENGE)
    return issue(store, name, CHALLENGE)


def _is_current(store: Store, name: str, challenge: str) -> bool:
    found = consume(store, challenge, CHALLENGE)
    return found is not None and found.account.id == name


def _descriptors(store: Store, name: str) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.id)) for passkey in passkeys(store, name)]
